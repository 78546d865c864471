"""A bid's workbook to fill in: text that nothing runs, numbers as numbers, locked references."""

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from bids.sheets.columns import BID_ROW, COLUMNS, FILLED_IN, FORM, FORM_ROW, HELP_SHEET, NUMBER
from bids.sheets.slots import Blank, Sheet, Slot
from metrics.sheets.tables import DIGITS
from metrics.sheets.writing import saved, write_help, write_rows

TO_FILL_IN = PatternFill("solid", fgColor="FFF7D6")
LOCKED = PatternFill("solid", fgColor="F3F2F1")
TEXT_FORMAT = "@"


def as_workbook(blank: Blank) -> bytes:
    """The workbook of one bid, with what its draft says already."""
    book = Workbook()
    write_help(book.active, _help(blank))
    book.active.title = HELP_SHEET
    for sheet in blank.sheets:
        _write(book.create_sheet(), blank, sheet)
    return saved(book)


def reference_of(slot: Slot) -> str:
    """What tells a row, and what it said when the file was made."""
    return f"{slot.id} {slot.mark}"


def _write(page: Worksheet, blank: Blank, sheet: Sheet) -> None:
    columns, slots = COLUMNS[sheet], blank.of(sheet)
    rows = ({"reference": reference_of(one), **one.asked, **one.held} for one in slots)
    numbers = frozenset({NUMBER.key, "words"})
    write_rows(page, blank.name_of(sheet), columns, rows, numbers=numbers, offered={})
    for place, column in enumerate(columns, start=1):
        for at in range(2, len(slots) + 2):
            _dress(page.cell(at, place), is_filled_in=column.key in FILLED_IN)
            if column.key == "text":
                page.cell(at, place).number_format = TEXT_FORMAT
    # A row cannot be added, taken out or told apart anew by a slip; widths stay free.
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False


def _dress(cell: Cell, *, is_filled_in: bool) -> None:
    cell.fill = TO_FILL_IN if is_filled_in else LOCKED
    cell.protection = Protection(locked=not is_filled_in)


def _help(blank: Blank) -> list[tuple[str, str]]:
    tender, words = blank.tender, blank.tender.words
    sheets = ", ".join(f"“{blank.name_of(sheet)}”" for sheet in blank.sheets)
    return [
        (words.heading, f"{tender.title}, {tender.reference}, {tender.authority.name}"),
        (words.bid.capitalize(), f"Of {blank.company}"),
        ("Fill in", f"The yellow cells on the sheets {sheets}. Leave all else as it is."),
        (
            "Upload",
            f"Save the file as .xlsx and upload it on the page of your {words.bid}. You see what "
            "would change before anything is saved.",
        ),
        (
            "Submitting",
            f"Uploading this file submits nothing. Submit the {words.bid} on the site; until "
            "there is a receipt it is NOT SUBMITTED.",
        ),
        (
            "Colleagues",
            "A row that you leave as it is changes nothing, whatever was saved on the site "
            "meanwhile. A row that both you and a colleague changed is refused, and you are told.",
        ),
        (
            "Emptying a cell",
            "A yellow cell that held something and is empty is emptied on the site too. Only a "
            "price cannot be taken out again.",
        ),
        (
            "Numbers",
            f"A spreadsheet program keeps {DIGITS} digits of a number and changes the rest. Type "
            "a longer one as text, with an apostrophe (') before it.",
        ),
        (
            "Formulas",
            "A file with a formula in a yellow cell is refused. Copy the cell, and paste the value "
            "in its place.",
        ),
        (
            "On the site",
            "Files of evidence are added there, beside each answer; so is a measure of your own in "
            "place of a published one.",
        ),
        (BID_ROW, str(blank.bid)),
        (FORM_ROW, FORM),
    ]
