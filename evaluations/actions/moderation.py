"""The panel agrees: moderation opened, marks agreed with reasons, locked, opened again."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from bids.models import Bid
from bids.unsealing import changed_since
from evaluations import scales
from evaluations.actions.refusals import (
    CHANGED_BIDS,
    TAMPERED,
    NotReady,
    check_entered,
    check_version,
    check_words,
    locked,
)
from evaluations.cases import (
    answers_to_agree,
    awaited,
    is_as_published,
    received_versions,
    scoring_case,
)
from evaluations.models import AgreedMark, Award, Mark, Programme, Result
from evaluations.permissions import AGREE_MARK, LOCK, OPEN_MODERATION, REOPEN, check_as_deciding
from evaluations.scoring import score
from records import audit
from tenders.actions import note_locked, note_moderating, note_reopened
from tenders.models import Criterion, Tender


@transaction.atomic
def open_moderation(*, tender: Tender, by: User, at: datetime) -> Tender:
    """Let the panel see each other's marks, once every evaluator has handed in."""
    tender = locked(tender)
    check_as_deciding(OPEN_MODERATION, by, tender, at)
    waited_for = awaited(tender)
    if waited_for is None:
        raise NotReady("No evaluator is on the team, so there are no marks to moderate.")
    if waited_for:
        raise NotReady(f"Still waiting for marks from {', '.join(waited_for)}.")
    return note_moderating(tender=tender, by=by, at=at)


@transaction.atomic
def agree_mark(
    *,
    bid: Bid,
    criterion: Criterion,
    value: Decimal,
    reason: str,
    by: User,
    at: datetime,
    expected_version: int | None = None,
) -> AgreedMark:
    """Take down the mark the panel agreed for one answer, and why; never worked out for it."""
    tender = locked(bid.tender)
    check_as_deciding(AGREE_MARK, by, tender, at)
    missing = "Enter the panel's reason for the mark, referring to what the answer says"
    reason = check_entered(
        tender=tender, bid=bid, criterion=criterion, value=value, reason=reason, missing=missing
    )
    before = AgreedMark.objects.filter(bid=bid, criterion=criterion).first()
    entered = {
        "value": value,
        "reason": reason,
        "individual_marks": _individual_marks(bid, criterion),
    }
    if before and all(getattr(before, name) == now for name, now in entered.items()):
        return before
    version = check_version(before, expected_version) + 1
    agreed, _ = AgreedMark.objects.update_or_create(
        bid=bid,
        criterion=criterion,
        defaults={
            **entered,
            "agreed_by": by,
            "agreed_at": at,
            "version": version,
            "earlier": [*before.earlier, before.as_record()] if before else [],
        },
    )
    # Officers read the trail before they may read the panel's marks, so it tells none.
    audit.record(
        verb="mark.agreed",
        by=by,
        target=agreed,
        at=at,
        stream=tender.audit_stream,
        bid=bid.pk,
        criterion=criterion.code,
        version=version,
    )
    return agreed


def _individual_marks(bid: Bid, criterion: Criterion) -> list[dict]:
    """The marks as they stand, of every evaluator without a declared interest."""
    marks = Mark.objects.filter(bid=bid, criterion=criterion).counted().latest()
    if not marks:
        raise NotReady("No evaluator's mark stands for this answer, so none can be agreed.")
    return [
        {
            "evaluator_id": str(mark.evaluator_id),
            "evaluator": str(mark.evaluator),
            "version": mark.version,
            "value": scales.plain(mark.value),
            "reason": mark.reason,
        }
        for mark in marks.select_related("evaluator").order_by("evaluator__full_name", "evaluator")
    ]


@transaction.atomic
def lock(*, tender: Tender, by: User, at: datetime) -> Result:
    """Close moderation: every mark is agreed, the engine ranks, and the result is kept."""
    tender = locked(tender)
    check_as_deciding(LOCK, by, tender, at)
    waiting = answers_to_agree(tender)
    if waiting:
        answers = "1 answer has" if waiting == 1 else f"{waiting} answers have"
        raise NotReady(f"{answers} no agreed mark that stands. Agree every mark first.")
    if not is_as_published(tender):
        raise NotReady(TAMPERED)
    if changed := changed_since(received_versions(tender)):
        raise NotReady(f"{CHANGED_BIDS} {', '.join(changed)}.")
    case = scoring_case(tender)
    answer = score(case)
    if "refused" in answer:
        raise NotReady(f"The {tender.words.bids} cannot be scored: {answer['refused']}.")
    result = Result.objects.create(tender=tender, case=case, result=answer, computed_at=at)
    note_locked(tender=tender, by=by, at=at)
    audit.record(
        verb="moderation.locked",
        by=by,
        target=result,
        at=at,
        stream=tender.audit_stream,
        case_hash=tender.case_hash,
    )
    return result


@transaction.atomic
def reopen(*, tender: Tender, reason: str, by: User, at: datetime) -> Tender:
    """Open a locked moderation again; its result and any recommendation are void."""
    tender = locked(tender)
    check_as_deciding(REOPEN, by, tender, at)
    reason = check_words(
        reason, field="reason", missing="Enter why moderation has to be opened again"
    )
    Result.objects.live().filter(tender=tender).update(voided_at=at, voided_because=reason)
    because = {"withdrawn_at": at, "withdrawn_because": f"Moderation was opened again: {reason}"}
    void = [
        recommendations.objects.live().filter(tender=tender).update(**because)
        for recommendations in (Award, Programme)
    ]
    note_reopened(tender=tender, by=by, at=at)
    audit.record(
        verb="moderation.reopened",
        by=by,
        target=tender,
        at=at,
        reason=reason,
        voided_recommendation=any(void),
    )
    return tender
