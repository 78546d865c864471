"""A metric's measure taken apart into plain parts, as a form or a spreadsheet row holds them.

A part is one quantity and its target. Several parts are joined by `any` (the best counts) or
`all` (the worst counts). A measure nested deeper has no parts: it is kept as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

ONE, ANY, ALL = "one", "any", "all"
JOINS = {ANY: "any_of", ALL: "all_of"}
MOST_PARTS = 3


@dataclass(frozen=True)
class Later:
    """From a day on, another amount takes the place of the first."""

    starts: str
    amount: str


@dataclass(frozen=True)
class Part:
    """One quantity and its target; numbers are plain digits, empty where the kind has none."""

    id: str
    label: str
    unit: str
    kind: str
    amount: str = ""
    base: str = ""
    per: str = ""
    blocks: str = ""
    years: str = ""
    direction: str = "higher"
    printed: str = ""
    later: tuple[Later, ...] = ()


@dataclass(frozen=True)
class Apart:
    """A whole measure taken apart."""

    join: str
    parts: tuple[Part, ...]


def take_apart(
    measure: Mapping, later_measures: Sequence[Mapping], quantities: Sequence[Mapping]
) -> Apart | None:
    """The parts of a measure, or None where it is nested, a sum, or changes shape on a day."""
    join, leaves = _leaves(measure)
    if leaves is None:
        return None
    known = {one["id"]: one for one in quantities}
    parts = [_part(leaf, known) for leaf in leaves]
    for step in later_measures:
        then_join, then = _leaves(step["measure"])
        if then is None or then_join != join:
            return None
        steps = [_part(leaf, known) for leaf in then]
        if [_shape(one) for one in steps] != [_shape(one) for one in parts]:
            return None
        parts = [
            replace(one, later=(*one.later, Later(step["from"], next_one.amount)))
            for one, next_one in zip(parts, steps, strict=True)
        ]
    return Apart(join, tuple(parts))


def put_together(apart: Apart) -> tuple[dict, list[dict], list[dict]]:
    """The measure, the later measures and the quantities that the parts come to."""
    days = sorted({later.starts for part in apart.parts for later in part.later})
    later_measures = [
        {"from": day, "measure": _measure(apart.join, [_on(part, day) for part in apart.parts])}
        for day in days
    ]
    quantities = [{"id": one.id, "label": one.label, "unit": one.unit} for one in apart.parts]
    return _measure(apart.join, apart.parts), later_measures, quantities


def _leaves(measure: Mapping) -> tuple[str, list[Mapping] | None]:
    for join, key in JOINS.items():
        if key in measure:
            return join, measure[key] if all(_is_plain(one) for one in measure[key]) else None
    return ONE, [measure] if _is_plain(measure) else None


def _is_plain(measure: Mapping) -> bool:
    return "id" in measure and "sum_of" not in measure


def _part(leaf: Mapping, known: Mapping[str, Mapping]) -> Part:
    target, quantity = leaf["target"], known[leaf["id"]]
    return Part(
        id=leaf["id"],
        label=quantity["label"],
        unit=quantity["unit"],
        kind=target["kind"],
        amount=target.get("percent", target.get("value", "")),
        direction=leaf.get("direction", "higher"),
        **{key: target.get(key, "") for key in ("base", "per", "blocks", "years", "printed")},
    )


def _shape(part: Part) -> Part:
    return replace(part, amount="", later=())


def _on(part: Part, day: str) -> Part:
    begun = [step.amount for step in sorted(part.later, key=_starts) if step.starts <= day]
    return replace(part, amount=begun[-1]) if begun else part


def _starts(step: Later) -> str:
    return step.starts


def _measure(join: str, parts: Sequence[Part]) -> dict:
    leaves = [_leaf(part) for part in parts]
    return leaves[0] if join == ONE else {JOINS[join]: leaves}


def _leaf(part: Part) -> dict:
    target = {"kind": part.kind}
    if part.amount and part.kind != "undetermined":
        target["percent" if part.kind == "share" else "value"] = part.amount
    for key in ("base", "per", "blocks", "years", "printed"):
        if value := getattr(part, key):
            target[key] = value
    leaf: dict = {"id": part.id, "target": target}
    if part.direction == "lower":
        leaf["direction"] = "lower"
    return leaf
