"""What a check is told of a tender: gathered once, for its pages and for whoever publishes it."""

from datetime import datetime

from charter.proportion import Asked
from metrics.attainment import is_undetermined, read_measure
from metrics.content import content_of
from metrics.models import Metric
from metrics.presenters.targets import target_in_words
from metrics.reliance import Reliance
from tenders.lint import Ask, Wording, faults_of_tender
from tenders.models import Condition, Criterion, Method, Tender
from tenders.policy import is_left_out, policy_day, policy_of

SPEND_AIM = "spend-aim"


def reliance_of(tender: Tender, at: datetime) -> Reliance:
    """What the check finds in a tender on the day of its policy, and the reasons given."""
    return reliance_under(tender, policy_of(tender, policy_day(tender, at)))


def reliance_under(tender: Tender, asked: Asked) -> Reliance:
    """The same, where what the policy asks is known already."""
    kept = {one.fingerprint: one for one in tender.warning_reasons.all()}
    return Reliance(faults_of_tender(wording_of(tender, asked), asked), kept)


def wording_of(tender: Tender, asked: Asked) -> Wording:
    """Everything of a tender that its check reads."""
    return Wording(
        asks=[
            *[_ask(one) for one in tender.criteria.all()],
            *[_condition(one) for one in tender.conditions.all()],
        ],
        social_value_weight=tender.social_value_weight,
        is_left_out=is_left_out(tender, asked),
        spend_aims=[one for one in tender.charter.clauses if one.get("kind") == SPEND_AIM],
    )


def _ask(criterion: Criterion) -> Ask:
    metric = criterion.metric
    if metric is None:
        return Ask(criterion.title, criterion.question)
    return Ask(
        criterion.title,
        criterion.question,
        _in_force(criterion, metric),
        needs_target=criterion.method != Method.MARKS,
        has_target=not is_undetermined(read_measure(criterion.measure_asked)),
        has_own_target=criterion.own_measure is not None,
    )


def _in_force(criterion: Criterion, metric: Metric) -> dict:
    """What the metric says, with the target that this contract asks for in place of its own."""
    content = content_of(metric)
    if not criterion.own_measure:
        return content
    return {
        **content,
        "measure": criterion.own_measure,
        "later_measures": [],
        "target_text": target_in_words(criterion.own_measure, metric).whole,
    }


def _condition(condition: Condition) -> Ask:
    """A condition asks no question: its metric is checked as those that are scored are."""
    return Ask(
        condition.metric.short_title,
        "",
        content_of(condition.metric),
        needs_target=True,
        has_target=not is_undetermined(read_measure(condition.measure_asked)),
    )
