"""A policy that nobody had in mind who wrote the engine, written down as a pack and asked."""

from datetime import date
from decimal import Decimal

import pytest

from charter.pack import read_charter
from charter.proportion import asked_of, bands
from charter.scope import Contract
from tests.packs import anyford

RISES = date(2027, 4, 1)
BEFORE = date(2027, 3, 31)


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    return read_charter("anyford", data=anyford(tmp_path_factory.mktemp("data"), rises=RISES))


def asked(policy, value, on=BEFORE, **changes):
    contract = Contract(value=Decimal(value), on=on)
    return asked_of(contract, rules=policy.rules, clauses=policy.clauses, **changes)


def told(found):
    """What an officer would want to know first, in one line."""
    return {
        "required": found.is_required,
        "encouraged": found.is_encouraged,
        "minimum": [one.facts["minimum_percent"] for one in found.minimums],
        "most": found.most_metrics.facts["most"],
        "words": found.most_words and found.most_words.facts["words"],
        "evidence": found.evidence.facts["depth"],
        "compulsory": [one.facts["among"] for one in found.compulsory],
    }


SMALL = {
    "required": False,
    "encouraged": True,
    "minimum": [],
    "most": "6",
    "words": "200",
    "evidence": "statement",
    "compulsory": [],
}
MIDDLE = {**SMALL, "required": True, "encouraged": False, "minimum": ["10"]}
LARGE = {**MIDDLE, "words": None, "evidence": "records", "compulsory": ["EM"]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.01", SMALL),
        ("25000.00", SMALL),
        ("25000.01", MIDDLE),
        ("75000.00", MIDDLE),
        ("75000.01", LARGE),
        ("9000000.00", LARGE),
    ],
)
def test_each_band_is_asked_its_own(policy, value, expected):
    assert told(asked(policy, value)) == expected


def test_its_bands_are_cut_at_its_own_sums(policy):
    assert [one.words for one in bands(policy.rules, policy.clauses)] == [
        "Up to and including £25,000",
        "Over £25,000, up to and including £75,000",
        "Over £75,000",
    ]


@pytest.mark.parametrize(("on", "minimum"), [(BEFORE, "10"), (RISES, "20")])
def test_the_minimum_rises_on_its_day(policy, on, minimum):
    assert told(asked(policy, "80000", on))["minimum"] == [minimum]


def test_the_split_and_the_higher_minimum_cannot_both_be_followed(policy):
    pairs = [
        [[one.key, other.key] for one, other in asked(policy, "80000", on).unsettled]
        for on in (BEFORE, RISES)
    ]

    assert pairs == [[], [["rule:twenty", "clause:split"]]]


@pytest.mark.parametrize(
    ("set_aside", "left"),
    [("rule:twenty", ["clause:split"]), ("clause:split", ["rule:twenty"])],
)
def test_a_choice_leaves_one_of_them(policy, set_aside, left):
    found = asked(policy, "80000", RISES, leave=frozenset({set_aside}))

    assert found.unsettled == []
    assert [one.key for one in [*found.minimums, *found.splits]] == left


def test_a_waiver_takes_the_employment_metric_away_and_nothing_else(policy):
    whole = asked(policy, "80000")
    waived = asked(policy, "80000", leave=frozenset({"clause:employment"}))

    assert [one.key for one in whole.binding if one not in waived.binding] == ["clause:employment"]
    assert waived.is_required


def test_every_answer_says_why(policy):
    because = {one.key: one.because for one in asked(policy, "75000.01").duties}

    assert because["clause:employment"] == "the value, £75,000.01, is over £75,000"
    assert because["clause:own-word"] == "the value, £75,000.01, is over £75,000"
    assert because["rule:twenty"] == (
        "the procurement begins on 31 March 2027, before 1 April 2027"
    )
    assert because["clause:six"] == "it is for every contract"
