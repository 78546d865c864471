"""What every page inside a tender says first: where it stands, what is next, by when."""

from datetime import datetime

from django.urls import reverse

from accounts.access import allows
from accounts.models import User
from accounts.roles import Role
from tenders.models import Opportunity, Tender
from tenders.permissions import (
    ALWAYS,
    ASSIGN,
    VIEW_INTERNAL,
    Rule,
    check_standing,
    standing_on,
)
from tenders.permissions_while_out import READ_ASKED
from tenders.states import State

EVERYONE = (Role.OFFICER, Role.CHAIR, Role.APPROVER, Role.ADMINISTRATOR)
PANEL = (Role.OFFICER, Role.CHAIR, Role.APPROVER)


def _page(states: str, *roles: Role) -> Rule:
    return Rule("", dict.fromkeys(roles, states), is_change=False)


# Which of the two a tender has depends on what is decided: who wins, or what is funded.
AWARD, PROGRAMME = "evaluations:award", "evaluations:programme"
# Pages of later apps, whose own rules decide; a test holds this table to those rules.
TABS = (
    ("Tender", "tenders:internal", VIEW_INTERNAL),
    ("Team", "tenders:team", ASSIGN),
    ("Questions", "tenders:conversation", READ_ASKED),
    ("Interests", "evaluations:register", _page(ALWAYS, *EVERYONE)),
    ("Bids", "bids:of_tender", _page("CERMAL", *EVERYONE)),
    ("Your marking", "evaluations:marking", _page("ERMAL", Role.EVALUATOR)),
    ("Progress", "evaluations:progress", _page("ERMAL", Role.OFFICER, Role.CHAIR)),
    (
        "Moderation",
        "evaluations:moderation",
        Rule(
            "",
            {
                Role.OFFICER: "MAL",
                Role.EVALUATOR: "RMA",
                Role.CHAIR: "RMAL",
                Role.APPROVER: "MA",
            },
            is_change=False,
        ),
    ),
    ("Ranking", "evaluations:ranking", _page("MAL", *PANEL)),
    ("Award", AWARD, _page("MAL", *PANEL)),
    ("Programme", PROGRAMME, _page("MAL", *PANEL)),
)
COLOURS = {
    State.DRAFT: "grey",
    State.PUBLISHED: "blue",
    State.OPEN: "green",
    State.CLOSED: "yellow",
    State.EVALUATING: "blue",
    State.MODERATING: "purple",
    State.LOCKED: "orange",
    State.AWARDED: "turquoise",
    State.LIVE: "green",
    State.CANCELLED: "red",
}


def tabs(user: User, tender: Tender, now: datetime, path: str) -> list[dict]:
    """The pages of a tender that this person may open now, the present one marked."""
    standing, state = standing_on(user, tender), tender.state(now)
    items = []
    other = PROGRAMME if tender.opportunity == Opportunity.PROCUREMENT else AWARD
    for text, name, rule in TABS:
        if name != other and allows(check_standing, rule, standing, state):
            href = reverse(name, args=[tender.pk])
            items.append({"text": tender.words.tab(text), "href": href, "current": path == href})
    return items if len(items) > 1 else []


def frame(tender: Tender, now: datetime) -> dict:
    """Template context shared by the pages inside a tender."""
    state = tender.state(now)
    return {
        "tender": tender,
        "authority_name": tender.authority.name,
        "state": state,
        "state_colour": COLOURS[state],
        "next_step": tender.words.next_steps[state],
        "due_at": due_at(tender, state, now),
    }


def due_at(tender: Tender, state: State, now: datetime) -> datetime | None:
    """The moment the clock itself will change something, or a draft should be out by.

    A draft may be out after its opening: by its deadline then, and by nothing once that passed.
    """
    if state == State.DRAFT:
        days = (tender.opens_at, tender.closes_at)
        return next((one for one in days if one and one > now), None)
    if state == State.PUBLISHED:
        return tender.opens_at
    return tender.closes_at if state == State.OPEN else None
