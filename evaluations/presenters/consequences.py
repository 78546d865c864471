"""The four pages on what publishing a tender would mean, and what each says first."""

from datetime import datetime

from django.urls import reverse

from evaluations.scoring import Refused
from tenders.models import Tender
from tenders.states import State

PAGES = (
    ("Price of a point", "evaluations:point_price"),
    ("Who can take part", "evaluations:participation"),
    ("Dry run", "evaluations:trial"),
    ("Burden", "evaluations:burden"),
)


def framed(tender: Tender, now: datetime, current: str) -> dict:
    """Template context shared by the four: the tender, and the way between them."""
    items = [
        {"text": text, "href": reverse(name, args=[tender.pk]), "current": name == current}
        for text, name in PAGES
    ]
    return {
        "tender": tender,
        "authority_name": tender.authority.name,
        "state": tender.state(now),
        "is_draft": tender.state(now) == State.DRAFT,
        "items": items,
    }


def why_not_scored(tender: Tender, refusal: Refused) -> str:
    """Why the rules of a draft score nothing yet, in the words of its own pages."""
    prices = (tender.price_full_at, tender.price_zero_at)
    if tender.price_weight and tender.price_method == "fixed_scale" and None in prices:
        return "the prices that earn full points and none are not set"
    return str(refusal)
