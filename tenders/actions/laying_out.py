"""A kept design laid out in a draft that has none yet: part of beginning a tender."""

from collections.abc import Mapping
from decimal import Decimal

from tenders.designs import conditions_from, criteria_from, gates_from
from tenders.models import Condition, Criterion, Gate, ScaleStep, Tender


def lay_out(*, tender: Tender, design: Mapping) -> None:
    """Put a design into a fresh draft, in the transaction in which the draft begins.

    Metrics that its version of the charter cannot ask stay out (tenders.designs.left_out).
    """
    _set_rules(tender, design)
    steps = design["scale"]["steps"]
    ScaleStep.objects.bulk_create(
        ScaleStep(tender=tender, **{**one, "mark": Decimal(one["mark"])}) for one in steps
    )
    criteria = Criterion.objects.bulk_create(criteria_from(design, tender))
    Gate.objects.bulk_create(gates_from(design, criteria, tender))
    Condition.objects.bulk_create(conditions_from(design, tender))


def _set_rules(tender: Tender, design: Mapping) -> None:
    """Weights, how price and marks earn points, and how totals are rounded and ranked."""
    weights, scale, rounding = design["weights"], design["scale"], design["rounding"]
    tender.basis = weights["basis"]
    tender.price_weight = Decimal(weights["price"])
    tender.quality_weight = Decimal(weights["quality"])
    tender.social_value_weight = Decimal(weights["social_value"])
    tender.price_method = design["price_method"]
    tender.max_mark, tender.mark_step = Decimal(scale["max_mark"]), Decimal(scale["step"])
    tender.rounding_places, tender.rounding_level = rounding["places"], rounding["level"]
    tender.rank_on, tender.tie_break = rounding["rank_on"], list(design["tie_break"])
    codes = set(tender.charter.quadrants.values_list("code", flat=True))
    tender.coverage = {code: fewest for code, fewest in design["coverage"].items() if code in codes}
    tender.save()
