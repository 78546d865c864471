"""What every page of evaluation says first: where the tender stands, what is next, by when."""

from datetime import datetime

from django.urls import reverse

from accounts.access import allows
from accounts.models import User
from evaluations.permissions import (
    PROGRESS,
    REGISTER,
    VIEW_MODERATION,
    VIEW_OWN_MARKS,
    VIEW_RANKING,
)
from tenders.models import Tender
from tenders.permissions import VIEW_INTERNAL, check_standing, standing_on
from tenders.states import State

TABS = (
    ("Tender", "tenders:internal", VIEW_INTERNAL),
    ("Interests", "evaluations:register", REGISTER),
    ("Your marking", "evaluations:marking", VIEW_OWN_MARKS),
    ("Progress", "evaluations:progress", PROGRESS),
    ("Moderation", "evaluations:moderation", VIEW_MODERATION),
    ("Ranking", "evaluations:ranking", VIEW_RANKING),
    ("Award", "evaluations:award", VIEW_RANKING),
)
NEXT = {
    State.DRAFT: "The officer publishes the tender",
    State.PUBLISHED: "Bids can be sent from opening time",
    State.OPEN: "Bids close, and stay sealed until two people open them",
    State.CLOSED: "The officer and the chair each open the bids",
    State.EVALUATING: "Each evaluator hands in; then the chair opens moderation",
    State.MODERATING: "The panel agrees each mark; then the chair locks and the bids are ranked",
    State.LOCKED: "The officer recommends an award and another person approves it",
    State.AWARDED: "The contract manager starts the contract",
    State.LIVE: "The supplier reports what it delivers",
    State.CANCELLED: "Nothing: this tender was cancelled",
}


def frame_of(user: User, tender: Tender, now: datetime, current: str = "") -> dict:
    """Template context shared by the pages: tender, state, next step and tabs."""
    state = tender.state(now)
    standing = standing_on(user, tender)
    tabs = [
        {
            "text": text,
            "href": reverse(name, args=[tender.pk]),
            "current": name == f"evaluations:{current}",
        }
        for text, name, rule in TABS
        if allows(check_standing, rule, standing, state)
    ]
    return {
        "tender": tender,
        "authority_name": tender.authority.name,
        "state": state,
        "next_step": NEXT[state],
        "deadline": tender.closes_at if state in "PO" else None,
        "tabs": tabs if len(tabs) > 1 else [],
    }
