"""How far a commitment reaches, in words: "This is 4.2 per 50 people; the target is 1 per 50"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bids.amounts import percent_reached, reached_in_words
from design.numbers import said
from metrics.attainment import (
    AllOf,
    AnyOf,
    Measure,
    Refused,
    Single,
    Target,
    attainment,
    leaves,
    quantity,
    read_measure,
    read_number,
    required,
)
from metrics.units import with_unit

EACH = {"months": "a month", "years": "a year"}


@dataclass(frozen=True)
class Units:
    """The unit of what is committed, of each quantity and of each base."""

    whole: str
    quantities: Mapping[str, str]
    bases: Mapping[str, str]
    labels: Mapping[str, str]

    def of(self, leaf: Single) -> str:
        """The unit of one quantity, or of a sum."""
        if len(leaf.parts) == 1:
            return self.quantities.get(leaf.parts[0].id, self.whole)
        return self.whole


@dataclass(frozen=True)
class Reach:
    """What a commitment comes to, against its target: sentences, and how much of it."""

    sentences: tuple[str, ...]
    fraction: Fraction | None

    @property
    def is_met(self) -> bool:
        return self.fraction == 1

    @property
    def percent(self) -> Fraction | None:
        """As a chart draws it; None where it cannot be told."""
        return None if self.fraction is None else percent_reached(self.fraction)

    @property
    def summary(self) -> str:
        """Met or not, in words."""
        if self.fraction is None:
            return ""
        if self.is_met:
            return "That meets the target in full."
        return f"That is {reached_in_words(self.fraction)} of what the target asks for."


def reach(
    measure: Mapping[str, object],
    quantities: Mapping[str, str],
    bases: Mapping[str, str],
    units: Units,
) -> Reach:
    """What these quantities come to under a published measure."""
    asked = read_measure(measure)
    offered = {name: read_number(number) for name, number in quantities.items()}
    known = {name: read_number(number) for name, number in bases.items()}
    sentences = tuple(_sentences(asked, offered, known, units))
    try:
        return Reach(sentences, attainment(asked, offered, known))
    except Refused:
        return Reach(sentences, None)


def _sentences(
    asked: Measure,
    offered: Mapping[str, Fraction],
    known: Mapping[str, Fraction],
    units: Units,
) -> Iterator[str]:
    if isinstance(asked, AnyOf):
        yield "The target can be met in more than one way; the best of them counts."
    if isinstance(asked, AllOf):
        yield "The target has several parts; the one reached least counts."
    for leaf in leaves(asked):
        yield from _about(leaf, offered, known, units)


def _about(
    leaf: Single,
    offered: Mapping[str, Fraction],
    known: Mapping[str, Fraction],
    units: Units,
) -> Iterator[str]:
    target = leaf.target
    if target is None or target.kind == "undetermined":
        yield "The authority has not set a target for this. Say what you will do, and how much."
        return
    missing = [name for name in target.bases if known.get(name, Fraction(0)) <= 0]
    if missing:
        names = " and ".join(f"“{units.labels.get(name, name)}”" for name in missing)
        yield f"Give the number for {names} to see what the target asks of you."
        return
    needed = required(target, known)
    least = "no more than " if leaf.lower_is_better else ""
    yield (
        f"The target for you is {least}{_amount(needed, units.of(leaf))}"
        f"{_because(target, known, units)}."
    )
    try:
        stated = quantity(leaf, offered)
    except Refused:
        return
    yield (
        f"This is {_rate(stated, target, known, units.of(leaf), units)}; the target is "
        f"{least}{_rate(needed, target, known, units.of(leaf), units, target.amount)}."
    )


def _because(target: Target, known: Mapping[str, Fraction], units: Units) -> str:
    """What the target is worked out from."""
    if target.base is None:
        return ""
    stated = _amount(known[target.base], units.bases.get(target.base, ""))
    if target.kind == "share":
        return f": {said(target.amount)}% of {stated}"
    per = f" per {_amount(target.per, '')}" if target.kind == "ratio" else ""
    each = f" {EACH.get(target.years, '')}" if target.years else ""
    if target.kind == "period":
        return f": {said(target.amount)} {EACH.get(target.base, 'each')} for {stated}"
    return f": {said(target.amount)}{per}{each}, for {stated}"


def _rate(
    amount: Fraction,
    target: Target,
    known: Mapping[str, Fraction],
    unit: str,
    units: Units,
    as_published: Fraction | None = None,
) -> str:
    """An amount the way the target speaks of it: per 50 people, as a share, a month."""
    if target.base is None:
        return _amount(amount, unit)
    base = known[target.base]
    base_unit = units.bases.get(target.base, "")
    if target.kind == "share":
        return f"{_shown(as_published, amount * 100 / base)}% of {_amount(base, base_unit)}"
    if target.kind == "period":
        each = EACH.get(target.base, f"for each of {_amount(base, base_unit)}")
        return f"{_amount(_value(as_published, amount / base), unit)} {each}"
    years = known[target.years] if target.years else Fraction(1)
    value = _value(as_published, amount * target.per / base / years)
    each = f" {EACH.get(target.years, 'each')}" if target.years else ""
    return f"{_shown(None, value)} per {_amount(target.per, base_unit)}{each}"


def _value(published: Fraction | None, worked_out: Fraction) -> Fraction:
    return worked_out if published is None else published


def _shown(published: Fraction | None, worked_out: Fraction) -> str:
    return said(_value(published, worked_out), 2) if published is None else said(published)


def _amount(value: Fraction, unit: str) -> str:
    return with_unit(value, unit, 2)
