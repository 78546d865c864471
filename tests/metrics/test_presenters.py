"""Targets in plain words."""

from fractions import Fraction

import pytest

from metrics.presenters.targets import InWords, later_targets, target_in_words
from metrics.units import with_unit
from tests.factories.metrics import MetricFactory

BASES = [
    {"id": "headcount", "label": "People employed", "unit": "people", "stated_by": "bidder"},
    {"id": "years", "label": "Length in years", "unit": "years", "stated_by": "authority"},
    {"id": "months", "label": "Length in months", "unit": "months", "stated_by": "authority"},
]


def metric(**fields):
    return MetricFactory.build(
        number=1, principle=None, charter=None, unit="weeks", bases=BASES, **fields
    )


def single(**target):
    return {"id": "m1", "target": target}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ({"kind": "absolute", "value": "36"}, "At least 36 weeks."),
        ({"kind": "absolute", "value": "1"}, "At least 1 week."),
        (
            {"kind": "share", "percent": "0.5", "base": "headcount"},
            "At least 0.5% of the people employed.",
        ),
        (
            {"kind": "ratio", "value": "6", "per": "50", "base": "headcount", "years": "years"},
            "At least 6 weeks for every 50 of the people employed, times the length in years. "
            "Part of 50 counts in proportion.",
        ),
        (
            {"kind": "ratio", "value": "1", "per": "50", "base": "headcount", "blocks": "floor"},
            "At least 1 week for every 50 of the people employed. Only each full 50 counts.",
        ),
        (
            {"kind": "ratio", "value": "1", "per": "50", "base": "headcount", "blocks": "ceil"},
            "At least 1 week for every 50 of the people employed. Part of 50 counts as 50.",
        ),
        (
            {"kind": "period", "value": "15", "base": "months"},
            "At least 15 weeks, times the length in months.",
        ),
    ],
)
def test_each_kind_of_target_reads_as_a_sentence(target, words):
    assert target_in_words(single(**target), metric()) == InWords("", [words])


def test_a_target_that_is_not_set_quotes_the_source():
    asked = target_in_words(single(kind="undetermined"), metric(target_text="?? miles"))

    assert asked == InWords("", ["Not set yet. The source prints “?? miles”."])


def test_lower_is_better_reads_as_a_ceiling():
    measure = {**single(kind="absolute", value="10"), "direction": "lower"}

    assert target_in_words(measure, metric()).lines == ["No more than 10 weeks."]


@pytest.mark.parametrize(
    ("how", "intro"),
    [
        ("any_of", "Any one of these; the one best met counts."),
        ("all_of", "All of these; the one least met counts."),
    ],
)
def test_several_targets_in_one_say_how_they_combine(how, intro):
    measure = {how: [single(kind="absolute", value="3"), single(kind="absolute", value="4")]}

    asked = target_in_words(measure, metric())

    assert asked == InWords(intro, ["At least 3 weeks.", "At least 4 weeks."])


def test_a_sum_is_worth_money():
    measure = {
        "sum_of": [{"id": "a", "unit_value": "10"}, {"id": "b", "unit_value": "2.5"}],
        "target": {"kind": "absolute", "value": "12500"},
    }

    assert target_in_words(measure, metric()).lines == ["At least £12,500."]


def test_a_dated_step_names_its_day():
    stepped = metric(
        later_measures=[
            {"from": "2030-01-01", "measure": single(kind="absolute", value="40")},
        ]
    )

    assert later_targets(stepped) == [("1 January 2030", InWords("", ["At least 40 weeks."]))]


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (Fraction(1250), "£", "£1,250"),
        (Fraction(75), "%", "75%"),
        (Fraction(1), "companies", "1 company"),
        (Fraction(1), "people", "1 person"),
        (Fraction(3, 2), "hours", "1.5 hours"),
    ],
)
def test_an_amount_is_printed_with_its_unit(amount, unit, words):
    assert with_unit(amount, unit) == words
