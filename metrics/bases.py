"""The bases that targets are shares of, or scaled by: those a charter knows, and new ones."""

import re
from collections.abc import Iterable, Mapping, Sequence

from charter.names import free_name
from metrics.attainment import bases_used, read_measure
from metrics.models import AnsweredBy, Metric

BIDDER, AUTHORITY = "bidder", "authority"
# What every tender states, so that no bid does.
FIXED: tuple[dict, ...] = (
    {
        "id": "contract_value",
        "label": "Value of the contract",
        "unit": "£",
        "stated_by": AUTHORITY,
    },
    {
        "id": "months",
        "label": "Length of the contract in months",
        "unit": "months",
        "stated_by": AUTHORITY,
    },
    {
        "id": "years",
        "label": "Length of the contract in years",
        "unit": "years",
        "stated_by": AUTHORITY,
    },
)
FIXED_IDS = frozenset(base["id"] for base in FIXED)
# The scoring rules give this name to a bid's own price.
PRICE = "price"


def known_bases(metrics: Iterable[Metric], *, first: Metric | None = None) -> dict[str, dict]:
    """Every base that some metric of a charter uses, and the fixed ones, by id.

    A metric's own come first: two metrics may describe one id in different words.
    """
    own = first.bases if first else []
    others = [base for metric in metrics for base in metric.bases]
    known: dict[str, dict] = {}
    for base in (*own, *others, *FIXED):
        known.setdefault(base["id"], base)
    return known


def id_for(label: str, taken: Iterable[str]) -> str:
    """A new base's id: the words of its label in short, not taken yet."""
    words = re.sub("[^a-z0-9]+", "_", label.lower()).strip("_")[:40].strip("_") or "base"
    return free_name(words, {*taken, PRICE}, joint="_")


def stated_by_nobody(answered_by: str, bases: Iterable[Mapping]) -> list[Mapping]:
    """Those a bidder's target cannot rest on: no tender states them, and no bid is asked to."""
    if answered_by == AnsweredBy.POLICY:
        return []
    return [one for one in bases if one["stated_by"] == AUTHORITY and one["id"] not in FIXED_IDS]


def bases_for(
    measures: Sequence[Mapping], *, before: Sequence[Mapping], known: Mapping[str, Mapping]
) -> list[dict]:
    """The bases that measures rest on: those there before in their order, then the others."""
    used = {name for measure in measures for name in bases_used(read_measure(measure))}
    kept = [dict(base) for base in before if base["id"] in used]
    there = {base["id"] for base in kept}
    return [*kept, *(dict(base) for name, base in known.items() if name in used - there)]
