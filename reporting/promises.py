"""Promises of a year: committed, due, claimed and accepted, each for itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from delivery.models import Contract, Promise
from delivery.progress import (
    ACCEPTED,
    ADDED_UP,
    Reported,
    Sums,
    due_by,
    last_return_due,
    sums_of,
)
from delivery.standing import reported_lines
from design.numbers import Number, exact
from design.year import FinancialYear
from metrics.attainment import leaves, read_measure
from tenders.models import Condition

# A snapshot stays small enough to be read whole with every page.
MOST_BEHIND = 60


@dataclass(frozen=True)
class Kept:
    """One promise, and what became of it by the day the report measures to."""

    id: UUID
    contract: UUID
    contract_title: str
    supplier: str
    # The tender and the question that the promise answers.
    tender: UUID
    criterion: str
    metric: UUID
    number: int
    metric_title: str
    quadrant: str
    quadrant_place: int
    quantity_id: str
    label: str
    unit: str
    counting: str
    committed: Decimal
    due: Fraction
    is_due: bool
    is_lower_better: bool
    is_new: bool
    is_started: bool
    sums: Sums
    accepted_in_year: Decimal

    @property
    def is_on_track(self) -> bool:
        """All that was due is delivered and accepted."""
        return self.is_due and self.sums.accepted >= self.due

    @property
    def is_behind(self) -> bool:
        return self.is_due and self.sums.accepted < self.due


def text(number: Number) -> str:
    """A number of the snapshot: plain digits, no idle zeros."""
    amount = exact(number)
    return format(amount.normalize(), "f") if amount else "0"


def kept(contracts: Sequence[Contract], day: date, period: FinancialYear) -> list[Kept]:
    """Every promise of these contracts in two queries, in the order of the metrics."""
    by_id = {contract.pk: contract for contract in contracts}
    reported = reported_lines(by_id, until=day)
    rows = (
        Promise.objects.filter(contract__in=by_id)
        .annotate(measure_asked=Coalesce("criterion__measure", _of_condition()))
        .order_by("metric__number", "quantity_id", "contract__made_at")
        .values(
            "id",
            "contract_id",
            "metric_id",
            "metric__number",
            "metric__short_title",
            "metric__principle__quadrant__title",
            "metric__principle__quadrant__position",
            "measure_asked",
            "criterion__code",
            "quantity_id",
            "label",
            "unit",
            "quantity",
            "counting",
        )
    )
    return [_kept(row, by_id[row["contract_id"]], reported[row["id"]], day, period) for row in rows]


def _of_condition() -> Subquery:
    """The measure of a promise that no criterion scored: a condition of the contract."""
    conditions = Condition.objects.filter(
        tender=OuterRef("contract__tender"), metric=OuterRef("metric")
    )
    return Subquery(conditions.values("measure")[:1])


def _kept(
    row: Mapping, contract: Contract, lines: list[Reported], day: date, period: FinancialYear
) -> Kept:
    counting = row["counting"]
    span = (contract.starts_on, contract.ends_on)
    # What ended on the day itself is due on it.
    after = day + timedelta(days=1)
    lower = _is_lower_better(row["measure_asked"], row["quantity_id"])
    in_year = [
        line for line in lines if line.decision == ACCEPTED and period.first_day <= line.period_to
    ]
    return Kept(
        id=row["id"],
        contract=contract.pk,
        contract_title=contract.tender.title,
        supplier=contract.supplier.name,
        tender=contract.tender_id,
        criterion=row["criterion__code"] or "",
        metric=row["metric_id"],
        number=row["metric__number"],
        metric_title=row["metric__short_title"],
        quadrant=row["metric__principle__quadrant__title"],
        quadrant_place=row["metric__principle__quadrant__position"],
        quantity_id=row["quantity_id"],
        label=row["label"],
        unit=row["unit"],
        counting=counting,
        committed=row["quantity"],
        due=due_by(row["quantity"], counting, *span, after),
        is_due=not lower and last_return_due(*span, after) is not None,
        is_lower_better=lower,
        is_new=period.holds(contract.made_at),
        is_started=contract.started_at is not None,
        sums=sums_of(lines, counting),
        accepted_in_year=sums_of(in_year, counting).accepted,
    )


def _is_lower_better(measure: object, quantity_id: str) -> bool:
    """Whether less is better, so that "at least so much by now" says nothing."""
    if measure is None:
        return False
    return any(
        single.lower_is_better and quantity_id in {part.id for part in single.parts}
        for single in leaves(read_measure(measure, target_needed=False))
    )


def by_quadrant(kept: Iterable[Kept]) -> list[dict]:
    """Each quadrant's promises counted, and its quantities metric by metric."""
    found: dict[tuple, list[Kept]] = defaultdict(list)
    for one in kept:
        found[(one.quadrant_place, one.quadrant)].append(one)
    return [
        {
            "title": title,
            "promises": len(members),
            "new": sum(one.is_new for one in members),
            "on_track": sum(one.is_on_track for one in members),
            "due": sum(one.is_due for one in members),
            "rows": [
                {
                    "number": same[0].number,
                    "label": same[0].label,
                    "unit": same[0].unit,
                    "committed": text(sum(one.committed for one in same)),
                    "new": text(sum(one.committed for one in same if one.is_new)),
                    "contracts": len({one.contract for one in same}),
                    **_asked_by(same),
                }
                for same in alike(members)
            ],
        }
        for (_, title), members in sorted(found.items())
    ]


def by_metric(kept: Iterable[Kept]) -> list[dict]:
    """Committed, due, claimed and accepted of each quantity of each metric."""
    return [
        {
            "number": same[0].number,
            "metric": str(same[0].metric),
            "title": same[0].metric_title,
            "label": same[0].label,
            "unit": same[0].unit,
            "counting": same[0].counting,
            "is_lower_better": same[0].is_lower_better,
            "contracts": len({one.contract for one in same}),
            **_asked_by(same),
            "committed": text(sum(one.committed for one in same)),
            "due": text(sum((one.due for one in same), Fraction(0))),
            "claimed": text(sum(one.sums.claimed for one in same)),
            "accepted": text(sum(one.sums.accepted for one in same)),
            "accepted_in_year": text(sum(one.accepted_in_year for one in same))
            if same[0].counting == ADDED_UP
            else None,
        }
        for same in alike(kept)
    ]


def _asked_by(same: Sequence[Kept]) -> dict[str, str]:
    """The tender that asked for it and its question; empty where there were several."""
    asked = {(str(one.tender), one.criterion) for one in same}
    tender, criterion = asked.pop() if len(asked) == 1 else ("", "")
    return {"tender": tender, "criterion": criterion}


def alike(kept: Iterable[Kept]) -> list[list[Kept]]:
    """Promises that may be added: the same metric, quantity, unit and way of counting."""
    found: dict[tuple, list[Kept]] = defaultdict(list)
    for one in kept:
        key = (one.metric, one.quantity_id, one.unit, one.counting, one.is_lower_better)
        found[key].append(one)
    return list(found.values())


def behind(kept: Iterable[Kept]) -> list[dict]:
    """What is furthest off track, and who acts next; the contracts' own pages show the rest."""
    late = sorted((one for one in kept if one.is_behind), key=_share_accepted)
    return [
        {
            "contract": str(one.contract),
            "contract_title": one.contract_title,
            **_asked_by([one]),
            "supplier": one.supplier,
            "number": one.number,
            "label": one.label,
            "unit": one.unit,
            "due": text(one.due),
            "accepted": text(one.sums.accepted),
            "claimed": text(one.sums.claimed),
            "who_acts": _who_acts(one),
        }
        for one in late[:MOST_BEHIND]
    ]


def _share_accepted(one: Kept) -> Fraction:
    return Fraction(one.sums.accepted) / one.due


def _who_acts(one: Kept) -> str:
    if not one.is_started:
        return "The contract manager starts the contract"
    if one.sums.waiting:
        return "The contract manager checks what was returned"
    if one.sums.queried:
        return f"{one.supplier} answers the query"
    return f"{one.supplier} delivers and reports"
