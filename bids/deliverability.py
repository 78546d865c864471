"""What looks odd in a promise, and what to check: hints that block nothing and change no score.

Pure: the bidder sees them while it writes, and whoever reads a received bid may ask the same.
Only what cannot well be is said (more hours than there is time, more apprentices than
people); what is merely unusual is not, and where a number is unknown nothing is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from metrics.attainment import Measure, Single, leaves
from metrics.units import HOURS_A_YEAR, OF_TIME, PEOPLE, WHOLE_CONTRACT, with_unit

ONE_YEAR = Fraction(1)
MONTHS_A_YEAR = 12
# 365.25 days.
WEEKS_A_YEAR = Fraction(1461, 28)
# What counts a firm's people, and what counts people it teaches beside them.
STAFF = frozenset({"people", "employees", "FTE"})
LEARNERS = frozenset({"apprenticeships", "traineeships"})
# What there is no half of.
WHOLE = frozenset(
    {
        *("people", "employees", "apprenticeships", "traineeships", "placements"),
        *("qualifications", "training opportunities", "trees", "homes", "companies", "contracts"),
        *("organisations", "suppliers", "schools", "events", "activities"),
    }
)
NO_MARK_DEPENDS_ON_IT = (
    "These are only hints. Everything can be saved and submitted as it stands, and no mark or "
    "score depends on them."
)


class Rule(StrEnum):
    """Why something looks odd; a name that stays, for whoever keeps count of them."""

    ABOVE_ALL = "above-all"
    NOT_WHOLE = "not-whole"
    MORE_PEOPLE = "more-people-than-there-are"
    MORE_WEEKS = "more-weeks-than-there-are"
    MORE_HOURS = "more-hours-than-there-are"
    MORE_MONEY = "more-money-than-there-is"
    MORE_FULL_TIME = "more-full-time-than-people"


@dataclass(frozen=True)
class Hint:
    """The numbers, why they look odd together, and what to check."""

    rule: Rule
    numbers: str
    why: str
    check: str

    @property
    def words(self) -> str:
        return f"{self.numbers} {self.why} {self.check}"


@dataclass(frozen=True)
class Stated:
    """A number that a bid or a tender states: what it counts, and in what unit."""

    label: str
    unit: str
    amount: Fraction

    @property
    def words(self) -> str:
        return f"{with_unit(self.amount, self.unit)} (“{self.label}”)"


@dataclass(frozen=True)
class Circumstances:
    """What promises are held against: what the firm states, and what the tender fixes."""

    # By id: the bases of this bid. Those of the tender (its value, its months) may be among them.
    bases: Mapping[str, Stated] = field(default_factory=dict)
    # What else is known of the firm's people: its head count, from its profile.
    people: tuple[Stated, ...] = ()
    months: Fraction | None = None
    value: Fraction | None = None
    # Left out for whoever may not see it.
    price: Fraction | None = None
    hours_a_year: Fraction = HOURS_A_YEAR

    @property
    def workforce(self) -> Stated | None:
        """The most people the firm speaks of; None where it speaks of none."""
        spoken_of = [one for one in self.bases.values() if one.unit in STAFF]
        return max((*spoken_of, *self.people), key=lambda one: one.amount, default=None)


@dataclass(frozen=True)
class Promise:
    """What one answer commits to, under its published measure."""

    measure: Measure
    # By id of the quantity; one that is not stated yet is left out.
    quantities: Mapping[str, Fraction]
    units: Mapping[str, str]


def hints(promise: Promise, around: Circumstances) -> tuple[Hint, ...]:
    """What looks odd in one answer, each thing once."""
    found = [hint for leaf in leaves(promise.measure) for hint in _of_leaf(leaf, promise, around)]
    return tuple(dict.fromkeys(found))


def hints_together(promises: Sequence[Promise], around: Circumstances) -> tuple[Hint, ...]:
    """What looks odd only when answers are read together: all their hours in one year."""
    yearly = [hours for promise in promises for hours in _hours_a_year(promise, around)]
    if len(yearly) < 2 or around.workforce is None:
        return ()
    most = around.workforce.amount * around.hours_a_year
    total = sum(yearly, Fraction(0))
    if total <= most or any(one > most for one in yearly):
        return ()
    said = f"The hours of all answers come to {with_unit(total, 'hours', 2)} a year."
    return (_too_many_hours(said, most, around.workforce, around, "one year"),)


def odd_bases(around: Circumstances) -> tuple[Hint, ...]:
    """What looks odd in the numbers that a firm states of itself."""
    heads = [one for one in around.bases.values() if one.unit in STAFF - {"FTE"}]
    if not heads:
        return ()
    most = max(heads, key=lambda one: one.amount)
    return tuple(
        [
            Hint(
                Rule.MORE_FULL_TIME,
                f"{one.words} is more than {most.words}.",
                "One person is at most one full-time equivalent.",
                "Check both numbers.",
            )
            for one in around.bases.values()
            if one.unit == "FTE" and one.amount > most.amount
        ]
    )


def _of_leaf(leaf: Single, promise: Promise, around: Circumstances) -> Iterator[Hint]:
    for part in leaf.parts:
        amount, unit = promise.quantities.get(part.id), promise.units.get(part.id, "")
        if amount is None:
            continue
        yield from _not_whole(amount, unit)
        if leaf.lower_is_better:
            continue
        base = _whole_of(leaf, unit, around)
        if unit == "%" and amount > 100:
            yield _above_all(with_unit(amount, unit))
        elif base is not None and amount > base.amount:
            share = with_unit(100 * amount / base.amount, "%", 2)
            yield _above_all(f"{with_unit(amount, unit)} is {share} of {base.words}")
        else:
            yield from _above_limits(amount, unit, leaf, around)


def _whole_of(leaf: Single, unit: str, around: Circumstances) -> Stated | None:
    """What a promise is a part of, where its target is a share of the same kind of thing."""
    target = leaf.target
    if target is None or target.kind != "share" or len(leaf.parts) > 1:
        return None
    base = around.bases.get(target.base or "")
    if base is None or base.amount <= 0:
        return None
    return base if unit == base.unit or {unit, base.unit} <= PEOPLE else None


def _above_all(numbers: str) -> Hint:
    return Hint(
        Rule.ABOVE_ALL,
        f"{numbers}.",
        "A part is never more than the whole.",
        "Check each number, and that what is promised is a part of what it is held against.",
    )


def _not_whole(amount: Fraction, unit: str) -> Iterator[Hint]:
    if unit in WHOLE and amount.denominator != 1:
        yield Hint(
            Rule.NOT_WHOLE,
            f"{with_unit(amount, unit)} is not a whole number.",
            "These are counted one by one.",
            "Check the decimal point, and that the number is not an average.",
        )


def _above_limits(
    amount: Fraction, unit: str, leaf: Single, around: Circumstances
) -> Iterator[Hint]:
    """More than the people, the time or the money there is for it."""
    workforce = around.workforce
    if unit == "£":
        yield from _above_money(amount, around)
    elif workforce is None or workforce.amount <= 0:
        return
    elif _counts_people(unit, leaf, around) and amount > workforce.amount:
        yield Hint(
            Rule.MORE_PEOPLE,
            f"{with_unit(amount, unit)} for {workforce.words}.",
            "That is more than one for each of them.",
            "Check both numbers, and whom each of them counts.",
        )
    elif unit == "weeks":
        yield from _above_weeks(amount, leaf, workforce, around)
    elif unit in OF_TIME:
        years = _years(leaf, around)
        most = workforce.amount * around.hours_a_year * years
        if amount * OF_TIME[unit] > most:
            said = f"{with_unit(amount, unit)} are promised for {_span(years)}."
            yield _too_many_hours(said, most, workforce, around, _span(years))


def _counts_people(unit: str, leaf: Single, around: Circumstances) -> bool:
    """Learners always; other people where the target grows with a firm's own."""
    of = [
        around.bases[name]
        for name in (leaf.target.bases if leaf.target else ())
        if name in around.bases
    ]
    return unit in LEARNERS or (unit in STAFF and any(base.unit in STAFF for base in of))


def _above_money(amount: Fraction, around: Circumstances) -> Iterator[Hint]:
    limits = (("the price", around.price), ("the published value", around.value))
    for name, limit in limits:
        if limit is not None and amount > limit:
            yield Hint(
                Rule.MORE_MONEY,
                f"{with_unit(amount, '£')} is more than {name}, {with_unit(limit, '£')}.",
                "What is spent or given under a contract usually comes out of what it pays.",
                "Check the noughts, and where the money comes from.",
            )
            return


def _above_weeks(
    amount: Fraction, leaf: Single, workforce: Stated, around: Circumstances
) -> Iterator[Hint]:
    years = _years(leaf, around)
    most = workforce.amount * years * WEEKS_A_YEAR
    if amount > most:
        yield Hint(
            Rule.MORE_WEEKS,
            f"{with_unit(amount, 'weeks')} are promised for {_span(years)}, which has "
            f"{with_unit(most, 'weeks', 1)} for {workforce.words} if each looks after one "
            "person at a time.",
            "That is more weeks than there are.",
            "Check both numbers, and how many can take part at the same time.",
        )


def _too_many_hours(
    said: str, most: Fraction, workforce: Stated, around: Circumstances, span: str
) -> Hint:
    return Hint(
        Rule.MORE_HOURS,
        f"{said} {workforce.words} can work {with_unit(most, 'hours', 2)} in {span}, at "
        f"{with_unit(around.hours_a_year, 'hours')} each a year (Tenth assumes this; it has no "
        "source for it).",
        "That leaves no hour for any other work.",
        "Check the number, and how long the hours are for.",
    )


def _hours_a_year(promise: Promise, around: Circumstances) -> Iterator[Fraction]:
    """The hours a promise asks in a year; of several ways to meet a target none is added."""
    leaf = promise.measure
    if not isinstance(leaf, Single) or leaf.lower_is_better or len(leaf.parts) > 1:
        return
    name = leaf.parts[0].id
    unit = promise.units.get(name, "")
    if name in promise.quantities and unit in OF_TIME:
        yield promise.quantities[name] * OF_TIME[unit] / _years(leaf, around)


def _years(leaf: Single, around: Circumstances) -> Fraction:
    """The years a promise is for: the whole contract where its target grows with it, else one."""
    grows = leaf.target is not None and WHOLE_CONTRACT & set(leaf.target.bases)
    if not grows or not around.months or around.months <= 0:
        return ONE_YEAR
    return around.months / MONTHS_A_YEAR


def _span(years: Fraction) -> str:
    months = years * MONTHS_A_YEAR
    return "one year" if months == MONTHS_A_YEAR else with_unit(months, "months", 2)
