"""A draft under its lock: what every change to a tender's design begins and ends with."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User
from records import audit
from tenders.models import LotGroup, Tender
from tenders.permissions import check_can_edit
from tenders.refusals import Stale, Unfit


def hold_tender(tender: Tender) -> Tender:
    """The tender's row, locked to the end of the transaction.

    What is done to one lot may reach the others, so the procurement is locked first.
    """
    if tender.lot_group_id:
        LotGroup.objects.select_for_update().get(pk=tender.lot_group_id)
    rows = Tender.objects.select_related("authority", "charter", "lot_group")
    return rows.select_for_update(of=("self",)).get(pk=tender.pk)


def hold_draft(
    tender: Tender,
    *,
    by: User,
    at: datetime,
    seen: int | None,
    check: Callable[[User, Tender, datetime], None] = check_can_edit,
) -> Tender:
    """The draft, locked, if this person may change it now and has seen its last change."""
    draft = hold_tender(tender)
    check(by, draft, at)
    refuse_stale(draft, seen)
    draft.edits += 1
    return draft


def refuse_stale(draft: Tender, seen: int | None) -> None:
    """Refuse whoever has not seen the draft's last change; `seen` is None where nobody looks."""
    if seen is not None and seen != draft.edits:
        raise Stale(draft.edits)


def keep_draft(draft: Tender, *, verb: str, by: User, at: datetime, **details) -> Tender:
    """Save the draft and record what was done to it."""
    draft.save()
    audit.record(verb=verb, by=by, target=draft, at=at, **details)
    return draft


def need_text(field: str, value: str, words: str) -> str:
    """The text without the white space around it; refused when nothing is left."""
    text = value.strip()
    if not text:
        raise Unfit(field, words)
    return text
