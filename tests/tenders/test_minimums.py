"""A least mark kept as a percentage lets that very mark pass, and the one below fail."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tenders.minimums import least_mark, percent_of_mark


@pytest.mark.parametrize(
    ("mark", "highest", "percent"),
    [("2", "5", "40"), ("2", "3", "66.6666"), ("1", "7", "14.2857"), ("20", "20", "100")],
)
def test_a_least_mark_is_kept_as_a_percentage_rounded_down(mark, highest, percent):
    assert percent_of_mark(Decimal(mark), Decimal(highest)) == Decimal(percent)


@pytest.mark.parametrize("step", ["1", "0.5", "0.25"])
@pytest.mark.parametrize("highest", range(1, 21))
def test_every_mark_of_every_scale_passes_its_own_minimum_and_the_one_below_fails(highest, step):
    highest, step = Decimal(highest), Decimal(step)
    mark = step
    while mark <= highest:
        percent = percent_of_mark(mark, highest)
        below = Fraction(mark - step) * 100 / Fraction(highest)
        assert below < Fraction(percent) <= Fraction(mark) * 100 / Fraction(highest)
        assert least_mark(percent, highest, step) == mark
        mark += step


def test_a_percentage_between_two_marks_asks_for_the_higher():
    assert least_mark(Decimal(50), Decimal(5), Decimal(1)) == 3
