"""One tender at a glance: what is asked, how points are divided, how long it may take."""

from collections.abc import Sequence
from dataclasses import dataclass

from design.charts import stacked_bars
from design.drawing import Chart
from tenders.burden import RATES
from tenders.models import Tender
from tenders.presenters.asked import Part
from tenders.presenters.burden import burden_of_tender


@dataclass(frozen=True)
class Glance:
    """What a small firm wants to know before it reads on."""

    questions: int
    words: int
    quantities: int
    facts: int
    evidence: int
    conditions: int
    hours: int
    rates: Sequence[tuple[str, str]]
    # None while the weights make no whole.
    points: Chart | None


def glance_of(tender: Tender, parts: Sequence[Part]) -> Glance:
    """Counted from what the tender asks now."""
    burden = burden_of_tender(tender)
    asked = [cost.asked for cost in burden.costs]
    return Glance(
        questions=len(tender.criteria.all()),
        words=sum(one.words_to_write for one in asked),
        quantities=sum(one.quantities for one in asked),
        facts=len(frozenset[str]().union(*(one.bases for one in asked))),
        evidence=sum(one.has_evidence for one in asked),
        conditions=len(tender.conditions.all()),
        hours=burden.hours,
        rates=RATES,
        points=_divided(tender, parts),
    )


def _divided(tender: Tender, parts: Sequence[Part]) -> Chart | None:
    """How the 100 points are shared out, of the parts that earn any."""
    earning = [(part.title, part.points) for part in parts if part.points]
    if not earning or any(part.points is None for part in parts):
        return None
    return stacked_bars(
        title="How points are divided",
        description=f"Points of 100 that each part of your {tender.words.bid} can earn.",
        series=[title for title, _ in earning],
        rows=[("Points", [points for _, points in earning])],
    )
