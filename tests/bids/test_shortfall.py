"""What would reach a target in full is what the engine says reaches it, and no more than that."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bids.shortfall import MOST_WAYS, Step, ways_to_reach
from metrics.attainment import attainment, measure_ids, read_measure

HOURS = {"id": "hours", "target": {"kind": "absolute", "value": "36"}}
SHARE = {"id": "local", "target": {"kind": "share", "percent": "90", "base": "headcount"}}
ONE_PER_50 = {
    "id": "apprentices",
    "target": {"kind": "ratio", "value": "1", "per": "50", "base": "headcount"},
}
CARBON = {"id": "tonnes", "direction": "lower", "target": {"kind": "absolute", "value": "10"}}
WORTH = {
    "sum_of": [{"id": "hours", "unit_value": "20"}, {"id": "items", "unit_value": "0.5"}],
    "target": {"kind": "absolute", "value": "1000"},
}


def ways(measure, units=None, bases=None, **stated):
    numbers = {name: Fraction(number) for name, number in stated.items()}
    known = {name: Fraction(number) for name, number in (bases or {}).items()}
    return ways_to_reach(read_measure(measure), numbers, known, units or {})


def test_so_much_more_of_the_one_thing_that_counts():
    assert ways(HOURS, hours="30") == [(Step("hours", Fraction(36), Fraction(30)),)]


def test_a_target_that_is_reached_asks_for_nothing_more():
    assert ways(HOURS, hours="36") == []


def test_what_is_not_stated_counts_as_nothing():
    (way,) = ways(HOURS)

    assert way == (Step("hours", Fraction(36), None),)


def test_people_are_counted_whole():
    (way,) = ways(
        ONE_PER_50, {"apprentices": "apprenticeships"}, {"headcount": "120"}, apprentices="1"
    )

    assert (way[0].to, way[0].difference) == (3, 2)


def test_what_is_not_counted_one_by_one_is_exact():
    (way,) = ways(ONE_PER_50, {"apprentices": "FTE"}, {"headcount": "120"}, apprentices="1")

    assert way[0].to == Fraction("2.4")


def test_a_number_nobody_can_type_is_rounded_up_so_that_it_is_enough():
    third = {"id": "hours", "target": {"kind": "ratio", "value": "1", "per": "3", "base": "people"}}

    (way,) = ways(third, {"hours": "hours"}, {"people": "1"})

    assert way[0].to == Fraction("0.34")


def test_where_less_is_better_it_comes_down():
    (way,) = ways(CARBON, tonnes="12.5")

    assert way == (Step("tonnes", Fraction(10), Fraction("12.5")),)


def test_where_less_is_better_an_unknown_amount_is_left_unknown():
    assert ways(CARBON) == []


def test_a_base_that_is_missing_leaves_the_target_unknown():
    assert ways(SHARE, local="5") == []


def test_an_open_target_asks_for_no_number():
    assert ways({"id": "x", "target": {"kind": "undetermined"}}, x="5") == []


def test_any_part_of_a_sum_can_make_it_up():
    assert ways(WORTH, {"items": "events"}, hours="10", items="0") == [
        (Step("hours", Fraction(50), Fraction(10)),),
        (Step("items", Fraction(1600), Fraction(0)),),
    ]


def test_any_of_several_targets_is_enough():
    either = {"any_of": [HOURS, SHARE]}

    assert ways(either, bases={"headcount": "10"}, hours="1", local="3") == [
        (Step("hours", Fraction(36), Fraction(1)),),
        (Step("local", Fraction(9), Fraction(3)),),
    ]


def test_all_of_several_targets_are_needed_and_those_met_are_left_alone():
    both = {"all_of": [HOURS, SHARE, CARBON]}

    (way,) = ways(both, bases={"headcount": "10"}, hours="40", local="3", tonnes="12")

    assert [step.id for step in way] == ["local", "tonnes"]


def test_one_quantity_of_two_targets_takes_the_further_step():
    twice = {"all_of": [HOURS, {"id": "hours", "target": {"kind": "absolute", "value": "50"}}]}

    assert ways(twice, hours="1") == [(Step("hours", Fraction(50), Fraction(1)),)]


def test_targets_that_contradict_each_other_have_no_way():
    torn = {"all_of": [HOURS, {**CARBON, "id": "hours"}]}

    assert ways(torn, hours="20") == []


NUMBERS = st.decimals(0, 10_000, places=2).map(Fraction)
TARGETS = st.one_of(
    st.builds(lambda n: {"kind": "absolute", "value": str(n)}, st.integers(0, 500)),
    st.builds(
        lambda n, per, blocks: {
            "kind": "ratio",
            "value": str(n),
            "per": str(per),
            "base": "headcount",
            "blocks": blocks,
        },
        st.integers(0, 20),
        st.integers(1, 60),
        st.sampled_from(["floor", "ceil", "pro_rata"]),
    ),
    st.builds(
        lambda n: {"kind": "share", "percent": str(n), "base": "headcount"}, st.integers(0, 150)
    ),
)
LEAVES = st.builds(
    lambda name, target, direction: {"id": name, "target": target, "direction": direction},
    st.sampled_from("abc"),
    TARGETS,
    st.sampled_from(["higher", "higher", "lower"]),
)
MEASURES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda kind, several: {kind: several},
        st.sampled_from(["any_of", "all_of"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(MEASURES, st.dictionaries(st.sampled_from("abc"), NUMBERS), st.integers(1, 300), st.data())
def test_whoever_takes_a_way_reaches_the_target(measure, stated, headcount, data):
    read, bases = read_measure(measure), {"headcount": Fraction(headcount)}
    unit = data.draw(st.sampled_from(["hours", "people", "£"]))
    found = ways_to_reach(read, stated, bases, dict.fromkeys("abc", unit))

    assert len(found) <= MOST_WAYS
    for way in found:
        assert attainment(read, {**stated, **{s.id: s.to for s in way}}, bases) == 1
        assert all(step.to >= 0 for step in way)
        assert {step.id for step in way} <= set(measure_ids(read))


@settings(max_examples=100, deadline=None)
@given(LEAVES, NUMBERS, st.integers(1, 300))
def test_a_single_target_that_is_missed_always_has_a_way(measure, amount, headcount):
    read, bases = read_measure(measure), {"headcount": Fraction(headcount)}
    stated = {measure["id"]: amount}
    is_missed = attainment(read, stated, bases) < 1

    assert bool(ways_to_reach(read, stated, bases, {measure["id"]: "people"})) == is_missed


def test_a_measure_with_very_many_ways_answers_at_once():
    wide = {
        "all_of": [
            {
                "sum_of": [{"id": f"q{n}{m}", "unit_value": "1"} for m in range(20)],
                "target": {"kind": "absolute", "value": "9"},
            }
            for n in range(20)
        ]
    }

    assert len(ways(wide)) == MOST_WAYS


@pytest.mark.parametrize("unit", ["people", "apprenticeships", "£", "hours"])
def test_no_smaller_whole_step_would_do(unit):
    (way,) = ways(ONE_PER_50, {"apprentices": unit}, {"headcount": "75"}, apprentices="0")
    less = way[0].to - (Fraction(1) if unit not in ("£", "hours") else Fraction(1, 100))

    assert (
        attainment(read_measure(ONE_PER_50), {"apprentices": less}, {"headcount": Fraction(75)}) < 1
    )
