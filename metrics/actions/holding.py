"""Metrics that cannot be relied on as printed are held back from tenders until they are mended."""

from datetime import datetime

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from accounts.roles import Permission
from charter.actions.drafts import need_text
from charter.models import Charter
from metrics.actions.drafts import hold_metric, keep_metric, put_note
from metrics.actions.reasons import keep_reasons
from metrics.models import FlagKind, Metric
from metrics.reliance import errors_by_metric, reliance_of
from records import audit

EDIT = Permission.CHARTER_EDIT
WHEN_LOADED = "Held back when the policy was taken over, because of what a check finds"


@transaction.atomic
def hold_back(
    *, metric: Metric, reason: str, by: User, at: datetime, seen: str | None = None
) -> Metric:
    """Keep a metric in the charter word for word, and out of tenders until it is mended."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=seen)
    refuse_to_hold_back(held)
    errors = _errors_of(held)
    reason = need_text("reason", reason, "Enter why it is held back. Everyone can read this.")
    before = {one.fingerprint for one in reliance_of(held.charter).found}
    words = " ".join(one.words for one in errors)
    put_note(held, kind=FlagKind.HELD_BACK, words=reason, source=f"Found by the check: {words}")
    # What was an error is now a warning, and the reason for it is this one.
    answered = [
        one
        for one in reliance_of(held.charter).warnings
        if held.number in one.numbers and one.fingerprint not in before
    ]
    keep_reasons(held.charter, answered, reason=reason, by=by, at=at)
    return keep_metric(held, verb="metric.held_back", by=by, at=at, reason=reason, found=words)


@transaction.atomic
def release(*, metric: Metric, by: User, at: datetime, seen: str | None = None) -> Metric:
    """Offer a metric to tenders again, once nothing is wrong with it."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=seen)
    refuse_to_release(held)
    held.flags.filter(kind=FlagKind.HELD_BACK).delete()
    return keep_metric(held, verb="metric.released", by=by, at=at)


def hold_back_all(charter: Charter, *, by: User | None, at: datetime) -> list[Metric]:
    """Hold back every metric with an error, with what was found as the note beside it."""
    found = errors_by_metric(charter.metrics.with_content())
    metrics = list(charter.metrics.filter(number__in=found))
    for metric in metrics:
        words = " ".join(one.words for one in found[metric.number])
        put_note(metric, kind=FlagKind.HELD_BACK, words=words, source=WHEN_LOADED)
    if metrics:
        audit.record(
            verb="metrics.held_back",
            by=by,
            target=charter,
            at=at,
            metrics=[str(one) for one in metrics],
        )
    return metrics


def refuse_to_hold_back(metric: Metric) -> None:
    """Only a metric with an error, and each once."""
    if metric.flags.filter(kind=FlagKind.HELD_BACK).exists():
        raise Conflict(f"“{metric.short_title}” is held back already.")
    if not _errors_of(metric):
        raise Conflict(
            f"The check finds no error in “{metric.short_title}”, so it can be offered to tenders. "
            "Give a reason for its warnings instead."
        )


def refuse_to_release(metric: Metric) -> None:
    """Only a metric that is held back and was mended."""
    if not metric.flags.filter(kind=FlagKind.HELD_BACK).exists():
        raise Conflict(f"“{metric.short_title}” is not held back.")
    if errors := _errors_of(metric):
        words = " ".join(one.words for one in errors)
        raise Conflict(
            f"“{metric.short_title}” is not mended yet: {words} Change the metric, then release it."
        )


def _errors_of(metric: Metric) -> list:
    metrics = Metric.objects.filter(charter=metric.charter_id).with_content()
    return errors_by_metric(metrics).get(metric.number, [])
