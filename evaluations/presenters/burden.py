"""The estimate of a bidder's time as a page: what takes longest, and what removing it saves."""

from dataclasses import dataclass

from tenders.burden import RATES, Cost
from tenders.models import Tender
from tenders.presenters.burden import burden_of_tender, duration_words


@dataclass(frozen=True)
class CostRow:
    """One thing asked, with what makes its time."""

    title: str
    made_of: str
    saved: str


def burden_page(tender: Tender) -> dict:
    """Template context of the whole estimate."""
    found = burden_of_tender(tender)
    return {
        "hours": found.hours,
        "total": duration_words(found.minutes),
        "before": duration_words(found.reading),
        "bases": duration_words(found.bases) if found.bases else "",
        "rows": [CostRow(one.asked.title, _made_of(one), _saved(one)) for one in found.costs],
        "rates": RATES,
    }


def _saved(cost: Cost) -> str:
    return duration_words(cost.saved)


def _made_of(cost: Cost) -> str:
    parts = []
    if cost.reading:
        parts.append(f"reading {duration_words(cost.reading)}")
    if cost.writing:
        limit = cost.asked.words_to_write
        parts.append(f"writing {limit:,} words {duration_words(cost.writing)}")
    if cost.quantities:
        parts.append(f"quantities {duration_words(cost.quantities)}")
    if cost.evidence:
        parts.append(f"evidence {duration_words(cost.evidence)}")
    return ", ".join(parts) or "putting it together"
