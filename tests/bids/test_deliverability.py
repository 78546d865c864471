"""What looks odd in a promise: said with its numbers, exactly at the limit, and never a fault."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids import deliverability
from bids.deliverability import Circumstances, Promise, Rule, Stated, hints, hints_together
from metrics.attainment import read_measure
from metrics.units import UNITS

PEOPLE = Stated("People employed on the contract (headcount)", "people", Fraction(5))
FIRM = Circumstances(
    bases={"headcount": PEOPLE},
    months=Fraction(36),
    value=Fraction(1_000_000),
    price=Fraction(950_000),
)
FLAT = {"kind": "absolute", "value": "36"}
PER_FIFTY = {"kind": "ratio", "value": "1", "per": "50", "base": "headcount"}
WEEKS_PER_FIFTY = {**PER_FIFTY, "value": "6", "years": "years"}
MONTHLY = {"kind": "period", "value": "15", "base": "months"}
SHARE = {"kind": "share", "percent": "90", "base": "headcount"}
OF_VALUE = {"kind": "share", "percent": "0.5", "base": "contract_value"}


def promise(amount, unit, target, **more):
    measure = read_measure({"id": "m1", "target": target, **more})
    return Promise(measure, {"m1": Fraction(amount)}, {"m1": unit})


def rules(amount, unit, target, around=FIRM, **more):
    return [hint.rule for hint in hints(promise(amount, unit, target, **more), around)]


# The last number that is possible, and why one more of the smallest step is not.
LIMITS = (
    ("people", SHARE, "5", Rule.ABOVE_ALL),
    ("FTE", SHARE, "5", Rule.ABOVE_ALL),
    ("%", FLAT, "100", Rule.ABOVE_ALL),
    ("apprenticeships", PER_FIFTY, "5", Rule.MORE_PEOPLE),
    ("traineeships", FLAT, "5", Rule.MORE_PEOPLE),
    ("people", PER_FIFTY, "5", Rule.MORE_PEOPLE),
    ("hours", FLAT, "8180", Rule.MORE_HOURS),
    ("hours", MONTHLY, "24540", Rule.MORE_HOURS),
    ("days", FLAT, Fraction(8180 * 2, 15), Rule.MORE_HOURS),
    ("weeks", WEEKS_PER_FIFTY, Fraction(15 * 1461, 28), Rule.MORE_WEEKS),
    ("£", OF_VALUE, "950000", Rule.MORE_MONEY),
)
SMALLEST_STEP = Fraction(1, 10**9)


def check_limits(find=hints):
    for unit, target, limit, rule in LIMITS:
        at, above = (
            [hint.rule for hint in find(promise(amount, unit, target), FIRM)]
            for amount in (Fraction(limit), Fraction(limit) + SMALLEST_STEP)
        )
        assert (unit, rule in at, rule in above) == (unit, False, True)


def test_each_limit_is_where_it_is_to_the_ninth_place():
    check_limits()


def test_limits_kept_in_rounded_numbers_would_be_noticed():
    """The planted fault: amounts rounded to whole numbers before they are held to a limit."""

    def rounded(one, around):
        whole = {name: Fraction(round(amount)) for name, amount in one.quantities.items()}
        return hints(replace(one, quantities=whole), around)

    with pytest.raises(AssertionError):
        check_limits(rounded)


def test_limits_without_the_people_would_be_noticed():
    """The planted fault: weeks and hours held against one person alone."""

    def alone(one, around):
        return hints(one, replace(around, bases={"headcount": replace(PEOPLE, amount=Fraction(1))}))

    with pytest.raises(AssertionError):
        check_limits(alone)


@pytest.mark.parametrize(
    ("amount", "unit", "target", "words"),
    [
        (
            "6",
            "people",
            SHARE,
            "6 people is 120% of 5 people (“People employed on the contract (headcount)”). A part "
            "is never more than the whole. Check each number, and that what is promised is a part "
            "of what it is held against.",
        ),
        (
            "8",
            "apprenticeships",
            PER_FIFTY,
            "8 apprenticeships for 5 people (“People employed on the contract (headcount)”). That "
            "is more than one for each of them. Check both numbers, and whom each of them counts.",
        ),
        (
            "40000",
            "hours",
            MONTHLY,
            "40,000 hours are promised for 36 months. 5 people (“People employed on the contract "
            "(headcount)”) can work 24,540 hours in 36 months, at 1,636 hours each a year (Tenth "
            "assumes this; it has no source for it). That leaves no hour for any other work. Check "
            "the number, and how long the hours are for.",
        ),
        (
            "1000",
            "weeks",
            WEEKS_PER_FIFTY,
            "1,000 weeks are promised for 36 months, which has 782.7 weeks for 5 people (“People "
            "employed on the contract (headcount)”) if each looks after one person at a time. That "
            "is more weeks than there are. Check both numbers, and how many can take part at the "
            "same time.",
        ),
        (
            "2000000",
            "£",
            OF_VALUE,
            "£2,000,000 is more than the price, £950,000. What is spent or given under a contract "
            "usually comes out of what it pays. Check the noughts, and where the money comes from.",
        ),
        (
            "2.5",
            "apprenticeships",
            PER_FIFTY,
            "2.5 apprenticeships is not a whole number. These are counted one by one. Check the "
            "decimal point, and that the number is not an average.",
        ),
    ],
)
def test_a_hint_says_the_numbers_why_and_what_to_check(amount, unit, target, words):
    assert [hint.words for hint in hints(promise(amount, unit, target), FIRM)] == [words]


def test_without_a_price_the_published_value_is_the_limit():
    assert rules("960000", "£", OF_VALUE, replace(FIRM, price=None)) == []
    assert rules("1000001", "£", OF_VALUE, replace(FIRM, price=None)) == [Rule.MORE_MONEY]


def test_the_head_count_of_a_profile_counts_where_it_is_larger():
    staff = (Stated("Employees", "employees", Fraction(12)),)

    assert rules("8", "apprenticeships", PER_FIFTY, replace(FIRM, people=staff)) == []


def test_what_is_unknown_is_not_held_against_anybody():
    nothing = Circumstances()

    assert [rules("99999999", unit, FLAT, nothing) for unit in ("hours", "weeks", "£")] == [[]] * 3


def test_a_percentage_is_not_held_against_a_number_of_people():
    assert rules("90", "%", SHARE) == []


def test_people_helped_elsewhere_may_be_more_than_the_firm_has():
    assert rules("400", "people", FLAT) == []


def test_a_part_of_a_full_time_equivalent_is_whole_enough():
    assert rules("2.5", "FTE", SHARE) == []


def test_less_is_better_has_no_limit_above():
    assert rules("40000", "hours", FLAT, direction="lower") == []


def test_each_way_to_meet_a_target_is_looked_at():
    either = {
        "any_of": [{"id": "h", "target": MONTHLY}, {"id": "b", "target": OF_VALUE}],
    }
    both = Promise(
        read_measure(either),
        {"h": Fraction(40_000), "b": Fraction(960_000)},
        {"h": "hours", "b": "£"},
    )

    assert [hint.rule for hint in hints(both, FIRM)] == [Rule.MORE_HOURS, Rule.MORE_MONEY]


def test_hours_that_fit_one_by_one_may_not_fit_together():
    one = promise("5000", "hours", FLAT)

    (hint,) = hints_together([one, one], FIRM)

    assert hints(one, FIRM) == ()
    assert hint.numbers.startswith("The hours of all answers come to 10,000 hours a year.")
    assert hints_together([one], FIRM) == ()


def test_hours_together_are_spread_over_the_contract():
    year, whole = promise("8000", "hours", FLAT), promise("540", "hours", MONTHLY)

    assert hints_together([year, whole], FIRM) == ()
    assert len(hints_together([year, replace(whole, quantities={"m1": Fraction(541)})], FIRM)) == 1


def test_more_full_time_equivalents_than_people_are_odd():
    def odd(fte):
        stated = {**FIRM.bases, "fte": Stated("Full-time equivalents", "FTE", Fraction(fte))}
        return [hint.rule for hint in deliverability.odd_bases(replace(FIRM, bases=stated))]

    assert (odd("5"), odd("5.5")) == ([], [Rule.MORE_FULL_TIME])


units = st.sampled_from([*UNITS, "bee hives", ""])
amounts = st.builds(Fraction, st.integers(0, 10**15 - 1), st.sampled_from([1, 2, 3, 10**9]))
targets = st.sampled_from(
    [FLAT, PER_FIFTY, WEEKS_PER_FIFTY, MONTHLY, SHARE, OF_VALUE, {"kind": "undetermined"}]
)
firms = st.builds(
    Circumstances,
    bases=st.dictionaries(
        st.sampled_from(["headcount", "fte", "contract_value", "months"]),
        st.builds(Stated, st.just("Stated"), units, amounts),
    ),
    months=st.none() | amounts,
    value=st.none() | amounts,
    price=st.none() | amounts,
)


@given(amounts, units, targets, firms)
def test_no_numbers_are_a_fault_and_every_hint_says_all_three_things(amount, unit, target, firm):
    one = promise(amount, unit, target)

    found = [*hints(one, firm), *hints_together([one, one], firm), *deliverability.odd_bases(firm)]

    assert all(hint.numbers and hint.why and hint.check for hint in found)


@given(amounts, st.integers(1, 10**6), units, targets, firms)
def test_what_is_too_much_stays_too_much_when_more_is_promised(amount, more, unit, target, firm):
    before = {hint.rule for hint in hints(promise(amount, unit, target), firm)}
    after = {hint.rule for hint in hints(promise(amount + more, unit, target), firm)}

    assert before <= after


@given(units, targets, firms)
def test_nothing_promised_is_never_odd(unit, target, firm):
    assert hints(promise(0, unit, target), firm) == ()
