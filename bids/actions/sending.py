"""A bid is received, or taken back, at one moment: the database's clock under the tender's lock.

Opening takes the same row for itself (bids.actions.opening), so it waits for every submit
under way, and whoever gets the row after it comes too late.
"""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction

from accounts.actions import note_dealing
from accounts.models import User
from bids import emails
from bids.contents import Draft
from bids.documents import canonical, sha256
from bids.drafts import document_of, needs_of
from bids.models import Bid, BidQuerySet, Submission
from bids.permissions import SUBMIT, WITHDRAW, check_bid
from bids.refusals import Incomplete, NoAnswer, TooLate
from bids.sealed_parts import draft_in, sealed_version
from bids.states import BidState, check_move
from bids.unsealing import loudly, own_key
from records import audit
from records.clock import database_time
from tenders.models import LETTERS, Tender


def submit_bid(*, bid: Bid, idempotency_key: UUID, by: User) -> Submission:
    """Receive the draft as the next version of the bid; the same key answers the same receipt.

    Not atomic as a whole: what is refused is recorded although nothing of it is kept.
    """
    try:
        return _received_before(bid, idempotency_key) or _receive(bid, idempotency_key, by)
    except (Incomplete, TooLate) as refusal:
        audit.record(
            verb="bid.submission_refused",
            by=by,
            target=bid,
            at=database_time(),
            because=type(refusal).__name__,
        )
        raise
    except (OperationalError, InterfaceError) as failure:
        raise NoAnswer from failure


@transaction.atomic
def withdraw_bid(*, bid: Bid, by: User) -> Bid:
    """Take a received bid back before the deadline; its versions stay on record."""
    check_bid(WITHDRAW, by, _rows().get(pk=bid.pk), database_time())
    bid, now = _hold(bid)
    check_bid(WITHDRAW, by, bid, now)
    check_move(bid.state, BidState.WITHDRAWN)
    bid.withdrawn_at = now
    bid.save(update_fields=["withdrawn_at"])
    audit.record(verb="bid.withdrawn", by=by, target=bid, at=now, version=bid.versions)
    return bid


def share_tender(tender: Tender) -> None:
    """Hold the tender's row together with others who submit, and against who opens."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '5s'")
        cursor.execute("SET LOCAL synchronous_commit = 'on'")
        cursor.execute("SELECT 1 FROM tenders_tender WHERE id = %s FOR SHARE", [tender.pk])


def _received_before(bid: Bid, key: UUID) -> Submission | None:
    return Submission.objects.filter(bid=bid, idempotency_key=key).first()


@transaction.atomic
def _receive(bid: Bid, key: UUID, by: User) -> Submission:
    # Latecomers are turned away before they could hold up whoever opens.
    check_bid(SUBMIT, by, _rows().get(pk=bid.pk), database_time())
    data_key = own_key(bid, by=by)
    bid, now = _hold(bid)
    earlier = _received_before(bid, key)
    if earlier:
        return earlier
    check_bid(SUBMIT, by, bid, now)
    check_move(bid.state, BidState.SUBMITTED)
    with loudly(bid):
        draft = draft_in(data_key, bid)
    needs = needs_of(bid.tender, draft)
    if needs:
        raise Incomplete(needs)
    submission = _keep_version(bid, draft, data_key, key, by, now)
    _tell(submission)
    return submission


def _hold(bid: Bid) -> tuple[Bid, datetime]:
    """The tender's row shared, the bid's row held, and the clock read once after both."""
    share_tender(bid.tender)
    return _rows().select_for_update(of=("self",)).get(pk=bid.pk), database_time()


def _rows() -> BidQuerySet:
    """Bids with their tenders as they stand now: a deadline may have moved since one was read."""
    return Bid.objects.select_related("tender__authority", "supplier")


def _keep_version(
    bid: Bid, draft: Draft, data_key: bytes, key: UUID, by: User, now: datetime
) -> Submission:
    version = bid.versions + 1
    content = canonical(
        bid=bid.pk,
        version=version,
        document={**document_of(bid, draft), **_own_to(bid)},
        price=draft.price,
        tender_hash=bid.tender.case_hash,
    )
    sealed = sealed_version(data_key, bid, version, content)
    submission = Submission.objects.create(
        bid=bid,
        version=version,
        edits=bid.edits,
        receipt_number=new_receipt_number(),
        idempotency_key=key,
        received_at=now,
        submitted_by=by,
        sealed=sealed,
        sealed_hash=sha256(sealed),
        content_hash=sha256(content),
        file_hashes=sorted(file.sha256 for one in draft.answers.values() for file in one.files),
        tender_hash=bid.tender.case_hash,
    )
    bid.versions, bid.withdrawn_at = version, None
    bid.save(update_fields=["versions", "withdrawn_at"])
    return submission


def _own_to(bid: Bid) -> dict[str, str]:
    """Whose bid it is, so that a sealed version passes for no other company's; and chance.

    Without it, whoever reads the hash and knows the rest of a bid could try prices until one fits.
    """
    return {"company": str(bid.supplier_id), "salt": secrets.token_hex(16)}


def _tell(submission: Submission) -> None:
    """The dealing, the receipt's letter (a row, sent once this has committed) and the trail."""
    bid, now = submission.bid, submission.received_at
    note_dealing(authority=bid.tender.authority, supplier=bid.supplier, at=now)
    emails.send_receipt(submission)
    audit.record(
        verb="bid.submitted",
        by=submission.submitted_by,
        target=bid,
        at=now,
        version=submission.version,
        receipt=submission.receipt_number,
        hash=submission.content_hash,
        sealed=submission.sealed_hash,
    )


def new_receipt_number() -> str:
    """A number that says nothing of how many others there are."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(12))
    return f"R-{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"
