"""What stands of each promise at a day: read once for any number of contracts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from delivery.models import Contract, Promise, ReturnLine
from delivery.progress import Reported, Sums, due_by, last_return_due, sums_of


@dataclass(frozen=True)
class Standing:
    """One promise against the calendar; only what was accepted counts as delivered."""

    promise: Promise
    due: Fraction
    is_due: bool
    sums: Sums

    @property
    def is_behind(self) -> bool:
        return self.is_due and self.sums.accepted < self.due

    @property
    def is_on_track(self) -> bool:
        return self.is_due and self.sums.accepted >= self.due

    @property
    def share_accepted(self) -> Fraction:
        """How much of what is due was accepted; more than enough is enough."""
        return (
            min(Fraction(self.sums.accepted) / self.due, Fraction(1)) if self.due else Fraction(1)
        )


def standings(contracts: Sequence[Contract], day: date) -> dict[UUID, list[Standing]]:
    """The promises of each contract, furthest behind first."""
    by_id = {contract.pk: contract for contract in contracts}
    reported = reported_lines(by_id)
    found: dict[UUID, list[Standing]] = {pk: [] for pk in by_id}
    promises = Promise.objects.filter(contract__in=by_id).select_related(
        "metric__principle", "criterion"
    )
    for promise in promises:
        promise.contract = by_id[promise.contract_id]
        span = (promise.contract.starts_on, promise.contract.ends_on)
        found[promise.contract_id].append(
            Standing(
                promise=promise,
                due=due_by(promise.quantity, promise.counting, *span, day),
                is_due=last_return_due(*span, day) is not None,
                sums=sums_of(reported[promise.pk], promise.counting),
            )
        )
    for own in found.values():
        own.sort(key=lambda one: (not one.is_behind, one.share_accepted))
    return found


def reported_lines(
    contracts: Iterable[UUID], until: date | None = None
) -> dict[UUID, list[Reported]]:
    """What was returned on each promise, for periods that ended by a day."""
    lines = ReturnLine.objects.filter(part_of__contract__in=list(contracts))
    if until:
        lines = lines.filter(part_of__period_to__lte=until)
    found: dict[UUID, list[Reported]] = defaultdict(list)
    for promise, *line in lines.order_by().values_list(
        "promise_id", "quantity", "decision", "part_of__period_from", "part_of__period_to"
    ):
        found[promise].append(Reported(*line))
    return found
