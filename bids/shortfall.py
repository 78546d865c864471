"""What would reach a target in full: how much of what, beside what is committed already. Pure.

Worked out by the engine that scores (`metrics.attainment`): a way is only told if the engine
says that the target is then reached.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from bids.deliverability import WHOLE
from metrics.attainment import (
    AllOf,
    Measure,
    Part,
    Refused,
    Single,
    attainment,
    quantity,
    required,
)

MOST_WAYS = 3
MOST_TRIED = 50
NOTHING, PENNY = Fraction(0), Fraction(1, 100)
# Numbers are kept to this many places.
FINEST = Fraction(1, 10**9)


@dataclass(frozen=True)
class Step:
    """One quantity as it would have to be, and as it is; None where it is not stated."""

    id: str
    to: Fraction
    before: Fraction | None

    @property
    def difference(self) -> Fraction:
        return abs(self.to - (self.before or NOTHING))


Way = tuple[Step, ...]


def ways_to_reach(
    measure: Measure,
    quantities: Mapping[str, Fraction],
    bases: Mapping[str, Fraction],
    units: Mapping[str, str],
) -> list[Way]:
    """Each way that reaches the target in full; none where it is reached, or cannot be told.

    A quantity that is not stated counts as 0, unless less of it is better.
    """
    if _reaches((), measure, quantities, bases):
        return []
    tried = islice(_ways(measure, quantities, bases, units), MOST_TRIED)
    reaching = [way for way in tried if way and _reaches(way, measure, quantities, bases)]
    return list(dict.fromkeys(reaching))[:MOST_WAYS]


def _reaches(
    way: Way,
    measure: Measure,
    quantities: Mapping[str, Fraction],
    bases: Mapping[str, Fraction],
) -> bool:
    stated = {**quantities, **{step.id: step.to for step in way}}
    try:
        return attainment(measure, stated, bases) == 1
    except Refused:
        return False


def _ways(
    measure: Measure,
    quantities: Mapping[str, Fraction],
    bases: Mapping[str, Fraction],
    units: Mapping[str, str],
) -> Iterator[Way]:
    if isinstance(measure, Single):
        yield from _of_leaf(measure, quantities, bases, units)
        return
    inner = [list(_ways(one, quantities, bases, units)) for one in measure.measures]
    if isinstance(measure, AllOf):
        for chosen in islice(product(*inner), MOST_TRIED):
            yield _joined(chosen)
        return
    for ways in inner:
        yield from ways


def _joined(ways: tuple[Way, ...]) -> Way:
    """All steps of several ways; where two name the same quantity, the further one."""
    steps: dict[str, Step] = {}
    for step in (one for way in ways for one in way):
        if step.id not in steps or step.difference > steps[step.id].difference:
            steps[step.id] = step
    return tuple(steps.values())


def _of_leaf(
    leaf: Single,
    quantities: Mapping[str, Fraction],
    bases: Mapping[str, Fraction],
    units: Mapping[str, str],
) -> Iterator[Way]:
    """Nothing to do where the target is met; else each quantity that alone would meet it."""
    names = [part.id for part in leaf.parts]
    stated = {name: quantities.get(name, NOTHING) for name in names}
    if leaf.target is None or (leaf.lower_is_better and not quantities.keys() >= set(names)):
        return
    try:
        short = required(leaf.target, bases) - quantity(leaf, stated)
    except Refused:
        return
    if leaf.lower_is_better:
        short = -short
    if short <= 0 and quantities.keys() >= set(names):
        yield ()
        return
    for part in leaf.parts:
        if part.unit_value > 0:
            yield _steps(leaf, part, max(short, NOTHING), quantities, units)


def _steps(
    leaf: Single,
    part: Part,
    short: Fraction,
    quantities: Mapping[str, Fraction],
    units: Mapping[str, str],
) -> Way:
    """This quantity by so much more, or less; the others as they are, unstated ones 0."""
    held = quantities.get(part.id)
    by = short / part.unit_value
    start = held or NOTHING
    to = start - by if leaf.lower_is_better else start + by
    step = Step(
        part.id, max(_round(to, units.get(part.id, ""), leaf.lower_is_better), NOTHING), held
    )
    unstated = [one.id for one in leaf.parts if one.id not in quantities and one.id != part.id]
    return (step, *(Step(name, NOTHING, None) for name in unstated))


def _round(amount: Fraction, unit: str, is_down: bool) -> Fraction:
    """To whole people, pennies, or what can be typed: up, so that it is enough; else down."""
    grain = PENNY if unit == "£" else Fraction(1) if unit in WHOLE else FINEST
    if grain == FINEST and (amount / FINEST).denominator != 1:
        grain = PENNY
    steps = amount / grain
    return (steps // 1 if is_down else -(-steps // 1)) * grain
