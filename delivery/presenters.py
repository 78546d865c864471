"""What the pages of contracts show, in words, rows and one picture."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Prefetch

from delivery.models import Contract, Promise, Return, ReturnLine
from delivery.progress import last_return_due, next_return_due
from delivery.standing import Standing, standings
from design import charts
from design.drawing import Chart
from design.london import LONDON
from tenders.models import Tender

DECISION_COLOURS = {"waiting": "yellow", "accepted": "green", "queried": "orange"}


@dataclass(frozen=True)
class DeskRow:
    """One contract on somebody's first page."""

    contract: Contract
    promises: int
    behind: int
    waiting: int
    queried: int
    next_return: date | None

    @property
    def urgency(self) -> tuple:
        """What there is to do comes first; then what is furthest behind."""
        started = self.contract.started_at is not None
        return (started and not self.waiting and not self.queried, -self.waiting, -self.behind)


def desk_of(contracts, now: datetime) -> list[DeskRow]:
    """Contracts by what needs doing; three queries for any number."""
    today = now.astimezone(LONDON).date()
    listed = list(contracts.select_related("tender__authority", "supplier", "manager"))
    found = standings(listed, today)
    rows = [_desk_row(contract, found[contract.pk], today) for contract in listed]
    return sorted(rows, key=lambda row: row.urgency)


def _desk_row(contract: Contract, own: list[Standing], today: date) -> DeskRow:
    return DeskRow(
        contract=contract,
        promises=len(own),
        behind=sum(one.is_behind for one in own),
        waiting=sum(one.sums.waiting for one in own),
        queried=sum(one.sums.queried for one in own),
        next_return=next_return_due(contract.starts_on, contract.ends_on, today),
    )


def counted(projects: int) -> str:
    """How many projects there are, in words."""
    if projects == 1:
        return "1 project is"
    return f"{projects or 'No'} projects are"


@dataclass(frozen=True)
class Awarded:
    """What the public may read of an award: its contracts, and what they come to."""

    contracts: list[Contract]

    @property
    def only(self) -> Contract | None:
        """The one contract of a procurement."""
        return self.contracts[0] if len(self.contracts) == 1 else None

    @property
    def total(self) -> Decimal:
        return sum([one.price for one in self.contracts], Decimal(0))

    @property
    def projects(self) -> str:
        return counted(len(self.contracts))


def awarded(tender: Tender) -> Awarded:
    """The contracts of a tender with their promises, by the supplier's name."""
    promises = Promise.objects.select_related("metric", "criterion")
    contracts = tender.contracts.select_related("supplier").order_by("supplier__name")
    return Awarded(list(contracts.prefetch_related(Prefetch("promises", promises))))


def contract_page(contract: Contract, now: datetime) -> dict:
    """Template context: where the contract stands, its promises, its returns."""
    today = now.astimezone(LONDON).date()
    own = standings([contract], today)[contract.pk]
    return {
        "contract": contract,
        "now": now,
        "promises": own,
        "picture": picture_of(own) if own else None,
        "behind": sum(one.is_behind for one in own),
        "due": sum(one.is_due for one in own),
        "waiting": sum(one.sums.waiting for one in own),
        "measured_to": last_return_due(contract.starts_on, contract.ends_on, today),
        "next_return": next_return_due(contract.starts_on, contract.ends_on, today),
        "returns": returns_of(contract),
    }


def picture_of(own: list[Standing]) -> Chart:
    """Each promise against its own commitment."""
    numbers = Counter(one.promise.metric.number for one in own)
    return charts.bullet_bars(
        title="Promises, and what became of them",
        description=(
            "Each bar has its own scale and unit, furthest behind first. Verified means accepted "
            "by the contract manager on evidence."
        ),
        rows=[
            charts.Bullet(
                label=_short(one, numbers),
                committed=Fraction(one.promise.quantity),
                due=one.due,
                claimed=Fraction(one.sums.claimed),
                verified=Fraction(one.sums.accepted),
                unit=one.promise.unit,
            )
            for one in own
        ],
    )


def _short(one: Standing, numbers: Counter) -> str:
    """The metric's short title; with the unit where a metric asks for several quantities."""
    metric = one.promise.metric
    unit = f" ({one.promise.unit})" if numbers[metric.number] > 1 else ""
    return f"{metric.number} {metric.short_title}{unit}"


@dataclass(frozen=True)
class LineRow:
    """One line of a return with its decision, and whether a query was answered since."""

    line: ReturnLine
    colour: str
    is_answered: bool


@dataclass(frozen=True)
class ReturnRow:
    """One return and its lines."""

    sent: Return
    lines: list[LineRow]


def returns_of(contract: Contract) -> list[ReturnRow]:
    """Every return, latest first, with its lines; one query."""
    lines = list(
        ReturnLine.objects.filter(part_of__contract=contract)
        .select_related("part_of__sent_by", "promise")
        .order_by("-part_of__period_from", "-part_of__sent_at", "promise__quantity_id")
    )
    rows: dict[Return, list[LineRow]] = {}
    for line in lines:
        shown = LineRow(line, DECISION_COLOURS[line.decision], _is_answered(line, lines))
        rows.setdefault(line.part_of, []).append(shown)
    return [ReturnRow(sent, shown) for sent, shown in rows.items()]


def _is_answered(line: ReturnLine, lines: list[ReturnLine]) -> bool:
    """Whether a later return reported the same promise for the days of a queried line."""
    return line.decision == "queried" and any(
        other.promise_id == line.promise_id
        and other.part_of.sent_at > line.part_of.sent_at
        and other.part_of.period_from <= line.part_of.period_to
        and other.part_of.period_to >= line.part_of.period_from
        for other in lines
    )
