"""The life of a bid: draft, submitted, withdrawn; and back to submitted by a new version."""

from datetime import datetime

from django.db.models import TextChoices

from accounts.access import Conflict


class BidState(TextChoices):
    """Where a bid stands; read from what was received and withdrawn, never stored."""

    DRAFT = "draft", "Not submitted"
    SUBMITTED = "submitted", "Submitted"
    WITHDRAWN = "withdrawn", "Withdrawn"


NEXT = {
    BidState.DRAFT: {BidState.SUBMITTED},
    BidState.SUBMITTED: {BidState.SUBMITTED, BidState.WITHDRAWN},
    BidState.WITHDRAWN: {BidState.SUBMITTED},
}


def state_of(versions: int, withdrawn_at: datetime | None) -> BidState:
    """A bid counts once a version was received and it was not withdrawn since."""
    if versions == 0:
        return BidState.DRAFT
    return BidState.WITHDRAWN if withdrawn_at else BidState.SUBMITTED


def check_move(current: BidState, new: BidState) -> None:
    """Refuse a step that the table does not hold."""
    if new not in NEXT[current]:
        raise Conflict(f"A bid that is {current.label.lower()} cannot become {new.label.lower()}.")
