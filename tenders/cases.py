"""The scoring case of a tender without its bids: what publication freezes."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from tenders.models import Criterion, Group, Method, PriceMethod, Tender

PRICE = "price"
NINE_PLACES = Decimal("0.000000001")
# The quantities every case fixes; a bid may not state them.
FIXED_BASES = frozenset({"contract_value", "months", "years"})


def case_without_bids(tender: Tender) -> dict:
    """Weights, criteria, bases, rounding and tie rule, in the form of docs/scoring.md."""
    price = [_price_line(tender)] if tender.price_weight else []
    criteria = list(tender.criteria.all())
    gates = _gates(tender, criteria)
    return {
        "weights": tender.weights,
        "criteria": [*price, *(_line(tender, criterion) for criterion in criteria)],
        "bases": fixed_bases(tender),
        "rounding": {
            "places": tender.rounding_places,
            "level": tender.rounding_level,
            "rank_on": tender.rank_on,
        },
        "tie_break": list(tender.tie_break),
        **({"gates": gates} if gates else {}),
    }


def fixed_bases(tender: Tender) -> dict[str, str]:
    """What every tender states of itself, so that no bid does."""
    return {
        "contract_value": number(tender.contract_value),
        "months": str(tender.months),
        "years": number((Decimal(tender.months) / 12).quantize(NINE_PLACES, ROUND_HALF_UP)),
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


def _gates(tender: Tender, criteria: Sequence[Criterion]) -> list[dict]:
    """The minimums, those of questions in the order of the questions, then those of groups."""
    least = {gate.name: number(gate.minimum_percent) for gate in tender.gates.all()}
    of_questions = [
        {"id": one.code, "criterion": one.code, "minimum_percent": least[one.code]}
        for one in criteria
        if one.code in least
    ]
    of_groups = [
        {"id": group, "group": group, "minimum_percent": least[group]}
        for group in Group.values
        if group in least
    ]
    return [*of_questions, *of_groups]
