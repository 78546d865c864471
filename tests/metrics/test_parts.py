"""A measure taken apart and put together again is the same measure."""

import pytest

from charter.pack import read_charter
from metrics.loading import read_metrics
from metrics.parts import ALL, ANY, ONE, Apart, Later, Part, put_together, take_apart

SSLEP = read_metrics("sslep-2021", principles=read_charter("sslep-2021").principle_codes)


@pytest.mark.parametrize("metric", SSLEP, ids=lambda one: str(one.number))
def test_every_metric_of_the_paper_survives_the_round_trip(metric):
    apart = take_apart(metric.measure, metric.later_measures, metric.quantities)

    assert put_together(apart) == (
        metric.measure,
        list(metric.later_measures),
        list(metric.quantities),
    )


def test_a_compound_target_has_a_part_for_each_quantity():
    metric = SSLEP[8]

    apart = take_apart(metric.measure, metric.later_measures, metric.quantities)

    assert (apart.join, [part.id for part in apart.parts]) == (ANY, ["m9_hours", "m9_budget"])


def test_a_dated_step_is_another_amount_from_a_day_on():
    metric = SSLEP[10]

    apart = take_apart(metric.measure, metric.later_measures, metric.quantities)

    assert apart.join == ONE
    assert [(part.amount, part.later) for part in apart.parts] == [
        ("75", (Later("2030-01-01", "100"),))
    ]


def test_a_later_step_keeps_the_earlier_one_of_another_part():
    hours = Part("a", "Hours", "hours", "absolute", "10", later=(Later("2028-01-01", "20"),))
    weeks = Part("b", "Weeks", "weeks", "absolute", "1", later=(Later("2029-01-01", "2"),))

    _, later, _ = put_together(Apart(ALL, (hours, weeks)))

    amounts = [[one["target"]["value"] for one in step["measure"]["all_of"]] for step in later]
    assert amounts == [["20", "1"], ["20", "2"]]


@pytest.mark.parametrize(
    "measure",
    [
        {"sum_of": [{"id": "a", "unit_value": "1"}], "target": {"kind": "absolute", "value": "1"}},
        {"any_of": [{"all_of": [{"id": "a", "target": {"kind": "absolute", "value": "1"}}]}]},
    ],
)
def test_a_sum_or_a_nested_measure_is_not_taken_apart(measure):
    assert take_apart(measure, [], [{"id": "a", "label": "A", "unit": "hours"}]) is None


def test_a_measure_that_changes_shape_on_a_day_is_not_taken_apart():
    first = {"id": "a", "target": {"kind": "absolute", "value": "1"}}
    then = {"id": "a", "target": {"kind": "share", "percent": "1", "base": "b"}}
    later = [{"from": "2030-01-01", "measure": then}]

    assert take_apart(first, later, [{"id": "a", "label": "A", "unit": "hours"}]) is None
