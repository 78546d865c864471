"""Metrics that every supplier must deliver whole: conditions of the contract, not scored."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from metrics.models import Metric
from tenders.actions.drafts import hold_draft, keep_draft, need_text
from tenders.actions.metrics import check_can_be_asked, refuse_beyond_cap
from tenders.conditions import why_not
from tenders.models import Condition, Tender
from tenders.refusals import Unfit


@transaction.atomic
def add_condition(
    *, tender: Tender, metric: Metric, reason: str, by: User, at: datetime, seen: int | None = None
) -> Condition:
    """Hold every supplier to the whole target of a metric, in place of points for it."""
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    check_can_be_asked(draft, metric)
    if refusal := why_not(draft, metric, metric.measure_on(draft.starts_on)):
        raise Unfit(None, refusal)
    refuse_beyond_cap(draft, at)
    condition = Condition.objects.create(
        tender=draft,
        metric=metric,
        reason=need_text(
            "reason", reason, "Say why this is a condition and not scored. Bidders will read it."
        ),
    )
    keep_draft(
        draft,
        verb="tender.condition_added",
        by=by,
        at=at,
        metric=metric.code,
        reason=condition.reason,
    )
    return condition


@transaction.atomic
def remove_condition(*, condition: Condition, by: User, at: datetime) -> Tender:
    """Hold suppliers to this no longer."""
    draft = hold_draft(condition.tender, by=by, at=at, seen=None)
    code = condition.metric.code
    draft.conditions.filter(pk=condition.pk).delete()
    return keep_draft(draft, verb="tender.condition_removed", by=by, at=at, metric=code)
