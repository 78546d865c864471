"""Numbers and days of a snapshot as a report prints them."""

from datetime import date
from decimal import Decimal

from design.numbers import said
from design.templatetags.format import london_date, money

EMPTY = "–"


def day(iso: str) -> str:
    return london_date(date.fromisoformat(iso))


def amount(words: str | None, unit: str = "") -> str:
    """A number of the snapshot with its unit: 1,250 hours, £1,250, 12.5%."""
    if words is None:
        return EMPTY
    number = Decimal(words)
    if unit == "£":
        return money(number)
    joint = "" if unit in {"", "%"} else " "
    return f"{said(number, 2)}{joint}{unit}"
