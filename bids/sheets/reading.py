"""A bid's workbook as somebody filled it in: what each row says, or all that is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile

from bids.drafts import wrong_price
from bids.sheets.columns import (
    BID_ROW,
    COLUMNS,
    FILLED_IN,
    FORM,
    FORM_ROW,
    HELP_SHEET,
    NUMBER,
)
from bids.sheets.slots import Blank, Sheet, Slot, mark_of
from metrics.sheets.problems import Problems, Unreadable, Unsound
from metrics.sheets.rows import Row, rows_of, shortened
from metrics.sheets.tables import LONGEST_TEXT, Table, check_kind
from metrics.sheets.workbooks import read_sheets
from records.files import FileRefused, suffix_of
from tenders.limits import MOST_MONEY

MOST_ROWS = 1000
MONEY_PLACES = 2


@dataclass(frozen=True)
class Entry:
    """What one row says, and the mark it had when its file was made."""

    sheet: Sheet
    row: int
    slot: str
    mark: str
    cells: Mapping[str, str]

    @property
    def is_touched(self) -> bool:
        """Whether somebody changed the row since its file was made."""
        return mark_of(self.slot, self.cells) != self.mark


@dataclass(frozen=True)
class Filled:
    """The rows that were changed in a file, and what to know of how it was read."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]


def read_bid(upload: UploadedFile, blank: Blank) -> Filled:
    """What a file says of this bid; refuses all of it if anything is wrong.

    Raises `Unreadable` for a file that is no workbook of this bid, `Unsound` for its faults.
    """
    _check_kind(upload)
    names = {blank.name_of(sheet): sheet for sheet in blank.sheets}
    tables, others = read_sheets(upload, sheets=[HELP_SHEET, *names], most_rows=MOST_ROWS)
    _check_is_of(blank, tables.get(HELP_SHEET))
    problems, entries = Problems(), []
    for name, sheet in names.items():
        found = Problems(sheet=name)
        if name in tables:
            entries += _read_sheet(tables[name], sheet, blank, found)
        problems.add_all(found)
    problems.refuse_any()
    return Filled(tuple(entries), tuple(_notes(tables, list(names), others)))


def _check_kind(upload: UploadedFile) -> None:
    if suffix_of(upload.name or "") == ".csv":
        raise Unreadable("Upload the Excel workbook (.xlsx) itself, not a CSV file of one sheet.")
    try:
        check_kind(upload)
    except FileRefused as refusal:
        raise Unreadable(str(refusal)) from None


def _check_is_of(blank: Blank, table: Table | None) -> None:
    """Refuse a workbook that was not made for this bid, or made in an older form."""
    bid = blank.tender.words.bid
    again = f"Download the file of this {bid} and fill that in."
    lines = table.lines if table else ()
    told = {line.cells[0]: line.cells[1] for line in lines if len(line.cells) > 1}
    if BID_ROW not in told:
        raise Unreadable(
            f"This is not a workbook that was downloaded here, or its sheet “{HELP_SHEET}” is "
            f"gone. {again}"
        )
    if told[BID_ROW] != str(blank.bid):
        raise Unreadable(f"This workbook belongs to something else, not to this {bid}. {again}")
    if told.get(FORM_ROW) != FORM:
        raise Unreadable(f"This workbook was made in an older form that is not read now. {again}")


def _notes(tables: Mapping[str, Table], names: list[str], others: Iterable[str]) -> Iterable[str]:
    if extra := [f"“{shortened(one)}”" for one in others]:
        yield f"These sheets are none of ours and were not read: {', '.join(extra)}."
    if gone := [f"“{one}”" for one in names if one not in tables]:
        yield f"These sheets are not in the file, so nothing in them changes: {', '.join(gone)}."
    for name in names:
        for note in tables[name].notes if name in tables else ():
            yield f"Sheet “{name}”: {note}"


def _read_sheet(table: Table, sheet: Sheet, blank: Blank, problems: Problems) -> list[Entry]:
    slots = {slot.id: slot for slot in blank.of(sheet)}
    seen: dict[str, int] = {}
    entries = []
    try:
        for row in rows_of(table, COLUMNS[sheet], problems):
            slot, mark = _slot(row, slots, seen)
            if slot is not None:
                cells = {key: _read(row, key, slot, blank) for key in slot.held}
                entry = Entry(sheet, row.number, slot.id, mark, cells)
                _check_price_stays(row, entry, blank)
                entries.append(entry)
    # Told already: the columns are not those of the sheet, so no row can be read.
    except Unsound:
        return []
    return [entry for entry in entries if entry.is_touched]


def _slot(row: Row, slots: Mapping[str, Slot], seen: dict[str, int]) -> tuple[Slot | None, str]:
    """Which row of ours this is; nothing where nobody filled it in."""
    name, _, mark = row.cells["reference"].partition(" ")
    if name in seen:
        row.refuse("reference", f"row {seen[name]} has this reference too. Keep one of them.")
    elif name in slots and mark:
        seen[name] = row.number
        return slots[name], mark
    elif name or any(row.cells.get(key) for key in FILLED_IN):
        row.refuse(
            "reference",
            f"“{shortened(row.cells['reference'])}” is no row of this sheet. Put back what stood "
            "there, or copy your words into a file downloaded anew.",
        )
    return None, ""


def _read(row: Row, key: str, slot: Slot, blank: Blank) -> str:
    if key != NUMBER.key:
        return row.text(key, most=LONGEST_TEXT)
    sign = slot.unit if slot.unit in ("£", "%") else ""
    digits = row.digits(key, sign=sign)
    if digits and (words := _wrong(Decimal(digits), slot, blank)):
        row.refuse(key, words)
        return ""
    return digits


def _check_price_stays(row: Row, entry: Entry, blank: Blank) -> None:
    if entry.sheet == Sheet.PRICE and entry.is_touched and not row.cells["number"]:
        bid = blank.tender.words.bid
        row.refuse("number", f"this was emptied. A {bid} keeps its price: type another.")


def _wrong(number: Decimal, slot: Slot, blank: Blank) -> str:
    """Why a number cannot stand in this row; empty where it can."""
    if slot.unit == "£" and -int(number.as_tuple().exponent) > MONEY_PLACES:
        return "this is in pounds and whole pence. Type it like 1250 or 1250.50."
    if slot.unit == "£" and number > MOST_MONEY:
        return f"this is more than £{MOST_MONEY:,f}. Type a smaller sum."
    if slot.sheet == Sheet.NUMBERS and number == 0:
        return "this must be above 0. Targets are worked out from it."
    if slot.sheet == Sheet.PRICE and (why := wrong_price(blank.tender, number)):
        return f"{why}."
    return ""
