"""What bidders are asked: quality questions, and metrics chosen from the charter."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from metrics.models import Metric
from tenders.actions.drafts import hold_draft, keep_draft
from tenders.actions.metrics import check_can_be_asked, refuse_beyond_cap
from tenders.actions.targets import fitting_method
from tenders.actions.wording import HUNDRED, judge_by, put_in_case, word
from tenders.models import Criterion, Group, Method, Tender
from tenders.refusals import Unfit

FOUR_PLACES = Decimal("0.0001")


@transaction.atomic
def add_question(
    *,
    tender: Tender,
    title: str,
    question: str,
    weight: Decimal,
    max_words: int,
    sub_criteria: Sequence[Mapping] = (),
    case: str = "",
    by: User,
    at: datetime,
) -> Criterion:
    """Ask a quality question, marked by evaluators."""
    draft = hold_draft(tender, by=by, at=at, seen=None)
    taken = set(draft.criteria.values_list("code", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if f"q{n}" not in taken)
    criterion = Criterion(
        tender=draft, code=f"q{number}", group=Group.QUALITY, position=len(taken) + 1
    )
    word(criterion, at, title=title, question=question, weight=weight, max_words=max_words)
    judge_by(criterion, sub_criteria)
    put_in_case(criterion, case)
    criterion.save()
    keep_draft(
        draft, verb="tender.question_added", by=by, at=at, code=criterion.code, weight=weight
    )
    return criterion


@transaction.atomic
def add_metric(
    *,
    tender: Tender,
    metric: Metric,
    weight: Decimal,
    method: str,
    question: str,
    max_words: int,
    sub_criteria: Sequence[Mapping] = (),
    by: User,
    at: datetime,
) -> Criterion:
    """Ask bidders for one metric of the charter."""
    draft = hold_draft(tender, by=by, at=at, seen=None)
    check_can_be_asked(draft, metric)
    refuse_beyond_cap(draft, at)
    criterion = Criterion(
        tender=draft,
        code=metric.code,
        group=Group.SOCIAL_VALUE,
        metric=metric,
        position=metric.number,
        method=fitting_method(metric, metric.measure_on(draft.starts_on), method),
    )
    word(
        criterion,
        at,
        title=metric.short_title,
        question=question,
        weight=weight,
        max_words=max_words,
    )
    judge_by(criterion, sub_criteria)
    criterion.save()
    keep_draft(
        draft,
        verb="tender.metric_added",
        by=by,
        at=at,
        code=criterion.code,
        weight=weight,
        method=method,
    )
    return criterion


@transaction.atomic
def edit_criterion(
    *,
    criterion: Criterion,
    title: str,
    question: str,
    weight: Decimal,
    max_words: int,
    method: str = Method.MARKS,
    sub_criteria: Sequence[Mapping] | None = None,
    case: str | None = None,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Criterion:
    """Change the words, the weight or the method of one criterion.

    What it is judged by and the case it belongs to stay where nothing is said of them.
    """
    draft = hold_draft(criterion.tender, by=by, at=at, seen=seen)
    criterion = draft.criteria.select_related("metric").filter(pk=criterion.pk).first()
    if criterion is None:
        raise Conflict("A colleague has removed this from the tender. Add it again if you need it.")
    if criterion.metric is not None:
        criterion.method = fitting_method(criterion.metric, criterion.measure_asked, method)
    word(criterion, at, title=title, question=question, weight=weight, max_words=max_words)
    if sub_criteria is not None:
        judge_by(criterion, sub_criteria)
    put_in_case(criterion, criterion.case if case is None else case)
    criterion.save()
    keep_draft(
        draft,
        verb="tender.criterion_edited",
        by=by,
        at=at,
        code=criterion.code,
        weight=weight,
        method=criterion.method,
    )
    return criterion


@transaction.atomic
def remove_criterion(*, criterion: Criterion, by: User, at: datetime) -> Tender:
    """Ask this no longer."""
    draft = hold_draft(criterion.tender, by=by, at=at, seen=None)
    code = criterion.code
    draft.criteria.filter(pk=criterion.pk).delete()
    return keep_draft(draft, verb="tender.criterion_removed", by=by, at=at, code=code)


@transaction.atomic
def share_weights_equally(*, tender: Tender, group: str, by: User, at: datetime) -> Tender:
    """Give every criterion of a group the same weight; the last takes what is left over."""
    draft = hold_draft(tender, by=by, at=at, seen=None)
    criteria = list(draft.criteria.filter(group=group))
    if not criteria:
        raise Unfit(None, "There is nothing to share the weight between yet.")
    share = (HUNDRED / len(criteria)).quantize(FOUR_PLACES, ROUND_DOWN)
    for criterion in criteria:
        criterion.weight = share
    criteria[-1].weight = HUNDRED - share * (len(criteria) - 1)
    Criterion.objects.bulk_update(criteria, ["weight"])
    return keep_draft(draft, verb="tender.weights_shared", by=by, at=at, group=group)
