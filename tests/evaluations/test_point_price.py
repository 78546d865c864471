"""The price of a point: the worked figures, and held against the engine that scores bids."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.offers import Bid
from evaluations.point_price import Terms, Worth, curve, half_to_full, worth
from evaluations.points import absolute_fraction, read_field, relative_fraction
from tenders.criteria import Criterion

MILLION = Fraction(1_000_000)


def terms(method="lowest_over_bid", price=40, social_value=10, **fields):
    bounds = {"lowest": MILLION, "full_at": Fraction(800_000), "zero_at": Fraction(1_600_000)}
    return Terms(method, Fraction(price), Fraction(social_value), **{**bounds, **fields})


@pytest.mark.parametrize(
    ("price", "social_value", "pence"),
    [(40, 10, 14_285_714), (30, 20, 50_000_000), (30, 30, 100_000_000)],
)
def test_the_worked_figures(price, social_value, pence):
    found = half_to_full(terms(price=price, social_value=social_value))

    assert round(found.extra * 100) == pence


@pytest.mark.parametrize(
    ("method", "extra"), [("linear_from_lowest", 125_000), ("fixed_scale", 100_000)]
)
def test_under_a_straight_line_each_point_costs_the_same(method, extra):
    assert half_to_full(terms(method)) == Worth(Fraction(5), Fraction(extra))


@pytest.mark.parametrize("method", ["lowest_over_bid", "linear_from_lowest", "fixed_scale"])
@pytest.mark.parametrize("price", [5, 4])
def test_points_that_outweigh_price_are_worth_any_price(method, price):
    assert half_to_full(terms(method, price=price)).is_any_price


def test_against_the_mean_it_depends_on_the_field():
    assert half_to_full(terms("mean_based")) == Worth(Fraction(5), None, depends_on_the_field=True)


@pytest.mark.parametrize(
    "of",
    [
        terms(price=0),
        terms(social_value=0),
        terms(lowest=None),
        terms("linear_from_lowest", lowest=None),
        terms("fixed_scale", full_at=None),
        terms("fixed_scale", full_at=Fraction(1_600_000)),
    ],
)
def test_without_a_price_there_is_nothing_to_say(of):
    assert half_to_full(of) is None
    assert curve(of) == []


WEIGHTS = st.fractions(min_value=1, max_value=60, max_denominator=100)
PRICES = st.fractions(min_value=1, max_value=10**9, max_denominator=100)
METHODS = st.sampled_from(["lowest_over_bid", "linear_from_lowest", "fixed_scale"])


@st.composite
def any_terms(draw):
    lowest, width = draw(PRICES), draw(PRICES)
    return Terms(draw(METHODS), draw(WEIGHTS), draw(WEIGHTS), lowest, lowest, lowest + width)


def price_points(of: Terms, price: Fraction) -> Fraction:
    """What the engine gives this price beside the lowest."""
    line = Criterion("price", "price", Fraction(100), of.price, of.method)
    if of.method == "fixed_scale":
        line = replace(line, full_at=of.full_at, zero_at=of.zero_at)
        return line.full * absolute_fraction(line, Bid("a", price, {}, {}, {}))
    bids = [Bid(name, amount, {}, {}, {}) for name, amount in (("a", price), ("b", of.lowest))]
    return line.full * relative_fraction(line, bids[0], read_field([line], bids))


@given(any_terms(), st.fractions(min_value=0, max_value=1, max_denominator=50))
def test_at_the_price_of_its_points_a_bid_has_exactly_the_total_of_the_lowest(of, part):
    found = worth(of, of.social_value * part)

    if not found.is_any_price:
        dearer = price_points(of, of.lowest + found.extra) + found.points
        assert dearer == price_points(of, of.lowest)


@given(any_terms(), PRICES)
def test_points_worth_any_price_win_at_any_price(of, more):
    found = worth(of, of.social_value)

    if found.is_any_price:
        assert price_points(of, of.lowest + more) + found.points >= of.price


@given(any_terms())
def test_more_points_are_never_worth_less(of):
    amounts = [one.extra for one in curve(of) if one.extra is not None]

    assert amounts == sorted(amounts)
    assert amounts[0] == 0


@given(any_terms())
def test_once_no_price_is_enough_no_more_points_change_that(of):
    any_price = [one.is_any_price for one in curve(of)]

    assert any_price == sorted(any_price)
