"""The only way to read a bid: its own firm at any time, its team once both have opened it."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.http import Http404

from accounts.access import Conflict
from accounts.models import User
from bids.contents import AttachedFile, Draft, Received
from bids.documents import canonical, sha256
from bids.keyring import WrongKey
from bids.keys import firm_key, opening_key
from bids.models import Attachment, Bid, Submission
from bids.permissions import is_own
from bids.refusals import Tampered
from bids.sealed_parts import draft_in, facts_in, file_in, received_in, version_in
from bids.sealing import SealBroken

log = logging.getLogger(__name__)


def draft_of(bid: Bid, *, by: User) -> Draft:
    """The draft as it stands, for a person of its firm; to anybody else it does not exist."""
    key = own_key(bid, by=by)
    with loudly(bid):
        return draft_in(key, bid)


def own_key(bid: Bid, *, by: User) -> bytes:
    """The bid's data key for a person of its firm; refused to anybody else."""
    if not is_own(by, bid):
        raise Http404
    with loudly(bid):
        return firm_key(bid)


def canonical_of(submission: Submission, *, by: User) -> bytes:
    """The bytes whose SHA-256 the receipt gives, for a person of the firm."""
    bid = submission.bid
    key = own_key(bid, by=by)
    with loudly(bid):
        return version_in(key, bid, submission)


def received_of(submission: Submission, *, by: User) -> Received:
    """What was received: to its firm at once, to the team what both openers opened.

    Whether this person is of the team is for `bids.permissions` to say, before this is asked.
    """
    if is_own(by, submission.bid):
        return received_in(canonical_of(submission, by=by))
    if submission.document is None or submission.price is None:
        raise Conflict("This bid is sealed until an officer and the chair have opened it.")
    return Received(document=submission.document, price=submission.price)


def is_intact(submission: Submission, received: Received) -> bool:
    """Whether what is kept is still what the receipt promised, and stands under its company."""
    content = canonical(
        bid=submission.bid_id,
        version=submission.version,
        document=received.document,
        price=received.price,
        tender_hash=submission.tender_hash,
    )
    is_own_content = sha256(content) == submission.content_hash
    return is_own_content and is_of(submission.bid, received)


def is_of(bid: Bid, received: Received) -> bool:
    """Whether a version names the company under which it is kept.

    Versions received before they named it are taken to.
    """
    company = str(bid.supplier_id)
    return received.document.get("company", company) == company


def changed_since(submissions: Iterable[Submission]) -> list[str]:
    """The receipts of opened versions that are no longer what was received."""
    return [
        one.receipt_number
        for one in submissions
        if one.document is None
        or one.price is None
        or not is_intact(one, Received(one.document, one.price))
    ]


def facts_of(attachment: Attachment, *, by: User) -> AttachedFile:
    """What a file of one's own bid is called and holds."""
    bid = attachment.answer.bid
    key = own_key(bid, by=by)
    with loudly(bid):
        return facts_in(key, bid, attachment)


def file_of(attachment: Attachment, *, by: User) -> tuple[AttachedFile, bytes]:
    """A file of evidence and what it is called; the right to it is checked before.

    See `bids.permissions.attachment_for`.
    """
    bid = attachment.answer.bid
    with loudly(bid):
        key = firm_key(bid) if is_own(by, bid) else opening_key(bid)
        return facts_in(key, bid, attachment), file_in(key, bid, attachment)


def content_for_the_scanner(attachment: Attachment) -> bytes:
    """A file as its firm sent it, for the virus scanner alone: no person asks, and none is told.

    `bids.tasks` hands it on in memory, and keeps nothing of it but what the scanner said.
    """
    bid = attachment.answer.bid
    with loudly(bid):
        return file_in(firm_key(bid), bid, attachment)


@contextmanager
def loudly(bid: Bid) -> Iterator[None]:
    """Nothing that was tampered with is shown: it is refused, and the operator's log says so."""
    try:
        yield
    except (SealBroken, WrongKey) as fault:
        log.critical("A seal of bid %s is broken: %s", bid.pk, fault)
        raise Tampered from fault
