"""What a draft still lacks of what its policy asks, in words that say what to do."""

from collections.abc import Iterable, Iterator

from charter.clauses import codes_in
from charter.proportion import Asked, Duty
from metrics.models import Metric
from metrics.reliance import number_of
from tenders.models import Condition, Criterion, Group, Tender
from tenders.opt_outs import is_standing, lapse_of, what_of
from tenders.seats import has_interest


def of_policy(tender: Tender, asked: Asked) -> Iterator[str]:
    """What nobody has said, chosen or decided yet."""
    if asked.unknown:
        yield "Say whether goods, services or works are bought: your policy tells them apart."
    for one, other in asked.unsettled:
        yield (
            "Two rules of your policy contradict each other. Choose which one this tender follows: "
            f"{one.clause['paragraph']} or {other.clause['paragraph']}."
        )
    for opt_out in filter(is_standing, tender.opt_outs.all()):
        if lapse := lapse_of(opt_out, asked):
            yield lapse
        elif opt_out.is_approved is None:
            yield (
                f"{what_of(opt_out)} waits for the decision of {opt_out.decides}. An approver of "
                "this tender records it, or an officer withdraws it."
            )
        elif has_interest(tender, opt_out.decided_by_id):
            yield (
                f"{what_of(opt_out)} was approved by somebody who has declared an interest since. "
                "Withdraw it and ask again, so that another approver decides."
            )


def of_metrics(
    asked: Asked, criteria: Iterable[Criterion], conditions: Iterable[Condition]
) -> Iterator[str]:
    """Too many metrics, or none of those that must be asked, scored or as a condition."""
    scored = [one for one in criteria if one.group == Group.SOCIAL_VALUE]
    chosen: list[Criterion | Condition] = [*scored, *conditions]
    if (cap := asked.most_metrics) and (excess := len(chosen) - int(cap.facts["most"])) > 0:
        yield (
            f"Your policy allows at most {cap.facts['most']} metrics and {len(chosen)} are asked. "
            f"Remove {excess}."
        )
    for duty in asked.compulsory:
        wanted = int(duty.facts["at_least"])
        if sum(is_among(one, duty) for one in chosen) < wanted:
            yield (
                f"Your policy asks for at least {number_of(wanted, 'metric')} of "
                f"{duty.facts['among']} ({duty.heading}). Choose one"
                f"{', or ask for a waiver' if duty.facts.get('waiver') else ''}."
            )


def of_answers(asked: Asked, criteria: Iterable[Criterion]) -> Iterator[str]:
    """Answers on social value that may be longer than its policy lets them."""
    if not (cap := asked.most_words):
        return
    longest = int(cap.facts["words"])
    for one in criteria:
        if one.group == Group.SOCIAL_VALUE and one.max_words > longest:
            yield (
                f"Your policy allows answers of at most {longest} words and “{one.title}” may take "
                f"{one.max_words}. Shorten it."
            )


def is_among(criterion: Criterion | Condition, duty: Duty) -> bool:
    """Whether what is asked is a metric of a field of action or principle that a clause names."""
    return criterion.metric is not None and is_named(criterion.metric, duty)


def is_named(metric: Metric, duty: Duty) -> bool:
    """Whether a metric is of a field of action or principle that a clause names."""
    principle = metric.principle
    return bool({principle.code, principle.quadrant.code} & set(codes_in(duty.facts["among"])))
