"""What is wrong with a spreadsheet: where, and what to do about it."""

from dataclasses import dataclass, field

MOST_SHOWN = 100


class Unreadable(ValueError):
    """The file cannot be read at all; the words say what to send instead."""


@dataclass(frozen=True)
class Problem:
    """One thing to put right; no column where it is about the whole row.

    The sheet is named where more than one is read of a file.
    """

    row: int
    column: str
    words: str
    sheet: str = ""

    def __str__(self) -> str:
        where = f"Row {self.row}, column “{self.column}”" if self.column else f"Row {self.row}"
        where = f"Sheet “{self.sheet}”, r{where[1:]}" if self.sheet else where
        return f"{where}: {self.words}"


@dataclass
class Problems:
    """Everything that is wrong with one file; the first of them are kept, all are counted."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0
    # The sheet that is read, where a file has several.
    sheet: str = ""

    def add(self, row: int, column: str, words: str) -> None:
        self.count += 1
        if len(self.kept) < MOST_SHOWN:
            self.kept.append(Problem(row, column, words, self.sheet))

    def add_all(self, other: "Problems") -> None:
        """Take over what was found in another sheet."""
        self.count += other.count
        self.kept += other.in_order[: MOST_SHOWN - len(self.kept)]

    def refuse_any(self) -> None:
        """End the reading here if something has been found."""
        if self.count:
            raise Unsound(self)

    @property
    def is_full(self) -> bool:
        return len(self.kept) == MOST_SHOWN

    @property
    def unshown(self) -> int:
        return self.count - len(self.kept)

    @property
    def in_order(self) -> list[Problem]:
        """From the top of the sheet to its end, one sheet after the other."""
        sheets = list(dict.fromkeys(one.sheet for one in self.kept))
        return sorted(self.kept, key=lambda one: (sheets.index(one.sheet), one.row))

    @property
    def has_sheets(self) -> bool:
        return any(one.sheet for one in self.kept)


class Unsound(ValueError):
    """The file was read, and something in it cannot stand."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("; ".join(str(one) for one in problems.in_order))
        self.problems = problems
