"""A sheet of planned contracts to their content, everything that is wrong with it told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from design.year import FinancialYear, year_of
from metrics.sheets.problems import Problems
from metrics.sheets.rows import Row, rows_of, shortened
from metrics.sheets.tables import Table
from tenders.choices import Suitability
from tenders.limits import MOST_MONEY, MOST_MONTHS
from tenders.planned import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_NAMES,
)
from tenders.sheets.cells import BLANK, cells_of
from tenders.sheets.columns import COLUMNS, KINDS, SUITABLE, WORKED_OUT

MOST_ROWS = 1000
# A page lists every target group and every programme with the contracts that could serve it.
MOST_DIFFERENT = 300


@dataclass(frozen=True)
class Known:
    """What a year's plan holds while a sheet is read for it."""

    year: FinancialYear
    # By reference, as tenders.planned tells it.
    held: Mapping[str, Mapping]
    # The codes of the charters in force.
    charters: tuple[str, ...]


@dataclass
class Found:
    """Which contracts and titles the rows have named so far, each with its row."""

    references: dict[str, int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)


def read_plan(table: Table, known: Known) -> list[dict]:
    """The content of every contract in the sheet; refuses all of it if anything is wrong."""
    problems, found = Problems(), Found()
    rows = list(rows_of(table, COLUMNS, problems))
    named = {row.cells.get("reference", "").casefold() for row in rows}
    contents = [_read_row(row, known, named, found) for row in rows]
    if not rows and not problems.count:
        problems.add(2, "", "there is no contract under the headings. Write one in each row.")
    left_out = [one for key, one in known.held.items() if key not in found.references]
    for row, content in zip(rows, contents, strict=True):
        if any(content["title"] == one["title"] for one in left_out):
            row.refuse(
                "title",
                "another contract of this plan has this title and is not in the file. Give this "
                "one another title, or put that one into the file.",
            )
    for key in ("target_groups", "programmes"):
        _refuse_too_many(rows, contents, key)
    problems.refuse_any()
    return contents


def _refuse_too_many(rows: Sequence[Row], contents: Sequence[Mapping], key: str) -> None:
    """More names than a reader can take in; a slip of columns, or no names at all."""
    named: set[str] = set()
    for row, content in zip(rows, contents, strict=True):
        named |= {name.casefold() for name in content[key]}
        if len(named) > MOST_DIFFERENT:
            row.refuse(
                key,
                f"down to here {len(named)} different names stand in this column. At most "
                f"{MOST_DIFFERENT} fit into a plan. Call the same thing by the same name.",
            )
            return


def _read_row(row: Row, known: Known, named: set[str], found: Found) -> dict:
    """The contract of a row; what it held where the row says nothing new."""
    reference = _reference(row, known, named)
    held = known.held.get(reference)
    before = cells_of(held) if held else BLANK
    row.cells = {**before, **row.cells, **dict.fromkeys(WORKED_OUT, "")}
    title = row.line("title", most=LONGEST_TITLE, needed=True)
    _name_once(row, "title", title, found.titles)
    if reference:
        _name_once(row, "reference", reference, found.references)
    suitability = row.choice("suitability", SUITABLE, "an answer") or Suitability.UNDECIDED.value
    reason = row.text("suitability_reason", most=LONGEST_REASON)
    if suitability == Suitability.UNSUITABLE and not reason:
        row.refuse("suitability_reason", "this is empty. Say why the contract does not suit it.")
    return {
        "id": reference or None,
        "charter": _charter(row, known),
        "title": title,
        "kind": row.choice("kind", KINDS, "a kind", needed=True),
        "contract_value": _value(row),
        "months": row.whole("months", most=MOST_MONTHS, needed=True) or 0,
        "begins_on": _day(row, known.year),
        "responsible": row.line("responsible", most=LONGEST_TITLE),
        "target_groups": row.names("target_groups", most=MOST_NAMES, longest=LONGEST_NAME),
        "programmes": row.names("programmes", most=MOST_NAMES, longest=LONGEST_NAME),
        "suitability": suitability,
        "suitability_reason": reason,
    }


def _reference(row: Row, known: Known, named: set[str]) -> str:
    """Which contract the row is: by its reference, or by its title where it has none."""
    typed = row.cells.get("reference", "").casefold()
    if typed and typed not in known.held:
        row.refuse(
            "reference",
            f"“{shortened(typed)}” is no contract of this year's plan. Leave it empty for a new "
            "one.",
        )
        return ""
    if typed:
        return typed
    title = " ".join(row.cells["title"].split("\n"))
    same = [key for key, one in known.held.items() if one["title"] == title]
    return next((key for key in same if key not in named), "")


def _name_once(row: Row, key: str, name: str, found: dict[str, int]) -> None:
    if name in found:
        row.refuse(key, f"“{shortened(name)}” is in row {found[name]} too. Keep one of them.")
    elif name:
        found[name] = row.number


def _charter(row: Row, known: Known) -> str:
    codes = {code: code for code in known.charters}
    chosen = row.choice("charter", codes, "a charter in force")
    if not row.cells["charter"] and len(codes) == 1:
        return known.charters[0]
    if not row.cells["charter"]:
        row.refuse("charter", f"this is empty. Use one of {', '.join(codes)}.")
    return chosen


def _value(row: Row) -> str:
    digits = row.digits("contract_value", sign="£", needed=True)
    if not digits:
        return ""
    value = Decimal(digits)
    if not 0 < value <= MOST_MONEY or len(digits.partition(".")[2]) > 2:
        row.refuse("contract_value", f"{digits} is no sum above £0 in pounds and whole pence.")
    return digits


def _day(row: Row, year: FinancialYear) -> str:
    day = row.day("begins_on", needed=True)
    if day is None:
        return ""
    if year_of(day).begins != year.begins:
        row.refuse(
            "begins_on",
            f"{day.isoformat()} is not in {year.words}. Put the contract into the plan of its "
            "own year.",
        )
    return day.isoformat()
