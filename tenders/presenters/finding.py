"""Opportunities as lists show them, and what a list is narrowed by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from accounts.models import User
from tenders.models import Follower, Tender
from tenders.presenters.frame import COLOURS
from tenders.states import State


@dataclass(frozen=True)
class Row:
    """One opportunity of a list."""

    tender: Tender
    state: State
    # How many lots its procurement has; none where it is not divided.
    lots: int
    is_followed: bool

    @property
    def colour(self) -> str:
        return COLOURS[self.state]

    @property
    def is_out(self) -> bool:
        return self.state in (State.PUBLISHED, State.OPEN)


@dataclass(frozen=True)
class Chosen:
    """One thing a list is narrowed by, and the address of the list without it."""

    label: str
    value: str
    without: str


def rows_of(tenders: Iterable[Tender], user: User, now: datetime) -> list[Row]:
    """The rows of a list of tenders that were read with `lot_group__lots`."""
    found = list(tenders)
    followed = followed_by(user, found)
    return [
        Row(
            tender=tender,
            state=tender.state(now),
            lots=len(tender.lot_group.counted) if tender.lot_group else 0,
            is_followed=tender.pk in followed,
        )
        for tender in found
    ]


def followed_by(user: User, tenders: Sequence[Tender]) -> set:
    """Which of these somebody follows."""
    if not user.is_authenticated:
        return set()
    rows = Follower.objects.filter(person=user, tender__in=tenders)
    return set(rows.values_list("tender", flat=True))


def chosen_of(said: Iterable[tuple[str, str, str]], query: QueryDict) -> list[Chosen]:
    """What is on, each with the address that takes it off and keeps the rest."""
    found = []
    for name, label, value in said:
        rest = query.copy()
        for dropped in (name, "page"):
            rest.pop(dropped, None)
        found.append(Chosen(label, value, f"?{rest.urlencode()}"))
    return found


def suggested_name(said: Sequence[tuple[str, str, str]]) -> str:
    """What an alert may be called until its person calls it something else."""
    return ", ".join(value for _, _, value in said)[:100] or "Everything that is published"
