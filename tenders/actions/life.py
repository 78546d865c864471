"""The life of a tender: published, opened, moderated, locked, awarded, live; or cancelled.

The `note_…` functions move the stage for actions of later apps, which check who may do
it and lock what is theirs; each refuses a step that tenders.states does not know.
"""

from datetime import datetime

from django.db import transaction

from accounts.access import allows
from accounts.models import User
from records import audit
from tenders.actions.departures import ask_again_beside, sizes_beside
from tenders.actions.drafts import hold_tender, need_text
from tenders.actions.reasons import keep_what_holds
from tenders.approval import approved_of, need_of, route_of
from tenders.cases import case_without_bids
from tenders.edition import edition_for
from tenders.emails import tell_of_published
from tenders.fingerprint import case_hash
from tenders.lots import changes_in, lots_of, name_of
from tenders.models import Tender
from tenders.notices import notice_hash, notice_of
from tenders.permissions import check_can_publish
from tenders.policy import policy_day
from tenders.readiness import needs_of
from tenders.refusals import NotReady, Stale
from tenders.states import Stage, check_move


@transaction.atomic
def publish_tender(*, tender: Tender, by: User, at: datetime, seen: int | None = None) -> Tender:
    """Freeze a complete draft, approved where its policy names who answers for its size.

    Everyone sees it from then on, with the hashes of its scoring case and of its notice. The
    lots of a procurement are published in one act, or none of them is; `seen` counts the changes
    to all of them that the person has seen. Whoever asked to be told of such as these is told in
    letters that are kept with it.
    """
    check_can_publish(by, tender := hold_tender(tender), at)
    lots = [hold_tender(lot) for lot in lots_of(tender)]
    if seen is not None and seen != changes_in(lots):
        raise Stale(changes_in(lots))
    if needs := [words for lot in lots for words in _needs_of(lot, by, at)]:
        raise NotReady(needs)
    published = [_freeze(lot, by=by, at=at) for lot in lots]
    tell_of_published(published)
    return next(one for one in published if one.pk == tender.pk)


def _needs_of(draft: Tender, by: User, at: datetime) -> list[str]:
    """What a draft lacks, or who has not approved it; of a lot, with its name."""
    if not allows(check_can_publish, by, draft, at):
        return [f"{name_of(draft)}. You are no officer of this lot. Ask one to add you."]
    route = route_of(draft, policy_day(draft, at))
    needs = needs_of(draft, at) or list(filter(None, [need_of(draft, route)]))
    return [f"{name_of(draft)}. {words}" for words in needs] if draft.lot_number else needs


def _freeze(tender: Tender, *, by: User, at: datetime) -> Tender:
    """Keep the draft as everyone will read it from now on."""
    approval = approved_of(tender, route_of(tender, policy_day(tender, at)))
    keep_what_holds(tender, by, at)
    _fix_targets(tender)
    tender.published_case = case_without_bids(tender)
    tender.case_hash = case_hash(tender.published_case)
    tender.edition = edition_for(at).stands
    tender.notice = notice_of(tender, at)
    tender.notice_hash = notice_hash(tender.notice)
    kept = {"hash": tender.case_hash, "edition": tender.edition_id, "notice": tender.notice_hash}
    kept["approval"] = approval.pk if approval else None
    return _move(tender, Stage.PUBLISHED, "published_at", by=by, at=at, **kept)


def _fix_targets(tender: Tender) -> None:
    """Keep the target of every metric as it is on the first day of the contract."""
    chosen = [one for one in tender.criteria.select_related("metric") if one.metric is not None]
    for one in (*chosen, *tender.conditions.select_related("metric")):
        one.measure = one.measure_asked
        one.save(update_fields=["measure"])


@transaction.atomic
def note_cancelled(*, tender: Tender, reason: str, by: User, at: datetime) -> Tender:
    """A tender has ended without a contract, for a reason that is kept and shown.

    Without a lot given up as a draft the procurement is another for the lots beside it.
    """
    tender = hold_tender(tender)
    beside = sizes_beside(tender) if tender.stage == Stage.DRAFT else {}
    tender.cancelled_because = need_text(
        "reason", reason, "Enter why the tender is cancelled. Bidders will read it."
    )
    reason = tender.cancelled_because
    cancelled = _move(tender, Stage.CANCELLED, "cancelled_at", by=by, at=at, reason=reason)
    ask_again_beside(beside, by=by, at=at)
    return cancelled


@transaction.atomic
def note_first_opening(*, tender: Tender, by: User, at: datetime) -> Tender:
    """The first of two people has asked to open the bids; they stay sealed."""
    tender = hold_tender(tender)
    check_move(Stage(tender.stage), Stage.OPENED)
    tender.first_opened_at, tender.first_opened_by = at, by
    tender.save()
    audit.record(verb="tender.first_opening", by=by, target=tender, at=at)
    return tender


@transaction.atomic
def note_opened(*, tender: Tender, by: User, at: datetime) -> Tender:
    """The second of two people has opened the bids."""
    tender = hold_tender(tender)
    tender.opened_by = by
    return _move(tender, Stage.OPENED, "opened_at", by=by, at=at)


@transaction.atomic
def note_moderating(*, tender: Tender, by: User, at: datetime) -> Tender:
    """The panel has begun to agree marks."""
    return _move(hold_tender(tender), Stage.MODERATING, "moderation_opened_at", by=by, at=at)


@transaction.atomic
def note_locked(*, tender: Tender, by: User, at: datetime) -> Tender:
    """Every mark is agreed, and the result is worked out."""
    return _move(hold_tender(tender), Stage.LOCKED, "locked_at", by=by, at=at)


@transaction.atomic
def note_reopened(*, tender: Tender, by: User, at: datetime) -> Tender:
    """The panel has gone back to moderation; when it first began stays on record."""
    tender = hold_tender(tender)
    tender.locked_at = None
    check_move(Stage(tender.stage), Stage.MODERATING)
    tender.stage = Stage.MODERATING
    tender.save()
    audit.record(verb="tender.reopened", by=by, target=tender, at=at)
    return tender


@transaction.atomic
def note_awarded(*, tender: Tender, by: User, at: datetime) -> Tender:
    """The approver has approved the award."""
    return _move(hold_tender(tender), Stage.AWARDED, "awarded_at", by=by, at=at)


@transaction.atomic
def note_live(*, tender: Tender, by: User, at: datetime) -> Tender:
    """The contract has begun."""
    return _move(hold_tender(tender), Stage.LIVE, "live_at", by=by, at=at)


def _move(tender: Tender, stage: Stage, stamp: str, *, by: User, at: datetime, **details) -> Tender:
    """Take a locked tender to its next stage, stamp the time and record it."""
    check_move(Stage(tender.stage), stage)
    tender.stage = stage
    setattr(tender, stamp, at)
    tender.save()
    audit.record(verb=f"tender.{stage}", by=by, target=tender, at=at, **details)
    return tender
