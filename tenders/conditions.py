"""What every supplier must deliver under the conditions of a contract, which earn no points."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from metrics.attainment import (
    AnyOf,
    Measure,
    Refused,
    Single,
    bases_used,
    is_undetermined,
    leaves,
    read_measure,
    read_number,
    required,
)
from metrics.models import Metric
from tenders.cases import FIXED_BASES, fixed_bases
from tenders.models import Condition, Tender

# A promise is kept to nine places and fifteen digits before the point.
PLACES = 9
MOST = Fraction(10**15)


@dataclass(frozen=True)
class Demand:
    """One quantity that every supplier must deliver; where less is better, deliver at most."""

    metric: Metric
    quantity_id: str
    label: str
    unit: str
    quantity: Decimal
    is_at_most: bool


def demands_of(tender: Tender) -> list[Demand]:
    """All that the conditions of a tender come to, in the order of the metrics."""
    return [
        demand
        for condition in tender.conditions.select_related("metric")
        for demand in _demands(tender, condition.metric, condition.measure_asked)
    ]


def demands_under(tender: Tender, condition: Condition) -> list[Demand]:
    """What one condition comes to; nothing where it cannot be worked out."""
    if why_not(tender, condition.metric, condition.measure_asked):
        return []
    return list(_demands(tender, condition.metric, condition.measure_asked))


def why_not(tender: Tender, metric: Metric, measure: object) -> str:
    """Why a metric cannot be a condition of this contract, and what to do; empty if it can."""
    read, name = read_measure(measure), f"“{metric.short_title}”"
    if is_undetermined(read):
        return (
            f"The charter sets no target for {name}, so there is nothing to hold a supplier to. "
            "Score it, and have evaluators mark the answers."
        )
    if not _is_plain(read):
        return (
            f"{name} can be met in several ways, so a contract could not say which. "
            "Score it instead: bidders then commit to one of them."
        )
    if unknown := bases_used(read) - FIXED_BASES:
        labels = {base["id"]: base["label"] for base in metric.bases}
        named = " and ".join(f"“{labels.get(one, one)}”" for one in sorted(unknown))
        return (
            f"The target of {name} is worked out from {named}, which differs from bidder to "
            "bidder. Score it instead: then each bidder’s own number counts."
        )
    return _why_nothing(tender, metric, measure)


def _why_nothing(tender: Tender, metric: Metric, measure: object) -> str:
    name = f"“{metric.short_title}”"
    try:
        amounts = [(leaf, _amount(leaf, tender)) for leaf in leaves(read_measure(measure))]
    except Refused as refusal:
        return f"The target of {name} cannot be worked out: {refusal}. Score it instead."
    if any(not amount and not leaf.lower_is_better for leaf, amount in amounts):
        return (
            f"In a contract of this value and length the target of {name} comes to nothing. "
            "Score it instead, and set a target for this contract."
        )
    if any(amount >= MOST for _, amount in amounts):
        return (
            f"In a contract of this value and length the target of {name} comes to more than "
            "anybody could deliver. Score it instead, and set a target for this contract."
        )
    return ""


def _is_plain(measure: Measure) -> bool:
    """Whether each of its quantities is demanded for itself."""
    if isinstance(measure, Single):
        return len(measure.parts) == 1 and measure.target is not None
    return not isinstance(measure, AnyOf) and all(map(_is_plain, measure.measures))


def _amount(leaf: Single, tender: Tender) -> Fraction:
    bases = {name: read_number(value) for name, value in fixed_bases(tender).items()}
    if leaf.target is None:
        raise Refused("it has no target")
    return required(leaf.target, bases)


def _demands(tender: Tender, metric: Metric, measure: object) -> Iterator[Demand]:
    known = {one["id"]: one for one in metric.quantities}
    for leaf in leaves(read_measure(measure)):
        name, amount = leaf.parts[0].id, _amount(leaf, tender)
        yield Demand(
            metric=metric,
            quantity_id=name,
            label=known.get(name, {}).get("label", metric.short_title),
            unit=known.get(name, {}).get("unit", metric.unit),
            quantity=_kept(amount, is_at_most=leaf.lower_is_better),
            is_at_most=leaf.lower_is_better,
        )


def _kept(amount: Fraction, *, is_at_most: bool) -> Decimal:
    """The amount to nine places, rounded so that whoever delivers it reaches the target."""
    scaled = amount * 10**PLACES
    whole = floor(scaled) if is_at_most else ceil(scaled)
    return Decimal(whole).scaleb(-PLACES)
