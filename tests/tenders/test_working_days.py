"""Working days of England, and the eight of the standstill, at the days that catch people out."""

from datetime import date

import pytest

from tenders.working_days import (
    UnknownYear,
    bank_holiday,
    is_working_day,
    standstill_from,
    working_days_between,
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 3, 26), "Good Friday"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2026, 12, 25), "Christmas Day"),
        # Boxing Day is a Saturday in 2026, both days of Christmas are at a weekend in 2027.
        (date(2026, 12, 28), "Boxing Day (observed)"),
        (date(2027, 12, 27), "Christmas Day (observed)"),
        (date(2027, 12, 28), "Boxing Day (observed)"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
    ],
)
def test_a_bank_holiday_of_england_is_named_and_no_working_day(day, name):
    assert (bank_holiday(day), is_working_day(day)) == (name, False)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 29), True),
        (date(2026, 12, 26), False),
        (date(2026, 12, 27), False),
        # Saint Andrew's Day and the second of January are bank holidays of Scotland alone.
        (date(2026, 11, 30), True),
        (date(2026, 1, 2), True),
    ],
)
def test_only_weekends_and_the_holidays_of_england_are_left_out(day, works):
    assert is_working_day(day) == works


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2026, 12, 24), date(2026, 12, 24), 0),
        (date(2026, 12, 24), date(2026, 12, 29), 1),
        (date(2027, 3, 25), date(2027, 3, 30), 1),
        (date(2026, 9, 4), date(2026, 9, 7), 1),
        (date(2026, 9, 7), date(2026, 9, 4), 0),
    ],
)
def test_working_days_are_counted_after_the_first_day_up_to_the_last(first, last, count):
    assert working_days_between(first, last) == count


@pytest.mark.parametrize(
    ("published", "last"),
    [
        # A Monday without holidays: to the Wednesday of the week after.
        (date(2026, 9, 7), date(2026, 9, 16)),
        # At a weekend, the count begins with the Monday.
        (date(2026, 9, 5), date(2026, 9, 16)),
        # Over Easter, over Christmas with a Boxing Day in lieu, and over New Year.
        (date(2027, 3, 24), date(2027, 4, 6)),
        (date(2026, 12, 18), date(2026, 12, 31)),
        (date(2026, 12, 21), date(2027, 1, 5)),
    ],
)
def test_a_standstill_lasts_eight_working_days_with_the_day_of_the_notice(published, last):
    assert standstill_from(published).last == last


def test_a_contract_may_be_signed_the_day_after_the_standstill():
    assert standstill_from(date(2026, 9, 7)).may_sign_from == date(2026, 9, 17)


def test_a_holiday_of_scotland_alone_lengthens_the_standstill_and_not_the_working_days():
    found = standstill_from(date(2026, 11, 25))

    assert (found.last, found.last_in_england) == (date(2026, 12, 7), date(2026, 12, 4))


@pytest.mark.parametrize("day", [date(1973, 12, 31), date(2101, 1, 1)])
def test_a_year_whose_holidays_are_not_known_is_not_counted(day):
    with pytest.raises(UnknownYear, match=f"The bank holidays of {day.year} are not known"):
        is_working_day(day)
    with pytest.raises(UnknownYear):
        standstill_from(day)
