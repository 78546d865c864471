"""The life of a charter version: draft, published, superseded."""

from django.db.models import TextChoices

from accounts.access import Conflict


class CharterStatus(TextChoices):
    """Where a version of a charter stands."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"


NEXT = {
    CharterStatus.DRAFT: {CharterStatus.PUBLISHED},
    CharterStatus.PUBLISHED: {CharterStatus.SUPERSEDED},
    CharterStatus.SUPERSEDED: set(),
}


def check_move(current: CharterStatus, new: CharterStatus) -> None:
    """Refuse a step that the table does not hold."""
    if new not in NEXT[current]:
        raise Conflict(
            f"A charter that is {current.label.lower()} cannot become {new.label.lower()}. "
            "Start a new version instead."
        )
