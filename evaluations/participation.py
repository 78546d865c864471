"""What a tender's targets ask of firms of different sizes: exact, and no Django.

The firms are examples and not data. Where effort becomes too much is for the reader to say;
the two defaults are UNSOURCED and shown wherever they are used.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from metrics.attainment import BLOCKS, AnyOf, Measure, Single, Target, leaves, required
from metrics.units import HOURS_A_YEAR, OF_TIME, PEOPLE, WHOLE_CONTRACT

NOTHING = Fraction(0)
# Head-count limits of a micro, a small and a medium firm (Companies Act 2006, as UK statistics
# use them); a firm of 250 or more is large. Turnover is left aside.
MICRO, SMALL, MEDIUM, LARGE = "Micro", "Small", "Medium", "Large"
LIMITS = ((10, MICRO), (50, SMALL), (250, MEDIUM))
# A share, in per cent, up to which a target costs little, and above which it is out of reach.
LITTLE, TOO_MUCH = Fraction(1, 2), Fraction(5)
CAN, WITH_EFFORT, CANNOT, DEPENDS = "can", "effort", "cannot", "depends"
WORST_FIRST = (CANNOT, DEPENDS, WITH_EFFORT, CAN)
# What a contract costs the bidder itself, which it spends in any case.
OWN_COSTS = frozenset({"contract_costs"})


@dataclass(frozen=True)
class Firm:
    """A firm an authority asks itself about."""

    name: str
    headcount: Fraction
    # People it would employ on this contract.
    contract_people: Fraction
    turnover: Fraction
    # The share of full marks, in per cent, its written answers are assumed to earn.
    quality: Fraction

    @property
    def size(self) -> str:
        """Micro, small, medium or large, by head count."""
        return size_of(self.headcount)


# Made up, so that each size has one: EXAMPLES AND NOT DATA, until an authority puts in its own.
EXAMPLES = tuple(
    [
        Firm(name, *(Fraction(number) for number in numbers))
        for name, *numbers in (
            ("A micro firm", 5, 3, 400_000, 60),
            ("A small firm", 30, 15, 3_000_000, 70),
            ("A medium firm", 110, 40, 12_000_000, 75),
            ("A large firm", 600, 80, 70_000_000, 80),
        )
    ]
)
# Fewer past bidders than this could be told apart, so nothing of them is shown.
FEWEST_PAST_BIDDERS = 5


def bands(headcounts: Sequence[Fraction]) -> dict[str, int] | None:
    """How many firms are of each size; None where so few could be told apart."""
    if len(headcounts) < FEWEST_PAST_BIDDERS:
        return None
    sizes = [size_of(one) for one in headcounts]
    return {size: sizes.count(size) for size in (MICRO, SMALL, MEDIUM, LARGE) if size in sizes}


def size_of(headcount: Fraction) -> str:
    """The size of a firm with so many people."""
    return next((name for limit, name in LIMITS if headcount < limit), LARGE)


@dataclass(frozen=True)
class Asked:
    """One target of a tender, with the unit of each quantity and of each base a bidder states."""

    code: str
    title: str
    measure: Measure
    units: Mapping[str, str]
    base_units: Mapping[str, str]


@dataclass(frozen=True)
class Terms:
    """What is assumed of every firm alike."""

    # The bases the tender fixes: contract value, months, years.
    fixed: Mapping[str, Fraction]
    hours_a_year: Fraction = HOURS_A_YEAR
    little: Fraction = LITTLE
    too_much: Fraction = TOO_MUCH


@dataclass(frozen=True)
class Part:
    """What one target comes to for one firm."""

    unit: str
    # What reaches it in full; None where a base of it is unknown beforehand.
    required: Fraction | None
    # That in a year, as a percentage of `of`; None where nothing is comparable.
    share: Fraction | None = None
    of: str = ""
    verdict: str = DEPENDS


@dataclass(frozen=True)
class Reach:
    """Whether one firm could reach one target, and what its parts come to."""

    parts: tuple[Part, ...]
    verdict: str


def bases_of(firm: Firm, asked: Asked, terms: Terms) -> dict[str, Fraction]:
    """The bases of one firm: people on the contract, and pounds at the contract's value."""
    value = terms.fixed.get("contract_value", NOTHING)
    bases = {}
    for name, unit in asked.base_units.items():
        if unit in PEOPLE:
            bases[name] = firm.contract_people
        elif unit == "£" and name == "contract_costs":
            bases[name] = value
    return {**bases, "price": value, **terms.fixed}


def reach(firm: Firm, asked: Asked, terms: Terms) -> Reach:
    """What one target asks of one firm; of several in one the best or the worst counts."""
    bases = bases_of(firm, asked, terms)
    parts = tuple([_part(leaf, firm, asked, bases, terms) for leaf in leaves(asked.measure)])
    return Reach(parts, _verdict(asked.measure, iter([part.verdict for part in parts])))


def _verdict(measure: Measure, verdicts: Iterator[str]) -> str:
    if isinstance(measure, Single):
        return next(verdicts)
    inner = sorted([_verdict(one, verdicts) for one in measure.measures], key=WORST_FIRST.index)
    return inner[-1] if isinstance(measure, AnyOf) else inner[0]


def _part(
    leaf: Single, firm: Firm, asked: Asked, bases: Mapping[str, Fraction], terms: Terms
) -> Part:
    unit = "£" if len(leaf.parts) > 1 else asked.units.get(leaf.parts[0].id, "")
    target = leaf.target
    if target is None or target.kind == "undetermined":
        return Part(unit, None)
    if any(bases.get(name, NOTHING) <= 0 for name in target.bases):
        return Part(unit, None)
    needed = required(target, bases)
    if leaf.lower_is_better:
        return Part(unit, needed)
    if not needed:
        return Part(unit, needed, verdict=CAN)
    if is_a_mix(target, unit, asked):
        return Part(unit, needed)
    return _weighed(Part(unit, needed), needed / _years(target, terms), firm, terms)


def is_a_mix(target: Target, unit: str, asked: Asked) -> bool:
    """Whether it asks which people or suppliers do the work, and not for more of them.

    90% of all employed; 75% of what the contract costs a bidder, spent nearby.
    """
    if target.kind != "share":
        return False
    if unit == "£":
        return target.base in OWN_COSTS
    return asked.base_units.get(target.base or "") in PEOPLE and unit in {*PEOPLE, "%"}


def _years(target: Target, terms: Terms) -> Fraction:
    """The years over which it is spread; a flat target is held against one."""
    is_spread = WHOLE_CONTRACT & set(target.bases)
    return max(terms.fixed.get("years", Fraction(1)), Fraction(1)) if is_spread else Fraction(1)


def _weighed(part: Part, yearly: Fraction, firm: Firm, terms: Terms) -> Part:
    """The part with its cost in a year, and whether the firm can bear it."""
    if part.unit in OF_TIME:
        whole, cost = firm.headcount * terms.hours_a_year, yearly * OF_TIME[part.unit]
        of = "its people’s hours in a year"
    elif part.unit == "£":
        whole, cost, of = firm.turnover, yearly, "its turnover in a year"
    elif part.unit in PEOPLE:
        # Nobody can take on a part of a person.
        whole, cost, of = firm.headcount, Fraction(-(-yearly // 1)), "its people"
    else:
        return part
    if not whole:
        return part
    share = 100 * cost / whole
    verdict = CAN if share <= terms.little else CANNOT if share > terms.too_much else WITH_EFFORT
    return replace(part, share=share, of=of, verdict=verdict)


def all_hours(firm: Firm, asked: Sequence[Asked], terms: Terms) -> Reach | None:
    """All targets in hours or days together, in a year; None where there are not two of them."""
    yearly = []
    for one in asked:
        measure, bases = one.measure, bases_of(firm, one, terms)
        if not isinstance(measure, Single) or not measure.target or measure.lower_is_better:
            continue
        part = _part(measure, firm, one, bases, terms)
        if part.unit in OF_TIME and part.required is not None:
            yearly.append(part.required / _years(measure.target, terms) * OF_TIME[part.unit])
    if len(yearly) < 2:
        return None
    total = sum(yearly, NOTHING)
    part = _weighed(Part("hours", total), total, firm, terms)
    return Reach((part,), part.verdict)


@dataclass(frozen=True)
class Blocks:
    """One "so many per so many" target under each way of counting a part of a block."""

    title: str
    unit: str
    # By way of counting, then by firm; None where a base is unknown beforehand.
    required: Mapping[str, tuple[Fraction | None, ...]]
    chosen: str


def blocks_of(firms: Sequence[Firm], asked: Sequence[Asked], terms: Terms) -> list[Blocks]:
    """What each ratio target asks of each firm under floor, ceil and pro rata."""
    found = []
    for one in asked:
        for leaf in leaves(one.measure):
            if leaf.target is None or leaf.target.kind != "ratio":
                continue
            rows = {
                way: tuple([_blocks(leaf.target, way, firm, one, terms) for firm in firms])
                for way in BLOCKS
            }
            unit = one.units.get(leaf.parts[0].id, "")
            found.append(Blocks(one.title, unit, rows, leaf.target.blocks))
    return found


def _blocks(target: Target, way: str, firm: Firm, one: Asked, terms: Terms) -> Fraction | None:
    bases = bases_of(firm, one, terms)
    if any(bases.get(name, NOTHING) <= 0 for name in target.bases):
        return None
    return required(replace(target, blocks=way), bases)


@dataclass(frozen=True)
class Rewrite:
    """A flat target in hours as a share of each firm's own hours."""

    title: str
    hours: Fraction
    # What the flat target is to the firm it was worked out from, and as it would be printed.
    exact_percent: Fraction
    percent: Fraction
    # What the printed share asks of each firm, in hours a year.
    comes_to: tuple[Fraction, ...]


def rewrites_of(
    reference: Firm, firms: Sequence[Firm], asked: Sequence[Asked], terms: Terms
) -> list[Rewrite]:
    """Each flat target in hours as the share it is of the reference firm's hours in a year."""
    found = []
    for one in asked:
        for leaf in leaves(one.measure):
            target = leaf.target
            is_flat = target is not None and target.kind == "absolute" and target.amount > 0
            in_hours = len(leaf.parts) == 1 and one.units.get(leaf.parts[0].id) == "hours"
            if target is None or not is_flat or not in_hours or leaf.lower_is_better:
                continue
            exact = 100 * target.amount / (reference.headcount * terms.hours_a_year)
            percent = to_two_figures(exact)
            comes_to = [percent * firm.headcount * terms.hours_a_year / 100 for firm in firms]
            found.append(Rewrite(one.title, target.amount, exact, percent, tuple(comes_to)))
    return found


def to_two_figures(number: Fraction) -> Fraction:
    """A number above 0 with its first two figures, the second rounded half up: 0.020004, 0.02."""
    unit = Fraction(1)
    while number < 10 * unit:
        unit /= 10
    while number >= 100 * unit:
        unit *= 10
    return (number / unit + Fraction(1, 2)) // 1 * unit


def worst(verdicts: Sequence[str]) -> str:
    """The least favourable of several; of none, that nothing stands in the way."""
    return min(verdicts, key=WORST_FIRST.index, default=CAN)
