"""The least a bid must reach: between a mark of the scale and the percentage a case keeps. Pure."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

FOUR_PLACES = Decimal("0.0001")
HUNDRED = Decimal(100)


def percent_of_mark(mark: Decimal, highest: Decimal) -> Decimal:
    """The percentage kept for a least mark, rounded down so that this very mark still passes."""
    return (mark * HUNDRED / highest).quantize(FOUR_PLACES, ROUND_FLOOR)


def least_mark(percent: Decimal, highest: Decimal, step: Decimal) -> Decimal:
    """The lowest mark of the scale that reaches a percentage, if only by the last kept place."""
    steps = int((highest / step).to_integral_value(ROUND_CEILING))
    marks = (step * count for count in range(steps + 1))
    return next(
        (mark for mark in marks if percent_of_mark(mark, highest) >= percent),
        highest,
    )
