"""What a sheet would change in a year's plan: column by column, before anything is applied."""

from collections.abc import Mapping, Sequence

from metrics.sheets.changes import Changed, Changes, fields_between
from tenders.sheets.cells import BLANK, cells_of
from tenders.sheets.columns import HEADINGS

# How a row is told apart is nothing that a reader sees change.
SHOWN = {key: heading for key, heading in HEADINGS.items() if key != "reference"}


def changes_of(held: Mapping[str, Mapping], rows: Sequence[Mapping]) -> Changes:
    """The rows of a sheet beside the contracts of the same references."""
    named = {row["id"] for row in rows}
    compared = [(row, _compare(held.get(row["id"]), row)) for row in rows]
    return Changes(
        added=tuple([one for row, one in compared if row["id"] not in held]),
        changed=tuple([one for row, one in compared if row["id"] in held and one.fields]),
        unchanged=tuple([row["title"] for row, one in compared if not one.fields]),
        missing=tuple(
            [Changed(None, one["title"], ()) for key, one in held.items() if key not in named]
        ),
    )


def _compare(held: Mapping | None, row: Mapping) -> Changed:
    fields = fields_between(SHOWN, cells_of(held) if held else BLANK, cells_of(row))
    return Changed(None, held["title"] if held else row["title"], fields)
