"""To which contracts something speaks: exact limits, days, and what nobody has said yet."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from charter import scope
from charter.scope import (
    KINDS_OF_CONTRACT,
    LABELS,
    PENNY,
    READERS,
    Contract,
    may_meet,
    reaches,
    when_in_words,
    wrong_when,
)

DAY = date(2026, 4, 1)
HUNDRED = Decimal("100000")


def reached(when, *, value=HUNDRED, on=DAY, months=None, kind=""):
    return reaches(scope.tests_of(when, Contract(value, on, months, kind)))


def because(when, *, value=HUNDRED, on=DAY, months=None, kind=""):
    return [one.words for one in scope.tests_of(when, Contract(value, on, months, kind))]


def test_what_is_not_bought_is_of_no_kind_and_that_is_known():
    funded = Contract(HUNDRED, DAY, months=12, is_bought=False)

    [told] = scope.tests_of({"kinds": ["goods", "works"]}, funded)

    assert (told.is_met, told.words) == (
        False,
        "nothing is bought, so it is not for goods or works",
    )
    assert scope.tests_of({}, funded) == ()


# --- Sums, to the penny ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("over", [False, False, True]),
        ("at_least", [False, True, True]),
        ("up_to", [True, True, False]),
        ("under", [True, False, False]),
    ],
)
def test_a_sum_is_in_or_out_to_the_penny(key, answers):
    values = [HUNDRED - PENNY, HUNDRED, HUNDRED + PENNY]

    assert [reached({key: "100000"}, value=value) for value in values] == answers


def test_a_sum_with_pence_is_exact():
    assert reached({"over": "99999.99"})
    assert not reached({"over": "100000.00"})
    assert reached({"over": "100000"}, value=Decimal("100000.01"))


def test_nothing_said_is_every_contract():
    assert reached({})
    assert scope.tests_of({}, Contract(HUNDRED, DAY)) == ()


# --- Days, lengths, kinds --------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "is_reached"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_first_and_last_day_are_both_in(on, is_reached):
    assert reached({"from": "2026-04-01", "until": "2027-03-31"}, on=on) is is_reached


@pytest.mark.parametrize(
    ("key", "answers"),
    [("months_over", [False, False, True]), ("months_up_to", [True, True, False])],
)
def test_a_length_is_in_or_out_to_the_month(key, answers):
    assert [reached({key: "24"}, months=months) for months in (23, 24, 25)] == answers


def test_a_kind_is_one_of_those_named():
    when = {"kinds": ["goods", "works"]}

    assert {kind: reached(when, kind=kind) for kind in KINDS_OF_CONTRACT} == {
        "goods": True,
        "services": False,
        "works": True,
    }


@pytest.mark.parametrize(
    "when", [{"months_over": "24"}, {"months_up_to": "24"}, {"kinds": ["works"]}]
)
def test_what_nobody_has_said_is_neither_yes_nor_no(when):
    assert reached(when) is None


def test_one_condition_that_fails_decides_though_another_is_unknown():
    when = {"over": "100000", "months_over": "24"}

    assert reached(when) is False
    assert reached(when, value=HUNDRED + 1) is None
    assert reached(when, value=HUNDRED + 1, months=25) is True


# --- In words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "told", "words"),
    [
        (
            {"over": "100000"},
            {"value": Decimal("100000.01")},
            "the value, £100,000.01, is over £100,000",
        ),
        ({"over": "100000"}, {}, "the value, £100,000, is not over £100,000"),
        ({"at_least": "5"}, {}, "the value, £100,000, is at least £5"),
        ({"up_to": "5"}, {}, "the value, £100,000, is over £5"),
        ({"at_least": "100000.01"}, {}, "the value, £100,000, is under £100,000.01"),
        ({"under": "5.50"}, {}, "the value, £100,000, is not under £5.50"),
        ({"months_over": "24"}, {"months": 36}, "the length, 36 months, is longer than 24 months"),
        (
            {"months_up_to": "1"},
            {"months": 2},
            "the length, 2 months, is longer than 1 month",
        ),
        ({"months_over": "24"}, {}, "whether it is longer than 24 months is not known"),
        ({"kinds": ["works"]}, {"kind": "works"}, "it is for works"),
        (
            {"kinds": ["goods", "works"]},
            {"kind": "services"},
            "it is for services, not for goods or works",
        ),
        ({"kinds": ["goods", "works"]}, {}, "whether it is for goods or works is not known"),
        (
            {"from": "2026-04-02"},
            {},
            "the procurement begins on 1 April 2026, before 2 April 2026",
        ),
        (
            {"from": "2026-04-01"},
            {},
            "the procurement begins on 1 April 2026, on or after 1 April 2026",
        ),
        (
            {"until": "2026-03-31"},
            {},
            "the procurement begins on 1 April 2026, after 31 March 2026",
        ),
    ],
)
def test_each_condition_says_what_it_comes_to(when, told, words):
    assert because(when, **told) == [words]


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({}, ""),
        ({"over": "100000"}, "for contracts over £100,000"),
        ({"at_least": "25000.50"}, "for contracts of at least £25,000.50"),
        (
            {"over": "100000", "up_to": "350000"},
            "for contracts over £100,000 and up to and including £350,000",
        ),
        (
            {"at_least": "25000", "under": "75000"},
            "for contracts of at least £25,000 and under £75,000",
        ),
        ({"months_over": "24"}, "for contracts longer than 24 months"),
        ({"kinds": ["services"]}, "for services"),
        ({"from": "2026-04-01"}, "from 1 April 2026"),
        (
            {
                "over": "100000",
                "months_over": "12",
                "months_up_to": "36",
                "kinds": ["goods", "works"],
                "from": "2026-04-01",
                "until": "2027-03-31",
            },
            "for contracts over £100,000, longer than 12 months, no longer than 36 months, "
            "for goods or works, from 1 April 2026, until 31 March 2027",
        ),
    ],
)
def test_conditions_in_words(when, words):
    assert when_in_words(when) == words


def test_every_condition_has_a_label_and_a_reader():
    assert list(LABELS) == list(READERS)


# --- What cannot be meant --------------------------------------------------------------

SUM_WANTED = 'must be a sum in plain digits, such as "100000"'
KINDS_WANTED = "must list some of goods, services, works, each once"
DAY_WANTED = "must be a day written as 2026-03-31"
NO_SUM = "leaves no sum that a contract could have; raise it"
NO_LENGTH = "leaves no length that a contract could have; raise it"
NO_DAY = "is before the first day; choose a later one"


@pytest.mark.parametrize(
    ("when", "wrong"),
    [
        ({"sum": "5"}, ("sum", "is no condition that is known")),
        *[
            ({"over": value}, ("over", SUM_WANTED))
            for value in ("", "£5", "1,000", "1.234", "-1", "1e5", "٥", " 5", 5, None, "9" * 16)
        ],
        *[
            ({"months_over": value}, ("months_over", 'must be a number of months, such as "24"'))
            for value in ("", "two", "1.5", "-1", "1000", 24)
        ],
        *[
            ({"kinds": value}, ("kinds", KINDS_WANTED))
            for value in ([], "works", ["works", "works"], ["advice"], [7], [["works"]], None)
        ],
        *[
            ({"from": value}, ("from", DAY_WANTED))
            for value in ("", "1 April 2026", "2026-02-30", "20260401", "2026-W14-3", DAY)
        ],
        (
            {"over": "5", "at_least": "5"},
            ("at_least", "stands beside “value over”; keep one of them"),
        ),
        (
            {"up_to": "5", "under": "5"},
            ("under", "stands beside “value up to and including”; keep one of them"),
        ),
        ({"over": "5", "up_to": "5"}, ("up_to", NO_SUM)),
        ({"at_least": "5", "under": "5"}, ("under", NO_SUM)),
        ({"over": "5", "under": "5.01"}, ("under", NO_SUM)),
        ({"under": "0"}, ("under", NO_SUM)),
        ({"under": "0.01"}, ("under", NO_SUM)),
        ({"up_to": "0"}, ("up_to", NO_SUM)),
        ({"months_over": "24", "months_up_to": "24"}, ("months_up_to", NO_LENGTH)),
        ({"months_up_to": "0"}, ("months_up_to", NO_LENGTH)),
        (
            {"from": "2026-04-02", "until": "2026-04-01"},
            ("until", "is before the first day; choose a later one"),
        ),
    ],
)
def test_the_first_condition_that_cannot_be_meant_is_named(when, wrong):
    assert wrong_when(when) == wrong


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"over": "0"},
        {"over": "5", "up_to": "5.01"},
        {"at_least": "5", "up_to": "5"},
        {"over": "5", "under": "5.02"},
        {"under": "0.02"},
        {"months_over": "24", "months_up_to": "25"},
        {"from": "2026-04-01", "until": "2026-04-01"},
        {"kinds": ["works", "goods", "services"]},
    ],
)
def test_the_narrowest_that_can_be_meant_stands(when):
    assert wrong_when(when) is None


# --- Whatever the conditions -----------------------------------------------------------

SUMS = [Decimal(pence) / 100 for pence in range(0, 8)]
LENGTHS, DAYS_ROUND = range(0, 6), [DAY + timedelta(days=days) for days in range(0, 5)]
SUM = st.sampled_from(SUMS).map(str)
LENGTH = st.sampled_from(LENGTHS).map(str)
A_DAY = st.sampled_from(DAYS_ROUND[1:4]).map(date.isoformat)
WHEN = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("over", "at_least", "up_to", "under"), SUM),
        **dict.fromkeys(("months_over", "months_up_to"), LENGTH),
        "kinds": st.lists(st.sampled_from(list(KINDS_OF_CONTRACT)), min_size=1, unique=True),
        **dict.fromkeys(("from", "until"), A_DAY),
    },
)
# Every contract that these conditions could tell apart.
VALUES = [Decimal(pence) / 100 for pence in range(1, 10)]
MONTHS = range(1, 7)


def some_contract(*whens):
    """A contract that lies in the reach of all; None where there is none."""
    parts = [
        (("over", "at_least", "up_to", "under"), "value", VALUES),
        (("months_over", "months_up_to"), "months", MONTHS),
        (("kinds",), "kind", KINDS_OF_CONTRACT),
        (("from", "until"), "on", DAYS_ROUND),
    ]
    found = {}
    for keys, name, offered in parts:
        told = [{key: when[key] for key in keys if key in when} for when in whens]
        fits = [it for it in offered if all(reached(one, **{name: it}) for one in told)]
        if not fits:
            return None
        found[name] = fits[0]
    return Contract(**found)


@given(WHEN)
def test_conditions_stand_when_and_only_when_some_contract_meets_them(when):
    assume(not {"over", "at_least"} <= set(when) and not {"up_to", "under"} <= set(when))

    assert (wrong_when(when) is None) is (some_contract(when) is not None)


@given(WHEN, WHEN)
def test_two_may_meet_when_and_only_when_some_contract_meets_both(one, other):
    assume(wrong_when(one) is None and wrong_when(other) is None)

    assert may_meet(one, other) is (some_contract(one, other) is not None)
    assert may_meet(one, other) is may_meet(other, one)


@given(
    WHEN,
    st.builds(
        Contract,
        value=st.sampled_from(VALUES),
        on=st.sampled_from(DAYS_ROUND),
        months=st.none() | st.sampled_from(MONTHS),
        kind=st.sampled_from(["", *KINDS_OF_CONTRACT]),
    ),
)
def test_a_contract_is_reached_when_no_condition_fails_and_none_is_unknown(when, contract):
    assume(wrong_when(when) is None)
    tests = scope.tests_of(when, contract)

    assert len(tests) == len(when)
    assert reaches(tests) is (
        False
        if any(one.is_met is False for one in tests)
        else None
        if any(one.is_met is None for one in tests)
        else True
    )


@given(WHEN)
def test_words_are_told_of_any_sound_conditions_and_of_none_alone_nothing(when):
    assume(wrong_when(when) is None)

    assert bool(when_in_words(when)) is bool(when)
