"""Metrics to CSV and to an Excel workbook; no cell of either is run by a spreadsheet program."""

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from defusedcsv import csv
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from metrics.sheets.cells import cells_of, shown
from metrics.sheets.columns import (
    ANSWERS,
    BASES_SHEET,
    COLUMNS,
    CONCERNS,
    DIRECTIONS,
    HELP_SHEET,
    JOINS,
    KINDS,
    NUMBERS,
    ROUNDINGS,
    SHEET,
)
from metrics.sheets.comma_files import KEPT_FROM_RUNNING
from metrics.sheets.tables import DIGITS, NUMBER
from metrics.units import UNITS

HEAD = PatternFill("solid", fgColor="0D4F4C")
HEAD_FONT = Font(bold=True, color="FFFFFF")
TOP = Alignment(vertical="top", wrap_text=True)
BASE_HEADINGS = ("Name", "Unit", "Who gives it", "As a cell")
# How far down a list of words is offered in a column.
LAST_OFFERED = 1001


def as_csv(contents: Iterable[Mapping]) -> bytes:
    """Headings and a row for each metric, in UTF-8 with the mark that Excel looks for."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.heading for column in COLUMNS])
    for content in contents:
        cells = cells_of(content)
        writer.writerow([kept_from_running(cells[column.key]) for column in COLUMNS])
    return file.getvalue().encode("utf-8-sig")


def kept_from_running(text: str) -> str:
    """A second apostrophe where a text begins as if defusedcsv had escaped it."""
    return f"'{text}" if text.startswith("'") and text[1:].startswith(KEPT_FROM_RUNNING) else text


def as_workbook(
    contents: Sequence[Mapping], bases: Sequence[Mapping], principles: Mapping[str, str]
) -> bytes:
    """The metrics, the bases that are known, and how to fill the sheet in."""
    book = Workbook()
    _write_metrics(book.active, contents, list(principles))
    _write_bases(book.create_sheet(BASES_SHEET), bases)
    _write_help(book.create_sheet(HELP_SHEET), principles)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_metrics(sheet: Worksheet, contents: Iterable[Mapping], principles: list[str]) -> None:
    sheet.title = SHEET
    _write_head(sheet, [(column.heading, column.width) for column in COLUMNS])
    # The number and the short title stay in sight.
    sheet.freeze_panes = "D2"
    for at, content in enumerate(contents, start=2):
        cells = cells_of(content)
        for place, column in enumerate(COLUMNS, start=1):
            put(sheet.cell(at, place), cells[column.key], is_number=column.key in NUMBERS)
    _offer(sheet, principles)


def put(cell: Cell, text: str, *, is_number: bool = False) -> None:
    """A number as a number where a workbook keeps it exactly; all else as text, never run."""
    cell.alignment = TOP
    if is_number and NUMBER.fullmatch(text) and sum(map(str.isdigit, text)) <= DIGITS:
        cell.value = Decimal(text.replace(",", ""))
    elif text:
        cell.value = text
        # openpyxl would take a text that begins with "=" for a formula.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(KEPT_FROM_RUNNING)


def _write_head(sheet: Worksheet, headings: Sequence[tuple[str, int]]) -> None:
    for place, (heading, width) in enumerate(headings, start=1):
        cell = sheet.cell(1, place)
        put(cell, heading)
        cell.font, cell.fill = HEAD_FONT, HEAD
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, principles: list[str]) -> None:
    """Lists to choose from; a word of one's own may still be typed and is checked on upload."""
    offered = {
        "principle": principles,
        "answered_by": list(ANSWERS),
        "join": list(JOINS),
        "applies.who": list(CONCERNS),
        "kind": list(KINDS),
        "direction": list(DIRECTIONS),
        "rounding": list(ROUNDINGS),
    }
    for place, column in enumerate(COLUMNS, start=1):
        words = offered.get(column.key) or offered.get(column.key.partition(".")[2])
        # The list of a cell takes no more than 255 characters, and commas part its words.
        if words and len(",".join(words)) < 250 and not any('"' in one for one in words):
            rule = DataValidation("list", formula1=f'"{",".join(words)}"', showErrorMessage=False)
            letter = get_column_letter(place)
            rule.add(f"{letter}2:{letter}{LAST_OFFERED}")
            sheet.add_data_validation(rule)


def _write_bases(sheet: Worksheet, bases: Sequence[Mapping]) -> None:
    _write_head(sheet, list(zip(BASE_HEADINGS, (60, 14, 14, 80), strict=True)))
    for at, base in enumerate(bases, start=2):
        told = [shown(base[key]) for key in ("label", "unit", "stated_by")]
        for place, text in enumerate([*told, "; ".join(told)], start=1):
            put(sheet.cell(at, place), text)


def _write_help(sheet: Worksheet, principles: Mapping[str, str]) -> None:
    _write_head(sheet, [("Column or word", 32), ("What goes in", 110)])
    rows = [
        ("This file", "Each row of the sheet “Metrics” is one metric. Change, add or leave rows."),
        ("Matching", "A row changes the metric of the same number. A new number is a new metric."),
        ("Leaving out", "A metric that is not in the file stays, unless you choose otherwise."),
        ("Columns", "A column may be left out; what it says of each metric then stays."),
        ("Notes", "Notes on faults of the source are not in this file. They stay as they are."),
        ("Formulas", "A file with a formula in any cell is refused. Paste values in its place."),
        *[(column.heading, column.note) for column in COLUMNS],
        ("Units", ", ".join(UNITS)),
        *[(f"Principle {code}", title) for code, title in principles.items()],
    ]
    for at, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            put(sheet.cell(at, place), shown(text))
