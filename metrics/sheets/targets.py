"""The target columns of one row to parts, bases and a measure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from charter.names import free_name
from metrics.bases import FIXED, bases_for, id_for
from metrics.parts import ALL, ANY, MOST_PARTS, ONE, Apart, Later, Part, put_together
from metrics.sheets.cells import plain_parts
from metrics.sheets.columns import (
    ASKS,
    DIRECTIONS,
    GIVERS,
    KINDS,
    PART_KEYS,
    ROUNDINGS,
    part_key,
)
from metrics.sheets.rows import Row, day_in, shortened
from metrics.units import UNITS

STEP = re.compile(r"(\S+?)\s*:\s*(\S+)")


@dataclass
class Names:
    """What a catalogue counts in and works from, and which ids are taken; grows while read."""

    units: dict[str, str]
    bases: list[dict]
    quantity_ids: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, held: Iterable[Mapping]) -> "Names":
        """Those of the metrics that are there, and the ones every catalogue knows."""
        contents = list(held)
        quantities = [one for content in contents for one in content["quantities"]]
        bases = [dict(base) for content in contents for base in content["bases"]]
        used = [one["unit"] for one in (*quantities, *bases)]
        return cls(
            units={unit: unit for unit in (*UNITS, *used)},
            bases=[*bases, *[dict(base) for base in FIXED]],
            quantity_ids={one["id"] for one in quantities},
        )

    def __post_init__(self) -> None:
        self.by_description: dict[tuple, dict] = {}
        self.by_name: dict[str, dict] = {}
        for base in self.bases:
            self._index(base)

    def base(self, label: str, unit: str, giver: str, own: Iterable[dict]) -> dict:
        """The base so described: the metric's own, a known one, or a new one."""
        new = {"label": label, "unit": unit, "stated_by": giver}
        same = [base for base in own if _description(base) == _description(new)]
        if same:
            return same[0]
        if _description(new) not in self.by_description:
            new = {"id": id_for(label, [base["id"] for base in self.bases]), **new}
            self.bases.append(new)
            self._index(new)
        return self.by_description[_description(new)]

    def called(self, name: str, own: Iterable[dict]) -> dict | None:
        """The base of this name or id."""
        wanted = _folded(name)
        named = [base for base in own if wanted in (_folded(base["label"]), base["id"])]
        return named[0] if named else self.by_name.get(wanted)

    def _index(self, base: dict) -> None:
        self.by_description.setdefault(_description(base), base)
        self.by_name.setdefault(_folded(base["label"]), base)
        self.by_name.setdefault(base["id"], base)

    def quantity_id(self, number: int, part: int) -> str:
        """The id of a quantity that is new."""
        stem = f"m{number}" if part == 1 else f"m{number}_{part}"
        name = free_name(stem, self.quantity_ids, joint="_")
        self.quantity_ids.add(name)
        return name


def read_target(row: Row, number: int, held: Mapping | None, join: str, names: Names) -> dict:
    """Measure, later measures, quantities, bases and unit, as far as the row is sound."""
    found = row.problems.count
    filled = [part for part in range(1, MOST_PARTS + 1) if _is_filled(row, part)]
    if filled != list(range(1, len(filled) + 1)) or not filled:
        row.refuse("", "fill in part 1 first, then part 2, then part 3.")
        return {}
    if (len(filled) > 1) != (join in (ANY, ALL)):
        words = "say how the parts join." if len(filled) > 1 else "there is one part: leave this."
        row.refuse("join", words)
    own = held["bases"] if held else []
    before = plain_parts(held) if held else None
    ids = [part.id for part in before.parts] if before else []
    parts = []
    for part in filled:
        name = ids[part - 1] if part <= len(ids) else names.quantity_id(number, part)
        parts.append(_read_part(row, part, name, own, names))
    if row.problems.count != found:
        return {}
    return _put(Apart(join if len(filled) > 1 else ONE, tuple(parts)), own, names)


def _put(apart: Apart, own: list[dict], names: Names) -> dict:
    measure, later, quantities = put_together(apart)
    measures = [measure, *[step["measure"] for step in later]]
    known: dict[str, dict] = {}
    for base in (*own, *names.bases):
        known.setdefault(base["id"], base)
    return {
        "measure": measure,
        "later_measures": later,
        "quantities": quantities,
        "bases": bases_for(measures, before=own, known=known),
        "unit": quantities[0]["unit"],
    }


def _is_filled(row: Row, part: int) -> bool:
    return any(row.cells[part_key(part, key)] for key in PART_KEYS)


def _read_part(row: Row, part: int, name: str, own: list[dict], names: Names) -> Part:
    def key(of: str) -> str:
        return part_key(part, of)

    kind = row.choice(key("kind"), KINDS, "a kind of target", needed=True)
    _check_asked(row, part, kind)
    unit = row.choice(key("unit"), names.units, "a unit", needed=True)
    sign = "£" if unit == "£" else "%" if kind == "share" or unit == "%" else ""
    return Part(
        id=name,
        label=row.line(key("label"), most=300, needed=True),
        unit=unit,
        kind=kind,
        amount=row.digits(key("amount"), sign=sign),
        base=_read_base(row, key("base"), own, names),
        per=_read_per(row, key("per")),
        blocks=row.choice(key("rounding"), ROUNDINGS, "a way to count part blocks"),
        years=_read_base(row, key("years"), own, names),
        direction=row.choice(key("direction"), DIRECTIONS, "a direction") or "higher",
        printed=row.cells["target_text"] if kind == "undetermined" else "",
        later=_read_steps(row, key("later"), sign),
    )


def _check_asked(row: Row, part: int, kind: str) -> None:
    """Each kind of target says what it needs, and nothing that means nothing there."""
    if not kind:
        return
    needs, may = ASKS[kind]
    word = next(word for word, meant in KINDS.items() if meant == kind)
    for of in ("amount", "base", "per", "rounding", "years", "later"):
        key = part_key(part, of)
        if of in needs and not row.cells[key]:
            row.refuse(key, f"this is empty, and the kind “{word}” needs it.")
        if of not in (*needs, *may) and row.cells[key]:
            row.refuse(key, f"this means nothing beside the kind “{word}”. Leave it empty.")


def _read_per(row: Row, key: str) -> str:
    digits = row.digits(key)
    if digits == "0":
        row.refuse(key, "this must be above 0.")
    return digits


def _read_base(row: Row, key: str, own: list[dict], names: Names) -> str:
    typed = row.line(key, most=500)
    if not typed:
        return ""
    told = [one.strip() for one in typed.rsplit(";", 2)]
    if len(told) == 3 and all(told):
        unit = row.read_choice(key, told[1], names.units, "a unit")
        giver = row.read_choice(key, told[2], GIVERS, "somebody who gives a number")
        return names.base(told[0], unit, giver, own)["id"] if unit and giver else ""
    base = names.called(typed, own)
    if base is None:
        hint = row.hint(typed, [one["label"] for one in names.bases])
        row.refuse(
            key,
            f"“{shortened(typed)}” is no base of this catalogue.{hint} Write a new one as its "
            "name, its unit and who gives it: “People employed on the contract; people; bidder”.",
        )
        return ""
    return base["id"]


def _read_steps(row: Row, key: str, sign: str) -> tuple[Later, ...]:
    steps: dict[str, str] = {}
    for typed in [one.strip() for one in row.cells[key].split(";") if one.strip()]:
        match = STEP.fullmatch(typed)
        found = day_in(match[1]) if match else None
        if match is None or found is None:
            row.refuse(
                key,
                f"“{shortened(typed)}” is not a day and an amount. Write “2030-01-01: 100”.",
            )
            continue
        day = found.isoformat()
        if day in steps:
            row.refuse(key, f"the day {day} is there twice.")
        if amount := row.read_digits(key, match[2], sign=sign):
            steps[day] = amount
    return tuple([Later(day, steps[day]) for day in sorted(steps)])


def _description(base: Mapping) -> tuple[str, str, str]:
    return _folded(base["label"]), base["unit"], base["stated_by"]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
