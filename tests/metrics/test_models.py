"""What a metric knows of itself."""

from datetime import date

import pytest

from metrics.models import Metric
from tests.factories.metrics import MetricFactory

LATER = [
    {"from": "2030-01-01", "measure": {"id": "m1", "target": {"kind": "absolute", "value": "50"}}},
    {"from": "2028-01-01", "measure": {"id": "m1", "target": {"kind": "absolute", "value": "40"}}},
]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2027, 12, 31), "36"),
        (date(2028, 1, 1), "40"),
        (date(2029, 12, 31), "40"),
        (date(2030, 1, 1), "50"),
    ],
)
def test_the_measure_in_force_is_the_last_that_has_begun(day, value):
    metric = MetricFactory.build(number=1, principle=None, charter=None, later_measures=LATER)

    assert metric.measure_on(day)["target"]["value"] == value


@pytest.mark.django_db
def test_bidders_are_never_asked_what_only_policy_answers():
    asked = MetricFactory()
    MetricFactory(policy_only=True)

    assert list(Metric.objects.for_bidders()) == [asked]


@pytest.mark.django_db
def test_a_metric_knows_whether_its_target_is_set():
    unset, fixed = MetricFactory(target_not_set=True), MetricFactory()

    assert (unset.is_target_set, fixed.is_target_set) == (False, True)
    assert list(Metric.objects.with_target_set()) == [fixed]
    assert list(Metric.objects.with_target_not_set()) == [unset]
