"""Numbers and times as a person reads them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from design.templatetags import format as shown


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1250000"), "£1,250,000"),
        (Decimal("1250000.5"), "£1,250,000.50"),
        (Decimal("-12.345"), "−£12.35"),
        (0, "£0"),
        (None, ""),
    ],
)
def test_money_shows_pence_only_when_there_are_some(value, words):
    assert shown.money(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("32000.500000000"), "£32,000.50"),
        (Decimal("70.000000000"), "£70"),
        (Decimal("0.125"), "£0.125"),
        (None, ""),
    ],
)
def test_exact_money_keeps_parts_of_a_penny(value, words):
    assert shown.exact_money(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1250.500"), "1,250.5"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("0.000000001"), "0.000000001"),
        (Decimal("-0.00"), "0"),
        (Decimal("-4.20"), "−4.2"),
        (Fraction(1, 3), "0.333333333"),
        (14, "14"),
        (None, ""),
    ],
)
def test_a_number_has_no_trailing_zeros(value, words):
    assert shown.number(value) == words


def test_a_number_is_rounded_half_up_when_asked():
    assert shown.number(Decimal("2.345"), 2) == "2.35"
    assert shown.percent(Decimal("12.50")) == "12.5%"


def test_points_always_have_two_places():
    assert shown.points(Decimal("71.5")) == "71.50"
    assert shown.points(Fraction(2, 3)) == "0.67"


@pytest.mark.parametrize("value", [0.1, True, "12"])
def test_what_is_not_an_exact_number_is_refused(value):
    with pytest.raises(TypeError, match="is not an exact number"):
        shown.number(value)


def test_moments_are_shown_in_london_time():
    moment = datetime(2026, 7, 1, 11, 0, 9, tzinfo=UTC)

    assert shown.london(moment) == "1 July 2026, 12:00"
    assert shown.london_seconds(moment) == "1 July 2026, 12:00:09"
    assert shown.london_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"
    assert shown.london_date(date(2026, 11, 21)) == "21 November 2026"


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(days=3, hours=4), "in 3 days"),
        (timedelta(days=1, hours=4), "in 1 day 4 hours"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(hours=2, minutes=5), "in 2 hours 5 minutes"),
        (timedelta(hours=2), "in 2 hours"),
        (timedelta(minutes=1, seconds=30), "in 1 minute"),
        (timedelta(seconds=30), "now"),
        (timedelta(hours=-2), "2 hours ago"),
        (timedelta(days=-4), "4 days ago"),
    ],
)
def test_until_says_how_long_from_now(ahead, words):
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)

    assert shown.until(now + ahead, now) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [(21, "today"), (22, "tomorrow"), (20, "yesterday"), (25, "in 4 days"), (1, "20 days ago")],
)
def test_until_counts_days_to_a_date(day, words):
    now = datetime(2026, 11, 21, 23, tzinfo=UTC)

    assert shown.until(date(2026, 11, day), now) == words


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(days=3, hours=4, minutes=59), "3 days 4 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1, minutes=59), "1 day"),
        (timedelta(hours=1, minutes=1, seconds=59), "1 hour 1 minute"),
        (timedelta(minutes=2, seconds=5), "2 minutes 5 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(milliseconds=999), ""),
        (timedelta(0), ""),
        (timedelta(days=-1), ""),
    ],
)
def test_what_is_left_is_said_in_its_two_largest_units(ahead, words):
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)

    assert shown.time_left(now + ahead, now) == words


def test_a_deadline_is_said_with_its_weekday_and_a_clock_to_the_second():
    moment = datetime(2026, 7, 1, 11, 0, 9, tzinfo=UTC)

    assert shown.london_day(moment) == "Wednesday 1 July 2026, 12:00"
    assert shown.london_clock(moment) == "12:00:09"
    assert (shown.london_day(None), shown.london_clock(None)) == ("", "")
