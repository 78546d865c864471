"""The design of a tender as it is kept for another one: what is asked and how it earns points.

Without bids, people, days, prices, opt-outs and whatever else belongs to one contract.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from charter.models import Charter
from design.numbers import plain_digits
from metrics.models import AnsweredBy, FlagKind, Metric
from metrics.reliance import number_of
from tenders.models import Condition, Criterion, DesignTemplate, Gate, Group, Tender


def design_of(tender: Tender) -> dict:
    """Everything of a tender's design that another tender may take over, ready for JSON."""
    criteria = list(tender.criteria.select_related("metric"))
    gates = list(tender.gates.all())
    of_criteria = {one.criterion_id: plain_digits(one.minimum_percent) for one in gates}
    return {
        "weights": {
            "basis": tender.basis,
            "price": plain_digits(tender.price_weight),
            "quality": plain_digits(tender.quality_weight),
            "social_value": plain_digits(tender.social_value_weight),
        },
        "price_method": tender.price_method,
        "scale": _scale_of(tender),
        "rounding": {
            "places": tender.rounding_places,
            "level": tender.rounding_level,
            "rank_on": tender.rank_on,
        },
        "tie_break": list(tender.tie_break),
        "questions": [
            {"code": one.code, **_asked_of(one, of_criteria)}
            for one in criteria
            if one.metric is None
        ],
        "metrics": [
            {**_named(one.metric), "method": one.method, **_asked_of(one, of_criteria)}
            | _own_target_of(one)
            for one in criteria
            if one.metric is not None
        ],
        "gates": {one.group: plain_digits(one.minimum_percent) for one in gates if one.group},
        "conditions": [
            {**_named(one.metric), "reason": one.reason}
            for one in tender.conditions.select_related("metric")
        ],
        "coverage": dict(tender.coverage),
    }


def kept_design(begun_from: DesignTemplate | Tender) -> dict:
    """The design to take over: as a template keeps it, or as a tender has it."""
    return begun_from.design if isinstance(begun_from, DesignTemplate) else design_of(begun_from)


def _scale_of(tender: Tender) -> dict:
    return {
        "max_mark": plain_digits(tender.max_mark),
        "step": plain_digits(tender.mark_step),
        "steps": [
            {
                "mark": plain_digits(one.mark),
                "label": one.label,
                "descriptor": one.descriptor,
            }
            for one in tender.scale.all()
        ],
    }


def _asked_of(criterion: Criterion, gates: Mapping) -> dict:
    """What a quality question and a metric have in common."""
    return {
        "title": criterion.title,
        "question": criterion.question,
        "case": criterion.case,
        "sub_criteria": criterion.sub_criteria,
        "weight": plain_digits(criterion.weight),
        "max_words": criterion.max_words,
        "position": criterion.position,
        "minimum": gates.get(criterion.pk, ""),
    }


def _own_target_of(criterion: Criterion) -> dict:
    if criterion.own_measure is None:
        return {}
    return {
        "own_measure": criterion.own_measure,
        "own_measure_reason": criterion.own_measure_reason,
    }


def _named(metric: Metric) -> dict:
    """A metric through all versions of its charter, and as people know it."""
    return {
        "lineage": str(metric.lineage),
        "number": metric.number,
        "short_title": metric.short_title,
    }


def metrics_for(charter: Charter) -> dict[str, Metric]:
    """The metrics of a version that bidders may be asked for, by lineage."""
    fit = charter.metrics.exclude(answered_by=AnsweredBy.POLICY)
    fit = fit.exclude(flags__kind=FlagKind.HELD_BACK)
    return {str(one.lineage): one for one in fit}


def left_out(design: Mapping, charter: Charter) -> list[str]:
    """What of a design this version of a charter has no place for, in words for an officer."""
    known = metrics_for(charter)
    gone = [one for one in design["metrics"] if one["lineage"] not in known]
    unbound = [one for one in design["conditions"] if one["lineage"] not in known]
    told = []
    if gone:
        told.append(
            f"{_counted(gone, 'metric')} not in {charter} or cannot be asked from it, so "
            f"{_it(gone)} left out: {_listed(gone)}."
        )
    if unbound:
        told.append(
            f"{_counted(unbound, 'contract condition')} left out with "
            f"{_its(unbound)}: {_listed(unbound)}."
        )
    codes = set(charter.quadrants.values_list("code", flat=True))
    if set(design["coverage"]) - codes:
        told.append("What the round must cover is left out for fields that it does not have.")
    return told


def _counted(found: list, noun: str) -> str:
    return f"{number_of(len(found), noun)} {'is' if len(found) == 1 else 'are'}"


def _it(found: list) -> str:
    return "it is" if len(found) == 1 else "they are"


def _its(found: list) -> str:
    return "its metric" if len(found) == 1 else "their metrics"


def _listed(found: Iterable[Mapping]) -> str:
    return ", ".join(f"{one['number']} {one['short_title']}" for one in found)


def criteria_from(design: Mapping, tender: Tender) -> list[Criterion]:
    """The questions and metrics of a design for this tender, not saved yet."""
    known = metrics_for(tender.charter)
    questions = [
        Criterion(tender=tender, code=one["code"], group=Group.QUALITY, **_fields(one))
        for one in design["questions"]
    ]
    metrics = [
        Criterion(
            tender=tender,
            code=metric.code,
            group=Group.SOCIAL_VALUE,
            metric=metric,
            method=one["method"],
            own_measure=one.get("own_measure"),
            own_measure_reason=one.get("own_measure_reason", ""),
            **_fields(one),
        )
        for one in design["metrics"]
        if (metric := known.get(one["lineage"]))
    ]
    return [*questions, *metrics]


def _fields(asked: Mapping) -> dict:
    names = ("title", "question", "case", "sub_criteria", "max_words", "position")
    return {**{name: asked[name] for name in names}, "weight": Decimal(asked["weight"])}


def gates_from(design: Mapping, criteria: Iterable[Criterion], tender: Tender) -> list[Gate]:
    """The minimums of a design: of its groups, and of those questions that were taken over."""
    minimums = {one["code"]: one["minimum"] for one in design["questions"]}
    by_lineage = {one["lineage"]: one["minimum"] for one in design["metrics"]}
    gates = [
        Gate(tender=tender, group=group, minimum_percent=Decimal(minimum))
        for group, minimum in design["gates"].items()
    ]
    for one in criteria:
        minimum = by_lineage[str(one.metric.lineage)] if one.metric else minimums[one.code]
        if minimum:
            gates.append(Gate(tender=tender, criterion=one, minimum_percent=Decimal(minimum)))
    return gates


def conditions_from(design: Mapping, tender: Tender) -> list[Condition]:
    """The contract conditions of a design whose metrics this version of the charter has."""
    known = metrics_for(tender.charter)
    return [
        Condition(tender=tender, metric=metric, reason=one["reason"])
        for one in design["conditions"]
        if (metric := known.get(one["lineage"]))
    ]
