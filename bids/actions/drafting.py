"""A bid while it is written: begun, answered, priced. Nothing here counts until it is submitted.

The trail says that something was saved, never what: until bids are opened nobody may read
them there either.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from bids.drafts import (
    bases_asked,
    criteria_of,
    quantities_asked,
    track_record_asked,
    wrong_price,
)
from bids.evidence import takes_files
from bids.models import Answer, Attachment, Bid, BidPrice
from bids.permissions import EDIT, check_bid, check_can_start
from bids.refusals import AnswerChanged, PriceRefused, QuantityRefused
from metrics.grammar import Refused, plain, read_number
from records import audit, files
from tenders.actions import note_follower
from tenders.models import Criterion, Tender

FILES_TO_A_BID = 300


@transaction.atomic
def start_bid(*, tender: Tender, company: Organisation, by: User, at: datetime) -> Bid:
    """Begin a company's bid: an empty draft that nobody else knows of.

    Whoever begins it follows the tender from then on.
    """
    # Two colleagues may press Start together.
    company = Organisation.objects.select_for_update().get(pk=company.pk)
    if check_can_start(by, tender, at) != company:
        raise Conflict("Start the bid for your own company.")
    bid = Bid.objects.create(tender=tender, supplier=company, started_at=at, changed_at=at)
    note_follower(tender=tender, person=by, at=at)
    audit.record(verb="bid.started", by=by, target=bid, at=at)
    return bid


@transaction.atomic
def set_bases(*, bid: Bid, bases: Mapping[str, object], by: User, at: datetime) -> Bid:
    """State the numbers that targets are worked out from, once for the whole bid.

    A base of None is taken out; one that is not named stays as it is.
    """
    bid = _hold(bid, by=by, at=at)
    asked = {base.id for base in bases_asked(criteria_of(bid.tender))}
    bid.bases = _merged(bid.bases, bases, asked, above_zero=True)
    return _keep(bid, verb="bid.bases_set", by=by, at=at)


@transaction.atomic
def save_answer(
    *,
    bid: Bid,
    criterion: Criterion,
    text: str | None,
    quantities: Mapping[str, object],
    by: User,
    at: datetime,
    track_record: Mapping[str, object] | None = None,
    uploads: Sequence[UploadedFile] = (),
    seen: int | None = None,
) -> Answer:
    """Keep the answer to one criterion: what is committed, how it will be done, evidence.

    A quantity of None is taken out; one that is not named stays, and so does a text of
    None. A track record is kept apart: it is no commitment. `seen` is the number of changes
    its writer has seen.
    """
    bid = _hold(bid, by=by, at=at)
    answer = _answer(bid, criterion, at)
    if seen is not None and seen != answer.edits:
        raise AnswerChanged(
            None,
            "A colleague changed this answer while you were writing. What you entered is still "
            "here. Open the answer in another tab to see the change, then save again.",
        )
    asked = {quantity.id for quantity in quantities_asked(criterion)}
    answer.quantities = _merged(answer.quantities, quantities, asked)
    past = {one.id for one in track_record_asked(criterion)}
    answer.track_record = _merged(answer.track_record, track_record or {}, past)
    if text is not None:
        answer.text = text
    answer.edits += 1
    answer.changed_at = at
    answer.save()
    for upload in uploads:
        _attach(answer, upload, by=by, at=at)
    _keep(bid, verb="bid.answer_saved", by=by, at=at, criterion=criterion.code)
    return answer


@transaction.atomic
def set_price(*, bid: Bid, amount: Decimal, by: User, at: datetime) -> BidPrice:
    """State the price, which is kept apart from the answers."""
    bid = _hold(bid, by=by, at=at)
    if why := wrong_price(bid.tender, amount):
        raise PriceRefused("amount", f"{why}.")
    price, _ = BidPrice.objects.update_or_create(bid=bid, defaults={"amount": amount})
    _keep(bid, verb="bid.price_set", by=by, at=at)
    return price


@transaction.atomic
def attach(
    *, bid: Bid, criterion: Criterion, upload: UploadedFile, by: User, at: datetime
) -> Attachment:
    """Put a file of evidence beside an answer; refused by its content (records.files)."""
    bid = _hold(bid, by=by, at=at)
    attachment = _attach(_answer(bid, criterion, at), upload, by=by, at=at)
    _keep(bid, verb="bid.draft_changed", by=by, at=at)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take a file out of the draft. Versions already received keep it."""
    bid = _hold(attachment.answer.bid, by=by, at=at)
    Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=at)
    _keep(bid, verb="bid.evidence_removed", by=by, at=at, sha256=attachment.file.sha256)


def _hold(bid: Bid, *, by: User, at: datetime) -> Bid:
    """The bid's row, locked, if this person may change it now: a submit must not see half."""
    held = Bid.objects.select_for_update(of=("self",)).select_related("tender__authority")
    bid = held.get(pk=bid.pk)
    check_bid(EDIT, by, bid, at)
    return bid


def _keep(bid: Bid, *, verb: str, by: User, at: datetime, **details: object) -> Bid:
    """Count the change, so that every page can say what a receipt covers."""
    bid.edits += 1
    bid.changed_at = at
    bid.save()
    audit.record(verb=verb, by=by, target=bid, at=at, **details)
    return bid


def _answer(bid: Bid, criterion: Criterion, at: datetime) -> Answer:
    if criterion.tender_id != bid.tender_id:
        raise Conflict("This question belongs to another tender.")
    answer, _ = Answer.objects.get_or_create(
        bid=bid, criterion=criterion, defaults={"changed_at": at}
    )
    return answer


def _attach(answer: Answer, upload: UploadedFile, *, by: User, at: datetime) -> Attachment:
    if not takes_files(answer.criterion):
        raise Conflict("The policy asks for your own statement here and for no files. Write it.")
    # Those taken out again count too: nothing given to us is deleted.
    if Attachment.objects.filter(answer__bid=answer.bid).count() >= FILES_TO_A_BID:
        raise Conflict(f"A bid takes {FILES_TO_A_BID} files, also those since removed.")
    stored = files.keep(upload=upload, by=by, at=at)
    attachment = Attachment.objects.create(answer=answer, file=stored)
    audit.record(
        verb="bid.evidence_attached", by=by, target=answer.bid, at=at, sha256=stored.sha256
    )
    return attachment


def _merged(
    kept: Mapping[str, str],
    given: Mapping[str, object],
    asked: set[str],
    *,
    above_zero: bool = False,
) -> dict[str, str]:
    """The numbers kept, with those given put in their place; only those asked for."""
    merged = {name: number for name, number in kept.items() if name in asked}
    for name, number in given.items():
        if name not in asked:
            raise QuantityRefused(name, "This tender does not ask for that number.")
        if number is None:
            merged.pop(name, None)
        else:
            merged[name] = _exact(name, number, above_zero=above_zero)
    return merged


def _exact(name: str, number: object, *, above_zero: bool) -> str:
    """A number as a scoring case writes it."""
    text = f"{number:f}" if isinstance(number, Decimal) else str(number)
    try:
        value = read_number(text)
    except Refused:
        raise QuantityRefused(name, "Enter a number, for example 14 or 12.5.") from None
    if value < 0 or (above_zero and value == 0):
        least = "above 0" if above_zero else "0 or more"
        raise QuantityRefused(name, f"Enter a number that is {least}.")
    return plain(value)
