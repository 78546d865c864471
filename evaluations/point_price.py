"""What social value points are worth in money under published weights: exact, and no Django."""

from dataclasses import dataclass
from fractions import Fraction

NOTHING = Fraction(0)
STEPS = 10
# From half to full social value points: the move that the page puts into words.
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Terms:
    """How a price earns its points, and what social value can earn; weights of the whole, in %."""

    method: str
    price: Fraction
    social_value: Fraction
    lowest: Fraction | None = None
    full_at: Fraction | None = None
    zero_at: Fraction | None = None

    @property
    def is_known(self) -> bool:
        """Whether enough is known to say anything: price and social value both count."""
        if not (self.price and self.social_value):
            return False
        if self.method == "mean_based":
            return True
        if self.method == "fixed_scale":
            if self.full_at is None or self.zero_at is None:
                return False
            return self.full_at < self.zero_at
        return bool(self.lowest)


@dataclass(frozen=True)
class Worth:
    """How much dearer a bid may be for so many social value points more, all else equal."""

    points: Fraction
    # In pounds; None where no amount is enough, or where the field decides.
    extra: Fraction | None
    # The points outweigh every point that price can earn, so no price loses the bid.
    is_any_price: bool = False
    depends_on_the_field: bool = False


def worth(terms: Terms, points: Fraction) -> Worth | None:
    """The price of these points (docs/scoring.md, "Price of a point"); None if nothing is known."""
    if not terms.is_known:
        return None
    if terms.method == "mean_based":
        return Worth(points, None, depends_on_the_field=True)
    is_any_price = points >= terms.price
    return Worth(points, _extra(terms, points), is_any_price)


def _extra(terms: Terms, points: Fraction) -> Fraction | None:
    if terms.method == "fixed_scale":
        assert terms.full_at is not None and terms.zero_at is not None
        return (terms.zero_at - terms.full_at) * points / terms.price
    assert terms.lowest is not None
    if terms.method == "linear_from_lowest":
        return terms.lowest * points / terms.price
    if points >= terms.price:
        return None
    return terms.lowest * points / (terms.price - points)


def half_to_full(terms: Terms) -> Worth | None:
    """The price of moving social value from half to full points."""
    return worth(terms, terms.social_value * HALF)


def curve(terms: Terms) -> list[Worth]:
    """The price of every tenth of the social value points, from none to all of them."""
    found = [worth(terms, terms.social_value * step / STEPS) for step in range(STEPS + 1)]
    return [one for one in found if one is not None]
