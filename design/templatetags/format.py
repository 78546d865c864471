"""Numbers, money and London time as a person reads them. Exact: no floats."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone

from design.london import LONDON
from design.numbers import exact, pounds, said

register = template.Library()

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


@register.filter
def money(value):
    """£1,250,000, or £1,250,000.50 when there are pence."""
    if value in (None, ""):
        return ""
    return pounds(value)


@register.filter
def exact_money(value):
    """£0.125: never rounded, and pence in two digits as in `money`."""
    if value in (None, ""):
        return ""
    amount = exact(value)
    has_parts_of_a_penny = amount != amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"£{said(amount, None)}" if has_parts_of_a_penny else money(amount)


@register.filter
def number(value, places=None):
    """1,250.5: thousands separated, no trailing zeros, rounded only if `places` says so."""
    if value in (None, ""):
        return ""
    return said(value, None if places is None else int(places))


@register.filter
def percent(value, places=None):
    """12.5%."""
    return "" if value in (None, "") else f"{number(value, places)}%"


@register.filter
def points(value):
    """A score: always two places, so that columns align."""
    if value in (None, ""):
        return ""
    return f"{exact(value).quantize(Decimal('0.01'), ROUND_HALF_UP):,f}".replace("-", "−")


@register.filter
def london(value):
    """21 November 2026, 12:00."""
    if value in (None, ""):
        return ""
    there = value.astimezone(LONDON)
    return f"{there.day} {there:%B %Y}, {there:%H:%M}"


@register.filter
def london_seconds(value):
    """21 November 2026, 12:00:09, for receipts and records."""
    if value in (None, ""):
        return ""
    there = value.astimezone(LONDON)
    return f"{there.day} {there:%B %Y}, {there:%H:%M:%S}"


@register.filter
def london_day(value):
    """Saturday 21 November 2026, 12:00: a moment that people put into a diary."""
    return f"{value.astimezone(LONDON):%A} {london(value)}" if value else ""


@register.filter
def london_clock(value):
    """12:00:09."""
    return f"{value.astimezone(LONDON):%H:%M:%S}" if value else ""


@register.filter
def london_date(value):
    """21 November 2026."""
    if value in (None, ""):
        return ""
    day = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{day.day} {day:%B %Y}"


@register.filter
def until(value, now=None):
    """How long from now: "in 3 days", "in 2 hours 5 minutes", "4 days ago"."""
    if value in (None, ""):
        return ""
    now = now or timezone.now()
    if isinstance(value, date) and not isinstance(value, datetime):
        return days_between(now.astimezone(LONDON).date(), value)
    seconds = int((value - now).total_seconds())
    if abs(seconds) < MINUTE:
        return "now"
    return f"in {duration(seconds)}" if seconds > 0 else f"{duration(-seconds)} ago"


@register.filter
def time_left(value, now):
    """The two largest units that are left, as static/js/clock.js counts them; empty when over."""
    left = int((value - now).total_seconds()) if value > now else 0
    units = [(DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second")]
    first = next((place for place, (size, _) in enumerate(units) if left >= size), len(units))
    said = []
    for size, name in units[first : first + 2]:
        count, left = divmod(left, size)
        said += [counted(count, name)] if count else []
    return " ".join(said)


def days_between(today: date, day: date) -> str:
    """Today, tomorrow, yesterday, or so many days away."""
    days = (day - today).days
    if abs(days) <= 1:
        return {0: "today", 1: "tomorrow", -1: "yesterday"}[days]
    return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"


def duration(seconds: int) -> str:
    """The two largest units while it is near, days alone when it is far."""
    days, rest = divmod(seconds, DAY)
    hours, rest = divmod(rest, HOUR)
    minutes = rest // MINUTE
    if days > 2 or (days and not hours):
        return counted(days, "day")
    if days:
        return f"{counted(days, 'day')} {counted(hours, 'hour')}"
    if not hours:
        return counted(minutes, "minute")
    if not minutes:
        return counted(hours, "hour")
    return f"{counted(hours, 'hour')} {counted(minutes, 'minute')}"


def counted(count: int, thing: str) -> str:
    """1 day, 2 days."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
