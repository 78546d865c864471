"""What a criterion earns under each method: a fraction from 0 to 1."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluations.offers import Bid
from metrics.attainment import Measure, Single, attainment, quantity
from metrics.grammar import Refused
from tenders.criteria import Criterion

NOTHING, ALL = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Field:
    """What relative methods compare a bid with: the bids that passed every gate."""

    lowest: Fraction
    mean: Fraction
    best: Mapping[str, Fraction]


def read_field(criteria: Sequence[Criterion], bids: Sequence[Bid]) -> Field:
    """The field as relative methods see it."""
    prices = [bid.price for bid in bids if bid.price is not None]
    return Field(
        lowest=min(prices, default=NOTHING),
        mean=sum(prices, NOTHING) / len(prices) if prices else NOTHING,
        best={
            criterion.id: max([counted(criterion, bid) for bid in bids], default=NOTHING)
            for criterion in criteria
            if criterion.method == "relative_to_best"
        },
    )


def absolute_fraction(criterion: Criterion, bid: Bid) -> Fraction:
    """What a bid earns by itself."""
    return ABSOLUTE[criterion.method](criterion, bid)


def relative_fraction(criterion: Criterion, bid: Bid, field: Field) -> Fraction:
    """What a bid earns beside the others in the field."""
    return RELATIVE[criterion.method](criterion, bid, field)


def counted(criterion: Criterion, bid: Bid) -> Fraction:
    """The quantity that bands and the best of the field are about."""
    measure = _measure(criterion)
    if not isinstance(measure, Single):
        raise Refused("several measures are not one quantity")
    return quantity(measure, bid.quantities)


def _measure(criterion: Criterion) -> Measure:
    if criterion.measure is None:
        raise Refused("it has no measure")
    return criterion.measure


def _price(bid: Bid) -> Fraction:
    if bid.price is None:
        raise Refused("its price is missing")
    return bid.price


def _clamp(fraction: Fraction) -> Fraction:
    return max(NOTHING, min(ALL, fraction))


def _marks(criterion: Criterion, bid: Bid) -> Fraction:
    return bid.marks[criterion.id] / criterion.max_mark


def _target(criterion: Criterion, bid: Bid) -> Fraction:
    return attainment(_measure(criterion), bid.quantities, bid.bases)


def _meets_target(criterion: Criterion, bid: Bid) -> Fraction:
    return ALL if _target(criterion, bid) == ALL else NOTHING


def _bands(criterion: Criterion, bid: Bid) -> Fraction:
    offered = counted(criterion, bid)
    reached = [earned for at_least, earned in criterion.bands if offered >= at_least]
    return max(reached, default=NOTHING)


def _fixed_scale(criterion: Criterion, bid: Bid) -> Fraction:
    left = criterion.zero_at - _price(bid)
    return _clamp(left / (criterion.zero_at - criterion.full_at))


def _relative_to_best(criterion: Criterion, bid: Bid, field: Field) -> Fraction:
    best = field.best[criterion.id]
    return counted(criterion, bid) / best if best else NOTHING


def _lowest_over_bid(criterion: Criterion, bid: Bid, field: Field) -> Fraction:
    return field.lowest / _price(bid)


def _linear_from_lowest(criterion: Criterion, bid: Bid, field: Field) -> Fraction:
    return _clamp(ALL - (_price(bid) - field.lowest) / field.lowest)


def _mean_based(criterion: Criterion, bid: Bid, field: Field) -> Fraction:
    return _clamp((ALL + (field.mean - _price(bid)) / field.mean) / 2)


ABSOLUTE: dict[str, Callable[[Criterion, Bid], Fraction]] = {
    "marks": _marks,
    "target": _target,
    "meets_target": _meets_target,
    "bands": _bands,
    "fixed_scale": _fixed_scale,
}
RELATIVE: dict[str, Callable[[Criterion, Bid, Field], Fraction]] = {
    "relative_to_best": _relative_to_best,
    "lowest_over_bid": _lowest_over_bid,
    "linear_from_lowest": _linear_from_lowest,
    "mean_based": _mean_based,
}
