"""Three invented bids under each relative price method: without the last, another one wins.

The numbers are pinned here because a tender's pages may not score; a test of `evaluations` has
the engine work them out and compares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# Price counts for 40 and one quality question for 60, marked from 0 to 5.
WEIGHTS = {"basis": "overall", "price": "40", "quality": "60", "social_value": "0"}
HIGHEST_MARK = 5
LAST = "C"


@dataclass(frozen=True)
class InventedBid:
    """A bid of the example: its price in pounds and its agreed mark."""

    name: str
    price: int
    mark: int


@dataclass(frozen=True)
class Row:
    """One bid of the example, with its points among all three and without the last."""

    bid: InventedBid
    with_all: Decimal
    without_last: Decimal | None


@dataclass(frozen=True)
class Reversal:
    """Who wins among all three bids, and who once the last-placed one is away."""

    rows: Sequence[Row]

    @property
    def winner(self) -> str:
        return max(self.rows, key=lambda row: row.with_all).bid.name

    @property
    def winner_without_last(self) -> str:
        left = [row for row in self.rows if row.without_last is not None]
        return max(left, key=lambda row: row.without_last or 0).bid.name


BIDS = (
    InventedBid("A", 150_000, 5),
    InventedBid("B", 90_000, 4),
    InventedBid("C", 50_000, 0),
)
# The totals of A, B and C, then those of A and B alone, to two decimal places.
TOTALS = {
    "lowest_over_bid": (("73.33", "70.22", "40.00"), ("84.00", "88.00")),
    "linear_from_lowest": (("60.00", "56.00", "40.00"), ("73.33", "88.00")),
    "mean_based": (("68.97", "69.38", "29.66"), ("75.00", "73.00")),
}


def _rows(with_all: Sequence[str], without_last: Sequence[str]) -> list[Row]:
    alone = [*map(Decimal, without_last), None]
    return [
        Row(bid, Decimal(total), left)
        for bid, total, left in zip(BIDS, with_all, alone, strict=True)
    ]


REVERSALS: Mapping[str, Reversal] = {
    method: Reversal(_rows(*totals)) for method, totals in TOTALS.items()
}
