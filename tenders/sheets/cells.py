"""A planned contract as the cells of its row, and whole plans as files."""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook

from metrics.sheets.cells import shown, word_for
from metrics.sheets.writing import csv_of, saved, write_help, write_rows
from tenders.planned import Line, content_of
from tenders.sheets.columns import (
    COLUMNS,
    HELP_SHEET,
    KINDS,
    NUMBERS,
    SHEET,
    SUITABLE,
    WORKED_OUT,
)

BLANK = {column.key: "" for column in COLUMNS}


def cells_of(content: Mapping) -> dict[str, str]:
    """Every column that a person fills in, in the words that a sheet uses."""
    cells = {
        **BLANK,
        "reference": content["id"] or "",
        "title": content["title"],
        "kind": content["kind"],
        "contract_value": content["contract_value"],
        "months": str(content["months"]),
        "begins_on": content["begins_on"],
        "responsible": content["responsible"],
        "target_groups": "; ".join(content["target_groups"]),
        "programmes": "; ".join(content["programmes"]),
        "suitability": word_for(content["suitability"], SUITABLE),
        "suitability_reason": content["suitability_reason"],
        "charter": content["charter"],
    }
    return {key: shown(text) for key, text in cells.items()}


def row_of(line: Line) -> dict[str, str]:
    """The same, with the band and what the policy will require."""
    worked_out = dict(zip(WORKED_OUT, (line.band.words, line.words), strict=True))
    return {**cells_of(content_of(line.planned)), **worked_out}


def as_csv(lines: Iterable[Line]) -> bytes:
    """Headings and a row for each planned contract."""
    return csv_of(COLUMNS, map(row_of, lines))


def as_workbook(lines: Iterable[Line], charters: Sequence[str]) -> bytes:
    """The plan, and how to fill it in; without lines a file to begin from."""
    book = Workbook()
    offered = {"kind": list(KINDS), "suitability": list(SUITABLE), "charter": list(charters)}
    write_rows(book.active, SHEET, COLUMNS, map(row_of, lines), numbers=NUMBERS, offered=offered)
    # The reference and the title stay in sight.
    book.active.freeze_panes = "C2"
    write_help(book.create_sheet(HELP_SHEET), HELP)
    return saved(book)


HELP = (
    ("This file", "Each row of the sheet “Plan” is one planned contract of one financial year."),
    ("Matching", "A row changes the contract of its reference, or else of its title."),
    ("Leaving out", "A contract that is not in the file stays, unless you choose otherwise."),
    ("Columns", "A column may be left out unless it is needed; what it says then stays."),
    ("Formulas", "A file with a formula in any cell is refused. Paste values in its place."),
    *[(column.heading, column.note) for column in COLUMNS],
)
