"""A metric of a draft under its lock: what every change to it begins and ends with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.access import Conflict
from accounts.models import User
from accounts.roles import Permission
from charter.actions.drafts import hold_draft
from charter.refusals import Unfit
from metrics.attainment import is_undetermined, read_measure
from metrics.bases import stated_by_nobody
from metrics.content import digest_of_metrics
from metrics.loading import UNSET
from metrics.missing import OURS
from metrics.models import FlagKind, Metric, MetricFlag
from metrics.refusals import Stale
from records import audit

NOT_SET_WORDS = (
    "No target is set yet. Bids cannot be scored against it until the authority sets one."
)
NO_EVIDENCE_WORDS = "No evidence is asked for. Say what shows that a promise was kept."


def hold_metric(metric: Metric, *, permission: Permission, by: User, seen: str | None) -> Metric:
    """The metric, its draft locked, if this person may change it and has seen its last change."""
    charter = hold_draft(metric.charter, permission=permission, by=by)
    held = Metric.objects.with_content().filter(pk=metric.pk).first()
    if held is None:
        raise Conflict("This metric was removed a moment ago. Go back to the list of metrics.")
    held.charter = charter
    now = digest_of_metrics([held])
    if seen is not None and seen != now:
        raise Stale(now)
    return held


def keep_metric(metric: Metric, *, verb: str, by: User, at: datetime, **details: Any) -> Metric:
    """Save the metric, keep the notes that follow from it true, and record what was done."""
    metric.save()
    keep_notes_true(metric)
    audit.record(verb=verb, by=by, target=metric, at=at, metric=str(metric), **details)
    return metric


def keep_notes_true(metric: Metric) -> None:
    """A target that is missing or left open and evidence that is missing are always noted."""
    is_open = is_undetermined(read_measure(metric.measure))
    is_left = metric.flags.filter(kind=FlagKind.LEFT_OPEN).exists()
    _note(metric, FlagKind.TARGET_NOT_SET, NOT_SET_WORDS, wanted=is_open and not is_left)
    _note(metric, FlagKind.EVIDENCE_MISSING, NO_EVIDENCE_WORDS, wanted=not metric.evidence_text)
    if not is_open:
        metric.flags.filter(kind=FlagKind.LEFT_OPEN).delete()


def _note(metric: Metric, kind: FlagKind, words: str, *, wanted: bool) -> None:
    there = metric.flags.filter(kind=kind)
    if not wanted:
        there.delete()
    elif not there.exists():
        put_note(metric, kind=kind, words=words, source=OURS)


def put_note(metric: Metric, *, kind: str, words: str, source: str) -> MetricFlag:
    """One more note, after the others."""
    last = metric.flags.order_by("-position").first()
    position = last.position + 1 if last else 1
    return MetricFlag.objects.create(
        metric=metric, kind=kind, words=words, source=source, position=position
    )


def check_words_of_target(metric: Metric, *, left_open: bool) -> None:
    """A printed "??" and a target that is not set come together."""
    is_open = is_undetermined(read_measure(metric.measure))
    if is_open and not left_open and UNSET not in metric.target_text:
        raise Unfit(
            "target_text",
            f"Print {UNSET} where the number is missing, for example {UNSET} {metric.unit}.",
        )
    if (left_open or not is_open) and UNSET in metric.target_text:
        raise Unfit("target_text", f"Put the target in place of {UNSET}.")


def check_bases(answered_by: str, bases: Sequence[dict], *, field: str | None) -> None:
    """A bidder's target rests on what a tender states for all, or on what the bidder states."""
    for base in stated_by_nobody(answered_by, bases):
        raise Unfit(
            field,
            f"“{base['label']}” is stated by the authority, and no tender states it. "
            "Where bidders answer, let the bidder state it.",
        )
