"""A bid while it is written: begun, answered, priced. Nothing here counts until it is submitted.

The trail says that something was saved, never what: until bids are opened nobody may read
them there either.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from bids.actions.holding import answer_row, hold_draft, keep_change, merged, write_answer
from bids.contents import AttachedFile
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
from bids.permissions import check_can_start
from bids.refusals import AnswerChanged, PriceRefused, TextRefused
from bids.sealed_parts import (
    answer_in,
    draft_in,
    sealed_bases,
    sealed_facts,
    sealed_file,
    sealed_price,
)
from bids.unsealing import loudly
from records import audit, files
from records.scanning import scan_of
from tenders.actions import note_follower
from tenders.models import Criterion, Tender

FILES_TO_A_BID = 300
# A NUL, and half a character: a database keeps neither.
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


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
    bid, key = hold_draft(bid, by=by, at=at)
    asked = {base.id for base in bases_asked(criteria_of(bid.tender))}
    with loudly(bid):
        kept = draft_in(key, bid).bases
    bid.sealed_bases = sealed_bases(key, bid, merged(kept, bases, asked, above_zero=True))
    return keep_change(bid, key, verb="bid.bases_set", by=by, at=at)


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
    bid, key = hold_draft(bid, by=by, at=at)
    answer = answer_row(bid, criterion, at)
    _check_seen(answer, seen)
    with loudly(bid):
        kept = answer_in(key, bid, answer)
    asked = {quantity.id for quantity in quantities_asked(criterion)}
    past = {one.id for one in track_record_asked(criterion)}
    said = replace(
        kept,
        quantities=merged(kept.quantities, quantities, asked),
        track_record=merged(kept.track_record, track_record or {}, past),
        text=kept.text if text is None else _writable(text),
        alternative=kept.alternative if alternative is None else _all_writable(alternative),
    )
    write_answer(answer, said, key, at)
    for upload in uploads:
        _attach(answer, upload, key, by=by, at=at)
    keep_change(bid, key, verb="bid.answer_saved", by=by, at=at, criterion=criterion.code)
    return answer


@transaction.atomic
def save_hours(
    *,
    bid: Bid,
    hours: Mapping[Criterion, object],
    by: User,
    at: datetime,
    seen: Mapping[Criterion, int | None] | None = None,
) -> Bid:
    """Keep the hours of several answers at once: all of them, or none where one has changed.

    Each takes one quantity, in hours; None takes it out. What else an answer says stays.
    """
    bid, key = hold_draft(bid, by=by, at=at)
    for criterion, number in hours.items():
        answer = answer_row(bid, criterion, at)
        _check_seen(answer, (seen or {}).get(criterion))
        with loudly(bid):
            kept = answer_in(key, bid, answer)
        (asked,) = quantities_asked(criterion)
        numbers = merged(kept.quantities, {asked.id: number}, {asked.id})
        if numbers != kept.quantities:
            write_answer(answer, replace(kept, quantities=numbers), key, at)
    codes = [criterion.code for criterion in hours]
    return keep_change(bid, key, verb="bid.hours_saved", by=by, at=at, criteria=codes)


@transaction.atomic
def set_price(*, bid: Bid, amount: Decimal, by: User, at: datetime) -> Bid:
    """State the price, which is kept apart from the answers."""
    bid, key = hold_draft(bid, by=by, at=at)
    if why := wrong_price(bid.tender, amount):
        raise PriceRefused("amount", f"{why}.")
    bid.sealed_price = sealed_price(key, bid, amount)
    return keep_change(bid, key, verb="bid.price_set", by=by, at=at)


@transaction.atomic
def attach(
    *, bid: Bid, criterion: Criterion, upload: UploadedFile, by: User, at: datetime
) -> Attachment:
    """Put a file of evidence beside an answer; refused by its content (records.files)."""
    bid, key = hold_draft(bid, by=by, at=at)
    attachment = _attach(answer_row(bid, criterion, at), upload, key, by=by, at=at)
    keep_change(bid, key, verb="bid.draft_changed", by=by, at=at)
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take a file out of the draft. Versions already received keep it."""
    bid, key = hold_draft(attachment.answer.bid, by=by, at=at)
    Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=at)
    keep_change(bid, key, verb="bid.evidence_removed", by=by, at=at, sealed=attachment.file.sha256)


def _check_seen(answer: Answer, seen: int | None) -> None:
    """Nobody saves over what they have not seen."""
    if seen is not None and seen != answer.edits:
        raise AnswerChanged(
            None,
            "A colleague changed this answer, or you did in another tab: "
            f"“{answer.criterion.title}”. What you entered is still here, and not saved. Look at "
            "what was saved meanwhile: if you save again, yours takes its place.",
        )


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
    file = AttachedFile(id=attachment.pk, **asdict(facts))
    attachment.sealed_facts = sealed_facts(key, bid, file)
    attachment.save(force_insert=True)
    audit.record(
        verb="bid.evidence_attached", by=by, target=bid, at=at, sealed=attachment.file.sha256
    )
    return attachment


def _writable(text: str) -> str:
    """Text as it was typed; only what no database or file of text could hold is refused."""
    if UNWRITABLE.search(text):
        raise TextRefused("text", "Take out the characters that cannot be printed.")
    return text


def _all_writable(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: _writable(text) for name, text in texts.items()}
