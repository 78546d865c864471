"""What bidders are asked: quality questions, and metrics chosen from the charter."""

from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from metrics.attainment import bases_used, is_undetermined, read_measure
from metrics.models import AnsweredBy, FlagKind, Metric
from tenders.actions.drafts import hold_draft, keep_draft, need_text
from tenders.cases import FIXED_BASES
from tenders.models import Criterion, Group, Method, Tender
from tenders.policy import MOST_WORDS, longest_answer, policy_day, policy_of
from tenders.refusals import TargetNotSet, Unfit

HUNDRED = Decimal(100)
FOUR_PLACES = Decimal("0.0001")


@transaction.atomic
def add_question(
    *,
    tender: Tender,
    title: str,
    question: str,
    weight: Decimal,
    max_words: int,
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
    _word(criterion, at, title=title, question=question, weight=weight, max_words=max_words)
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
    by: User,
    at: datetime,
) -> Criterion:
    """Ask bidders for one metric of the charter."""
    draft = hold_draft(tender, by=by, at=at, seen=None)
    if metric.charter_id != draft.charter_id:
        raise Unfit("metric", "Choose a metric of the charter this tender was made from.")
    if metric.answered_by == AnsweredBy.POLICY:
        raise Unfit(
            "metric",
            f"“{metric.short_title}” is answered by the authority's own policy, so bidders "
            "cannot be asked for it. Choose another metric.",
        )
    if metric.flags.filter(kind=FlagKind.HELD_BACK).exists():
        raise Unfit(
            "metric",
            f"“{metric.short_title}” is held back until an administrator has mended it in a new "
            "version of the charter. Choose another metric.",
        )
    if draft.criteria.filter(metric=metric).exists():
        raise Unfit("metric", f"“{metric.short_title}” is already asked in this tender.")
    _refuse_beyond_cap(draft, at)
    criterion = Criterion(
        tender=draft,
        code=metric.code,
        group=Group.SOCIAL_VALUE,
        metric=metric,
        position=metric.number,
        method=_fitting_method(draft, metric, method),
    )
    _word(
        criterion,
        at,
        title=metric.short_title,
        question=question,
        weight=weight,
        max_words=max_words,
    )
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
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Criterion:
    """Change the words, the weight or the method of one criterion."""
    draft = hold_draft(criterion.tender, by=by, at=at, seen=seen)
    criterion = draft.criteria.select_related("metric").filter(pk=criterion.pk).first()
    if criterion is None:
        raise Conflict("A colleague has removed this from the tender. Add it again if you need it.")
    if criterion.metric is not None:
        criterion.method = _fitting_method(draft, criterion.metric, method)
    _word(criterion, at, title=title, question=question, weight=weight, max_words=max_words)
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


def _refuse_beyond_cap(draft: Tender, at: datetime) -> None:
    """One metric more than the policy lets a contract like this ask."""
    cap = policy_of(draft, policy_day(draft, at)).most_metrics
    asked = draft.criteria.filter(group=Group.SOCIAL_VALUE).count()
    if cap and asked >= int(cap.facts["most"]):
        raise Unfit(
            "metric",
            f"Your policy allows at most {cap.facts['most']} metrics in this tender "
            f"({cap.clause['document']}, {cap.clause['paragraph']}), and {asked} are asked. "
            "Remove one first.",
        )


def _word(
    criterion: Criterion,
    at: datetime,
    *,
    title: str,
    question: str,
    weight: Decimal,
    max_words: int,
) -> None:
    criterion.title = need_text("title", title, "Enter a short title for the question.")
    criterion.question = need_text("question", question, "Enter what bidders are asked.")
    if not 0 < weight <= HUNDRED:
        raise Unfit("weight", "Enter a weight above 0 and up to 100, as a percentage of its group.")
    longest = longest_answer(criterion.tender, at) if criterion.metric else MOST_WORDS
    if not 1 <= max_words <= longest:
        why = "" if longest == MOST_WORDS else " Your policy allows no longer answers."
        raise Unfit("max_words", f"Enter a word limit from 1 to {longest}.{why}")
    criterion.weight, criterion.max_words = weight, max_words


def _fitting_method(draft: Tender, metric: Metric, method: str) -> str:
    """The method, unless it needs a target and the metric has none that can be reckoned."""
    if method not in Method.values:
        raise Unfit("method", "Choose how this answer earns its points.")
    if method == Method.MARKS:
        return method
    measure = read_measure(metric.measure_on(draft.starts_on))
    if is_undetermined(measure):
        raise TargetNotSet(
            "method",
            f"The charter prints “{metric.target_text}” as the target of "
            f"“{metric.short_title}”: it has not been set. Have evaluators mark the answer, "
            "or ask an administrator to set the target in a new version of the charter.",
        )
    stated = {base["id"] for base in metric.bases if base["stated_by"] == "bidder"}
    unknown = bases_used(measure) - FIXED_BASES - {"price"} - stated
    if unknown:
        raise Unfit(
            "method",
            f"Nobody states {' or '.join(sorted(unknown))}, which the target of "
            f"“{metric.short_title}” is worked out from. Have evaluators mark the answer.",
        )
    return method
