"""The financial year, April to March, by London's clock."""

from datetime import UTC, date, datetime

import pytest

from design.year import FinancialYear, year_of


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_a_year_begins_on_the_first_of_april(day, begins):
    assert year_of(day) == FinancialYear(begins)


@pytest.mark.parametrize(
    ("moment", "is_held"),
    [
        (datetime(2026, 3, 31, 22, 59, 59, tzinfo=UTC), False),  # 23:59:59 in London
        (datetime(2026, 3, 31, 23, 0, tzinfo=UTC), True),  # midnight in London
        (datetime(2027, 3, 31, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2027, 3, 31, 23, 0, tzinfo=UTC), False),
        (None, False),
    ],
)
def test_a_moment_belongs_to_the_year_it_falls_in_in_london(moment, is_held):
    assert FinancialYear(2026).holds(moment) is is_held


def test_a_year_names_both_ends():
    assert FinancialYear(2026).words == "April 2026 to March 2027"
