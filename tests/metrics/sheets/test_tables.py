"""Files become tables of text, or are refused in words; nothing in them is run."""

import io
import random
import tracemalloc
import zipfile
from datetime import date, time
from time import monotonic

import pytest
from openpyxl import Workbook

from metrics.sheets import tables, workbooks
from metrics.sheets.problems import Unreadable
from metrics.sheets.rows import read_table
from metrics.sheets.tables import Spoilt
from metrics.sheets.workbooks import read_sheets
from records import files
from tests.factories.sheets import as_upload, comma_file, saved, workbook, workbook_of

HEADINGS = ["Number", "Wording"]


def read(upload, most_rows=10):
    return read_table(upload, sheet="Metrics", most_rows=most_rows)


def cell(upload):
    """The second cell of the first row under the headings."""
    return read(upload).lines[0].cells[1]


def repacked(upload, name, change):
    """A workbook with one part rewritten."""
    made = io.BytesIO()
    with zipfile.ZipFile(upload) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in before.namelist():
            content = before.read(entry)
            new.writestr(entry, change(content) if entry == name else content)
    return as_upload(upload.name, made.getvalue())


SHEET_XML = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("make", [comma_file, workbook])
def test_a_table_is_its_headings_and_the_rows_that_hold_something(make):
    table = read(make([HEADINGS, ["1", "Hours"], ["", ""], ["2", "Days"]]))

    assert table.headings == ("Number", "Wording")
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, ("1", "Hours")),
        (4, ("2", "Days")),
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_is_utf_8_with_or_without_the_mark(mark):
    upload = as_upload("a.csv", mark + "Number,Wording\n1,“£5” each\n".encode())

    assert read(upload).headings == ("Number", "Wording")
    assert cell(as_upload("a.csv", mark + "Number,Wording\n1,“£5” each\n".encode())) == "“£5” each"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Number,Wording\n1,£5\n".encode("cp1252"), "line 2 holds a letter or a sign"),
        ("Number,Wording\n1,£5\n".encode("utf-16"), "saved as UTF-16"),
        (b"Number;Wording\n1;Hours\n", "has semicolons between its columns"),
        (b"Number\tWording\n1\tHours\n", "has tabs between its columns"),
        (b'Number,Wording\n1,"Hours\n', "is not sound CSV"),
        (b'Number,Wording\n1,"' + b"a" * 140_000 + b'"\n', "is not sound CSV"),
        (b"N," * 300 + b"\n", "more than 200 columns"),
    ],
)
def test_csv_of_another_kind_is_refused_and_says_what_to_do(content, words):
    with pytest.raises(Unreadable, match=words):
        read(as_upload("a.csv", content))


@pytest.mark.parametrize("text", ["=1+1", "+44 1782", "-4 hours", "@here", "\tHours", "\rHours"])
def test_csv_that_a_spreadsheet_would_run_is_refused(text):
    assert isinstance(cell(comma_file([HEADINGS, ["1", text]])), Spoilt)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("-4", "-4"),
        ("-1,250.50", "-1,250.50"),
        ("'=1+1", "=1+1"),
        ("'+44 1782", "+44 1782"),
        ("'=a\\|b", "=a|b"),
        ("''=1+1", "'=1+1"),
        ("'90s music", "'90s music"),
        ("?? hours", "?? hours"),
        (" two\r\nlines ", "two\nlines"),
    ],
)
def test_csv_keeps_numbers_and_what_an_apostrophe_keeps_from_running(text, kept):
    assert cell(comma_file([HEADINGS, ["1", text]])) == kept


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (36, "36"),
        (0.5, "0.5"),
        (251.7905723, "251.7905723"),
        (1.1, "1.1"),
        (1e-9, "0.000000001"),
        (-4, "-4"),
        (1e3, "1000"),
        (True, "TRUE"),
        (date(2030, 1, 1), "2030-01-01"),
        (time(12, 30), "12:30:00"),
        ("“£5” each", "“£5” each"),
        (None, ""),
    ],
)
def test_cells_of_a_workbook_are_what_a_person_sees(value, text):
    assert cell(workbook([HEADINGS, ["x", value], ["y", "z"]])) == text


def test_a_number_shown_as_a_percentage_is_one():
    book = workbook_of([HEADINGS, ["1", 0.9]])
    book.active["B2"].number_format = "0%"

    assert cell(saved(book)) == "90%"


@pytest.mark.parametrize(
    "kept",
    [b"0.30000000000000004", b"12345678901234567", b"1234567.123456789", b"1E+21", b"1E-10"],
)
def test_what_is_left_of_a_calculation_is_refused(kept):
    upload = repacked(
        workbook([HEADINGS, ["1", 7]]),
        SHEET_XML,
        lambda xml: xml.replace(b"<v>7</v>", b"<v>" + kept + b"</v>"),
    )

    assert "left of a calculation" in cell(upload).words


@pytest.mark.parametrize(
    ("kept", "text"), [(b"1234567.12345678", "1234567.12345678"), (b"1E+14", "100000000000000")]
)
def test_a_number_of_fifteen_digits_is_kept(kept, text):
    upload = repacked(
        workbook([HEADINGS, ["1", 7]]),
        SHEET_XML,
        lambda xml: xml.replace(b"<v>7</v>", b"<v>" + kept + b"</v>"),
    )

    assert cell(upload) == text


def test_a_number_of_three_hundred_digits_is_told_in_a_few():
    refused = cell(workbook([HEADINGS, ["1", 10**308]])).words

    assert len(refused) < 250


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://a.example")', "=cmd|'/c x'!A1"])
def test_a_formula_in_a_workbook_is_refused_whatever_its_value(formula):
    assert "it holds a formula" in cell(workbook([HEADINGS, ["1", formula]])).words


def test_a_formula_that_has_a_kept_value_is_refused_too():
    upload = repacked(
        workbook([HEADINGS, ["1", 2]]),
        SHEET_XML,
        lambda xml: xml.replace(b"<v>2</v>", b"<f>1+1</f><v>2</v>"),
    )

    assert "it holds a formula" in cell(upload).words


def test_text_that_begins_like_a_formula_is_text():
    book = workbook_of([HEADINGS, ["1", "=1+1"]])
    book.active["B2"].data_type = "s"

    assert cell(saved(book)) == "=1+1"


def test_an_error_value_is_refused():
    assert "#REF!" in cell(workbook([HEADINGS, ["1", "#REF!"]])).words


@pytest.mark.parametrize(("make", "sign"), [(comma_file, "\ufffe"), (workbook, "\x7f")])
def test_characters_that_cannot_be_printed_are_refused(make, sign):
    assert "cannot be printed" in cell(make([HEADINGS, ["1", f"a{sign}b"]])).words


def test_a_text_too_long_to_keep_is_refused():
    assert "At most 30,000 fit" in cell(comma_file([HEADINGS, ["1", "a" * 30_001]])).words


def test_the_sheet_of_the_right_name_is_read_and_the_others_are_named():
    book = workbook_of([["Something", "else"]], title="Notes")
    book.create_sheet("metrics").append(HEADINGS)

    table = read(saved(book))

    assert table.headings == ("Number", "Wording")
    assert table.notes == ("Only the sheet “metrics” was read, not “Notes”.",)


def test_without_such_a_sheet_the_first_that_is_shown_is_read():
    book = workbook_of([["Something", "else"]], title="Hidden")
    book.active.sheet_state = "hidden"
    book.create_sheet("Ours").append(HEADINGS)

    assert read(saved(book)).headings == ("Number", "Wording")


def several_sheets():
    book = workbook_of([HEADINGS, ["1", "x"]], title="Answers")
    for title in ("Notes", "Prices"):
        book.create_sheet(title).append(HEADINGS)
    book["Prices"].append(["2", "y"])
    book["Prices"].row_dimensions[2].hidden = True
    return book


def test_several_sheets_are_read_by_name_and_the_others_are_named():
    read, others = read_sheets(
        saved(several_sheets()), sheets=["prices", "Answers", "Gone"], most_rows=10
    )

    assert {name: table.lines[0].cells for name, table in read.items()} == {
        "prices": ("2", "y"),
        "Answers": ("1", "x"),
    }
    assert others == ("Notes",)
    assert read["Answers"].notes == ()
    assert "hidden" in read["prices"].notes[0]


def test_one_sheet_of_several_that_is_too_long_refuses_the_file():
    book = several_sheets()
    book["Prices"].append(["3", "z"])

    with pytest.raises(Unreadable, match="more than 1 rows"):
        read_sheets(saved(book), sheets=["Answers", "Prices"], most_rows=1)


def test_a_workbook_whose_sheets_are_all_hidden_is_refused():
    upload = repacked(
        saved(workbook_of([HEADINGS], title="Ours")),
        "xl/workbook.xml",
        lambda xml: xml.replace(b'state="visible"', b'state="hidden"'),
    )

    with pytest.raises(Unreadable, match="no sheet that can be read. Name one “Metrics”"):
        read(upload)


def test_hidden_sheets_and_rows_are_read_and_told_of():
    book = workbook_of([HEADINGS, ["1", "Hours"], ["2", "Days"]])
    book.active.row_dimensions[3].hidden = True
    book.active.sheet_state = "hidden"
    book.create_sheet("Other")
    book.active = 1

    table = read(saved(book))

    assert len(table.lines) == 2
    assert table.notes == (
        "Only the sheet “Metrics” was read, not “Other”.",
        "The sheet “Metrics” is hidden in the file; it was read all the same.",
        "Rows that are hidden in the file were read like the others: 3.",
    )


def test_merged_cells_are_told_with_their_row():
    book = workbook_of([HEADINGS, ["1", "Hours"]])
    book.active.merge_cells("A1:B1")

    assert read(saved(book)).merged == ((1, "A1:B1"),)


def test_a_sheet_that_holds_nothing_is_an_empty_table():
    assert (read(saved(Workbook())).headings, read(saved(Workbook())).lines) == ((), ())


def test_a_workbook_filled_far_to_the_right_is_refused():
    book = workbook_of([HEADINGS])
    book.active["XFD2"] = "far"

    with pytest.raises(Unreadable, match="further than 200 columns"):
        read(saved(book))


def test_a_row_number_that_no_sheet_has_is_refused():
    upload = repacked(
        workbook([HEADINGS, ["1", "Hours"]]),
        SHEET_XML,
        lambda xml: xml.replace(b'r="2"', b'r="999999999999"').replace(b'"A2"', b'"A999999999999"'),
    )

    with pytest.raises(Unreadable):
        read(upload)


@pytest.mark.parametrize("make", [comma_file, workbook])
def test_one_row_too_many_is_refused_and_the_last_that_fits_is_not(make):
    rows = [["1", "Hours"] for _ in range(3)]

    assert len(read(make([HEADINGS, *rows]), most_rows=3).lines) == 3
    with pytest.raises(Unreadable, match="more than 3 rows under its headings"):
        read(make([HEADINGS, *rows, ["1", "Hours"]]), most_rows=3)


@pytest.mark.parametrize("make", [comma_file, workbook])
def test_ten_thousand_rows_are_refused_within_seconds_and_little_memory(make):
    upload = make([HEADINGS, *[[str(n), f"Hours of kind {n}"] for n in range(10_000)]])
    began = monotonic()
    tracemalloc.start()

    with pytest.raises(Unreadable, match="more than 1,000 rows"):
        read(upload, most_rows=1000)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert monotonic() - began < 10
    assert peak < 60_000_000


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("m.xlsm", b"PK", "may hold macros"),
        ("m.xls", b"PK", "is no Excel workbook"),
        ("m.ods", b"PK", "is no Excel workbook"),
        ("metrics", b"PK", "is no Excel workbook"),
        ("m.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "protected by a password"),
        ("m.xlsx", b"not a workbook", "does not hold what its name says"),
        ("m.csv", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0", "is not saved as UTF-8"),
        ("m.csv", b"", "is empty"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_says_what_to_send(name, content, words):
    with pytest.raises(Unreadable, match=words):
        read(as_upload(name, content))


def test_csv_may_quote_a_web_page():
    assert cell(comma_file([HEADINGS, ["1", "<html><script>"]])) == "<html><script>"


def test_a_refusal_names_the_kinds_that_are_read_here_alone():
    with pytest.raises(Unreadable) as refusal:
        read(as_upload("m.xlsx", b"not a workbook"))

    assert str(refusal.value).endswith("Save it again as an Excel workbook (.xlsx) or a CSV file.")


def test_a_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 10

    with pytest.raises(Unreadable, match="Send a smaller file"):
        read(comma_file([HEADINGS, ["1", "Hours"]]))


def test_macros_under_another_name_are_refused():
    made = io.BytesIO(workbook([HEADINGS]).read())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", "x")

    with pytest.raises(Unreadable, match="holds macros"):
        read(as_upload("m.xlsx", made.getvalue()))


@pytest.mark.parametrize(
    ("part", "limit"),
    [
        ("xl/media/x.bin", tables.UNPACKED_MAX_BYTES),
        ("xl/sharedStrings.xml", tables.READ_WHOLE_MAX_BYTES),
    ],
)
def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(monkeypatch, part, limit):
    made = io.BytesIO(workbook([HEADINGS]).read())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"\0" * (limit + 1))
    monkeypatch.setattr(workbooks, "load_workbook", None)

    with pytest.raises(Unreadable, match="holds too much to be read"):
        read(as_upload("m.xlsx", made.getvalue()))


def small_and_heavy(part, before, filling):
    """A few kilobytes that cost minutes to read."""
    made = repacked(workbook([HEADINGS]), part, lambda xml: xml.replace(before, filling + before))
    assert made.size < 400_000
    return made


SHEET_AGAIN = b'<s:sheet name="a" sheetId="1" r:id="rId1"/>'
HEAVY = [
    (SHEET_XML, b"</row>", b"<c/>" * tables.MOST_TAGS),
    (SHEET_XML, b"</sheetData>", b"<x/>" * tables.MOST_TAGS),
    ("xl/styles.xml", b"</cellXfs>", b"<xf/>" * tables.READ_WHOLE_MOST_TAGS),
    ("xl/workbook.xml", b"</sheets>", SHEET_AGAIN * tables.MOST_SHEETS),
    ("xl/workbook.xml", b"<workbook", b"\xff\xfe"),
]


@pytest.mark.parametrize(("part", "before", "filling"), HEAVY)
def test_a_small_workbook_that_takes_minutes_to_read_is_refused_unopened(
    monkeypatch, part, before, filling
):
    upload = small_and_heavy(part, before, filling)
    monkeypatch.setattr(workbooks, "load_workbook", None)

    with pytest.raises(Unreadable, match="more cells, formats or sheets than can be read"):
        read(upload)


def test_twin_without_that_look_it_is_opened(monkeypatch):
    upload = small_and_heavy(*HEAVY[0])
    monkeypatch.setattr(tables, "_is_crowded", lambda upload: False)
    monkeypatch.setattr(workbooks, "load_workbook", None)

    with pytest.raises(Unreadable, match="cannot be read as an Excel workbook"):
        read(upload)


@pytest.mark.parametrize(("last", "is_read"), [(workbooks.LAST_ROW, True), (1_048_576, False)])
def test_a_stray_cell_far_below_the_table_is_refused(last, is_read):
    book = workbook_of([HEADINGS])
    book.active.cell(last, 1, "x")

    if is_read:
        assert [line.number for line in read(saved(book)).lines] == [last]
    else:
        with pytest.raises(Unreadable, match="200 columns or 20,000 rows"):
            read(saved(book))


def test_csv_with_too_many_columns_is_refused_before_its_cells_are_read():
    upload = as_upload("m.csv", b"," * 5_000_000)
    tracemalloc.start()

    with pytest.raises(Unreadable, match="more than 200 columns"):
        read(upload)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 110_000_000


def test_xml_that_explodes_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'
    upload = repacked(
        workbook([HEADINGS, ["1", "Hours"]]),
        SHEET_XML,
        lambda xml: bomb + xml.removeprefix(b"<?xml version='1.0' encoding='UTF-8'?>\n"),
    )

    with pytest.raises(Unreadable, match="is spoilt. Open it, save it again"):
        read(upload)


def promising_more_than_there_is(upload):
    """A workbook whose last part is said to be longer than the whole file."""
    made = io.BytesIO()
    with zipfile.ZipFile(upload) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for entry in before.namelist():
            new.writestr(entry, before.read(entry))
    content = bytearray(made.getvalue())
    sizes = content.rindex(b"PK\x01\x02") + 20
    content[sizes : sizes + 8] = (1_000_000).to_bytes(4, "little") * 2
    return as_upload(upload.name, bytes(content))


def test_a_workbook_that_ends_before_its_last_part_does_is_refused():
    with pytest.raises(Unreadable, match="is spoilt. Open it, save it again"):
        read(promising_more_than_there_is(workbook([HEADINGS, ["1", "Hours"]])))


@pytest.mark.parametrize("refusal", files.SPOILT_ARCHIVE, ids=lambda one: one.__name__)
def test_however_the_library_refuses_a_spoilt_part_the_file_is_refused(monkeypatch, refusal):
    def unpack(archive, entry, pwd=None):
        raise refusal("spoilt")

    monkeypatch.setattr(zipfile.ZipFile, "read", unpack)

    with pytest.raises(Unreadable, match="cannot be read as an Excel workbook"):
        read(workbook([HEADINGS, ["1", "Hours"]]))


def test_a_spoilt_workbook_is_read_or_refused_and_never_fails():
    """A file with a few bytes changed at random, three hundred times over."""
    sound = workbook([HEADINGS, ["1", "Hours"], ["2", 36]]).read()
    dice = random.Random(3)
    outcomes = set()
    for _ in range(300):
        spoilt = bytearray(sound)
        for _ in range(dice.randint(1, 6)):
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
        try:
            read(as_upload("m.xlsx", bytes(spoilt)))
        except Unreadable:
            outcomes.add("refused")
        else:
            outcomes.add("read")

    assert outcomes == {"refused", "read"}
