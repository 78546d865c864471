"""The price of a point in words, as a curve and as a table, under weights saved or only tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from design.curve import curve
from design.drawing import Chart
from design.numbers import pounds, said
from evaluations import point_price
from evaluations.point_price import Terms, Worth
from metrics.grammar import Refused
from tenders.models import PriceMethod, Tender
from tenders.weights import resolve

TRIED = (
    "basis",
    "price_weight",
    "quality_weight",
    "social_value_weight",
    "price_method",
    "price_full_at",
    "price_zero_at",
)
# A curve that rises beyond this many times the lowest price would flatten all the rest.
TALLEST = 2
MOVE = "moving social value from half to full points"


@dataclass(frozen=True)
class PointPrice:
    """What the page says; `sentence` alone says why, where there is no price."""

    sentence: str
    assumption: str = ""
    chart: Chart | None = None


UNREAD = PointPrice("Enter weightings that total 100, and amounts in pounds, to see the price.")


def saved_terms(tender: Tender) -> dict[str, object]:
    """The weights and prices of the tender, as the form names them."""
    return {name: getattr(tender, name) for name in TRIED}


def expected_lowest(tender: Tender) -> Decimal | None:
    """The lowest bid assumed where nobody types one: full points' price, or the contract value."""
    if tender.price_method == PriceMethod.FIXED_SCALE:
        return tender.price_full_at
    return tender.contract_value


def price_as_tried(tender: Tender, tried: Mapping[str, object]) -> PointPrice:
    """The price of a point under what somebody types; the tender in hand is not saved."""
    for name in TRIED:
        if name in tried:
            setattr(tender, name, tried[name])
    lowest = tried.get("lowest")
    return point_price_of(tender, lowest if isinstance(lowest, Decimal) else None)


def point_price_of(tender: Tender, lowest: Decimal | None = None) -> PointPrice:
    """What moving social value from half to full points is worth under the tender's weights."""
    lowest = lowest or expected_lowest(tender)
    try:
        terms = _terms(tender, lowest)
    except Refused as refusal:
        return PointPrice(f"Points have no price yet: {refusal}.")
    worth = point_price.half_to_full(terms)
    if worth is None:
        return PointPrice(_nothing(terms))
    return PointPrice(_sentence(terms, worth), _assumption(terms), _chart(terms, worth))


def _terms(tender: Tender, lowest: Decimal | None) -> Terms:
    weights = resolve(tender.weights)
    return Terms(
        method=tender.price_method,
        price=weights["price"],
        social_value=weights["social_value"],
        lowest=None if lowest is None else Fraction(lowest),
        full_at=None if tender.price_full_at is None else Fraction(tender.price_full_at),
        zero_at=None if tender.price_zero_at is None else Fraction(tender.price_zero_at),
    )


def _nothing(terms: Terms) -> str:
    if not terms.price:
        return "Price earns no points here, so points have no price. There is nothing to say."
    if not terms.social_value:
        return "Social value earns no points here, so there is nothing to weigh against price."
    if terms.method == PriceMethod.FIXED_SCALE:
        return "Set the prices that earn full points and none, the first below the second."
    return "Enter the lowest bid you expect."


def _sentence(terms: Terms, worth: Worth) -> str:
    points = f"{said(worth.points, 4)} points of 100"
    if worth.depends_on_the_field:
        return (
            f"What {MOVE} ({points}) is worth depends on the field: each price is measured from "
            "the mean of all bids, which nobody knows before they bid."
        )
    if worth.is_any_price:
        return (
            f"{_given(terms)}{MOVE} is worth any price: it earns {points}, and price can earn "
            f"only {said(terms.price, 4)} in all."
        )
    assert worth.extra is not None
    return f"{_given(terms)}{MOVE} ({points}) is worth paying {pounds(worth.extra)} more."


def _given(terms: Terms) -> str:
    return f"With a lowest bid of {pounds(terms.lowest)}, " if terms.lowest else ""


def _assumption(terms: Terms) -> str:
    if terms.method == PriceMethod.FIXED_SCALE:
        assert terms.full_at is not None and terms.zero_at is not None
        return (
            f"It holds for prices from {pounds(terms.full_at)} to {pounds(terms.zero_at)}, on the "
            "scale itself. The lowest bid is an assumption, not data."
        )
    if terms.method == PriceMethod.MEAN_BASED:
        return ""
    return (
        f"The lowest bid of {pounds(terms.lowest or 0)} is an assumption, not data. Compared is a "
        "bid at that price with a dearer one that is equal in all but social value."
    )


def _chart(terms: Terms, worth: Worth) -> Chart | None:
    found = point_price.curve(terms)
    if worth.depends_on_the_field:
        return None
    drawn = [(one.points, one.extra) for one in found if one.extra is not None]
    drawn = [(points, extra) for points, extra in drawn if _can_be_drawn(terms, points, extra)]
    said_of = None if worth.extra is None else (worth.points, worth.extra)
    return curve(
        title="What more social value points are worth",
        description=(
            "How much dearer a bid may be for so many more social value points, all else equal, "
            "before it falls behind."
        ),
        points=drawn,
        marked=said_of if said_of in drawn else None,
        axis="More social value points",
        amount=pounds,
        head=["More social value points", "Worth paying more"],
        rows=[[said(one.points, 4), _in_money(one)] for one in found],
    )


def _can_be_drawn(terms: Terms, points: Fraction, extra: Fraction) -> bool:
    is_steep = terms.method == PriceMethod.LOWEST_OVER_BID
    assert not is_steep or terms.lowest is not None
    return points < terms.price and not (is_steep and extra > TALLEST * (terms.lowest or 0))


def _in_money(worth: Worth) -> str:
    if worth.is_any_price or worth.extra is None:
        return "any price"
    return pounds(worth.extra)
