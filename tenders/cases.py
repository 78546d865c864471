"""The scoring case of a tender without its bids: what publication freezes."""

from decimal import ROUND_HALF_UP, Decimal

from tenders.models import Criterion, Method, PriceMethod, Tender

PRICE = "price"
NINE_PLACES = Decimal("0.000000001")
# The quantities every case fixes; a bid may not state them.
FIXED_BASES = frozenset({"contract_value", "months", "years"})


def case_without_bids(tender: Tender) -> dict:
    """Weights, criteria, bases, rounding and tie rule, in the form of docs/scoring.md."""
    price = [_price_line(tender)] if tender.price_weight else []
    return {
        "weights": tender.weights,
        "criteria": [*price, *(_line(tender, criterion) for criterion in tender.criteria.all())],
        "bases": {
            "contract_value": number(tender.contract_value),
            "months": str(tender.months),
            "years": number((Decimal(tender.months) / 12).quantize(NINE_PLACES, ROUND_HALF_UP)),
        },
        "rounding": {
            "places": tender.rounding_places,
            "level": tender.rounding_level,
            "rank_on": tender.rank_on,
        },
        "tie_break": list(tender.tie_break),
    }


def number(value: Decimal) -> str:
    """A number as a case writes it: plain digits, no idle zeros."""
    return format(value.normalize(), "f")


def _price_line(tender: Tender) -> dict:
    line = {
        "id": PRICE,
        "label": "Price",
        "group": "price",
        "weight": "100",
        "method": tender.price_method,
    }
    if tender.price_method == PriceMethod.FIXED_SCALE:
        for key, value in (("full_at", tender.price_full_at), ("zero_at", tender.price_zero_at)):
            if value is not None:
                line[key] = number(value)
    return line


def _line(tender: Tender, criterion: Criterion) -> dict:
    line = {
        "id": criterion.code,
        "label": criterion.title,
        "note": criterion.question,
        "group": criterion.group,
        "weight": number(criterion.weight),
        "method": criterion.method,
    }
    if criterion.method == Method.MARKS:
        return {**line, "max_mark": number(tender.max_mark), "step": number(tender.mark_step)}
    return {**line, "measure": criterion.measure_asked}
