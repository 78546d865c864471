"""Bids are opened by an officer and the chair, both after the deadline; one of them wins."""

from datetime import datetime

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from accounts.roles import Role
from bids.models import Bid, Submission
from bids.permissions import check_can_open
from records import audit
from records.clock import database_time
from tenders.actions import note_first_opening, note_opened
from tenders.actions.drafts import hold_tender
from tenders.models import Assignment, Tender


@transaction.atomic
def open_bids(*, tender: Tender, by: User) -> Tender:
    """Open a tender's bids: the first of the two people asks, the second opens them."""
    # Whoever is first turned away here does not make bidders wait.
    check_can_open(by, tender, database_time())
    # Waits for every submit under way; those who come later find the deadline past.
    tender = hold_tender(tender)
    now = database_time()
    role = check_can_open(by, tender, now)
    if tender.first_opened_by_id is None:
        return note_first_opening(tender=tender, by=by, at=now)
    if tender.first_opened_by_id == by.pk:
        raise Conflict("You have already opened these bids. Now the other person must.")
    if role == first_opener_role(tender):
        raise Conflict("An officer has already opened these bids. Now the chair must.")
    tender = note_opened(tender=tender, by=by, at=now)
    received = Submission.objects.filter(bid__in=Bid.objects.received().filter(tender=tender))
    audit.record(
        verb="bids.opened",
        by=by,
        target=tender,
        at=now,
        received=[
            {"receipt": one.receipt_number, "hash": one.content_hash}
            for one in received.latest_of_each_bid().order_by("receipt_number")
        ],
    )
    return tender


def first_opener_role(tender: Tender) -> Role:
    """In which role the first of the two opened: the chair's, or else an officer's."""
    is_chair = Assignment.objects.filter(
        tender=tender, person=tender.first_opened_by, role=Role.CHAIR
    ).exists()
    return Role.CHAIR if is_chair else Role.OFFICER


@transaction.atomic
def mark_won(*, bid: Bid, at: datetime, shares_the_award: bool = False) -> Bid:
    """Note that this bid won its tender, alone or as one of several projects that are funded.

    The award, whose act this is, records it.
    """
    bid = Bid.objects.select_for_update().get(pk=bid.pk)
    bid.won_at, bid.shares_the_award = at, shares_the_award
    bid.save(update_fields=["won_at", "shares_the_award"])
    return bid
