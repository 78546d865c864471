"""A metric's content as the cells of its row."""

from collections.abc import Mapping
from decimal import Decimal

from design.fields import UNSTORABLE
from design.numbers import plain_digits
from metrics.parts import MOST_PARTS, ONE, Apart, Part, put_together, take_apart
from metrics.sheets.columns import (
    ANSWERS,
    AS_IT_IS,
    COLUMNS,
    CONCERNS,
    DIRECTIONS,
    JOINS,
    KINDS,
    ROUNDINGS,
    part_key,
)
from metrics.sheets.tables import clean

BLANK = {column.key: "" for column in COLUMNS}
AS_TEXT = (
    "short_title",
    "wording",
    "target_text",
    "evidence_text",
    "source",
    "geography",
    "geography_definition",
    "principle",
)


def cells_of(content: Mapping) -> dict[str, str]:
    """Every column of the metric's row, in the words that a sheet uses."""
    cells = {
        **BLANK,
        **{key: content[key] for key in AS_TEXT},
        "number": str(content["number"]),
        "answered_by": word_for(content["answered_by"], ANSWERS),
        "overlaps": "; ".join(str(number) for number in content["overlaps"]),
        **_scope(content),
        **_target(content),
    }
    return {key: shown(text) for key, text in cells.items()}


def shown(text: str) -> str:
    """Text as a file can hold it."""
    return clean(UNSTORABLE.sub("\ufffd", clean(text)))


def plain_parts(content: Mapping) -> Apart | None:
    """The parts of a target, where a row can hold all there is to it."""
    held = (content["measure"], list(content["later_measures"]), list(content["quantities"]))
    apart = take_apart(*held)
    if apart is None or len(apart.parts) > MOST_PARTS or put_together(apart) != held:
        return None
    return apart


def word_for(value: str, words: Mapping[str, str]) -> str:
    """The word that stands for a value."""
    return next((word for word, meant in words.items() if meant == value), "")


def base_cell(base: Mapping) -> str:
    """A base in one cell: its name, its unit, who gives it."""
    label = " ".join(base["label"].split())
    return shown(f"{label}; {base['unit']}; {base['stated_by']}")


def _scope(content: Mapping) -> dict[str, str]:
    applies, track = content["applies_to"], content["track_record"]
    cells: dict[str, str] = {}
    if applies:
        cells |= {
            "applies.words": applies["words"],
            "applies.who": word_for(applies["who"], CONCERNS),
            "applies.at_least": _digits(applies.get("at_least", "")),
            "applies.unit": applies.get("unit", ""),
        }
    if track:
        cells |= {
            "track.label": track["label"],
            "track.unit": track["unit"],
            "track.months": str(track["months"]),
        }
    return cells


def _target(content: Mapping) -> dict[str, str]:
    apart = plain_parts(content)
    if apart is None:
        return {"join": AS_IT_IS}
    cells = {"join": "" if apart.join == ONE else word_for(apart.join, JOINS)}
    bases = {base["id"]: base for base in content["bases"]}
    for at, part in enumerate(apart.parts, start=1):
        of_part = _part(part, bases)
        cells |= {part_key(at, key): text for key, text in of_part.items()}
    return cells


def _part(part: Part, bases: Mapping[str, Mapping]) -> dict[str, str]:
    return {
        "label": part.label,
        "unit": part.unit,
        "direction": word_for(part.direction, DIRECTIONS),
        "kind": word_for(part.kind, KINDS),
        "amount": _digits(part.amount),
        "base": base_cell(bases[part.base]) if part.base else "",
        "per": _digits(part.per),
        "rounding": word_for(part.blocks, ROUNDINGS),
        "years": base_cell(bases[part.years]) if part.years else "",
        "later": "; ".join(f"{step.starts}: {_digits(step.amount)}" for step in part.later),
    }


def _digits(number: str) -> str:
    return plain_digits(Decimal(number)) if number else ""
