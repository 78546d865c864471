"""Rows to CSV and to an Excel workbook; no cell of either is run by a spreadsheet program."""

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZipFile

from defusedcsv import csv
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

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
from metrics.sheets.rows import Column
from metrics.sheets.tables import DIGITS, NUMBER
from metrics.units import UNITS

HEAD = PatternFill("solid", fgColor="0D4F4C")
HEAD_FONT = Font(bold=True, color="FFFFFF")
TOP = Alignment(vertical="top", wrap_text=True)
BASE_HEADINGS = ("Name", "Unit", "Who gives it", "As a cell")
# How far down a list of words is offered in a column.
LAST_OFFERED = 1001


def as_csv(contents: Iterable[Mapping]) -> bytes:
    """Headings and a row for each metric."""
    return csv_of(COLUMNS, map(cells_of, contents))


def csv_of(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Headings and rows, in UTF-8 with the mark that Excel looks for."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.heading for column in columns])
    for cells in rows:
        writer.writerow([kept_from_running(cells[column.key]) for column in columns])
    return file.getvalue().encode("utf-8-sig")


def kept_from_running(text: str) -> str:
    """A second apostrophe where a text begins as if defusedcsv had escaped it."""
    return f"'{text}" if text.startswith("'") and text[1:].startswith(KEPT_FROM_RUNNING) else text


def as_workbook(
    contents: Sequence[Mapping], bases: Sequence[Mapping], principles: Mapping[str, str]
) -> bytes:
    """The metrics, the bases that are known, and how to fill the sheet in."""
    book = Workbook()
    write_rows(
        book.active,
        SHEET,
        COLUMNS,
        map(cells_of, contents),
        numbers=NUMBERS,
        offered=_offered(list(principles)),
    )
    # The number and the short title stay in sight.
    book.active.freeze_panes = "D2"
    _write_bases(book.create_sheet(BASES_SHEET), bases)
    write_help(book.create_sheet(HELP_SHEET), _help(principles))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """A workbook as the file that somebody takes away."""
    file = io.BytesIO()
    InMemory(book, ZipFile(file, "w", ZIP_DEFLATED)).save()
    return file.getvalue()


class InMemory(ExcelWriter):
    """Writes a workbook without the temporary files in which openpyxl puts every sheet.

    A sheet may hold what is sealed wherever it is kept, so it must not lie on a disk in the clear.
    """

    def write_worksheet(self, ws):
        ws._drawing = SpreadsheetDrawing()
        sheet = WorksheetWriter(ws, out=io.BytesIO())
        sheet.write()
        ws._rels = sheet._rels
        self._archive.writestr(ws.path[1:], sheet.out.getvalue())
        self.manifest.append(ws)


def write_rows(
    sheet: Worksheet,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, str]],
    *,
    numbers: frozenset[str],
    offered: Mapping[str, Sequence[str]],
) -> None:
    """Headings, a row for each, and the lists of words that a column offers."""
    sheet.title = title
    _write_head(sheet, [(column.heading, column.width) for column in columns])
    for at, cells in enumerate(rows, start=2):
        for place, column in enumerate(columns, start=1):
            put(sheet.cell(at, place), cells[column.key], is_number=column.key in numbers)
    _offer(sheet, columns, offered)


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


def _offer(
    sheet: Worksheet, columns: Sequence[Column], offered: Mapping[str, Sequence[str]]
) -> None:
    """Lists to choose from; a word of one's own may still be typed and is checked on upload."""
    for place, column in enumerate(columns, start=1):
        words = offered.get(column.key) or offered.get(column.key.partition(".")[2])
        # The list of a cell takes no more than 255 characters, and commas part its words.
        if words and len(",".join(words)) < 250 and not any('"' in one for one in words):
            rule = DataValidation("list", formula1=f'"{",".join(words)}"', showErrorMessage=False)
            letter = get_column_letter(place)
            rule.add(f"{letter}2:{letter}{LAST_OFFERED}")
            sheet.add_data_validation(rule)


def _offered(principles: list[str]) -> dict[str, list[str]]:
    return {
        "principle": principles,
        "answered_by": list(ANSWERS),
        "join": list(JOINS),
        "applies.who": list(CONCERNS),
        "kind": list(KINDS),
        "direction": list(DIRECTIONS),
        "rounding": list(ROUNDINGS),
    }


def _write_bases(sheet: Worksheet, bases: Sequence[Mapping]) -> None:
    _write_head(sheet, list(zip(BASE_HEADINGS, (60, 14, 14, 80), strict=True)))
    for at, base in enumerate(bases, start=2):
        told = [shown(base[key]) for key in ("label", "unit", "stated_by")]
        for place, text in enumerate([*told, "; ".join(told)], start=1):
            put(sheet.cell(at, place), text)


def write_help(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    """What goes in, column by column and word by word."""
    _write_head(sheet, [("Column or word", 32), ("What goes in", 110)])
    for at, row in enumerate(rows, start=2):
        for place, text in enumerate(row, start=1):
            put(sheet.cell(at, place), shown(text))


def _help(principles: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
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
