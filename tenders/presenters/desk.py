"""An officer's procurements, by what needs doing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.urls import reverse

from design.templatetags.format import counted
from tenders.approval import need_of, route_of, waiting_of
from tenders.models import Opportunity, Tender
from tenders.permissions_while_out import OUT
from tenders.policy import policy_day
from tenders.presenters.frame import COLOURS, due_at
from tenders.readiness import sections
from tenders.states import State

FAR_OFF = datetime.max.replace(tzinfo=UTC)
OVER = (State.LIVE, State.CANCELLED)


@dataclass(frozen=True)
class Row:
    """One procurement on the desk: what it waits for, whom, and by when."""

    tender: Tender
    state: State
    words: str
    due_at: datetime | None
    href: str
    action: str
    is_mine: bool

    @property
    def colour(self) -> str:
        return COLOURS[self.state]


def rows(tenders: Iterable[Tender], now: datetime) -> list[Row]:
    """The officer's own work first, the most urgent on top; what is over comes last.

    The tenders know how many questions wait (`with_questions_waiting`).
    """
    found = [_row(tender, now) for tender in tenders]
    return sorted(
        found, key=lambda row: (not row.is_mine, row.state in OVER, row.due_at or FAR_OFF)
    )


def narrowed(found: list[Row], words: str, state: str) -> list[Row]:
    """The rows whose title holds these words and whose state is this one; all by default."""
    return [
        row
        for row in found
        if words.casefold() in row.tender.title.casefold() and state in ("", row.state)
    ]


def _row(tender: Tender, now: datetime) -> Row:
    state = tender.state(now)
    words, page, action, is_mine = _waits_for(tender, state, now)
    return Row(
        tender=tender,
        state=state,
        words=words,
        due_at=tender.closes_at if is_mine and state in OUT else due_at(tender, state, now),
        href=reverse(page, args=[tender.pk]),
        action=action,
        is_mine=is_mine,
    )


def _waits_for(tender: Tender, state: State, now: datetime) -> tuple[str, str, str, bool]:
    """What is next, the page to do it on, what the link says, and whether it is the officer's."""
    if state == State.DRAFT:
        missing = sum(not section.is_complete for section in sections(tender, now))
        if not missing:
            return _waits_for_approval(tender, now)
        parts = "1 part" if missing == 1 else f"{missing} parts"
        return f"{parts} of the draft to complete", "tenders:internal", "Continue", True
    if state in OUT and tender.questions_waiting:
        number = counted(tender.questions_waiting, "question")
        return f"Answer {number}", "tenders:conversation", "Read and answer", True
    if state == State.CLOSED and tender.first_opened_at:
        return "One person has opened; a second one must", "bids:open", "See opening", True
    if state == State.CLOSED:
        opens = tender.words.open_them
        return f"{opens} together with the chair", "bids:open", opens, True
    if state == State.LOCKED and tender.opportunity != Opportunity.PROCUREMENT:
        return "Recommend what to fund", "evaluations:programme", "Read the programme", True
    if state == State.LOCKED:
        return "Recommend an award", "evaluations:award", "Read the ranking", True
    return tender.words.next_steps[state], "tenders:internal", "View", False


def _waits_for_approval(tender: Tender, now: datetime) -> tuple[str, str, str, bool]:
    """The same of a complete draft: whoever answers for a contract of its size may come first."""
    route, page = route_of(tender, policy_day(tender, now)), "tenders:check"
    if waiting_of(tender, route):
        return f"Waits for the approval of {route.decides}", page, "View", False
    if need_of(tender, route):
        words = f"Complete: ask {route.decides} to approve it"
        return words, page, "Check and ask for approval", True
    done = "Approved" if route.decides else "Complete"
    return f"{done}: check it and publish", page, "Check and publish", True
