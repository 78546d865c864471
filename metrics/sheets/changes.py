"""What a sheet would change: field by field, before anything is applied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.sheets.cells import BLANK, cells_of
from metrics.sheets.columns import HEADINGS


@dataclass(frozen=True)
class Field:
    """One column of one row that would say something else."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """One row, and what would be said of it; nothing before for one that is new.

    A metric has a number; what is known by its title alone has none.
    """

    number: int | None
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Changes:
    """All that a sheet would change, and what it leaves out."""

    added: tuple[Changed, ...]
    changed: tuple[Changed, ...]
    unchanged: tuple[int | str, ...]
    missing: tuple[Changed, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the sheet says what is kept already, of everything."""
        return not (self.added or self.changed or self.missing)


def changes_of(held: Mapping[int, Mapping], rows: Sequence[Mapping]) -> Changes:
    """The rows of a sheet beside the metrics of the same numbers."""
    by_number = {row["number"]: row for row in rows}
    compared = {number: _compare(held.get(number), row) for number, row in by_number.items()}
    in_order = [compared[number] for number in sorted(compared)]
    return Changes(
        added=tuple([one for one in in_order if one.number not in held]),
        changed=tuple([one for one in in_order if one.number in held and one.fields]),
        unchanged=tuple([number for number in sorted(compared) if not compared[number].fields]),
        missing=tuple(
            [
                Changed(number, held[number]["short_title"], ())
                for number in sorted(held)
                if number not in by_number
            ]
        ),
    )


def _compare(held: Mapping | None, row: Mapping) -> Changed:
    fields = fields_between(HEADINGS, cells_of(held) if held else BLANK, cells_of(row))
    return Changed(row["number"], row["short_title"], fields)


def fields_between(
    headings: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[Field, ...]:
    """The columns in which two rows differ."""
    return tuple(
        [
            Field(heading, before[key], after[key])
            for key, heading in headings.items()
            if before[key] != after[key]
        ]
    )
