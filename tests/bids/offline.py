"""Workbooks of bids for tests, as bidders send them back."""

import io
from collections.abc import Callable, Mapping

from openpyxl import Workbook, load_workbook

from bids.sheets.columns import COLUMNS, FILLED_IN
from bids.sheets.slots import Blank
from bids.sheets.writing import as_workbook
from tests.factories.sheets import as_upload, saved

NAME = "bid.xlsx"


def downloaded(blank: Blank) -> Workbook:
    """The workbook as a spreadsheet program opens it."""
    return load_workbook(io.BytesIO(as_workbook(blank)))


def upload_of(blank: Blank, change: Callable[[Workbook], object] = lambda book: None):
    """The workbook, changed by hand and saved."""
    book = downloaded(blank)
    change(book)
    return saved(book, NAME)


def filled_in(blank: Blank, typed: Mapping[str, object]):
    """The workbook with these values typed into the rows of these slots."""

    def fill(book):
        for slot, value in typed.items():
            cell_of(book, blank, slot).value = value

    return upload_of(blank, fill)


def cell_of(book: Workbook, blank: Blank, slot: str):
    """The cell to fill in, in the row of a slot."""
    found = next(one for one in blank.slots if one.id == slot)
    page = book[blank.name_of(found.sheet)]
    place = next(at for at, column in enumerate(COLUMNS[found.sheet], 1) if column.key in FILLED_IN)
    row = next(
        row for row in range(2, page.max_row + 1) if page.cell(row, 1).value.split()[0] == slot
    )
    return page.cell(row, place)


def raw(content: bytes):
    return as_upload(NAME, content)
