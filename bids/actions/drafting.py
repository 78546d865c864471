"""A bid while it is written: begun, answered, priced. Nothing here counts until it is submitted.

The trail says that something was saved, never what: until bids are opened nobody may read
them there either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from bids.contents import AnswerContent, AttachedFile
from bids.drafts import (
    bases_asked,
    criteria_of,
    quantities_asked,
    track_record_asked,
    wrong_price,
)
from bids.evidence import takes_files
from bids.keys import new_bid
from bids.models import Answer, Attachment, Bid
from bids.permissions import EDIT, check_bid, check_can_start
from bids.refusals import AnswerChanged, PriceRefused, QuantityRefused, TextRefused
from bids.sealed_parts import (
    answer_in,
    draft_in,
    sealed_answer,
    sealed_bases,
    sealed_facts,
    sealed_file,
    sealed_price,
)
from bids.unsealing import loudly, own_key
from metrics.grammar import Refused, plain, read_number
from records import audit, files
from records.scanning import scan_of
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
    bid = new_bid(tender=tender, supplier=company, started_at=at, changed_at=at)
    bid.save()
    note_follower(tender=tender, person=by, at=at)
    audit.record(verb="bid.started", by=by, target=bid, at=at)
    return bid


@transaction.atomic
def set_bases(*, bid: Bid, bases: Mapping[str, object], by: User, at: datetime) -> Bid:
    """State the numbers that targets are worked out from, once for the whole bid.

    A base of None is taken out; one that is not named stays as it is.
    """
    bid, key = _hold(bid, by=by, at=at)
    asked = {base.id for base in bases_asked(criteria_of(bid.tender))}
    with loudly(bid):
        kept = draft_in(key, bid).bases
    bid.sealed_bases = sealed_bases(key, bid, _merged(kept, bases, asked, above_zero=True))
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
    alternative: Mapping[str, str] | None = None,
    uploads: Sequence[UploadedFile] = (),
    seen: int | None = None,
) -> Answer:
    """Keep the answer to one criterion: what is committed, how it will be done, evidence.

    A quantity of None is taken out; one that is not named stays, and so does a text or an
    alternative measure of None (an empty one is taken out). A track record is kept apart: it
    is no commitment. `seen` is the number of changes its writer has seen.
    """
    bid, key = _hold(bid, by=by, at=at)
    answer = _answer(bid, criterion, at)
    if seen is not None and seen != answer.edits:
        raise AnswerChanged(
            None,
            "A colleague changed this answer while you were writing. What you entered is still "
            "here. Open the answer in another tab to see the change, then save again.",
        )
    with loudly(bid):
        kept = answer_in(key, bid, answer)
    asked = {quantity.id for quantity in quantities_asked(criterion)}
    past = {one.id for one in track_record_asked(criterion)}
    said = replace(
        kept,
        quantities=_merged(kept.quantities, quantities, asked),
        track_record=_merged(kept.track_record, track_record or {}, past),
        text=kept.text if text is None else _writable(text),
        alternative=kept.alternative if alternative is None else _all_writable(alternative),
    )
    _write(answer, said, key, at)
    for upload in uploads:
        _attach(answer, upload, key, by=by, at=at)
    _keep(bid, verb="bid.answer_saved", by=by, at=at, criterion=criterion.code)
    return answer


@transaction.atomic
def set_price(*, bid: Bid, amount: Decimal, by: User, at: datetime) -> Bid:
    """State the price, which is kept apart from the answers."""
    bid, key = _hold(bid, by=by, at=at)
    if why := wrong_price(bid.tender, amount):
        raise PriceRefused("amount", f"{why}.")
    bid.sealed_price = sealed_price(key, bid, amount)
    return _keep(bid, verb="bid.price_set", by=by, at=at)


@transaction.atomic
def attach(
    *, bid: Bid, criterion: Criterion, upload: UploadedFile, by: User, at: datetime
) -> Attachment:
    """Put a file of evidence beside an answer; refused by its content (records.files)."""
    bid, key = _hold(bid, by=by, at=at)
    attachment = _attach(_answer(bid, criterion, at), upload, key, by=by, at=at)
    _keep(bid, verb="bid.draft_changed", by=by, at=at)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take a file out of the draft. Versions already received keep it."""
    bid, _ = _hold(attachment.answer.bid, by=by, at=at)
    Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=at)
    _keep(bid, verb="bid.evidence_removed", by=by, at=at, sealed=attachment.file.sha256)


def _hold(bid: Bid, *, by: User, at: datetime) -> tuple[Bid, bytes]:
    """The bid's row, locked, if this person may change it now: a submit must not see half.

    With it the key under which what it says is sealed.
    """
    held = Bid.objects.select_for_update(of=("self",)).select_related("tender__authority")
    bid = held.get(pk=bid.pk)
    check_bid(EDIT, by, bid, at)
    return bid, own_key(bid, by=by)


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
    answer.bid = bid
    return answer


def _write(answer: Answer, said: AnswerContent, key: bytes, at: datetime) -> None:
    answer.edits += 1
    answer.changed_at = at
    answer.sealed = sealed_answer(key, answer, said)
    answer.save()


def _attach(
    answer: Answer, upload: UploadedFile, key: bytes, *, by: User, at: datetime
) -> Attachment:
    if not takes_files(answer.criterion):
        raise Conflict("The policy asks for your own statement here and for no files. Write it.")
    bid = answer.bid
    # Those taken out again count too: nothing given to us is deleted.
    if Attachment.objects.filter(answer__bid=bid).count() >= FILES_TO_A_BID:
        raise Conflict(f"A bid takes {FILES_TO_A_BID} files, also those since removed.")
    facts, scan = files.facts_of(upload), scan_of(upload)
    upload.seek(0)
    attachment = Attachment(pk=uuid4(), answer=answer)
    content = sealed_file(key, bid, attachment.pk, upload.read())
    attachment.file = files.keep_sealed(content=content, scan=scan, by=by, at=at)
    file = AttachedFile(attachment.pk, facts.name, facts.content_type, facts.size, facts.sha256)
    attachment.sealed_facts = sealed_facts(key, bid, file)
    attachment.save(force_insert=True)
    audit.record(
        verb="bid.evidence_attached", by=by, target=bid, at=at, sealed=attachment.file.sha256
    )
    return attachment


def _writable(text: str) -> str:
    """Text as it was typed; only what no database or file of text could hold is refused."""
    try:
        text.encode()
    except UnicodeEncodeError:
        holds_unwritable = True
    else:
        holds_unwritable = "\0" in text
    if holds_unwritable:
        raise TextRefused("text", "Take out the characters that cannot be printed.")
    return text


def _all_writable(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: _writable(text) for name, text in texts.items()}


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
