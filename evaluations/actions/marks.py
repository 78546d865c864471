"""Marking alone: each evaluator's own marks, version by version, until they are handed in."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from bids.models import Bid
from evaluations.actions.refusals import NotReady, check_entered, check_version, locked
from evaluations.cases import answers_without_mark
from evaluations.models import Mark, Marking
from evaluations.permissions import SUBMIT_MARKS, check_can_mark, must_declare
from records import audit
from tenders.models import Criterion, Tender
from tenders.permissions import check


@transaction.atomic
def give_mark(
    *,
    bid: Bid,
    criterion: Criterion,
    value: Decimal,
    reason: str,
    by: User,
    at: datetime,
    expected_version: int | None = None,
) -> Mark:
    """Add a version of one's own mark for one answer.

    `expected_version` is the version the evaluator was looking at, 0 for none; when
    another has been saved since, `Stale` tells and nothing is kept or lost. Saving the same
    words twice is saving once.
    """
    tender = locked(bid.tender)
    check_can_mark(by, tender, at)
    missing = "Enter the reason for your mark, referring to what the answer says"
    reason = check_entered(
        tender=tender, bid=bid, criterion=criterion, value=value, reason=reason, missing=missing
    )
    last = Mark.objects.filter(bid=bid, criterion=criterion, evaluator=by).latest().first()
    if last and (last.value, last.reason) == (value, reason):
        return last
    version = check_version(last, expected_version)
    mark = Mark.objects.create(
        bid=bid,
        criterion=criterion,
        evaluator=by,
        version=version + 1,
        value=value,
        reason=reason,
        given_at=at,
    )
    # Officers read the trail while marking is still going on, so it says nothing of the mark.
    audit.record(
        verb="mark.given",
        by=by,
        target=mark,
        at=at,
        stream=tender.audit_stream,
        bid=bid.pk,
        criterion=criterion.code,
        version=mark.version,
    )
    return mark


@transaction.atomic
def submit_marks(*, tender: Tender, by: User, at: datetime) -> Marking:
    """Hand in all of one's marks; they are frozen from then on. Twice is once."""
    tender = locked(tender)
    check(SUBMIT_MARKS, by, tender, at)
    if must_declare(by, tender):
        raise Conflict("Declare your interests in this procurement before you mark its bids.")
    earlier = Marking.objects.filter(tender=tender, evaluator=by).first()
    if earlier:
        return earlier
    missing = answers_without_mark(tender, by)
    if missing:
        answers = "1 answer has" if missing == 1 else f"{missing} answers have"
        raise NotReady(f"{answers} no mark yet. Mark every answer before you hand in.")
    marking = Marking.objects.create(tender=tender, evaluator=by, submitted_at=at)
    audit.record(verb="marks.handed_in", by=by, target=marking, at=at, stream=tender.audit_stream)
    return marking
