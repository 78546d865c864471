"""The four pages on what publishing a tender would mean, and what each says first."""

from datetime import datetime

from django.urls import reverse

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
