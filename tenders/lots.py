"""The lots of a procurement: which belong together, and what they still need of each other."""

from collections.abc import Iterable, Iterator

from tenders.models import Tender
from tenders.states import Stage

FEWEST = 2


def lots_of(tender: Tender) -> list[Tender]:
    """The tender itself, or every lot of its procurement in their order."""
    if tender.lot_group is None:
        return [tender]
    return tender.lot_group.counted


def changes_in(lots: Iterable[Tender]) -> int:
    """How often a procurement was changed as a draft, in whichever of its lots."""
    return sum(one.edits for one in lots)


def siblings_of(tender: Tender) -> list[Tender]:
    """The other lots of its procurement; none where it is not divided."""
    return [one for one in lots_of(tender) if one.pk != tender.pk]


def closing_with(tender: Tender) -> list[Tender]:
    """Of a tender that is out, the other lots that close at the same moment."""
    return [
        one
        for one in siblings_of(tender)
        if one.stage == Stage.PUBLISHED and one.closes_at == tender.closes_at
    ]


def name_of(tender: Tender) -> str:
    """What a lot is called beside the others: "Lot 2: Grounds"."""
    return f"Lot {tender.lot_number}: {tender.title}" if tender.lot_number else tender.title


def limit_words(most: int | None) -> str:
    """How many lots one supplier may win, and what happens when it would win more."""
    if most is None:
        return "One supplier may win every lot."
    wins = "1 lot" if most == 1 else f"{most} lots"
    return (
        f"One supplier may win {wins} at most. Lots are awarded in the order of their numbers; "
        f"a supplier that has won {wins} is passed over in those that follow."
    )


def needs_of_lots(tender: Tender) -> Iterator[str]:
    """All lots are published in one act, so each must be open at the same time."""
    siblings = siblings_of(tender)
    if 1 + len(siblings) < FEWEST:
        yield "A procurement in lots has two at least. Add a lot, or begin without lots."
    for lot in siblings:
        if (lot.opens_at, lot.closes_at) != (tender.opens_at, tender.closes_at):
            yield (
                f"“{name_of(lot)}” has another timetable. All lots open and close at the same "
                "time: change one of the two."
            )
