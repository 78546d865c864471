"""What of a promise was due, claimed and accepted. Pure: no database, no clock.

Two ways of counting. Hours, money or apprenticeships of one period are added to those of
the next. People employed, companies and percentages are still there at the next return,
so for them the latest return counts; adding them up would count them twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

ADDED_UP, LATEST = "added_up", "latest"
STANDING_UNITS = frozenset({"fte", "people", "companies", "%"})
WAITING, ACCEPTED, QUERIED = "waiting", "accepted", "queried"
MONTHS_BETWEEN_RETURNS = 3
ZERO = Decimal(0)


@dataclass(frozen=True)
class Reported:
    """One line of a return: how much, for which period, and what was decided of it."""

    quantity: Decimal
    decision: str
    period_from: date
    period_to: date


@dataclass(frozen=True)
class Sums:
    """What stands of a promise at each stage; a stage never includes an earlier one's doubts.

    `claimed` is what the supplier returned and nobody queried; `accepted` the part of it
    that the contract manager accepted.
    """

    claimed: Decimal
    accepted: Decimal
    lines: int
    waiting: int
    queried: int


def counting_of(unit: str) -> str:
    """How returns of this unit are counted."""
    return LATEST if unit.strip().lower() in STANDING_UNITS else ADDED_UP


def sums_of(lines: Sequence[Reported], counting: str) -> Sums:
    """What the lines of one promise come to; a queried line counts for nothing."""
    standing = [line for line in lines if line.decision != QUERIED]
    accepted = [line for line in standing if line.decision == ACCEPTED]
    return Sums(
        claimed=total(standing, counting),
        accepted=total(accepted, counting),
        lines=len(lines),
        waiting=sum(line.decision == WAITING for line in lines),
        queried=sum(line.decision == QUERIED for line in lines),
    )


def total(lines: Sequence[Reported], counting: str) -> Decimal:
    """The lines added up, or the one for the latest period."""
    if counting == LATEST:
        last = max(lines, key=lambda line: (line.period_to, line.period_from), default=None)
        return last.quantity if last else ZERO
    return sum((line.quantity for line in lines), ZERO)


def due_by(quantity: Decimal, counting: str, starts: date, ends: date, day: date) -> Fraction:
    """What should be there by a day: all of what stands, an even share of what adds up.

    Only whole quarters of the contract count: before the first has ended nothing is due.
    """
    reached = last_return_due(starts, ends, day)
    if reached is None:
        return Fraction(0)
    if counting == LATEST:
        return Fraction(quantity)
    days, whole = (reached - starts).days + 1, (ends - starts).days + 1
    return Fraction(quantity) * days / whole


def last_return_due(starts: date, ends: date, day: date) -> date | None:
    """The end of the last quarter of the contract that is over; None in the first quarter."""
    reached = None
    for end in quarter_ends(starts, ends):
        if end < day:
            reached = end
    return reached


def next_return_due(starts: date, ends: date, day: date) -> date | None:
    """The end of the quarter that is running; None when the contract is over."""
    return next((end for end in quarter_ends(starts, ends) if end >= day), None)


def quarter_ends(starts: date, ends: date) -> list[date]:
    """The last day of every three months of a contract, and its last day."""
    found = []
    months = MONTHS_BETWEEN_RETURNS
    while (end := months_after(starts, months) - timedelta(days=1)) < ends:
        found.append(end)
        months += MONTHS_BETWEEN_RETURNS
    return [*found, ends]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), next_month - timedelta(days=1))
