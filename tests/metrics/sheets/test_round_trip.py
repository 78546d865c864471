"""What is written and read back says the same, and no program runs any of it."""

import csv
import io
import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from charter.pack import read_charter
from metrics.loading import read_metrics as read_pack
from metrics.parts import ALL, ANY, ONE, Apart, Later, Part, put_together
from metrics.sheets import writing
from metrics.sheets.catalogue import MOST_ROWS, Known, read_metrics
from metrics.sheets.cells import cells_of
from metrics.sheets.changes import changes_of
from metrics.sheets.columns import COLUMNS
from metrics.sheets.rows import read_table
from metrics.sheets.writing import as_csv, as_workbook
from metrics.units import UNITS
from tests.factories.sheets import as_upload

PRINCIPLES = read_charter("sslep-2021").principle_codes
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def content_of_pack(metric) -> dict:
    """A metric of a pack as metrics.content tells one of the database."""
    told = {key: value for key, value in vars(metric).items() if key != "flags"}
    lists = ("later_measures", "quantities", "bases", "overlaps")
    return {**told, **{key: list(told[key]) for key in lists}}


SSLEP = [content_of_pack(one) for one in read_pack("sslep-2021", principles=PRINCIPLES)]


def written(contents, kind):
    if kind == "csv":
        return as_upload("metrics.csv", as_csv(contents))
    return as_upload("metrics.xlsx", as_workbook(contents, [], {}))


def known(contents):
    codes = {one["principle"] for one in contents}
    return Known(
        principles={code: code for code in codes},
        held={one["number"]: one for one in contents},
    )


def read_back(contents, kind):
    table = read_table(written(contents, kind), sheet="Metrics", most_rows=MOST_ROWS)
    return read_metrics(table, known(contents))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_paper_written_and_read_back_changes_nothing(kind):
    rows = read_back(SSLEP, kind)

    changes = changes_of({one["number"]: one for one in SSLEP}, rows)
    assert rows == SSLEP
    assert changes.is_empty
    assert len(changes.unchanged) == 25


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_paper_loaded_into_an_empty_draft_says_the_same(kind):
    """Read as new, with every number, base and step taken from the cells alone."""
    table = read_table(written(SSLEP, kind), sheet="Metrics", most_rows=MOST_ROWS)

    rows = read_metrics(table, Known(principles=known(SSLEP).principles, held={}))

    assert [cells_of(row) for row in rows] == [cells_of(one) for one in SSLEP]


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40
).map(str.strip)
TEXT = st.one_of(
    WORDS.filter(bool),
    st.builds(lambda sign, rest: f"{sign}{rest}".strip(), st.sampled_from("=+-@|%'"), WORDS),
)
LABEL = TEXT.map(lambda text: " ".join(text.split())).filter(bool)
NUMBERS = st.decimals(min_value=0, max_value=Decimal("999999999999999"), places=9).map(
    lambda number: f"{number:f}"
)
UNIT = st.sampled_from(UNITS)


@st.composite
def parts(draw, name):
    kind = draw(st.sampled_from(["absolute", "share", "ratio", "period", "undetermined"]))
    is_open = kind == "undetermined"
    return Part(
        id=name,
        label=draw(LABEL),
        unit=draw(UNIT),
        kind=kind,
        amount="" if is_open else draw(NUMBERS),
        base=draw(st.sampled_from(["first", "second"]))
        if kind in ("share", "ratio", "period")
        else "",
        per="50" if kind == "ratio" else "",
        blocks=draw(st.sampled_from(["", "floor", "ceil", "pro_rata"])) if kind == "ratio" else "",
        years=draw(st.sampled_from(["", "second"])) if kind == "ratio" else "",
        direction=draw(st.sampled_from(["higher", "lower"])),
        printed="?? of it" if is_open else "",
        later=() if is_open else draw(st.sampled_from([(), (Later("2030-01-01", "7"),)])),
    )


@st.composite
def contents(draw):
    number = draw(st.integers(1, 9999))
    join = draw(st.sampled_from([ONE, ANY, ALL]))
    count = 1 if join == ONE else draw(st.integers(2, 3))
    apart = Apart(join, tuple([draw(parts(f"m{number}_{at}")) for at in range(count)]))
    measure, later, quantities = put_together(apart)
    return {
        "number": number,
        "principle": "P1",
        "answered_by": draw(st.sampled_from(["policy", "procurement", "both"])),
        **{
            key: draw(TEXT)
            for key in ("short_title", "wording", "target_text", "evidence_text", "source")
        },
        "geography": draw(TEXT),
        "geography_definition": draw(TEXT),
        "applies_to": draw(
            st.sampled_from([{}, {"words": "=1", "who": "bidder", "at_least": "5", "unit": "£"}])
        ),
        "track_record": draw(st.sampled_from([{}, {"label": "-1", "unit": "days", "months": 3}])),
        "overlaps": [],
        "measure": measure,
        "later_measures": later,
        "quantities": quantities,
        "bases": [
            {"id": "first", "label": draw(LABEL), "unit": draw(UNIT), "stated_by": "bidder"},
            {"id": "second", "label": draw(LABEL), "unit": draw(UNIT), "stated_by": "authority"},
        ],
        "unit": quantities[0]["unit"],
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(contents(), min_size=1, max_size=3, unique_by=lambda one: one["number"]))
def test_any_catalogue_written_and_read_back_changes_nothing(catalogue):
    held = {one["number"]: one for one in catalogue}

    for kind in ("csv", "xlsx"):
        assert changes_of(held, read_back(catalogue, kind)).is_empty


@pytest.mark.parametrize("text", ["-.", "-,", "-..1", "-1,2"])
def test_a_dash_before_digits_and_points_is_read_back_as_it_was_written(text):
    catalogue = [{**SSLEP[0], "overlaps": [], "source": text}]

    assert [one["source"] for one in read_back(catalogue, "csv")] == [text]


def hostile(count: int) -> list[str]:
    """Texts that begin with everything a spreadsheet program looks for, and then some."""
    dice = random.Random(26)
    starts = [*DANGEROUS, "\n=", " =", "'=", "''", "\ufeff=", "\x00=", "＝", "", "\\|"]
    bodies = ["1+1", "cmd|'/c calc'!A1", 'HYPERLINK("http://a.example")', "SUM(1)", "|x", "44 17"]
    ends = ["", "\n=2", "|", "'", '"', ",=3", ";=4", "\r\n@SUM(1)"]
    return [
        dice.choice(starts) + dice.choice(bodies) + dice.choice(ends) + str(dice.randrange(9))
        for _ in range(count)
    ]


def hostile_catalogue() -> list[dict]:
    """Ten thousand such texts, in every column of words."""
    keys = ("short_title", "wording", "target_text", "evidence_text", "source")
    texts = iter(hostile(10_000))
    return [
        {**SSLEP[0], "number": number, "overlaps": [], **{key: next(texts) for key in keys}}
        for number in range(1, 2001)
    ]


def cells_of_csv(catalogue) -> list[str]:
    file = io.StringIO(as_csv(catalogue).decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(file) for cell in row]


def test_no_cell_of_a_csv_file_is_run():
    cells = cells_of_csv(hostile_catalogue())

    assert len(cells) == 2001 * len(COLUMNS)
    assert [cell for cell in cells if cell.startswith((*DANGEROUS, "\n"))] == []


def test_without_defusedcsv_thousands_of_cells_would_be(monkeypatch):
    monkeypatch.setattr(writing, "csv", csv)

    cells = cells_of_csv(hostile_catalogue())

    assert len([cell for cell in cells if cell.startswith(DANGEROUS)]) > 3000


def test_no_cell_of_a_workbook_is_a_formula():
    book = load_workbook(io.BytesIO(as_workbook(hostile_catalogue(), [], {"=1": "=2"})))

    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}

    assert kinds == {"s", "n"}


def test_a_text_that_looks_like_a_formula_stays_text_when_it_is_edited():
    book = load_workbook(io.BytesIO(as_workbook([{**SSLEP[0], "wording": "=1+1"}], [], {})))
    cell = book.active["D2"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_numbers_are_numbers_in_both_files():
    share = {**SSLEP[23], "number": 24}
    at = [column.key for column in COLUMNS].index("part1.amount")

    book = load_workbook(io.BytesIO(as_workbook([share], [], {})))
    row = as_csv([share]).decode("utf-8-sig").split("\r\n")[1]

    assert book.active.cell(2, at + 1).value == 0.5
    assert next(csv.reader([row]))[at] == "0.5"


def test_a_negative_number_is_kept_as_one_in_both_files():
    odd = {**SSLEP[4], "short_title": "-4"}

    row = next(csv.reader([as_csv([odd]).decode("utf-8-sig").split("\r\n")[1]]))

    assert row[2] == "-4"


def test_a_number_with_more_digits_than_a_workbook_keeps_is_text():
    measure = {"id": "m5", "target": {"kind": "absolute", "value": "123456789012345.123456789"}}
    book = load_workbook(io.BytesIO(as_workbook([{**SSLEP[4], "measure": measure}], [], {})))
    at = [column.key for column in COLUMNS].index("part1.amount") + 1

    assert book.active.cell(2, at).value == "123456789012345.123456789"


def test_the_workbook_keeps_its_headings_in_sight_and_says_how_to_fill_it_in():
    bases = [{"id": "a", "label": "People", "unit": "people", "stated_by": "bidder"}]

    book = load_workbook(io.BytesIO(as_workbook(SSLEP, bases, {"ES1": "Local jobs"})))

    assert book.sheetnames == ["Metrics", "Bases", "How to fill this in"]
    assert book["Metrics"].freeze_panes == "D2"
    assert [cell.value for cell in book["Bases"][2]] == [
        "People",
        "people",
        "bidder",
        "People; people; bidder",
    ]
    told = {row[0].value: row[1].value for row in book["How to fill this in"]}
    assert told["Units"] == ", ".join(UNITS)
    assert told["Principle ES1"] == "Local jobs"
    assert {column.heading for column in COLUMNS} <= set(told)
