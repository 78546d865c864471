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
    is_decided_as_a_programme,
)
from tenders.models import Tender
from tenders.permissions import VIEW_INTERNAL, check_standing, standing_on

# Which of the two a tender has depends on what is decided.
AWARD, PROGRAMME = "evaluations:award", "evaluations:programme"
TABS = (
    ("Tender", "tenders:internal", VIEW_INTERNAL),
    ("Interests", "evaluations:register", REGISTER),
    ("Your marking", "evaluations:marking", VIEW_OWN_MARKS),
    ("Progress", "evaluations:progress", PROGRESS),
    ("Moderation", "evaluations:moderation", VIEW_MODERATION),
    ("Ranking", "evaluations:ranking", VIEW_RANKING),
    ("Award", AWARD, VIEW_RANKING),
    ("Programme", PROGRAMME, VIEW_RANKING),
)


def frame_of(user: User, tender: Tender, now: datetime, current: str = "") -> dict:
    """Template context shared by the pages: tender, state, next step and tabs."""
    state = tender.state(now)
    standing = standing_on(user, tender)
    other = AWARD if is_decided_as_a_programme(tender) else PROGRAMME
    tabs = [
        {
            "text": tender.words.tab(text),
            "href": reverse(name, args=[tender.pk]),
            "current": name == f"evaluations:{current}",
        }
        for text, name, rule in TABS
        if allows(check_standing, rule, standing, state) and name != other
    ]
    return {
        "tender": tender,
        "authority_name": tender.authority.name,
        "state": state,
        "next_step": tender.words.next_steps[state],
        "deadline": tender.closes_at if state in "PO" else None,
        "tabs": tabs if len(tabs) > 1 else [],
    }
