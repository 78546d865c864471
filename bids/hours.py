"""One number of hours shared out over several answers: exact, to the quarter of an hour. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

STEP = Fraction(1, 4)
NOTHING = Fraction(0)


class CannotShare(ValueError):
    """The hours do not come to the total; the words say how they miss it."""


@dataclass(frozen=True)
class Row:
    """One answer in hours: what its target asks, where that is known, and what is given."""

    target: Fraction | None
    given: Fraction | None = None


def share_out(total: Fraction, rows: Sequence[Row]) -> list[Fraction]:
    """The hours of each row: those given stay; the rest goes to the empty ones.

    In proportion to their targets, or evenly where some empty row has none; in quarters of an
    hour, the largest part left over first. What is less than a quarter goes to the first of
    them, so that all rows come to the total exactly.
    """
    left = total - sum((row.given for row in rows if row.given is not None), NOTHING)
    empty = [at for at, row in enumerate(rows) if row.given is None]
    if left < 0:
        raise CannotShare("more than this total")
    if left and not empty:
        raise CannotShare("less than this total")
    shared = [row.given or NOTHING for row in rows]
    for at, hours in zip(empty, _shares(left, [rows[at].target for at in empty]), strict=True):
        shared[at] = hours
    return shared


def _shares(left: Fraction, targets: Sequence[Fraction | None]) -> list[Fraction]:
    if not targets:
        return []
    known = [target for target in targets if target]
    weights = known if len(known) == len(targets) else [Fraction(1)] * len(targets)
    steps = left // STEP
    due = [steps * weight / sum(weights) for weight in weights]
    whole = [one // 1 for one in due]
    by_remainder = sorted(range(len(due)), key=lambda at: (whole[at] - due[at], at))
    for at in by_remainder[: steps - sum(whole)]:
        whole[at] += 1
    shares = [Fraction(one) * STEP for one in whole]
    shares[0] += left - steps * STEP
    return shares
