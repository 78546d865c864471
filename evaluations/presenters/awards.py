"""The paper an approver reads, and what an officer chooses from."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from accounts.models import User
from accounts.roles import Role
from bids.models import Bid
from evaluations.lots import passed_over
from evaluations.models import Award
from evaluations.presenters.ranking import Place, Ranking
from tenders.models import Tender


@dataclass(frozen=True)
class Paper:
    """A recommendation with the place of the bid it recommends."""

    award: Award
    place: Place | None
    dearer_than_lowest: bool


def paper_of(award: Award, ranking: Ranking) -> Paper:
    """The recommendation beside the ranking it rests on."""
    place = next((one for one in ranking.places if one.bid == award.bid), None)
    prices = [one.price for one in ranking.places if one.price is not None]
    return Paper(
        award=award,
        place=place,
        dearer_than_lowest=bool(place and place.price and place.price > min(prices)),
    )


def awards_of(tender: Tender) -> list[Award]:
    """Every recommendation there was, the live one first if there is one."""
    people = ("bid__supplier", "recommended_by", "approved_by", "contract_manager", "result")
    awards = Award.objects.filter(tender=tender).select_related(*people)
    return sorted(awards, key=lambda award: award.withdrawn_at is not None)


def managers_for(tender: Tender) -> QuerySet[User]:
    """Who may be named: the authority's contract managers who neither mark nor are conflicted."""
    held = tender.assignments.all()
    return (
        User.objects.filter(
            memberships__organisation=tender.authority,
            memberships__role=Role.CONTRACT_MANAGER,
            is_active=True,
        )
        .exclude(pk__in=held.filter(role=Role.EVALUATOR).values("person"))
        .exclude(pk__in=held.filter(conflicted_at__isnull=False).values("person"))
        .order_by("full_name")
    )


def choices_of(ranking: Ranking) -> dict:
    """What the recommendation form is made of: the ranked bids, best first, and managers."""
    tender = ranking.result.tender
    order = {place.bid.pk: place for place in ranking.places}
    named = tender.assignments.filter(role=Role.CONTRACT_MANAGER, conflicted_at__isnull=True)
    assigned = named.values_list("person", flat=True)
    over = passed_over(tender)
    able = [place for place in ranking.places if place.bid.supplier_id not in over]
    first = [place for place in able if place.rank == able[0].rank]
    best_first = Case(*(When(pk=key, then=Value(at)) for at, key in enumerate(order)))
    return {
        "bids": Bid.objects.filter(pk__in=order).select_related("supplier").order_by(best_first),
        "standings": {
            key: f"Rank {place.rank}, {place.total} points{_turn(place, over)}: "
            for key, place in order.items()
        },
        "managers": managers_for(tender),
        "initial": {
            "bid": first[0].bid.pk if len(first) == 1 else None,
            "contract_manager": assigned.first(),
        },
    }


def _turn(place: Place, over: Mapping[UUID, str]) -> str:
    """That a supplier has won its most lots, beside its name."""
    why = over.get(place.bid.supplier_id)
    return f", passed over because it {why}" if why else ""
