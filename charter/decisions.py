"""The decision that puts a version of a charter in force: who, when, where it is minuted."""

from dataclasses import dataclass
from datetime import date, datetime

from charter.refusals import Unfit
from design.london import LONDON
from design.templatetags.format import london_date

# Nothing that is decided here is older: a year such as 0202 is a slip of the pen.
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Decision:
    """What a body decided about a version, and from which day the version counts.

    A version counts from the day of the decision or a later one: nobody could have followed
    it before. It cannot count from a day to come either, because whoever reads "in force"
    must be able to rely on it now; it is published on that day.
    """

    body: str
    decided_on: date
    minute_reference: str
    effective_from: date

    def refuse_unless_sound(self, at: datetime) -> None:
        """Refuse days that contradict each other or the calendar on London's walls."""
        today = at.astimezone(LONDON).date()
        if self.decided_on < EARLIEST:
            raise Unfit("decided_on", f"Decision date must be {london_date(EARLIEST)} or later")
        if self.decided_on > today:
            raise Unfit(
                "decided_on",
                "Decision date must be today or in the past. Publish once it is decided",
            )
        if self.effective_from < self.decided_on:
            raise Unfit(
                "effective_from",
                "First day in force must be the day of the decision or later: "
                f"{london_date(self.decided_on)} or after",
            )
        if self.effective_from > today:
            raise Unfit(
                "effective_from",
                "First day in force must be today or in the past. "
                "Publish on the day it begins to count",
            )
