"""The life of a charter version, and of a partner's signature under it."""

from django.db.models import TextChoices

from accounts.access import Conflict


class CharterStatus(TextChoices):
    """Where a version of a charter stands."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


class PartnerState(TextChoices):
    """Where a partner's signature stands."""

    WAITING = "waiting", "Waiting to be confirmed"
    CONFIRMED = "confirmed", "Signed up"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"


NEXT = {
    CharterStatus.DRAFT: {CharterStatus.PUBLISHED},
    CharterStatus.PUBLISHED: {CharterStatus.SUPERSEDED},
    CharterStatus.SUPERSEDED: set(),
}

# In the order in which a page offers them.
PARTNER_NEXT = {
    PartnerState.WAITING: (PartnerState.CONFIRMED, PartnerState.DECLINED),
    PartnerState.CONFIRMED: (PartnerState.WITHDRAWN,),
    PartnerState.DECLINED: (),
    PartnerState.WITHDRAWN: (),
}


def check_move(current: CharterStatus, new: CharterStatus) -> None:
    """Refuse a step that the table does not hold."""
    if new not in NEXT[current]:
        raise Conflict(
            f"A charter that is {current.label.lower()} cannot become {new.label.lower()}. "
            "Start a new version instead."
        )
