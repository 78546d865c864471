"""Working days by the bank holidays of England, and the standstill of the Procurement Act 2023.

Pure. Bank holidays come from the `holidays` library, which knows those proclaimed by the day it
was made and works out the rest by rule; a day proclaimed later is not in it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

FIRST_YEAR, LAST_YEAR = 1974, 2100
ENGLAND = ("ENG",)
# Days that are a bank holiday in some part of the United Kingdom are no working days of the Act.
ANYWHERE = ("ENG", "NIR", "SCT", "WLS")
# Procurement Act 2023, section 51(2).
STANDSTILL_DAYS = 8
SATURDAY = 5
SOURCE = (
    "Working days leave out weekends and the bank holidays of England, as known to version "
    f"{holidays.__version__} of the holidays library. One that is proclaimed later is not counted."
)
ONE_DAY = timedelta(days=1)


class UnknownYear(ValueError):
    """The bank holidays of this year are not known, so its working days cannot be counted."""


@dataclass(frozen=True)
class Standstill:
    """The days in which a contract may not yet be signed, the first and the last included."""

    first: date
    last: date
    # The last day if the bank holidays of Scotland and Northern Ireland are left out of account.
    last_in_england: date

    @property
    def may_sign_from(self) -> date:
        """The first day after it."""
        return self.last + ONE_DAY


@cache
def _of_year(year: int, part: str) -> dict[date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownYear(f"The bank holidays of {year} are not known.")
    return dict(holidays.country_holidays("GB", subdiv=part, years=year))


def bank_holiday(day: date, parts: tuple[str, ...] = ENGLAND) -> str:
    """The name of the bank holiday on a day; empty where there is none."""
    return next((name for part in parts if (name := _of_year(day.year, part).get(day))), "")


def is_working_day(day: date, parts: tuple[str, ...] = ENGLAND) -> bool:
    """Whether it is neither at a weekend nor a bank holiday."""
    return not bank_holiday(day, parts) and day.weekday() < SATURDAY


def working_days_between(first: date, last: date) -> int:
    """How many working days follow the first day, up to the last and with it."""
    days = (first + ONE_DAY * count for count in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in days)


def standstill_from(published: date) -> Standstill:
    """Eight working days, beginning with the day the contract award notice is published."""
    return Standstill(published, _eighth(published, ANYWHERE), _eighth(published, ENGLAND))


def _eighth(day: date, parts: tuple[str, ...]) -> date:
    left = STANDSTILL_DAYS
    while True:
        left -= is_working_day(day, parts)
        if not left:
            return day
        day += ONE_DAY
