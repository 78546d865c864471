"""What a check is told of a tender: gathered once, for its pages and for whoever publishes it."""

from datetime import datetime

from charter.proportion import Asked
from metrics.attainment import is_undetermined, read_measure
from metrics.content import content_of
from metrics.reliance import Reliance
from tenders.lint import Ask, Wording, faults_of_tender
from tenders.models import Criterion, Method, Tender
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
        asks=[_ask(one) for one in tender.criteria.all()],
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
        content_of(metric),
        needs_target=criterion.method != Method.MARKS,
        has_target=not is_undetermined(read_measure(criterion.measure_asked)),
    )
