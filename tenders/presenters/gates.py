"""The minimums of a tender in words, for whoever sets them, answers them or marks by them."""

from dataclasses import dataclass

from django.db.models import Q

from design.templatetags.format import number
from tenders.minimums import least_mark
from tenders.models import Criterion, Gate, Group, Method, Tender

OF_THE_ACT = " (Procurement Act 2023, section 23(3))"


@dataclass(frozen=True)
class Minimum:
    """One minimum: what it is of, the least, and what comes of less."""

    name: str
    least: str
    consequence: str


def minimums_of(tender: Tender) -> dict[str, Minimum]:
    """Every minimum of a tender, by the code of its question or the name of its group."""
    return {gate.name: _minimum(tender, gate) for gate in tender.gates.all()}


def minimums_for(criterion: Criterion) -> list[Minimum]:
    """Those that an answer to one question has to do with: its group's and its own."""
    tender = criterion.tender
    about = Q(criterion=criterion) | Q(group=criterion.group)
    return [_minimum(tender, one) for one in tender.gates.filter(about).select_related("criterion")]


def _minimum(tender: Tender, gate: Gate) -> Minimum:
    return Minimum(_name(gate), _least(tender, gate), consequence_words(tender))


def consequence_words(tender: Tender, below: str = "this") -> str:
    """What failing a minimum means."""
    law = OF_THE_ACT if tender.is_procurement else ""
    bid = tender.words.bid
    article = "An" if bid[0] in "aeiou" else "A"
    return (
        f"{article} {bid} below {below} is disqualified{law}: it is not ranked, whatever else it "
        "earns."
    )


def _name(gate: Gate) -> str:
    return gate.criterion.title if gate.criterion else Group(gate.group).label


def _least(tender: Tender, gate: Gate) -> str:
    percent = f"{number(gate.minimum_percent)}%"
    if gate.criterion is None:
        return f"At least {percent} of the points for {Group(gate.group).label.lower()}."
    if gate.criterion.method == Method.MARKS:
        mark = least_mark(gate.minimum_percent, tender.max_mark, tender.mark_step)
        return f"A mark of at least {number(mark)} of {number(tender.max_mark)}."
    if gate.criterion.method == Method.MEETS_TARGET:
        return "The whole target."
    return f"At least {percent} of the target."
