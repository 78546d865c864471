"""How far an offer reaches its target: exact fractions from 0 to 1, and no Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from metrics.grammar import (
    Refused,
    naming,
    quote,
    read_id,
    read_list,
    read_number,
    read_object,
    read_word,
)

__all__ = [
    "AllOf",
    "AnyOf",
    "Measure",
    "Part",
    "Refused",
    "Single",
    "Target",
    "attainment",
    "bases_used",
    "is_undetermined",
    "leaves",
    "measure_ids",
    "quantity",
    "read_measure",
    "read_number",
    "read_target",
    "required",
]

BLOCKS = ("floor", "ceil", "pro_rata")
# What each kind of target must say, and what it may say besides.
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "absolute": (("value",), ()),
    "share": (("percent", "base"), ()),
    "ratio": (("value", "per", "base"), ("blocks", "years")),
    "period": (("value", "base"), ()),
    "undetermined": ((), ("printed",)),
}
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Target:
    """What is asked for; `amount` is the value, or the percentage of a share."""

    kind: str
    amount: Fraction = ZERO
    base: str | None = None
    per: Fraction = ONE
    blocks: str = "pro_rata"
    years: str | None = None

    @property
    def bases(self) -> list[str]:
        """The quantities it is worked out from."""
        return [name for name in (self.base, self.years) if name is not None]


@dataclass(frozen=True)
class Part:
    """A quantity the bidder states, and what one of it counts for."""

    id: str
    unit_value: Fraction = ONE


@dataclass(frozen=True)
class Single:
    """One quantity, or one monetised sum, held against one target."""

    parts: tuple[Part, ...]
    target: Target | None = None
    lower_is_better: bool = False


@dataclass(frozen=True)
class AnyOf:
    """The best of several."""

    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class AllOf:
    """The worst of several."""

    measures: tuple[Measure, ...]


Measure = Single | AnyOf | AllOf


def read_target(value: object) -> Target:
    """A target as published, its grammar checked."""
    if not isinstance(value, Mapping):
        raise Refused(f"a target is an object, not {quote(value)}")
    kind = read_word(value.get("kind"), tuple(KINDS), "kind of target")
    needs, may = KINDS[kind]
    fields = read_object(value, needs=("kind", *needs), may=may)
    if kind == "undetermined":
        return Target("undetermined")
    amount = read_number(fields["percent" if kind == "share" else "value"])
    if amount < 0:
        raise Refused("a target below 0 asks for nothing")
    per = read_number(fields.get("per", "1"))
    if per <= 0:
        raise Refused('"per" must be above 0')
    return Target(
        kind=kind,
        amount=amount,
        base=read_id(fields["base"]) if "base" in fields else None,
        per=per,
        blocks=read_word(fields.get("blocks", "pro_rata"), BLOCKS, "way to count blocks"),
        years=read_id(fields["years"]) if "years" in fields else None,
    )


def read_measure(measure: object, *, target_needed: bool = True) -> Measure:
    """A measure as published, its grammar checked."""
    if isinstance(measure, Mapping) and ("any_of" in measure or "all_of" in measure):
        kind = "any_of" if "any_of" in measure else "all_of"
        inner = read_list(read_object(measure, needs=(kind,))[kind])
        if not inner:
            raise Refused(f'"{kind}" holds no measure')
        measures = tuple([read_measure(one, target_needed=target_needed) for one in inner])
        return AnyOf(measures) if kind == "any_of" else AllOf(measures)
    if isinstance(measure, Mapping) and "sum_of" in measure:
        needs, may = ["sum_of"], ["id", "direction"]
    else:
        needs, may = ["id"], ["direction"]
    (needs if target_needed else may).append("target")
    fields = read_object(measure, needs=needs, may=may)
    name = read_id(fields["id"]) if "id" in fields else None
    with naming("measure" if name is None else f"measure {quote(name)}"):
        return _read_single(fields, name)


def _read_single(fields: Mapping[str, object], name: str | None) -> Single:
    if "sum_of" in fields:
        parts = tuple([_read_part(part) for part in read_list(fields["sum_of"])])
    else:
        parts = (Part(str(name)),)
    if not parts:
        raise Refused('"sum_of" holds no quantity')
    direction = read_word(fields.get("direction", "higher"), ("higher", "lower"), "direction")
    target = read_target(fields["target"]) if "target" in fields else None
    return Single(parts, target, direction == "lower")


def _read_part(value: object) -> Part:
    fields = read_object(value, needs=("id", "unit_value"))
    unit_value = read_number(fields["unit_value"])
    if unit_value < 0:
        raise Refused(f"the unit value of {quote(fields['id'])} is below 0")
    return Part(read_id(fields["id"]), unit_value)


def leaves(measure: Measure) -> Iterator[Single]:
    """Every single quantity or sum in it."""
    if isinstance(measure, Single):
        yield measure
    else:
        for inner in measure.measures:
            yield from leaves(inner)


def measure_ids(measure: Measure) -> list[str]:
    """The quantities a bidder must state, each once, in the order printed."""
    return list(dict.fromkeys(part.id for leaf in leaves(measure) for part in leaf.parts))


def bases_used(measure: Measure) -> set[str]:
    """The bases its targets are worked out from."""
    return {name for leaf in leaves(measure) if leaf.target for name in leaf.target.bases}


def is_undetermined(measure: Measure) -> bool:
    """Whether some target in it is still to be set by the authority."""
    return any(leaf.target and leaf.target.kind == "undetermined" for leaf in leaves(measure))


def required(target: Target, bases: Mapping[str, Fraction]) -> Fraction:
    """The quantity that reaches the target in full."""
    if target.kind == "undetermined":
        raise Refused("its target is undetermined: the authority must set it first")
    base = ONE if target.base is None else _base(target.base, bases)
    if target.kind == "share":
        return target.amount * base / 100
    if target.kind != "ratio":
        return target.amount * base
    blocks = base / target.per
    if target.blocks == "floor":
        blocks = Fraction(blocks.numerator // blocks.denominator)
    elif target.blocks == "ceil":
        blocks = Fraction(-(-blocks.numerator // blocks.denominator))
    years = ONE if target.years is None else _base(target.years, bases)
    return target.amount * blocks * years


def _base(name: str, bases: Mapping[str, Fraction]) -> Fraction:
    if name not in bases:
        raise Refused(f"the base {quote(name)} is missing")
    if bases[name] <= 0:
        raise Refused(f"the base {quote(name)} must be above 0")
    return bases[name]


def quantity(measure: Single, quantities: Mapping[str, Fraction]) -> Fraction:
    """What is offered: the quantity stated, or the sum of them at their unit values."""
    total = ZERO
    for part in measure.parts:
        if part.id not in quantities:
            raise Refused(f"the quantity {quote(part.id)} is missing (0 is an answer)")
        if quantities[part.id] < 0:
            raise Refused(f"the quantity {quote(part.id)} is below 0")
        total += quantities[part.id] * part.unit_value
    return total


def attainment(
    measure: Measure, quantities: Mapping[str, Fraction], bases: Mapping[str, Fraction]
) -> Fraction:
    """How much of the target is reached: 0 for nothing, 1 in full, never more."""
    if not isinstance(measure, Single):
        reached = [attainment(inner, quantities, bases) for inner in measure.measures]
        return max(reached) if isinstance(measure, AnyOf) else min(reached)
    if measure.target is None:
        raise Refused("it has no target")
    offered = quantity(measure, quantities)
    needed = required(measure.target, bases)
    if measure.lower_is_better:
        return ONE if offered <= needed else needed / offered
    return ONE if offered >= needed else offered / needed
