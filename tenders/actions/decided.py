"""What every decision of a body is held to."""

from datetime import date, datetime

from accounts.models import User
from design.london import LONDON
from design.templatetags.format import london_date
from tenders.actions.drafts import need_text
from tenders.models import OptOut, PublicationApproval
from tenders.opt_outs import Decision
from tenders.refusals import Unfit


def keep_decision(
    held: OptOut | PublicationApproval,
    decision: Decision,
    *,
    asked_at: datetime,
    by: User,
    at: datetime,
) -> None:
    """Keep which body decided what, on which day, where it is minuted and who recorded it."""
    held.decided_by_body = need_text("body", decision.body, "Enter which body or post decided.")
    _check_day(decision.decided_on, asked_at=asked_at, at=at)
    held.decided_on = decision.decided_on
    held.minute_reference = decision.minute_reference.strip()
    held.is_approved, held.decided_by, held.decided_at = decision.is_approved, by, at
    held.save()


def _check_day(day: date, *, asked_at: datetime, at: datetime) -> None:
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
