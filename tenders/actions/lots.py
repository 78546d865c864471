"""Dividing a procurement into lots, each a tender of its own that is published with the others."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.roles import Role
from records import audit
from tenders.actions.departures import ask_again_beside, sizes_beside
from tenders.actions.drafts import hold_draft, keep_draft, need_text
from tenders.actions.laying_out import lay_out
from tenders.actions.team import put_on_team
from tenders.designs import design_of
from tenders.limits import check_contract
from tenders.lots import siblings_of
from tenders.models import LotGroup, Opportunity, Tender
from tenders.opt_outs import Size
from tenders.refusals import Unfit
from tenders.states import Stage

MOST_LOTS = 50
# What a new lot takes over from the one it is added to, besides its design.
TAKEN_OVER = (
    *("authority", "charter", "kind", "starts_on", "months", "contact"),
    *("opens_at", "closes_at", "questions_until", "award_on", "template"),
)


@transaction.atomic
def add_lot(
    *,
    tender: Tender,
    title: str,
    summary: str,
    contract_value: Decimal,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Tender:
    """Add a lot with the questions, weightings, timetable and team of this draft.

    The procurement is then as large as all its lots: what was approved of a smaller one is
    asked for again.
    """
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    if draft.opportunity != Opportunity.PROCUREMENT:
        raise Unfit(None, "Only a procurement has lots.")
    group = _group_of(draft)
    numbers = list(group.lots.values_list("lot_number", flat=True))
    if len(numbers) >= MOST_LOTS:
        raise Unfit("title", f"A procurement has {MOST_LOTS} lots at most.")
    check_contract(kind=draft.kind, value=contract_value, months=draft.months)
    sizes = {draft: Size.of(draft), **sizes_beside(draft)}
    lot = Tender.objects.create(
        **{name: getattr(draft, name) for name in TAKEN_OVER},
        title=need_text("title", title, "Enter a title that tells this lot from the others."),
        summary=need_text("summary", summary, "Enter what this lot is for."),
        contract_value=contract_value,
        copied_from=draft,
        lot_group=group,
        lot_number=max(numbers) + 1,
        created_at=at,
    )
    _seat_team(lot, draft, at)
    lay_out(tender=lot, design=design_of(draft))
    audit.record(verb="tender.created", by=by, target=lot, at=at, title=lot.title, lot_of=draft.pk)
    ask_again_beside(sizes, by=by, at=at)
    keep_draft(draft, verb="tender.lot_added", by=by, at=at, lot=lot.pk, number=lot.lot_number)
    return lot


@transaction.atomic
def limit_lots(
    *, tender: Tender, most_lots: int | None, by: User, at: datetime, seen: int | None = None
) -> Tender:
    """Say how many lots one supplier may win; None for all of them."""
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    if draft.lot_group is None:
        raise Unfit("most_lots", "This procurement is not divided into lots. Add a lot first.")
    if most_lots is not None and not 1 <= most_lots <= MOST_LOTS:
        raise Unfit("most_lots", f"Enter a number of lots from 1 to {MOST_LOTS}.")
    if most_lots != draft.lot_group.most_lots:
        draft.lot_group.most_lots = most_lots
        draft.lot_group.save()
        # The limit is said in the notice of every lot, so each is another draft now.
        beside = [lot.pk for lot in siblings_of(draft)]
        Tender.objects.filter(pk__in=beside, stage=Stage.DRAFT).update(edits=F("edits") + 1)
    return keep_draft(draft, verb="tender.lots_limited", by=by, at=at, most_lots=most_lots)


def _group_of(draft: Tender) -> LotGroup:
    """The group of the draft; the draft becomes lot 1 where there was none."""
    if draft.lot_group is None:
        draft.lot_group = LotGroup.objects.create(authority=draft.authority)
        draft.lot_number = 1
        draft.save()
    return draft.lot_group


def _seat_team(lot: Tender, draft: Tender, at: datetime) -> None:
    """The same people; each declares their interests in each lot."""
    for seat in draft.assignments.filter(conflicted_at__isnull=True).select_related("person"):
        put_on_team(tender=lot, person=seat.person, role=Role(seat.role), at=at)
