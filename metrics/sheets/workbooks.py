"""Excel workbooks to tables of text, read row by row."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from defusedxml.ElementTree import iterparse
from django.core.files.uploadedfile import UploadedFile
from openpyxl import load_workbook
from openpyxl.utils import coordinate_to_tuple

from design.numbers import plain_digits
from metrics.sheets.comma_files import too_many
from metrics.sheets.problems import Unreadable
from metrics.sheets.tables import (
    DIGITS,
    MOST_COLUMNS,
    PLACES,
    Cell,
    Line,
    Spoilt,
    Table,
    taken,
)

# A stray cell far below the table would have every empty row above it read.
LAST_ROW = 20_000


@dataclass
class Layout:
    """How far a sheet is filled, and what a reader of its values would not see."""

    last_row: int = 0
    last_column: int = 0
    hidden: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def read_workbook(
    upload: UploadedFile, *, sheet: str, most_rows: int, beside: Sequence[str] = ()
) -> Table:
    """The sheet of this name, or else the first that is not hidden.

    `beside` names the sheets of our own that nobody expects to be read.
    """
    with _opened(upload) as book:
        found = _chosen(book.worksheets, sheet)
        layout = _layout(upload, found, most_rows)
        notes = (*_not_read(book, found.title, beside), *_hidden(found, layout))
        return _table(found, layout, notes)


def read_sheets(
    upload: UploadedFile, *, sheets: Sequence[str], most_rows: int
) -> tuple[dict[str, Table], tuple[str, ...]]:
    """Those of these sheets that the workbook has, by name, and the names of all others."""
    with _opened(upload) as book:
        named = {one.title.strip().casefold(): one for one in book.worksheets}
        found = {name: named[name.casefold()] for name in sheets if name.casefold() in named}
        layouts = {name: _layout(upload, one, most_rows) for name, one in found.items()}
        tables = {
            name: _table(one, layouts[name], tuple(_hidden(one, layouts[name])))
            for name, one in found.items()
        }
        ours = {one.title for one in found.values()}
        return tables, tuple([name for name in book.sheetnames if name not in ours])


@contextmanager
def _opened(upload: UploadedFile) -> Iterator[Any]:
    """The workbook, read row by row; whatever is wrong with it is said in our words."""
    upload.seek(0)
    try:
        with closing(load_workbook(upload, read_only=True, keep_links=False)) as book:
            yield book
    except Unreadable:
        raise
    # openpyxl has no error of its own for a spoilt workbook: anything may come up.
    except Exception:
        raise Unreadable(
            f"{upload.name} cannot be read as an Excel workbook. Open it in a spreadsheet "
            "program, save it anew as .xlsx and send that."
        ) from None


def _table(sheet: Any, layout: Layout, notes: tuple[str, ...]) -> Table:
    lines = _lines(sheet, layout)
    headings = lines[0].cells if lines and lines[0].number == 1 else ()
    merged = tuple([(coordinate_to_tuple(ref.split(":")[0])[0], ref) for ref in layout.merged])
    return Table(headings, tuple([one for one in lines if one.number > 1]), merged, notes)


def _chosen(sheets: list, name: str):
    named = [one for one in sheets if one.title.strip().casefold() == name.casefold()]
    shown = [one for one in sheets if one.sheet_state == "visible"]
    found = next(iter([*named, *shown]), None)
    if found is None:
        raise Unreadable(f"The workbook has no sheet that can be read. Name one “{name}”.")
    return found


def _not_read(book: Any, read: str, beside: Sequence[str]) -> Iterable[str]:
    others = [f"“{one}”" for one in book.sheetnames if one not in (read, *beside)]
    if others:
        yield f"Only the sheet “{read}” was read, not {', '.join(others)}."


def _hidden(found: Any, layout: Layout) -> Iterable[str]:
    if found.sheet_state != "visible":
        yield f"The sheet “{found.title}” is hidden in the file; it was read all the same."
    if layout.hidden:
        rows = ", ".join(str(row) for row in layout.hidden[:20])
        yield f"Rows that are hidden in the file were read like the others: {rows}."


def _layout(upload: UploadedFile, sheet: Any, most_rows: int) -> Layout:
    """openpyxl tells nothing of merged cells and hidden rows while it reads row by row."""
    layout, filled = Layout(), 0
    with zipfile.ZipFile(upload) as archive, archive.open(sheet._worksheet_path) as source:
        for _, element in iterparse(source):
            tag = element.tag.rpartition("}")[2]
            if tag == "mergeCell":
                layout.merged.append(element.attrib["ref"])
            if tag != "row":
                continue
            places = [one.attrib.get("r") for one in element if len(one)]
            if places:
                filled += 1
                _widen(layout, element, places)
            element.clear()
            if filled > most_rows + 1:
                raise Unreadable(too_many(upload.name, most_rows))
    if layout.last_column > MOST_COLUMNS or layout.last_row > LAST_ROW:
        raise Unreadable(
            f"{upload.name} is filled further than {MOST_COLUMNS} columns or {LAST_ROW:,} rows. "
            "Delete what stands to the right of the table and below it."
        )
    return layout


def _widen(layout: Layout, row: Any, places: list[str | None]) -> None:
    layout.last_row = int(row.attrib.get("r") or layout.last_row + 1)
    for at, place in enumerate(places, start=1):
        column = coordinate_to_tuple(place)[1] if place else at
        layout.last_column = max(layout.last_column, column)
    if row.attrib.get("hidden") in ("1", "true"):
        layout.hidden.append(layout.last_row)


def _lines(sheet: Any, layout: Layout) -> list[Line]:
    if not layout.last_row:
        return []
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=layout.last_row, max_col=layout.last_column)
    numbered = (Line(at, tuple([_cell(one) for one in row])) for at, row in enumerate(rows, 1))
    return [line for line in numbered if any(line.cells)]


def _cell(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return Spoilt("it holds a formula. Copy the cell, paste it as a value and save again.")
    if cell.data_type == "e":
        return Spoilt(f"it holds the error {value}. Put the value in its place.")
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    return taken(str(value))


def _number(value: int | float, shown_as: str) -> Cell:
    """The digits a person sees: what is kept as 0.9 and shown as 90 % is 90 %."""
    number, sign = Decimal(repr(value)), ""
    if "%" in shown_as:
        number, sign = number.scaleb(2), "%"
    text = plain_digits(number)
    whole, _, rest = text.lstrip("-").partition(".")
    # No spreadsheet program keeps more digits of a number than these.
    if len(rest) > PLACES or len(f"{whole}{rest}".strip("0")) > DIGITS or len(whole) > DIGITS:
        return Spoilt(
            f"it holds {text[:40]}, which looks like what is left of a calculation. Type the "
            f"number with at most {DIGITS} digits, {PLACES} of them after the point."
        )
    return text + sign
