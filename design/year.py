"""The financial year: April to March, by London's clock. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from design.london import LONDON

FIRST_YEAR = 2013  # the Public Services (Social Value) Act 2012 came into force


@dataclass(frozen=True)
class FinancialYear:
    """The twelve months from 1 April of `begins`."""

    begins: int

    @property
    def first_day(self) -> date:
        return date(self.begins, 4, 1)

    @property
    def last_day(self) -> date:
        return date(self.begins + 1, 3, 31)

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.first_day, time(), LONDON)

    @property
    def ends_at(self) -> datetime:
        """The first moment that no longer belongs to it."""
        return datetime.combine(self.last_day + timedelta(days=1), time(), LONDON)

    @property
    def words(self) -> str:
        return f"April {self.begins} to March {self.begins + 1}"

    def holds(self, moment: datetime | None) -> bool:
        return moment is not None and self.starts_at <= moment < self.ends_at


def year_of(day: date) -> FinancialYear:
    """The financial year a day lies in."""
    return FinancialYear(day.year if day.month >= 4 else day.year - 1)
