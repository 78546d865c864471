"""Rows whose columns are known: each asks its cells for what they should hold."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from django.core.files.uploadedfile import UploadedFile

from design.numbers import plain_digits
from metrics.sheets.comma_files import read_csv
from metrics.sheets.problems import Problems, Unreadable
from metrics.sheets.tables import (
    DIGITS,
    NUMBER,
    PLACES,
    Cell,
    Line,
    Spoilt,
    Table,
    check_kind,
)
from metrics.sheets.workbooks import read_workbook
from records.files import FileRefused

HEADINGS_ROW = 1
BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Column:
    """One column: its heading, what goes in, and whether a file may leave it out."""

    key: str
    heading: str
    note: str
    needed: bool = False
    width: int = 20


def read_table(
    upload: UploadedFile, *, sheet: str, most_rows: int, beside: Sequence[str] = ()
) -> Table:
    """The file as a table, once its kind is one that may be read here."""
    try:
        suffix = check_kind(upload)
    except FileRefused as refusal:
        raise Unreadable(str(refusal)) from None
    if suffix == ".csv":
        return read_csv(upload, most_rows=most_rows)
    return read_workbook(upload, sheet=sheet, most_rows=most_rows, beside=beside)


class Row:
    """One row; what is wrong with a cell is noted, and reading goes on with an empty one."""

    def __init__(self, number: int, headings: dict[str, str], problems: Problems):
        self.number = number
        self.headings = headings
        self.problems = problems
        self.cells: dict[str, str] = {}
        self.spoilt: set[str] = set()

    def take(self, key: str, cell: Cell) -> None:
        """Keep the text of a cell; one that is spoilt is told of once, and counts as empty."""
        if isinstance(cell, Spoilt):
            self.refuse(key, cell.words)
            self.spoilt.add(key)
            cell = ""
        self.cells[key] = cell

    def refuse(self, key: str, words: str) -> None:
        """Note what is wrong in a column; an empty key means the whole row."""
        if key not in self.spoilt:
            self.problems.add(self.number, self.headings.get(key, ""), words)

    def text(self, key: str, *, most: int = 0, needed: bool = False) -> str:
        """Words as they stand, of at most so many characters."""
        text = self.cells[key]
        if needed and not text:
            self.refuse(key, "this is empty. Fill it in.")
        if most and len(text) > most:
            self.refuse(key, f"this has {len(text):,} characters. At most {most:,} fit.")
            return ""
        return text

    def line(self, key: str, *, most: int, needed: bool = False) -> str:
        """Words on one line."""
        return " ".join(self.text(key, most=most, needed=needed).split("\n"))

    def digits(self, key: str, *, sign: str = "", needed: bool = False) -> str:
        """An exact number that is not below 0, as plain digits."""
        return self.read_digits(key, self.text(key, needed=needed), sign=sign)

    def read_digits(self, key: str, typed: str, *, sign: str = "") -> str:
        """The same of a text that stands in the cell with other things."""
        if not typed:
            return ""
        bare = typed.strip(f"{sign} ") if sign else typed
        if not NUMBER.fullmatch(bare):
            self.refuse(key, f"“{shortened(typed)}” is not a number. Type it like 1250 or 12.5.")
            return ""
        number = plain_digits(Decimal(bare.replace(",", "")))
        whole, _, rest = number.lstrip("-").partition(".")
        if len(whole) > DIGITS or len(rest) > PLACES:
            self.refuse(key, f"at most {DIGITS} digits fit before the point and {PLACES} after it.")
            return ""
        if number.startswith("-"):
            self.refuse(key, f"{number} is below 0. Type 0 or more.")
            return ""
        return number

    def whole(self, key: str, *, most: int, needed: bool = False) -> int | None:
        """A whole number from 1."""
        digits = self.digits(key, needed=needed)
        if not digits:
            return None
        if not digits.isdigit() or not 1 <= int(digits) <= most:
            self.refuse(key, f"{digits} is not a whole number from 1 to {most:,}.")
            return None
        return int(digits)

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """A day, as a workbook keeps one or as people write it."""
        typed = self.text(key, needed=needed)
        if not typed:
            return None
        day = day_in(typed)
        if day is None:
            self.refuse(key, f"“{shortened(typed)}” is not a day. Type it like 2027-03-31.")
        return day

    def names(self, key: str, *, most: int, longest: int) -> list[str]:
        """Several names with semicolons between them, each once."""
        found: dict[str, str] = {}
        for one in self.text(key).replace("\n", ";").split(";"):
            name = " ".join(one.split())
            if len(name) > longest:
                self.refuse(key, f"“{shortened(name)}” is too long. At most {longest} fit.")
            elif name:
                found.setdefault(name.casefold(), name)
        if len(found) > most:
            self.refuse(key, f"there are {len(found)} names here. At most {most} fit.")
        return list(found.values())

    def choice(
        self, key: str, allowed: Mapping[str, str], what: str, *, needed: bool = False
    ) -> str:
        """What one of a closed list of words stands for."""
        return self.read_choice(key, self.text(key, needed=needed), allowed, what)

    def read_choice(self, key: str, typed: str, allowed: Mapping[str, str], what: str) -> str:
        """The same of a text that stands in the cell with other things."""
        if not typed:
            return ""
        known = {word.casefold(): value for word, value in allowed.items()}
        known |= {value.casefold(): value for value in allowed.values()}
        if typed.casefold() in known:
            return known[typed.casefold()]
        hint = self.hint(typed, allowed)
        self.refuse(
            key,
            f"“{shortened(typed)}” is not {what} we know.{hint} Use one of {', '.join(allowed)}.",
        )
        return ""

    def hint(self, typed: str, allowed: Iterable[str]) -> str:
        """The nearest word; nobody looks for one once no more problems are listed."""
        return "" if self.problems.is_full else did_you_mean(typed, allowed)


def rows_of(table: Table, columns: Sequence[Column], problems: Problems) -> Iterable[Row]:
    """The rows of a table under columns that are all known; stops where they are not."""
    for number, ref in table.merged:
        where = "of the headings " if number == HEADINGS_ROW else ""
        problems.add(number, "", f"the cells {where}{ref} are merged into one. Unmerge them.")
    places = _places(table, columns, problems)
    problems.refuse_any()
    headings = {column.key: column.heading for column in columns}
    for line in table.lines:
        row = Row(line.number, headings, problems)
        for at, key in places.items():
            row.take(key, line.cells[at] if at < len(line.cells) else "")
        _refuse_beyond(row, line, places)
        yield row


def _places(table: Table, columns: Sequence[Column], problems: Problems) -> dict[int, str]:
    """Which column of the file is which of ours."""
    known = {folded(column.heading): column.key for column in columns}
    places: dict[int, str] = {}
    for at, cell in enumerate(table.headings):
        if isinstance(cell, Spoilt):
            problems.add(HEADINGS_ROW, f"number {at + 1}", cell.words)
        elif folded(cell) in known and known[folded(cell)] in places.values():
            problems.add(HEADINGS_ROW, cell, "this column is there twice. Keep one of them.")
        elif folded(cell) in known:
            places[at] = known[folded(cell)]
        elif cell or any(_holds(line, at) for line in table.lines):
            hint = did_you_mean(cell, [column.heading for column in columns])
            name = shortened(cell) or f"number {at + 1}"
            problems.add(
                HEADINGS_ROW, name, f"this is not a column we know.{hint} Rename it or delete it."
            )
    for column in columns:
        if column.needed and column.key not in places.values():
            problems.add(
                HEADINGS_ROW,
                column.heading,
                "this column is missing. Begin from a file that you download here, "
                "which has every column.",
            )
    return places


def _holds(line: Line, at: int) -> bool:
    return at < len(line.cells) and bool(line.cells[at])


def _refuse_beyond(row: Row, line: Line, places: dict[int, str]) -> None:
    """A text with commas and without quotation marks runs over the end of its row."""
    beyond = [at for at in range(len(line.cells)) if at not in places and line.cells[at]]
    if beyond:
        row.refuse(
            "",
            f"cell {beyond[0] + 1} stands under no heading. Delete it, or, in a CSV file, put "
            "quotation marks around a text that has commas in it.",
        )


def folded(heading: str) -> str:
    """A heading as it is compared: whatever its capitals and spaces."""
    return " ".join(heading.casefold().split())


def shortened(text: str, most: int = 60) -> str:
    """Somebody else's words, short enough to stand in a message."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"


def did_you_mean(typed: str, allowed: Iterable[str]) -> str:
    """The nearest word that is allowed, as a question; nothing where none is near."""
    by_fold = {word.casefold(): word for word in allowed}
    near = get_close_matches(typed.casefold()[:100], by_fold, n=1, cutoff=0.5)
    return f" Did you mean “{by_fold[near[0]]}”?" if near else ""


def day_in(typed: str) -> date | None:
    """The day written as 2030-01-01 or 01/01/2030; None where it is no day."""
    if match := BRITISH_DAY.fullmatch(typed):
        typed = f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
