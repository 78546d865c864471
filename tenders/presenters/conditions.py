"""A metric beside the form that asks for it, and the conditions of a contract in words."""

from dataclasses import dataclass
from fractions import Fraction

from metrics.attainment import is_undetermined, read_measure
from metrics.models import Metric
from metrics.presenters.targets import InWords, target_in_words
from metrics.units import with_unit
from tenders.conditions import Demand, demands_under
from tenders.models import Condition, Criterion, Tender


@dataclass(frozen=True)
class InForce:
    """A condition of the contract: its target in words, and what that comes to here."""

    condition: Condition
    target: InWords
    demands: list[str]


def conditions_of(tender: Tender) -> list[InForce]:
    """What every supplier must deliver, in the order of the metrics."""
    return [
        InForce(
            condition=one,
            target=target_in_words(one.measure_asked, one.metric),
            demands=[demand_words(demand) for demand in demands_under(tender, one)],
        )
        for one in tender.conditions.all()
    ]


def demand_words(demand: Demand) -> str:
    """One quantity that is demanded: "At least 540 hours: Hours planned"."""
    bound = "At most" if demand.is_at_most else "At least"
    return f"{bound} {with_unit(Fraction(demand.quantity), demand.unit)}: {demand.label}"


def metric_beside(tender: Tender, metric: Metric, criterion: Criterion | None = None) -> dict:
    """What the page of a metric shows beside its form: the charter's target, and its own."""
    printed = metric.measure_on(tender.starts_on)
    own = criterion.own_measure if criterion else None
    return {
        "metric": metric,
        "target": target_in_words(printed, metric),
        "is_set": not is_undetermined(read_measure(printed)),
        "own_target": target_in_words(own, metric) if own else None,
    }
