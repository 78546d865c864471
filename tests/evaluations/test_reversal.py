"""The example that a tender's pages show of relative price methods is what the engine answers."""

from decimal import Decimal

import pytest

from evaluations.scoring import score
from tenders.criteria import PRICE_METHODS, RELATIVE_METHODS
from tenders.reversal import BIDS, HIGHEST_MARK, LAST, REVERSALS, WEIGHTS

METHODS = sorted(REVERSALS)


def scored(method: str, bids) -> dict:
    price = {"id": "price", "group": "price", "weight": "100", "method": method}
    if method == "fixed_scale":
        price |= {"full_at": "50000", "zero_at": "150000"}
    quality = {
        "id": "q1",
        "group": "quality",
        "weight": "100",
        "method": "marks",
        "max_mark": str(HIGHEST_MARK),
    }
    sent = [{"id": b.name, "price": str(b.price), "marks": {"q1": str(b.mark)}} for b in bids]
    return score({"weights": WEIGHTS, "criteria": [price, quality], "bids": sent})


def totals(answer: dict) -> dict[str, Decimal]:
    return {name: Decimal(bid["total"]) for name, bid in answer["bids"].items()}


def test_every_relative_price_method_has_an_example():
    assert set(METHODS) == PRICE_METHODS & RELATIVE_METHODS


@pytest.mark.parametrize("method", METHODS)
def test_without_the_last_placed_bid_another_one_wins(method):
    everyone = scored(method, BIDS)
    rest = scored(method, [bid for bid in BIDS if bid.name != LAST])

    shown = REVERSALS[method]
    assert totals(everyone) == {row.bid.name: row.with_all for row in shown.rows}
    assert totals(rest) == {row.bid.name: row.without_last for row in shown.rows[:-1]}
    assert everyone["bids"][LAST]["rank"] == len(BIDS)
    assert (everyone["winners"], rest["winners"]) == (
        [shown.winner],
        [shown.winner_without_last],
    )
    assert shown.winner != shown.winner_without_last


def test_the_fixed_scale_keeps_its_winner_without_the_last_placed_bid():
    everyone = scored("fixed_scale", BIDS)
    rest = scored("fixed_scale", [bid for bid in BIDS if bid.name != LAST])

    assert everyone["winners"] == rest["winners"]
    assert {name: totals(everyone)[name] for name in totals(rest)} == totals(rest)
