"""A plan as a spreadsheet: what its cells may say, and that a round trip changes nothing."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as how_often
from hypothesis import strategies as st
from openpyxl import load_workbook

from design.year import FinancialYear
from metrics.sheets.problems import Unreadable, Unsound
from metrics.sheets.rows import read_table
from tenders.sheets import cells, columns
from tenders.sheets.changes import changes_of
from tenders.sheets.plan import MOST_ROWS, Known, read_plan
from tests.factories.sheets import as_upload, comma_file, saved, workbook, workbook_of

YEAR = FinancialYear(2026)
HEADS = {column.key: column.heading for column in columns.COLUMNS}
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
SOUND = {
    "title": "School meals",
    "kind": "services",
    "contract_value": "350000",
    "months": "36",
    "begins_on": "2026-10-01",
    "responsible": "Education procurement lead",
    "target_groups": "Care leavers; Young carers",
    "programmes": "Apprenticeship hub",
    "suitability": "suitable",
}
HELD = {
    "id": "0b3e",
    "charter": "ours",
    "title": "Street lighting",
    "kind": "works",
    "contract_value": "100000.01",
    "months": 12,
    "begins_on": "2026-05-01",
    "responsible": "",
    "target_groups": ["Care leavers"],
    "programmes": [],
    "suitability": "unsuitable",
    "suitability_reason": "One supplier, abroad.",
}


def rows(*told, without=()):
    keys = [key for key in HEADS if key not in without]
    return [[HEADS[key] for key in keys], *[[one.get(key, "") for key in keys] for one in told]]


def read(*told, held=(), charters=("ours",), without=(), make=comma_file):
    known = Known(YEAR, {one["id"]: one for one in held}, tuple(charters))
    table = read_table(make(rows(*told, without=without)), sheet="Plan", most_rows=MOST_ROWS)
    return read_plan(table, known)


def faults(*told, **known):
    """What is wrong, cell by cell."""
    with pytest.raises(Unsound) as refusal:
        read(*told, **known)
    return {(one.row, one.column): one.words for one in refusal.value.problems.in_order}


@pytest.mark.parametrize("make", [comma_file, workbook])
def test_a_row_becomes_a_planned_contract(make):
    assert read(SOUND, make=make) == [
        {
            "id": None,
            "charter": "ours",
            "title": "School meals",
            "kind": "services",
            "contract_value": "350000",
            "months": 36,
            "begins_on": "2026-10-01",
            "responsible": "Education procurement lead",
            "target_groups": ["Care leavers", "Young carers"],
            "programmes": ["Apprenticeship hub"],
            "suitability": "suitable",
            "suitability_reason": "",
        }
    ]


def test_cells_of_a_workbook_may_be_numbers_and_days():
    told = {
        **SOUND,
        "contract_value": Decimal("100000.01"),
        "months": 36,
        "begins_on": date(2027, 3, 31),
    }

    (found,) = read(told, make=workbook)

    assert (found["contract_value"], found["months"], found["begins_on"]) == (
        "100000.01",
        36,
        "2027-03-31",
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("£350,000", "350000"),
        ("100000.01", "100000.01"),
        ("0.01", "0.01"),
        ("£ 1,000.50", "1000.5"),
    ],
)
def test_values_are_taken_as_people_write_them(typed, kept):
    assert read({**SOUND, "contract_value": typed})[0]["contract_value"] == kept


def test_a_day_may_be_written_the_british_way():
    assert read({**SOUND, "begins_on": "1/4/2026"})[0]["begins_on"] == "2026-04-01"


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("title", "", "this is empty"),
        ("title", "a" * 201, "At most 200 fit"),
        ("kind", "", "this is empty"),
        ("kind", "servces", "Did you mean “services”?"),
        ("contract_value", "", "this is empty"),
        ("contract_value", "a lot", "is not a number"),
        ("contract_value", "0", "no sum above £0"),
        ("contract_value", "-5", "below 0"),
        ("contract_value", "100000.001", "whole pence"),
        ("contract_value", "1000000000000", "no sum above £0"),
        ("contract_value", "1e9", "is not a number"),
        ("months", "", "this is empty"),
        ("months", "0", "not a whole number from 1 to 600"),
        ("months", "601", "not a whole number from 1 to 600"),
        ("months", "1.5", "not a whole number from 1 to 600"),
        ("begins_on", "", "this is empty"),
        ("begins_on", "soon", "“soon” is not a day"),
        ("begins_on", "31/02/2027", "is not a day"),
        ("begins_on", "2026-03-31", "not in April 2026 to March 2027"),
        ("begins_on", "2027-04-01", "not in April 2026 to March 2027"),
        ("responsible", "a" * 201, "At most 200 fit"),
        ("target_groups", ";".join(str(n) for n in range(21)), "there are 21 names here"),
        ("programmes", "a" * 101, "At most 100 fit"),
        ("suitability", "maybe", "is not an answer we know"),
        ("suitability_reason", "a" * 2001, "At most 2,000 fit"),
        ("charter", "theirs", "is not a charter in force we know"),
        ("reference", "0b3f", "no contract of this year's plan"),
        ("title", "=1+1", "a spreadsheet program would run it"),
        ("responsible", "a\x7fb", "cannot be printed"),
    ],
)
def test_each_fault_is_told_at_its_cell(key, typed, words):
    told = faults(SOUND, {**SOUND, "title": "Another", key: typed})

    assert list(told) == [(3, HEADS[key])]
    assert words in told[3, HEADS[key]]


def test_an_unsuitable_contract_needs_its_reason():
    assert list(faults({**SOUND, "suitability": "not suitable"})) == [
        (2, HEADS["suitability_reason"])
    ]


def test_all_faults_are_told_at_once():
    wrong = {**SOUND, "title": "Another", "kind": "magic", "months": "many", "begins_on": "soon"}

    assert len(faults({**SOUND, "kind": ""}, wrong)) == 4


def test_a_title_and_a_reference_stand_once():
    twice = faults(SOUND, SOUND)
    same = faults(
        {**SOUND, "reference": "0b3e"}, {**SOUND, "title": "B", "reference": "0B3E"}, held=[HELD]
    )

    assert "is in row 2 too" in twice[3, HEADS["title"]]
    assert "is in row 2 too" in same[3, HEADS["reference"]]


def test_with_several_charters_each_row_names_one():
    assert read({**SOUND, "charter": "b"}, charters=("a", "b"))[0]["charter"] == "b"
    told = faults(SOUND, charters=("a", "b"))
    assert told == {(2, HEADS["charter"]): "this is empty. Use one of a, b."}


def test_a_sheet_without_contracts_is_refused():
    assert "no contract under the headings" in faults()[2, ""]


def test_columns_that_are_needed_must_be_there_and_strange_ones_not():
    told = faults(SOUND, without=("kind", "programmes"))
    assert list(told) == [(1, HEADS["kind"])]
    with pytest.raises(Unsound, match="not a column we know"):
        table = read_table(
            comma_file([[*rows()[0], "Colour"], [*rows(SOUND)[1], "red"]]),
            sheet="Plan",
            most_rows=10,
        )
        read_plan(table, Known(YEAR, {}, ("ours",)))


def test_what_was_worked_out_is_not_read():
    told = {**SOUND, "band": "Any band", "demand": "Nothing at all"}

    assert read(told) == read(SOUND)


# --- Which contract a row is ------------------------------------------------------------


def test_a_row_is_the_contract_of_its_reference_whatever_its_title():
    (found,) = read({**SOUND, "reference": "0b3e"}, held=[HELD])

    assert (found["id"], found["title"]) == ("0b3e", "School meals")


def test_a_row_without_a_reference_is_the_contract_of_its_title():
    (found,) = read({**SOUND, "title": "Street lighting"}, held=[HELD])

    assert found["id"] == "0b3e"


def test_a_title_given_up_by_one_row_is_free_for_a_new_one():
    renamed, new = read(
        {**SOUND, "reference": "0b3e"}, {**SOUND, "title": "Street lighting"}, held=[HELD]
    )

    assert (renamed["id"], new["id"]) == ("0b3e", None)


def test_two_contracts_may_exchange_their_titles():
    other = {**HELD, "id": "0b3f", "title": "School meals"}

    found = read(
        {**SOUND, "reference": "0b3e"},
        {**SOUND, "reference": "0b3f", "title": "Street lighting"},
        held=[HELD, other],
    )

    assert [(one["id"], one["title"]) for one in found] == [
        ("0b3e", "School meals"),
        ("0b3f", "Street lighting"),
    ]


def test_the_title_of_a_contract_that_is_not_in_the_file_is_taken():
    other = {**HELD, "id": "0b3f", "title": "School meals"}

    told = faults({**SOUND, "reference": "0b3e"}, held=[HELD, other])

    assert "is not in the file" in told[2, HEADS["title"]]


def test_a_column_that_is_left_out_says_nothing():
    optional = [column.key for column in columns.COLUMNS if not column.needed]
    (found,) = read({**SOUND, "title": "Street lighting"}, held=[HELD], without=optional)

    assert found == {
        **HELD,
        "kind": "services",
        "contract_value": "350000",
        "months": 36,
        "begins_on": "2026-10-01",
    }


def test_a_new_contract_with_the_needed_columns_alone_is_undecided():
    optional = [column.key for column in columns.COLUMNS if not column.needed]
    (found,) = read(SOUND, without=optional)

    assert (found["suitability"], found["responsible"], found["target_groups"]) == (
        "undecided",
        "",
        [],
    )


# --- There and back ---------------------------------------------------------------------

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip() and ";" not in text and "\ufffe" not in text)
NAMES = st.lists(TEXT, max_size=3, unique_by=str.casefold)
CONTENT = st.fixed_dictionaries(
    {
        "charter": st.just("ours"),
        "title": TEXT,
        "kind": st.sampled_from(["goods", "services", "works"]),
        "contract_value": st.integers(1, 10**14 - 1).map(
            lambda pence: f"{Decimal(pence).scaleb(-2):f}".rstrip("0").rstrip(".")
        ),
        "months": st.integers(1, 600),
        "begins_on": st.dates(date(2026, 4, 1), date(2027, 3, 31)).map(date.isoformat),
        "responsible": st.one_of(st.just(""), TEXT),
        "target_groups": NAMES,
        "programmes": NAMES,
        "suitability": st.sampled_from(["suitable", "undecided"]),
        "suitability_reason": st.one_of(st.just(""), TEXT),
    }
)


def written(held, kind):
    """The file of a plan, as its export writes it."""
    told = [{**cells.cells_of(one), "band": "Any", "demand": "Required"} for one in held]
    if kind == "csv":
        return as_upload("plan.csv", cells.csv_of(columns.COLUMNS, told))
    book = workbook_of([], title="Plan")
    cells.write_rows(
        book.active, "Plan", columns.COLUMNS, told, numbers=columns.NUMBERS, offered={}
    )
    return saved(book, "plan.xlsx")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@how_often(max_examples=60, deadline=None)
@given(contents=st.lists(CONTENT, min_size=1, max_size=3, unique_by=lambda one: one["title"]))
def test_what_is_written_and_read_back_changes_nothing(kind, contents):
    held = [{"id": f"0b{at}", **one} for at, one in enumerate(contents)]

    table = read_table(written(held, kind), sheet="Plan", most_rows=MOST_ROWS)
    found = read_plan(table, Known(YEAR, {one["id"]: one for one in held}, ("ours",)))

    assert found == held
    assert changes_of({one["id"]: one for one in held}, found).is_empty


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_in_a_file_is_run_by_whoever_opens_it(kind):
    evil = "=cmd|'/c calc'!A1"
    held = {**HELD, "title": evil, "responsible": "@evil", "suitability_reason": "-1+1"}

    upload = written([held], kind)

    if kind == "csv":
        (_, row) = csv.reader(io.StringIO(upload.read().decode("utf-8-sig")))
        assert [cell for cell in row if cell.startswith(DANGEROUS)] == []
    else:
        sheet = load_workbook(upload)["Plan"]
        assert (sheet["B2"].value, sheet["B2"].data_type) == (evil, "s")


def test_a_preview_names_what_would_be_said_anew():
    row = {**HELD, "title": "Street lamps", "contract_value": "100000"}

    changes = changes_of({"0b3e": HELD}, [row])

    (changed,) = changes.changed
    assert changed.title == "Street lighting"
    assert [(one.heading, one.before, one.after) for one in changed.fields] == [
        ("Title", "Street lighting", "Street lamps"),
        ("Value", "100000.01", "100000"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("p.xlsm", b"PK", "may hold macros"),
        ("p.ods", b"PK", "is no Excel workbook"),
        ("p.xlsx", b"not a workbook", "does not hold what its name says"),
        ("p.csv", b"Title;Kind\n", "semicolons between its columns"),
    ],
)
def test_a_file_of_another_kind_is_refused_as_the_catalogue_refuses_it(name, content, words):
    with pytest.raises(Unreadable, match=words):
        read_table(as_upload(name, content), sheet="Plan", most_rows=MOST_ROWS)


def test_one_row_too_many_is_refused():
    told = [{**SOUND, "title": f"Contract {n}"} for n in range(MOST_ROWS + 1)]

    with pytest.raises(Unreadable, match="more than 1,000 rows"):
        read(*told)


def test_the_page_on_spreadsheets_tells_every_column():
    text = (Path(settings.BASE_DIR) / "docs" / "spreadsheets.md").read_text()
    told = text.partition("## The procurement plan")[2].partition("\n## ")[0]
    lines = [line for line in told.splitlines() if line.startswith("| ")]

    assert lines[1:] == [
        f"| {one.heading} | {'yes' if one.needed else ''} | {one.note} |" for one in columns.COLUMNS
    ]


def test_the_row_that_the_page_shows_is_a_contract():
    text = (Path(settings.BASE_DIR) / "docs" / "spreadsheets.md").read_text()
    shown = dedent(text.rpartition("can be as short as this:")[2])

    table = read_table(as_upload("plan.csv", shown.strip().encode()), sheet="Plan", most_rows=5)
    (contract,) = read_plan(table, Known(YEAR, {}, ("ours",)))

    assert (contract["title"], contract["contract_value"]) == ("School meals", "350000")


@pytest.mark.parametrize("key", ["target_groups", "programmes"])
@pytest.mark.parametrize(("last", "is_refused"), [("Name 300", False), ("Name 301", True)])
def test_a_plan_names_no_more_than_a_page_can_list(key, last, is_refused):
    names = [f"Name {number}" for number in range(1, 301)]
    told = [
        {**SOUND, "title": f"Meals {at}", key: "; ".join(names[at : at + 20])}
        for at in range(0, 300, 20)
    ]
    told.append({**SOUND, "title": "One more", key: f"{last}; NAME 1"})

    if not is_refused:
        assert len(read(*told)) == 16
        return
    assert faults(*told) == {
        (17, HEADS[key]): "down to here 301 different names stand in this column. At most 300 "
        "fit into a plan. Call the same thing by the same name."
    }
