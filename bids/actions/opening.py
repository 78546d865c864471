"""Bids are opened by an officer and the chair, both after the deadline; one of them wins."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from accounts.roles import Role
from bids.contents import Received
from bids.documents import sha256
from bids.keyring import KeyringTrouble, WrongKey
from bids.keys import opening_key
from bids.models import Bid, Submission
from bids.permissions import check_can_open
from bids.refusals import CannotOpen
from bids.sealed_parts import received_in, version_in
from bids.sealing import SealBroken
from bids.unsealing import is_of
from records import audit
from records.clock import database_time
from records.models import AuditEvent
from tenders.actions import note_first_opening, note_opened
from tenders.actions.drafts import hold_tender
from tenders.models import Assignment, Tender

# How the trail calls what happens in bids.actions.sending.
SUBMITTED, WITHDRAWN = "bid.submitted", "bid.withdrawn"


def open_bids(*, tender: Tender, by: User) -> Tender:
    """Open a tender's bids: the first of the two people asks, the second opens them.

    All are opened, or none. Not atomic as a whole: an opening that failed is recorded.
    """
    try:
        return _open(tender, by)
    except (CannotOpen, KeyringTrouble) as trouble:
        audit.record(
            verb="bids.opening_failed",
            by=by,
            target=tender,
            at=database_time(),
            because=type(trouble).__name__,
            receipts=getattr(trouble, "receipts", []),
        )
        raise


@transaction.atomic
def _open(tender: Tender, by: User) -> Tender:
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
    counting = _counting(tender)
    _unseal(counting, _unlike_the_trail(tender, counting))
    audit.record(
        verb="bids.opened",
        by=by,
        target=tender,
        at=now,
        received=[{"receipt": one.receipt_number, "hash": one.content_hash} for one in counting],
    )
    return tender


def _counting(tender: Tender) -> list[Submission]:
    """The last version of every bid that counts."""
    bids = Bid.objects.received().filter(tender=tender)
    versions = Submission.objects.filter(bid__in=bids).latest_of_each_bid()
    counting = list(versions.select_related("bid").order_by("receipt_number"))
    for one in counting:
        one.bid.tender = tender
    return counting


def _unlike_the_trail(tender: Tender, counting: Iterable[Submission]) -> list[str]:
    """The receipts of bids whose rows say otherwise than the trail what of them counts.

    A seal holds no row in its place: with an older version put back, or a bid made to look
    withdrawn, everything would open as if nothing had happened.
    """
    rows = {
        str(one.bid_id): [one.version, one.receipt_number, one.content_hash] for one in counting
    }
    submitted, stands = {}, {}
    told_of = AuditEvent.objects.filter(stream=tender.audit_stream, verb__in=(SUBMITTED, WITHDRAWN))
    for event in told_of.order_by("position"):
        stands[event.target_id] = event.verb == SUBMITTED
        if event.verb == SUBMITTED:
            told = [event.details[name] for name in ("version", "receipt", "hash")]
            submitted[event.target_id] = told
    return [
        told[1]
        for bid, told in submitted.items()
        if rows.get(bid) != (told if stands[bid] else None)
    ]


def _received(submission: Submission) -> Received | None:
    """What a version says; None where that is not what was received, under its company."""
    try:
        content = version_in(opening_key(submission.bid), submission.bid, submission)
    except (SealBroken, WrongKey):
        return None
    received = received_in(content)
    is_sound = sha256(content) == submission.content_hash and is_of(submission.bid, received)
    return received if is_sound else None


def _unseal(submissions: Iterable[Submission], unlike: Iterable[str]) -> None:
    """Write what each says where evaluators read it; refuse all if one is not what was received."""
    broken, opened = {*unlike}, []
    for one in submissions:
        received = _received(one)
        if received is None:
            broken.add(one.receipt_number)
        else:
            one.document, one.price = received.document, received.price
            opened.append(one)
    if broken:
        raise CannotOpen(sorted(broken))
    Submission.objects.bulk_update(opened, ["document", "price"])


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
