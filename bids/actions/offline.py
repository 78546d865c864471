"""A bid filled in away from the site: its workbook is read, shown, then taken whole or not at all.

Between the two steps nothing of it is kept here. What was read goes to the page that shows it
and comes back from there, signed, so that what is applied is what was checked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from bids.actions.holding import answer_row, hold_draft, keep_change, merged, write_answer
from bids.contents import AnswerContent, Draft
from bids.drafts import TRACK_RECORD
from bids.models import Bid
from bids.permissions import EDIT, check_bid
from bids.sealed_parts import answer_in, draft_in, sealed_bases, sealed_price
from bids.sheets.changes import Change, Changes, changes_of
from bids.sheets.columns import HEADINGS
from bids.sheets.reading import Entry, read_bid
from bids.sheets.slots import Blank, Sheet, blank_of
from bids.unsealing import draft_of, loudly
from design.london import LONDON
from design.templatetags.format import london_date
from metrics.sheets.problems import Problems, Unreadable
from records.models import AuditEvent

APPLIED = "bid.sheet_applied"
# What a change on the site is called in the trail, by the sheet that asks for the same.
SAVED = {
    Sheet.NUMBERS: {"bid.bases_set"},
    Sheet.COMMITMENTS: {"bid.answer_saved", "bid.hours_saved"},
    Sheet.ANSWERS: {"bid.answer_saved"},
    Sheet.PRICE: {"bid.price_set"},
}
# A form of more than 2.5 MB is not taken by the site.
LARGEST_PARCEL = 2_000_000


@dataclass(frozen=True)
class Sent:
    """A file that was read: what it would change, and the parcel that applies it."""

    changes: Changes
    notes: tuple[str, ...]
    parcel: str


def read_sheet(*, bid: Bid, upload: UploadedFile, by: User, at: datetime) -> Sent:
    """Read a workbook of a bid; nothing of it is kept, and nothing in the draft changes.

    Raises `Unreadable` or `Unsound`.
    """
    bid = Bid.objects.select_related("tender__authority", "supplier").get(pk=bid.pk)
    check_bid(EDIT, by, bid, at)
    blank = blank_of(bid, draft_of(bid, by=by))
    filled = read_bid(upload, blank)
    changes = changes_of(blank, filled.entries)
    _refuse_crossed(blank, changes)
    parcel = _packed(bid, [one.entry for one in changes.changed])
    if len(parcel) > LARGEST_PARCEL:
        raise Unreadable(
            f"{upload.name} holds more text than is taken at once. Enter the longest answers on "
            "the site, or upload the file in two halves: delete some rows for the first."
        )
    return Sent(changes, filled.notes, parcel)


@transaction.atomic
def apply_sheet(*, bid: Bid, parcel: str, by: User, at: datetime) -> Changes:
    """Make the draft say what a file says: all of it, or nothing."""
    entries = _unpacked(bid, parcel)
    bid, key = hold_draft(bid, by=by, at=at)
    with loudly(bid):
        draft = draft_in(key, bid)
    blank = blank_of(bid, draft)
    changes = changes_of(blank, entries)
    _refuse_crossed(blank, changes)
    if not changes.changed:
        return changes
    of_bid, of_answers = _by_answer(changes.changed)
    for criterion, ours in of_answers.items():
        answer = answer_row(bid, criterion, at)
        with loudly(bid):
            kept = answer_in(key, bid, answer)
        write_answer(answer, _said(kept, ours), key, at)
    _write_beside(bid, key, draft, of_bid)
    rows = [one.slot.id for one in changes.changed]
    keep_change(bid, key, verb=APPLIED, by=by, at=at, rows=rows)
    return changes


def _by_answer(changed: Iterable[Change]) -> tuple[list[Change], dict]:
    """Changes of the bid itself, and those of each answer."""
    of_bid, of_answers = [], defaultdict(list)
    for one in changed:
        if one.slot.criterion is None:
            of_bid.append(one)
        else:
            of_answers[one.slot.criterion].append(one)
    return of_bid, of_answers


def _said(kept: AnswerContent, ours: Iterable[Change]) -> AnswerContent:
    for one in ours:
        if one.slot.sheet == Sheet.ANSWERS:
            kept = replace(kept, text=one.entry.cells["text"])
        elif one.slot.name == TRACK_RECORD:
            kept = replace(kept, track_record=_with(kept.track_record, one))
        else:
            kept = replace(kept, quantities=_with(kept.quantities, one))
    return kept


def _with(numbers: Mapping[str, str], one: Change, *, above_zero: bool = False) -> dict[str, str]:
    """The numbers kept, with one put in its place, or taken out where its cell is empty."""
    given = {one.slot.name: one.entry.cells["number"] or None}
    return merged(numbers, given, {*numbers, one.slot.name}, above_zero=above_zero)


def _write_beside(bid: Bid, key: bytes, draft: Draft, changed: Iterable[Change]) -> None:
    """The numbers that targets depend on, and the price; saved with the bid."""
    bases = dict(draft.bases)
    for one in changed:
        if one.slot.sheet == Sheet.PRICE:
            bid.sealed_price = sealed_price(key, bid, Decimal(one.entry.cells["number"]))
        else:
            bases = _with(bases, one, above_zero=True)
            bid.sealed_bases = sealed_bases(key, bid, bases)


def _refuse_crossed(blank: Blank, changes: Changes) -> None:
    """Name every row that was changed on the site too since the file was made, and by whom."""
    if not changes.crossed:
        return
    problems = Problems()
    events = _events(blank.bid)
    for one in changes.crossed:
        found = Problems(sheet=blank.name_of(one.slot.sheet))
        heading = HEADINGS[next(iter(one.slot.held))]
        found.add(
            one.entry.row,
            heading,
            f"{_who(one, events)} changed this on the site after your file was downloaded. Put "
            "what you want to keep of yours on the site, or into a file downloaded anew.",
        )
        problems.add_all(found)
    problems.refuse_any()


def _events(bid: UUID) -> list[AuditEvent]:
    """What the trail says of changes to the draft, newest first: who and when, never what."""
    verbs = {APPLIED}.union(*SAVED.values())
    of_draft = AuditEvent.objects.filter(target_id=str(bid), verb__in=verbs)
    return list(of_draft.order_by("-position"))


def _who(one: Change, events: Iterable[AuditEvent]) -> str:
    last = next((event for event in events if _is_of(one, event)), None)
    if last is None:
        return "Somebody"
    person = User.objects.filter(pk=last.actor_id).first()
    time = f"{last.at.astimezone(LONDON):%H:%M}"
    return f"At {time} on {london_date(last.at)} {person or 'somebody'}"


def _is_of(one: Change, event: AuditEvent) -> bool:
    told, criterion = event.details, one.slot.criterion
    if event.verb == APPLIED:
        return one.slot.id in told["rows"]
    if event.verb not in SAVED[one.slot.sheet]:
        return False
    return criterion is None or criterion.code in {told.get("criterion"), *told.get("criteria", ())}


def _packed(bid: Bid, entries: Iterable[Entry]) -> str:
    rows = [[one.sheet, one.row, one.slot, one.mark, dict(one.cells)] for one in entries]
    return signing.dumps(rows, salt=_salt(bid), compress=True)


def _unpacked(bid: Bid, parcel: str) -> list[Entry]:
    try:
        rows = signing.loads(parcel, salt=_salt(bid))
    # A parcel that holds half a character is no text that could have been signed.
    except (signing.BadSignature, ValueError):
        raise Conflict("What your file says did not arrive whole. Upload the file again.") from None
    return [Entry(Sheet(sheet), row, slot, mark, cells) for sheet, row, slot, mark, cells in rows]


def _salt(bid: Bid) -> str:
    """A parcel of one bid is none of another."""
    return f"bids.offline:{bid.pk}"
