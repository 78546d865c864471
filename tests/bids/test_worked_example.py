"""Worked examples say what the scoring engine says, in words, with whole numbers where it can."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids import worked_example
from bids.worked_example import Names, examples, how_they_combine
from metrics.attainment import attainment, read_measure

NAMES = Names(
    units={"m1": "people", "m9": "£"},
    base_units={"headcount": "people", "months": "months", "years": "years", "costs": "£"},
    base_labels={
        "headcount": "People employed on the contract",
        "months": "Length of the contract in months",
        "years": "Length of the contract in years",
        "costs": "Total contract costs",
    },
)
THREE_YEARS = {"months": Fraction(36), "years": Fraction(3)}


def of(target, unit="people", **more):
    measure = read_measure({"id": "m1", "target": target, **more})
    names = Names({"m1": unit}, NAMES.base_units, NAMES.base_labels)
    return [one.words for one in examples(measure, THREE_YEARS, names)]


@pytest.mark.parametrize(
    ("target", "unit", "words"),
    [
        (
            {"kind": "ratio", "value": "1", "per": "50", "base": "headcount"},
            "apprenticeships",
            "Say “People employed on the contract” is 50 people. Whoever promises 1 apprenticeship "
            "or more reaches 100% of the target; with 0 apprenticeships, 0%.",
        ),
        (
            {"kind": "share", "percent": "90", "base": "headcount"},
            "people",
            "Say “People employed on the contract” is 50 people. Whoever promises 45 people or "
            "more reaches 100% of the target; with 22 people, 48.8%; with 0 people, 0%.",
        ),
        (
            {"kind": "share", "percent": "5", "base": "headcount"},
            "people",
            "Say “People employed on the contract” is 100 people. Whoever promises 5 people or "
            "more reaches 100% of the target; with 2 people, 40%; with 0 people, 0%.",
        ),
        (
            {"kind": "period", "value": "15", "base": "months"},
            "hours",
            "In this tender “Length of the contract in months” is 36 months. Whoever promises 540 "
            "hours or more reaches 100% of the target; with 270 hours, 50%; with 0 hours, 0%.",
        ),
        (
            {"kind": "share", "percent": "75", "base": "costs"},
            "£",
            "Say “Total contract costs” is £100,000. Whoever promises £75,000 or more reaches 100% "
            "of the target; with £37,500, 50%; with £0, 0%.",
        ),
        (
            {"kind": "absolute", "value": "36"},
            "hours",
            "Whoever promises 36 hours or more reaches 100% of the target; with 18 hours, 50%; "
            "with 0 hours, 0%.",
        ),
    ],
)
def test_each_kind_of_target_is_worked_out_for_a_made_up_firm(target, unit, words):
    assert of(target, unit) == [words]


def test_weeks_a_year_grow_with_the_years_that_are_published():
    target = {"kind": "ratio", "value": "6", "per": "50", "base": "headcount", "years": "years"}

    assert of(target, "weeks") == [
        "In this tender “Length of the contract in years” is 3 years. Say “People employed on the "
        "contract” is 50 people. Whoever promises 18 weeks or more reaches 100% of the target; "
        "with 9 weeks, 50%; with 0 weeks, 0%."
    ]


def test_less_is_better_is_worked_out_with_twice_as_much():
    assert of({"kind": "absolute", "value": "10"}, "miles", direction="lower") == [
        "Whoever promises 10 miles or less reaches 100% of the target; with 20 miles, 50%."
    ]


def test_a_target_that_is_not_set_has_no_example():
    assert of({"kind": "undetermined"}) == []


def test_of_several_targets_each_has_its_example_and_how_they_combine_is_said():
    leaves = [
        {"id": "m1", "target": {"kind": "absolute", "value": "4"}},
        {"id": "m9", "target": {"kind": "absolute", "value": "100"}},
    ]

    either, both = (read_measure({join: leaves}) for join in ("any_of", "all_of"))

    assert len(examples(either, {}, NAMES)) == 2
    assert how_they_combine(either).endswith("the one best reached counts.")
    assert how_they_combine(both).endswith("the one least reached counts.")
    assert how_they_combine(read_measure(leaves[0])) == ""


amounts = st.integers(1, 9999).map(str)
bases = st.sampled_from(["headcount", "months", "costs"])
targets = st.one_of(
    st.fixed_dictionaries({"kind": st.just("absolute"), "value": amounts}),
    st.fixed_dictionaries({"kind": st.just("share"), "percent": amounts, "base": bases}),
    st.fixed_dictionaries({"kind": st.just("period"), "value": amounts, "base": bases}),
    st.fixed_dictionaries(
        {
            "kind": st.just("ratio"),
            "value": amounts,
            "per": amounts,
            "base": bases,
            "blocks": st.sampled_from(["floor", "ceil", "pro_rata"]),
        }
    ),
)


def check_with_the_engine(target):
    """Read the sentence back, and work out the promise it names first with the engine."""
    measure = read_measure({"id": "m1", "target": target})
    (one,) = examples(measure, THREE_YEARS, Names({"m1": "%"}, NAMES.base_units, {}))
    said = re.findall(r"“(\w+)” is £?([\d,]+)", one.given)
    known = {name: Fraction(number.replace(",", "")) for name, number in said}
    promised = re.search(r"promises ([\d,.]+)% or more reaches ([\d.]+)%", one.sentence)
    amount = Fraction(promised[1].replace(",", ""))
    reached = attainment(measure, {"m1": amount}, known)
    assert abs(100 * reached - Fraction(promised[2])) < 1


@given(targets)
def test_a_sentence_holds_when_it_is_worked_out_again(target):
    check_with_the_engine(target)


def test_a_sentence_that_the_engine_did_not_work_out_would_be_noticed(monkeypatch):
    """The planted fault: everything is said to reach half."""
    monkeypatch.setattr(worked_example, "attainment", lambda *_: Fraction(1, 2))

    with pytest.raises(AssertionError):
        check_with_the_engine({"kind": "absolute", "value": "36"})
