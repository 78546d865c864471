"""How many lots of a procurement one supplier may win: in turn, as was published."""

from uuid import UUID

from accounts.access import Conflict
from bids.models import Bid
from evaluations.models import Award, Result
from tenders.lots import limit_words, lots_of, name_of, siblings_of
from tenders.models import Tender
from tenders.states import Stage

# A lot cancelled after its award is won by nobody.
WON = frozenset({Stage.AWARDED, Stage.LIVE})
SETTLED = WON | {Stage.CANCELLED}


def is_limited(tender: Tender) -> bool:
    """Whether a supplier's other lots count here."""
    return tender.lot_group is not None and tender.lot_group.most_lots is not None


def check_turn(tender: Tender) -> None:
    """Under a limit the lots are awarded in the order of their numbers."""
    if not is_limited(tender):
        return
    for lot in lots_of(tender):
        if lot.lot_number < tender.lot_number and lot.stage not in SETTLED:
            raise Conflict(
                f"{limit_words(tender.lot_group.most_lots)} “{name_of(lot)}” is neither awarded "
                "nor cancelled yet: decide on it first."
            )


def passed_over(tender: Tender) -> dict[UUID, str]:
    """The suppliers that have won as many other lots as one may, and why they are passed over."""
    if not is_limited(tender):
        return {}
    most = tender.lot_group.most_lots
    won: dict[UUID, list[Tender]] = {}
    others = [lot for lot in siblings_of(tender) if lot.stage in WON]
    awards = Award.objects.live().filter(approved_at__isnull=False, tender__in=others)
    for award in awards.select_related("bid", "tender"):
        won.setdefault(award.bid.supplier_id, []).append(award.tender)
    return {
        supplier: f"has won {' and '.join(f'lot {lot.lot_number}' for lot in lots)}"
        for supplier, lots in won.items()
        if len(lots) >= most
    }


def why_not_before(result: Result, tender: Tender, rank: int) -> str:
    """Why bids of a better rank are passed over, for the record; empty where none is."""
    better = [pk for pk, line in result.result["bids"].items() if (line.get("rank") or rank) < rank]
    over = passed_over(tender)
    bids = Bid.objects.filter(pk__in=better, supplier__in=over).select_related("supplier")
    said = [f"{one.supplier} {over[one.supplier_id]}." for one in bids.order_by("supplier__name")]
    return " ".join([*said, limit_words(tender.lot_group.most_lots)]) if said else ""


def first_in_turn(result: Result, tender: Tender) -> int | None:
    """The best rank among the bids that may still win this lot; None where there is none."""
    over = passed_over(tender)
    ranks = {bid: line["rank"] for bid, line in result.result["bids"].items() if line.get("rank")}
    suppliers = Bid.objects.filter(pk__in=ranks).values_list("pk", "supplier")
    return min((ranks[str(pk)] for pk, one in suppliers if one not in over), default=None)
