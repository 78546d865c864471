"""A sheet of metrics to the content of metrics, everything that is wrong with it told at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.attainment import is_undetermined, read_measure
from metrics.bases import stated_by_nobody
from metrics.loading import UNSET
from metrics.parts import MOST_PARTS
from metrics.sheets.cells import BLANK, cells_of, plain_parts
from metrics.sheets.columns import (
    ANSWERS,
    AS_IT_IS,
    COLUMNS,
    CONCERNS,
    JOINS,
    PART_KEYS,
    part_key,
)
from metrics.sheets.problems import Problems
from metrics.sheets.rows import Row, rows_of
from metrics.sheets.tables import Table
from metrics.sheets.targets import Names, read_target

MOST_ROWS = 1000
MOST_NUMBER = 9999
MOST_MONTHS = 1200
LONG = 5000
TARGET = ("measure", "later_measures", "quantities", "bases", "unit")


@dataclass(frozen=True)
class Known:
    """What a draft holds while a sheet is read for it."""

    # By code in capitals or not, the code.
    principles: Mapping[str, str]
    # By number, as metrics.content tells it.
    held: Mapping[int, Mapping]
    # Whose missing target may be set only by a recorded route, or is left open by one.
    must_resolve: frozenset[int] = frozenset()
    left_open: frozenset[int] = frozenset()


def read_metrics(table: Table, known: Known) -> list[dict]:
    """The content of every metric in the sheet; refuses all of it if anything is wrong."""
    problems, names = Problems(), Names.of(known.held.values())
    rows: dict[int, tuple[Row, dict]] = {}
    for row in rows_of(table, COLUMNS, problems):
        number = row.whole("number", most=MOST_NUMBER, needed=True)
        if number in rows:
            row.refuse("number", f"{number} is the number of row {rows[number][0].number} too.")
            continue
        content = _read_row(row, number or 0, known, names)
        if number:
            rows[number] = row, content
    if not rows and not problems.count:
        problems.add(2, "", "there is no metric under the headings. Write one in each row.")
    _check_overlaps(rows, known)
    problems.refuse_any()
    return [content for _, content in rows.values()]


def _read_row(row: Row, number: int, known: Known, names: Names) -> dict:
    """The metric of a row; what it held where the row says nothing new."""
    held = known.held.get(number)
    before = cells_of(held) if held else BLANK
    row.cells = {**before, **row.cells}
    if held and row.cells == before:
        return {key: value for key, value in held.items() if key != "flags"}
    content = {
        "number": number,
        "principle": row.choice("principle", known.principles, "a principle", needed=True),
        "short_title": row.line("short_title", most=100, needed=True),
        "wording": row.text("wording", most=LONG, needed=True),
        "answered_by": row.choice("answered_by", ANSWERS, "an answer", needed=True),
        "target_text": row.text("target_text", most=LONG, needed=True),
        "evidence_text": row.text("evidence_text", most=LONG),
        "source": row.text("source", most=LONG),
        "geography": row.line("geography", most=200),
        "geography_definition": row.text("geography_definition", most=LONG),
        "applies_to": _read_condition(row, names),
        "track_record": _read_past(row, names),
        "overlaps": _read_overlaps(row, number),
        **_read_target(row, number, held, names),
    }
    if content["geography_definition"] and not content["geography"]:
        row.refuse("geography", "this is empty, and the next column says what place it is.")
    if "measure" not in content:
        return content
    _check_unset(row, content, held, known)
    _check_givers(row, content)
    return content


def _read_target(row: Row, number: int, held: Mapping | None, names: Names) -> dict:
    join = row.choice("join", JOINS, "a way to join parts")
    if join != AS_IT_IS:
        return read_target(row, number, held, join, names)
    if held is None or plain_parts(held) is not None:
        row.refuse("join", f"“{AS_IT_IS}” is only for a target that is there and no row can hold.")
        return {}
    if any(row.cells[part_key(at, key)] for at in range(1, MOST_PARTS + 1) for key in PART_KEYS):
        row.refuse("join", f"“{AS_IT_IS}” leaves the parts empty. Clear one or the other.")
    return {key: held[key] for key in TARGET}


def _check_unset(row: Row, content: dict, held: Mapping | None, known: Known) -> None:
    """A printed "??" and a target that is not set come together; a record says how it is set."""
    number, is_open = content["number"], is_undetermined(read_measure(content["measure"]))
    is_printed = UNSET in content["target_text"]
    is_left_open = number in known.left_open
    if number in known.must_resolve and not is_open:
        row.refuse(
            "target_text",
            "the source leaves this target out, so setting it is recorded: how it was found, "
            "why and who approved it. Set it from the list of missing targets, and leave it "
            "here as it was.",
        )
    elif is_open and not is_printed and not is_left_open:
        row.refuse(
            "target_text",
            f"a part of the target is “not set yet”. Print {UNSET} where the number is missing.",
        )
    elif is_printed and (is_left_open or not is_open):
        row.refuse(
            "target_text",
            f"{UNSET} is printed here. Put the target in its place, or make the kind of target "
            "“not set yet”.",
        )


def _check_givers(row: Row, content: dict) -> None:
    """Where bidders answer, a tender states the fixed bases and the bidder all others."""
    for base in stated_by_nobody(content["answered_by"], content["bases"]):
        row.refuse(
            "answered_by",
            f"“{base['label']}” is given by the authority, and no tender gives it. Where "
            "bidders answer, let the bidder give it.",
        )


def _read_condition(row: Row, names: Names) -> dict:
    keys = ("applies.words", "applies.who", "applies.at_least", "applies.unit")
    if not _all_or_none(row, keys):
        return {}
    return {
        "words": row.line("applies.words", most=300),
        "who": row.choice("applies.who", CONCERNS, "somebody"),
        "at_least": row.digits("applies.at_least"),
        "unit": row.choice("applies.unit", names.units, "a unit"),
    }


def _read_past(row: Row, names: Names) -> dict:
    keys = ("track.label", "track.unit", "track.months")
    if not _all_or_none(row, keys):
        return {}
    return {
        "label": row.line("track.label", most=300),
        "unit": row.choice("track.unit", names.units, "a unit"),
        "months": row.whole("track.months", most=MOST_MONTHS) or 0,
    }


def _all_or_none(row: Row, keys: tuple[str, ...]) -> bool:
    """Whether these columns are filled; half of them is a fault."""
    empty = [key for key in keys if not row.cells[key]]
    if empty and len(empty) < len(keys):
        for key in empty:
            row.refuse(key, "this is empty, and the columns beside it are not.")
    return not empty


def _read_overlaps(row: Row, number: int) -> list[int]:
    found: set[int] = set()
    for typed in row.cells["overlaps"].replace(",", ";").split(";"):
        digits = row.read_digits("overlaps", typed.strip())
        if not digits:
            continue
        if not digits.isdigit() or int(digits) == number:
            row.refuse("overlaps", "write the numbers of other metrics, such as “18; 19”.")
        else:
            found.add(int(digits))
    return sorted(found)


def _check_overlaps(rows: Mapping[int, tuple[Row, dict]], known: Known) -> None:
    """Both rows say that they overlap, and there is a metric of each number."""
    for number, (row, content) in rows.items():
        for other in content["overlaps"]:
            if other not in rows and other not in known.held:
                row.refuse("overlaps", f"there is no metric {other}.")
            elif other in rows and number not in rows[other][1]["overlaps"]:
                row.refuse(
                    "overlaps",
                    f"this names {other}, and the row of {other} does not name {number}. "
                    "Name each in the row of the other, or in neither.",
                )
