"""The scale of marks: which marks there are, and which lie far apart."""

from decimal import Decimal

import pytest

from evaluations import scales

HALF = Decimal("0.5")


def test_a_scale_holds_every_step_from_nothing_to_the_highest_mark():
    assert scales.marks_on(Decimal("1.5"), HALF) == [0, HALF, 1, Decimal("1.5")]


@pytest.mark.parametrize(
    ("mark", "is_on"), [("0", True), ("5", True), ("2.50", True), ("-0.5", False), ("5.5", False)]
)
def test_a_mark_is_on_the_scale_from_nothing_to_the_highest(mark, is_on):
    assert scales.is_on(Decimal(mark), max_mark=Decimal(5), step=HALF) is is_on


@pytest.mark.parametrize("mark", ["2.25", "0.01", "4.99"])
def test_a_mark_between_steps_is_not_on_the_scale(mark):
    assert scales.is_on(Decimal(mark), max_mark=Decimal(5), step=HALF) is False


def test_a_scale_in_words():
    assert scales.in_words(Decimal("5.00"), Decimal("1.00")) == "0 to 5 in whole marks"
    assert scales.in_words(Decimal("10.00"), Decimal("0.50")) == "0 to 10 in steps of 0.5"


@pytest.mark.parametrize(
    ("marks", "far_apart"), [([], False), ([3], False), ([3, 4], False), ([2, 4], True)]
)
def test_marks_more_than_a_step_apart_want_discussion(marks, far_apart):
    values = [Decimal(mark) for mark in marks]

    assert scales.are_far_apart(values, Decimal(1)) is far_apart
