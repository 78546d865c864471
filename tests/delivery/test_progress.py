"""What was due, claimed and accepted: added up or the latest, quarter by quarter."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from delivery.progress import (
    ACCEPTED,
    ADDED_UP,
    LATEST,
    QUERIED,
    WAITING,
    Reported,
    Sums,
    counting_of,
    due_by,
    last_return_due,
    months_after,
    next_return_due,
    quarter_ends,
    sums_of,
)

BEGINS, ENDS = date(2026, 4, 1), date(2027, 3, 31)


def reported(quantity, decision=ACCEPTED, month=4):
    return Reported(Decimal(quantity), decision, date(2026, month, 1), date(2026, month, 28))


def test_only_accepted_lines_are_delivered_and_a_queried_one_counts_for_nothing():
    lines = [reported("10"), reported("5", WAITING), reported("7", QUERIED)]

    assert sums_of(lines, ADDED_UP) == Sums(
        claimed=Decimal(15), accepted=Decimal(10), lines=3, waiting=1, queried=1
    )


def test_what_stands_is_not_added_to_itself():
    lines = [reported("36", month=4), reported("38", month=7)]

    assert sums_of(lines, LATEST).accepted == 38


def test_the_latest_return_is_the_one_for_the_latest_period():
    lines = [reported("38", month=7), reported("36", month=4)]

    assert sums_of(lines, LATEST).claimed == 38


def test_nothing_returned_is_nothing_claimed():
    assert sums_of([], LATEST) == sums_of([], ADDED_UP) == Sums(Decimal(0), Decimal(0), 0, 0, 0)


@pytest.mark.parametrize(
    ("unit", "counting"),
    [("hours", ADDED_UP), ("£", ADDED_UP), ("FTE", LATEST), ("people", LATEST), ("%", LATEST)],
)
def test_units_decide_how_returns_are_counted(unit, counting):
    assert counting_of(unit) == counting


def test_quarters_end_every_three_months_and_with_the_contract():
    assert quarter_ends(BEGINS, ENDS) == [
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
        date(2027, 3, 31),
    ]


def test_a_contract_shorter_than_a_quarter_ends_once():
    assert quarter_ends(BEGINS, date(2026, 5, 31)) == [date(2026, 5, 31)]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 6, 30), 0),  # the quarter is not over
        (date(2026, 7, 1), Fraction(365 * 91, 365)),
        (date(2026, 9, 30), Fraction(365 * 91, 365)),
        (date(2027, 4, 1), 365),
        (date(2030, 1, 1), 365),
    ],
)
def test_an_even_share_is_due_at_the_end_of_each_quarter(day, due):
    assert due_by(Decimal(365), ADDED_UP, BEGINS, ENDS, day) == due


def test_all_of_what_stands_is_due_after_the_first_quarter():
    assert due_by(Decimal(39), LATEST, BEGINS, ENDS, date(2026, 6, 30)) == 0
    assert due_by(Decimal(39), LATEST, BEGINS, ENDS, date(2026, 7, 1)) == 39


def test_the_next_return_is_due_when_the_running_quarter_ends():
    assert next_return_due(BEGINS, ENDS, date(2026, 6, 30)) == date(2026, 6, 30)
    assert next_return_due(BEGINS, ENDS, date(2026, 7, 1)) == date(2026, 9, 30)
    assert next_return_due(BEGINS, ENDS, date(2027, 4, 1)) is None
    assert last_return_due(BEGINS, ENDS, BEGINS) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 4, 1), 36, date(2029, 4, 1)),
    ],
)
def test_months_after_keeps_to_the_month(day, months, later):
    assert months_after(day, months) == later
