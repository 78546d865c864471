"""What every decision of a body is held to."""

from datetime import date, datetime

from design.london import LONDON
from design.templatetags.format import london_date
from tenders.refusals import Unfit


def check_day(day: date, *, asked_at: datetime, at: datetime) -> None:
    """A body can only have decided on what had been asked."""
    asked = asked_at.astimezone(LONDON).date()
    if day > at.astimezone(LONDON).date():
        raise Unfit("decided_on", "This day has not come yet. Enter the day of the decision.")
    if day < asked:
        raise Unfit(
            "decided_on",
            f"This was asked for on {london_date(asked)}, so it cannot have been decided before. "
            "Enter that day or a later one; what was decided earlier must be confirmed.",
        )
