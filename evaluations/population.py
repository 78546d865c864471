"""The firms an authority asks itself about: its own, our examples, or the sizes of past bidders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models.fields.json import KT

from accounts.models import Organisation
from bids.models import Submission
from evaluations.models import ReferencePopulation
from evaluations.participation import EXAMPLES, Firm, bands
from metrics.grammar import Refused, read_number
from metrics.units import HOURS_A_YEAR
from tenders.states import Stage

NUMBERS = ("headcount", "contract_people", "turnover", "quality")


@dataclass(frozen=True)
class Population:
    """The firms, and whether they are ours or the authority's own."""

    firms: tuple[Firm, ...]
    hours_a_year: Fraction
    is_example: bool
    # Counts the changes, so that nobody saves over what they have not seen.
    edits: int
    changed_at: datetime | None = None


def population_of(authority: Organisation) -> Population:
    """What the authority has put in, or the examples where it has put in nothing."""
    kept = ReferencePopulation.objects.filter(authority=authority).first()
    if kept is None:
        return Population(EXAMPLES, HOURS_A_YEAR, True, 0)
    return Population(
        firms=tuple([_firm(one) for one in kept.firms]),
        hours_a_year=Fraction(kept.hours_a_year),
        is_example=False,
        edits=kept.edits,
        changed_at=kept.changed_at,
    )


def _firm(kept: Mapping[str, str]) -> Firm:
    return Firm(kept["name"], *(Fraction(kept[number]) for number in NUMBERS))


def as_kept(firm: Mapping[str, str | Decimal]) -> dict[str, str]:
    """A firm as the database keeps it: numbers as text, and the size that follows from them."""
    kept = {"name": str(firm["name"]), **{name: f"{firm[name]:f}" for name in NUMBERS}}
    return {**kept, "size": _firm(kept).size}


def past_bidders(authority: Organisation) -> dict[str, int] | None:
    """How many firms of each size bid for what this authority has awarded; None if few did.

    By the people they said they would employ, one number a firm: the last. Nothing is read of
    bids that are sealed, or still under evaluation.
    """
    received = (
        Submission.objects.filter(
            bid__tender__authority=authority,
            bid__tender__awarded_at__isnull=False,
            bid__withdrawn_at__isnull=True,
        )
        .exclude(bid__tender__stage=Stage.CANCELLED)
        .latest_of_each_bid()
        .order_by("received_at")
        .values_list("bid__supplier", KT("document__bases__headcount"))
    )
    last = {supplier: _number(stated) for supplier, stated in received if stated is not None}
    return bands([headcount for headcount in last.values() if headcount])


def _number(stated: str) -> Fraction:
    try:
        return read_number(stated)
    except Refused:
        return Fraction(0)
