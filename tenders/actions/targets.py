"""How an answer is held against a target, and a target of this contract's own."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from metrics.attainment import (
    Refused,
    Target,
    bases_used,
    is_undetermined,
    leaves,
    read_measure,
)
from metrics.models import Metric
from metrics.parts import Apart, put_together
from tenders.actions.drafts import hold_draft, keep_draft, need_text
from tenders.cases import FIXED_BASES, PRICE
from tenders.models import Criterion, Method, Tender
from tenders.refusals import TargetNotSet, Unfit


def fitting_method(metric: Metric, measure: Mapping, method: str) -> str:
    """The method, unless it needs a target and there is none that can be reckoned."""
    if method not in Method.values:
        raise Unfit("method", "Choose how this answer earns its points.")
    if method == Method.MARKS:
        return method
    if is_undetermined(read_measure(measure)):
        raise TargetNotSet(
            "method",
            f"The charter prints “{metric.target_text}” as the target of "
            f"“{metric.short_title}”: it has not been set. Have evaluators mark the answer, "
            "or ask an administrator to set the target in a new version of the charter.",
        )
    if unknown := unstated_bases(metric, measure):
        raise Unfit(
            "method",
            f"Nobody states {' or '.join(unknown)}, which the target of "
            f"“{metric.short_title}” is worked out from. Have evaluators mark the answer.",
        )
    return method


def unstated_bases(metric: Metric, measure: Mapping) -> list[str]:
    """What a measure is worked out from that neither the tender nor a bid states."""
    stated = {base["id"] for base in metric.bases if base["stated_by"] == "bidder"}
    return sorted(bases_used(read_measure(measure)) - FIXED_BASES - {PRICE} - stated)


@transaction.atomic
def set_own_target(
    *,
    criterion: Criterion,
    apart: Apart,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Criterion:
    """Ask for another amount in this contract than the charter does, for a reason that is kept."""
    draft = hold_draft(criterion.tender, by=by, at=at, seen=seen)
    criterion = _held(draft, criterion)
    measure = put_together(apart)[0]
    printed = _refuse_unset(draft, criterion.metric)
    _refuse_what_cannot_stand(criterion.metric, measure, printed)
    criterion.own_measure = measure
    criterion.own_measure_reason = need_text(
        "reason", reason, "Say why this contract asks for another target. Bidders will read it."
    )
    criterion.save()
    keep_draft(
        draft,
        verb="tender.own_target_set",
        by=by,
        at=at,
        code=criterion.code,
        measure=measure,
        reason=criterion.own_measure_reason,
    )
    return criterion


@transaction.atomic
def drop_own_target(*, criterion: Criterion, by: User, at: datetime) -> Criterion:
    """Go back to the target that the charter prints."""
    draft = hold_draft(criterion.tender, by=by, at=at, seen=None)
    criterion = _held(draft, criterion)
    criterion.own_measure, criterion.own_measure_reason = None, ""
    printed = criterion.metric.measure_on(draft.starts_on)
    criterion.method = fitting_method(criterion.metric, printed, criterion.method)
    criterion.save()
    keep_draft(draft, verb="tender.own_target_dropped", by=by, at=at, code=criterion.code)
    return criterion


def _held(draft: Tender, criterion: Criterion) -> Criterion:
    held = draft.criteria.select_related("metric").filter(pk=criterion.pk).first()
    if held is None:
        raise Conflict("A colleague has removed this from the tender. Add it again if you need it.")
    if held.metric is None:
        raise Conflict("A quality question has no target. Evaluators mark its answers.")
    return held


def _refuse_unset(draft: Tender, metric: Metric) -> dict:
    """The charter's own target on the first day; what it leaves unset no tender sets."""
    printed = metric.measure_on(draft.starts_on)
    if is_undetermined(read_measure(printed)):
        raise TargetNotSet(
            None,
            f"The charter prints “{metric.target_text}” for “{metric.short_title}”: no target is "
            "set. An administrator sets it by one of the four recorded routes, in a new version "
            "of the charter. Until then evaluators mark the answer.",
        )
    return printed


def _refuse_what_cannot_stand(metric: Metric, measure: dict, printed: dict) -> None:
    try:
        read = read_measure(measure)
    except Refused as refusal:
        raise Unfit(None, f"The target cannot stand: {refusal}.") from None
    if is_undetermined(read):
        raise Unfit("amount_1", "Enter the target.")
    if unknown := unstated_bases(metric, measure):
        raise Unfit("base_1", f"Nobody states {' or '.join(unknown)}. Choose something else.")
    most = max([Fraction(100), *[one.amount for one in _shares(printed)]])
    if any(one.amount > most for one in _shares(measure)):
        raise Unfit("amount_1", "Enter 100% or less: nobody can deliver more than the whole.")
    if read == read_measure(printed):
        raise Unfit(
            "amount_1",
            "This is the charter’s own target. Change the number, or keep the charter’s target.",
        )


def _shares(measure: dict) -> list[Target]:
    targets = [leaf.target for leaf in leaves(read_measure(measure))]
    return [one for one in targets if one is not None and one.kind == "share"]
