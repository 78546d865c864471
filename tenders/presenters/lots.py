"""The lots of a procurement as pages list them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tenders.lots import limit_words, lots_of
from tenders.models import Tender
from tenders.presenters.frame import COLOURS
from tenders.states import State


@dataclass(frozen=True)
class Lot:
    """One lot beside the others."""

    tender: Tender
    state: State
    colour: str
    is_this: bool


@dataclass(frozen=True)
class Lots:
    """Every lot of a procurement, seen from one of them."""

    lots: list[Lot]
    value: Decimal
    limit: str

    @property
    def are_several(self) -> bool:
        return len(self.lots) > 1


def lots_beside(tender: Tender, now: datetime) -> Lots | None:
    """What a page says of the lots; nothing where the procurement is not divided."""
    if tender.lot_group is None:
        return None
    lots = [
        Lot(one, one.state(now), COLOURS[one.state(now)], one.pk == tender.pk)
        for one in lots_of(tender)
    ]
    return Lots(lots, tender.value_with_lots, limit_words(tender.lot_group.most_lots))
