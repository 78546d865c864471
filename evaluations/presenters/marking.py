"""An evaluator's own sheet, and how far everyone is; never anybody's mark but one's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from bids.models import Bid
from evaluations.models import Declaration, Mark, Marking
from tenders.models import Criterion, Method, Tender


@dataclass(frozen=True)
class Cell:
    """One answer to mark, with one's own mark if there is one."""

    bid: Bid
    criterion: Criterion
    mark: Mark | None

    @property
    def address(self) -> str:
        return reverse(
            "evaluations:mark", args=[self.bid.tender_id, self.bid.pk, self.criterion.pk]
        )


@dataclass(frozen=True)
class Sheet:
    """All an evaluator has to mark on one tender."""

    tender: Tender
    criteria: list[Criterion]
    rows: list[tuple[Bid, list[Cell]]]
    handed_in_at: datetime | None

    @property
    def cells(self) -> list[Cell]:
        return [cell for _, cells in self.rows for cell in cells]

    @property
    def total(self) -> int:
        return len(self.cells)

    @property
    def done(self) -> int:
        return sum(cell.mark is not None for cell in self.cells)

    @property
    def is_complete(self) -> bool:
        return self.done == self.total > 0

    @property
    def address(self) -> str:
        return reverse("evaluations:marking", args=[self.tender.pk])

    @property
    def next(self) -> Cell | None:
        return next((cell for cell in self.cells if cell.mark is None), None)

    def mark_for(self, bid: Bid, criterion: Criterion) -> Mark | None:
        return self.cells[self.place_of(bid, criterion) - 1].mark

    def following(self, bid: Bid, criterion: Criterion) -> Cell | None:
        """The next answer without a mark, going round, once this one is done."""
        place = self.place_of(bid, criterion)
        others = self.cells[place:] + self.cells[: place - 1]
        return next((cell for cell in others if cell.mark is None), None)

    def place_of(self, bid: Bid, criterion: Criterion) -> int:
        """Which of all the answers this is, from 1."""
        pairs = [(cell.bid, cell.criterion) for cell in self.cells]
        return pairs.index((bid, criterion)) + 1


def marked_criteria(tender: Tender) -> list[Criterion]:
    """The questions people mark, in the order of the tender."""
    return list(tender.criteria.filter(method=Method.MARKS).select_related("metric"))


def received_bids(tender: Tender) -> list[Bid]:
    """The bids that count, by company name."""
    return list(tender.bids.received().select_related("supplier").order_by("supplier__name"))


def sheet_of(tender: Tender, evaluator: User) -> Sheet:
    """What this evaluator has marked and has yet to mark."""
    mine = Mark.objects.visible_to(evaluator).filter(evaluator=evaluator, bid__tender=tender)
    marks = {(mark.bid_id, mark.criterion_id): mark for mark in mine.latest()}
    criteria = marked_criteria(tender)
    marking = Marking.objects.filter(tender=tender, evaluator=evaluator).first()
    return Sheet(
        tender=tender,
        criteria=criteria,
        rows=[
            (bid, [Cell(bid, one, marks.get((bid.pk, one.pk))) for one in criteria])
            for bid in received_bids(tender)
        ],
        handed_in_at=marking.submitted_at if marking else None,
    )


@dataclass(frozen=True)
class EvaluatorProgress:
    """How far one evaluator is: counts, never marks."""

    person: User
    declared_at: datetime | None
    conflicted_at: datetime | None
    by_bid: list[int]
    handed_in_at: datetime | None

    @property
    def done(self) -> int:
        return sum(self.by_bid)


def progress_of(tender: Tender, bids: Iterable[Bid]) -> list[EvaluatorProgress]:
    """Every evaluator's count of answers marked, bid by bid."""
    given: dict = {}
    pairs = Mark.objects.filter(bid__tender=tender).values_list("evaluator", "bid", "criterion")
    for evaluator, bid, _ in pairs.order_by().distinct():
        given[evaluator, bid] = given.get((evaluator, bid), 0) + 1
    handed_in = dict(Marking.objects.filter(tender=tender).values_list("evaluator", "submitted_at"))
    team = tender.assignments.filter(role=Role.EVALUATOR).select_related("person")
    return [
        EvaluatorProgress(
            person=one.person,
            declared_at=one.declared_at,
            conflicted_at=one.conflicted_at,
            by_bid=[given.get((one.person_id, bid.pk), 0) for bid in bids],
            handed_in_at=handed_in.get(one.person_id),
        )
        for one in team.order_by("person__full_name")
    ]


@dataclass(frozen=True)
class Entry:
    """One line of the register of interests."""

    person: User
    roles: str
    declaration: Declaration | None
    conflicted_at: datetime | None


def register_of(tender: Tender) -> list[Entry]:
    """Everybody on the team and everybody who declared, with what they last declared."""
    said = {
        one.person_id: one
        for one in Declaration.objects.filter(tender=tender)
        .latest_of_each_person()
        .select_related("person")
    }
    people: dict = {}
    for one in tender.assignments.select_related("person"):
        people.setdefault(one.person_id, []).append(one)
    entries = [
        Entry(
            person=held[0].person,
            roles=", ".join(one.get_role_display() for one in held),
            declaration=said.pop(key, None),
            conflicted_at=max((o.conflicted_at for o in held if o.conflicted_at), default=None),
        )
        for key, held in people.items()
    ]
    entries += [Entry(one.person, "Not on the team", one, None) for one in said.values()]
    return sorted(entries, key=lambda entry: str(entry.person))
