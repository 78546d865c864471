"""The life of a tender: which stage may follow which, and what the clock adds.

People move a tender from stage to stage. Within the stage "published" the clock alone
decides whether bids may be sent: before opening time, open, or closed and still sealed.
"""

from datetime import datetime

from django.db.models import TextChoices

from accounts.access import Conflict


class Stage(TextChoices):
    """Where people have taken the tender; stored."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    OPENED = "opened", "Opened"
    MODERATING = "moderating", "Moderating"
    LOCKED = "locked", "Moderated and locked"
    AWARDED = "awarded", "Awarded"
    LIVE = "live", "Contract live"
    CANCELLED = "cancelled", "Cancelled"


class State(TextChoices):
    """Where the tender stands at a moment: the stage, and the clock; never stored."""

    DRAFT = "D", "Draft"
    PUBLISHED = "P", "Published, not yet open for bids"
    OPEN = "O", "Open for bids"
    CLOSED = "C", "Closed, bids sealed"
    EVALUATING = "E", "Opened, marking alone"
    MODERATING = "R", "Moderating"
    LOCKED = "M", "Moderated and locked"
    AWARDED = "A", "Awarded"
    LIVE = "L", "Contract live"
    CANCELLED = "X", "Cancelled"


NEXT = {
    Stage.DRAFT: {Stage.PUBLISHED, Stage.CANCELLED},
    Stage.PUBLISHED: {Stage.OPENED, Stage.CANCELLED},
    Stage.OPENED: {Stage.MODERATING, Stage.CANCELLED},
    Stage.MODERATING: {Stage.LOCKED, Stage.CANCELLED},
    Stage.LOCKED: {Stage.MODERATING, Stage.AWARDED, Stage.CANCELLED},
    Stage.AWARDED: {Stage.LIVE, Stage.CANCELLED},
    Stage.LIVE: set(),
    Stage.CANCELLED: set(),
}

BY_STAGE = {
    Stage.DRAFT: State.DRAFT,
    Stage.OPENED: State.EVALUATING,
    Stage.MODERATING: State.MODERATING,
    Stage.LOCKED: State.LOCKED,
    Stage.AWARDED: State.AWARDED,
    Stage.LIVE: State.LIVE,
    Stage.CANCELLED: State.CANCELLED,
}


def state_at(
    stage: Stage, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> State:
    """Where a tender stands at `now`. A deadline belongs to what follows it: at the
    very second bids close, the tender is closed."""
    if stage != Stage.PUBLISHED or opens_at is None or closes_at is None:
        return BY_STAGE.get(stage, State.PUBLISHED)
    if now < opens_at:
        return State.PUBLISHED
    return State.OPEN if now < closes_at else State.CLOSED


def check_move(current: Stage, new: Stage) -> None:
    """Refuse a step that the table does not hold."""
    if new not in NEXT[current]:
        raise Conflict(
            f"A tender that is {current.label.lower()} cannot become {new.label.lower()}."
        )


def as_mermaid() -> str:
    """The table as a diagram, for docs/tender-states.md."""
    moves = [f"    {now} --> {later}" for now in NEXT for later in sorted(NEXT[now])]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {Stage.DRAFT}", *moves])
