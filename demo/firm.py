"""A small firm that has said once what it is, and offers a measure of its own with its bid."""

from typing import Any

import accounts.actions as people
import bids.actions as bidding
from bids.models import Bid
from demo import cast
from demo.cast import company_of
from demo.deliveries import letter

PROFILE = {
    "size": {"sme": "yes"},
    "vcse": {"vcse": "yes", "kind": "community interest company"},
    "modern_slavery": {
        "standing": "in_place",
        "dated_on": "2026-02-02",
        "where": "",
        "note": "We buy little, and know whom we buy from.",
    },
    "equality": {"standing": "in_place", "dated_on": "2025-09-01", "where": "", "note": ""},
    "living_wage": {
        "standing": "working_towards",
        "dated_on": "",
        "where": "",
        "note": "Everybody but the two apprentices, and they from September.",
    },
}
INSTEAD = {
    "outcome": "Parents who go back to work because their child has a place with us.",
    "unit": "parents",
    "base": "the families of the children we look after",
    "quantity": "25",
    "evidence": "A card that parents fill in when their child starts and a year later.",
    "why": "In these two neighbourhoods it is the lack of a place that keeps people from work.",
}


def says_what_it_is(who: dict[str, Any]) -> None:
    """Five parts of its profile, which go with every bid."""
    company = company_of(cast.CHILDCARE)
    for part, said in PROFILE.items():
        people.say_part(company=company, part=part, said=said, **who)


def adds_to_its_bid(bid: Bid, who: dict[str, Any]) -> None:
    """Two files, and a measure beside the one that is asked for."""
    asked = {one.title: one for one in bid.tender.criteria.select_related("metric")}
    work, care = asked["Helping young people into work"], asked["Care and learning"]
    bidding.save_answer(
        bid=bid, criterion=work, text=None, quantities={}, alternative=INSTEAD, **who
    )
    bidding.attach(bid=bid, criterion=work, upload=letter("letter from the college.pdf"), **who)
    bidding.attach(bid=bid, criterion=care, upload=letter("last inspection.pdf"), **who)
