"""What targets ask of firms of each size: the figures of the board paper's question."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.participation import (
    EXAMPLES,
    Asked,
    Firm,
    Part,
    Terms,
    all_hours,
    bands,
    blocks_of,
    reach,
    rewrites_of,
    size_of,
    to_two_figures,
)
from metrics.attainment import read_measure

FIXED = {"contract_value": Fraction(1_000_000), "months": Fraction(36), "years": Fraction(3)}
TERMS = Terms(FIXED)
MICRO, SMALL, MEDIUM, LARGE = EXAMPLES


def asked(target, unit="hours", base_units=None, **measure):
    return Asked(
        "m1",
        "Metric",
        read_measure({"id": "m1", "target": target, **measure}),
        {"m1": unit},
        base_units or {"headcount": "people"},
    )


FLAT = asked({"kind": "absolute", "value": "36"})
PER_FIFTY = {"kind": "ratio", "value": "1", "per": "50", "base": "headcount"}


def verdicts(one, terms=TERMS):
    return [reach(firm, one, terms).verdict for firm in EXAMPLES]


@pytest.mark.parametrize(
    ("people", "size"),
    [(1, "Micro"), (9, "Micro"), (10, "Small"), (49, "Small"), (50, "Medium"), (249, "Medium")]
    + [(250, "Large")],
)
def test_size_is_by_people(people, size):
    assert size_of(Fraction(people)) == size


def test_there_is_an_example_of_each_size():
    assert [firm.size for firm in EXAMPLES] == ["Micro", "Small", "Medium", "Large"]


def test_flat_hours_are_a_share_of_each_firm_s_own():
    (part,) = reach(MICRO, FLAT, TERMS).parts

    assert part == Part(
        "hours", Fraction(36), Fraction(3600, 5 * 1636), "its people’s hours in a year", "can"
    )


def test_hours_that_grow_with_the_contract_are_spread_over_its_years():
    monthly = asked({"kind": "period", "value": "15", "base": "months"})

    (part,) = reach(MICRO, monthly, TERMS).parts

    assert (part.required, part.share) == (540, Fraction(100 * 180, 5 * 1636))


def test_a_day_is_more_hours_than_one():
    days = asked({"kind": "absolute", "value": "10"}, "days")

    assert reach(MICRO, days, TERMS).parts[0].share == Fraction(7500, 5 * 1636)


def test_pounds_are_a_share_of_turnover():
    spend = asked({"kind": "share", "percent": "0.5", "base": "contract_value"}, "£")

    assert reach(MICRO, spend, TERMS).parts[0].share == Fraction(100 * 5000, 3 * 400_000)


def test_one_per_fifty_asks_a_whole_person_of_whoever_it_asks_for_a_part():
    (part,) = reach(MICRO, asked(PER_FIFTY, "apprenticeships"), TERMS).parts

    assert (part.required, part.share, part.verdict) == (Fraction(3, 50), 20, "cannot")


def test_what_is_out_of_reach_is_for_the_reader_to_say():
    many = asked({"kind": "absolute", "value": "360"})

    assert verdicts(many) == ["effort", "effort", "can", "can"]
    assert verdicts(many, replace(TERMS, too_much=Fraction(2))) == [
        "cannot",
        "effort",
        "can",
        "can",
    ]
    assert verdicts(many, replace(TERMS, little=Fraction(5))) == ["can"] * 4


@pytest.mark.parametrize(
    ("target", "unit"),
    [
        ({"kind": "undetermined"}, "hours"),
        ({"kind": "share", "percent": "90", "base": "headcount"}, "people"),
        ({"kind": "share", "percent": "50", "base": "new_homes"}, "homes"),
        ({"kind": "absolute", "value": "3"}, "trees"),
    ],
)
def test_what_nobody_can_tell_beforehand_is_said_to_depend(target, unit):
    assert verdicts(asked(target, unit)) == ["depends"] * 4


def test_where_a_firm_spends_its_own_costs_depends_on_its_suppliers():
    local = asked(
        {"kind": "share", "percent": "75", "base": "contract_costs"}, "£", {"contract_costs": "£"}
    )

    assert verdicts(local) == ["depends"] * 4


def test_several_flat_targets_add_up():
    together = all_hours(MICRO, [FLAT] * 5, TERMS)

    assert together.parts[0].required == 180
    assert (reach(MICRO, FLAT, TERMS).verdict, together.verdict) == ("can", "effort")


def test_hours_over_the_whole_contract_add_up_by_the_year():
    monthly = asked({"kind": "period", "value": "15", "base": "months"})

    assert all_hours(MICRO, [FLAT, monthly], TERMS).parts[0].required == 36 + 180


def test_one_target_in_hours_has_nothing_to_be_added_to():
    assert all_hours(MICRO, [FLAT, asked(PER_FIFTY, "apprenticeships")], TERMS) is None


def test_less_is_better_depends_on_what_a_firm_uses_now():
    less = asked({"kind": "absolute", "value": "3"}, "metric tonnes", direction="lower")

    assert verdicts(less) == ["depends"] * 4


def test_nothing_asked_is_within_reach_of_all():
    floor = asked({**PER_FIFTY, "blocks": "floor"}, "apprenticeships")

    assert verdicts(floor) == ["can", "can", "can", "can"]
    assert [reach(firm, floor, TERMS).parts[0].required for firm in EXAMPLES] == [0, 0, 0, 1]


@pytest.mark.parametrize(("kind", "verdict"), [("any_of", "can"), ("all_of", "cannot")])
def test_of_several_targets_in_one_the_best_or_the_worst_counts(kind, verdict):
    hours = {"id": "m1", "target": {"kind": "absolute", "value": "36"}}
    people = {"id": "m2", "target": PER_FIFTY}
    one = Asked(
        "m1",
        "Metric",
        read_measure({kind: [hours, people]}),
        {"m1": "hours", "m2": "apprenticeships"},
        {"headcount": "people"},
    )

    assert reach(MICRO, one, TERMS).verdict == verdict


def test_the_ways_of_counting_stand_beside_each_other():
    (table,) = blocks_of(EXAMPLES, [asked(PER_FIFTY, "apprenticeships"), FLAT], TERMS)

    assert table.chosen == "pro_rata"
    assert table.required == {
        "floor": (0, 0, 0, 1),
        "ceil": (1, 1, 1, 2),
        "pro_rata": (Fraction(3, 50), Fraction(3, 10), Fraction(4, 5), Fraction(8, 5)),
    }


def test_thirty_six_hours_are_a_fiftieth_of_a_per_cent_of_110_people_s_hours():
    (one,) = rewrites_of(MEDIUM, EXAMPLES, [FLAT, asked(PER_FIFTY)], TERMS)

    assert (one.hours, one.percent) == (36, Fraction("0.02"))
    assert one.comes_to == tuple(Fraction("0.0002") * firm.headcount * 1636 for firm in EXAMPLES)


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6))
def test_two_figures_are_within_a_twentieth(number):
    shown = to_two_figures(number)

    assert abs(shown - number) <= number / 20
    assert to_two_figures(shown) == shown


FIRMS = st.builds(
    Firm,
    st.just("A firm"),
    *(st.integers(1, 10**6).map(Fraction) for _ in range(3)),
    st.integers(0, 100).map(Fraction),
)


@given(FIRMS, st.integers(1, 10_000), st.sampled_from(["hours", "days", "£", "people"]))
def test_a_larger_firm_never_finds_a_flat_target_harder(firm, amount, unit):
    one = asked({"kind": "absolute", "value": str(amount)}, unit)
    larger = replace(firm, headcount=firm.headcount * 2, turnover=firm.turnover * 2)
    order = ["cannot", "effort", "can"]

    small, large = (order.index(reach(each, one, TERMS).verdict) for each in (firm, larger))

    assert small <= large


@pytest.mark.parametrize(
    ("people", "found"),
    [([], None), ([5, 5, 5, 5], None), ([5, 5, 60, 300, 5], {"Micro": 3, "Medium": 1, "Large": 1})],
)
def test_past_bidders_are_shown_in_sizes_and_only_from_five_on(people, found):
    assert bands([Fraction(one) for one in people]) == found
