"""A bid's workbook says what its draft says, and comes back as it was typed or is refused."""

import io
import random
import zipfile
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from bids.sheets.changes import changes_of
from bids.sheets.columns import BID_ROW, FORM_ROW, HELP_SHEET
from bids.sheets.reading import read_bid
from bids.sheets.slots import Blank, Sheet, Slot, in_a_cell
from bids.sheets.writing import as_workbook
from design.fields import UNSTORABLE
from metrics.sheets.problems import Unreadable, Unsound
from tenders.models import Criterion, Tender
from tests.bids.offline import cell_of, downloaded, filled_in, raw, upload_of
from tests.factories.sheets import as_upload

BID = UUID("0a4f1f61-6f0a-4e55-a5f0-0a3a7f0b7d11")
DANGEROUS = ("=", "+", "-", "@", "|", "%", "'", "=1+1", "@SUM(A1)", "-2+3", "_x0041_")


def blank(text="We will visit.", number="45", base="50", price="950000", **tender) -> Blank:
    """One slot of each kind, and a money and a percentage to commit to."""
    criterion = Criterion(code="q1", title="Running it", question="How?", max_words=20)
    held = {"title": "Repairs", "reference": "T-1", "authority": Organisation(name="Anyford")}
    about = {"question": "Local people", "target": "90%", "what": "People", "evidence": "Payroll"}
    slots = [
        number_slot(Sheet.NUMBERS, "base.headcount", base, what="People employed"),
        number_slot(Sheet.COMMITMENTS, "m2.people", number, **about),
        number_slot(Sheet.COMMITMENTS, "m3.spend", "", "£", **about),
        number_slot(Sheet.COMMITMENTS, "m4.share", "", "%", **about),
        Slot(
            Sheet.ANSWERS,
            "q1",
            "Running it",
            {"question": "Running it", "asks": "How?", "words": "20"},
            {"text": text},
            criterion=criterion,
        ),
        number_slot(Sheet.PRICE, "price", price, "£", what="Price for the whole contract"),
    ]
    return Blank(BID, Tender(**{**held, **tender}), "Hill & Sons", tuple(slots))


def number_slot(sheet, slot, number, unit="people", **asked) -> Slot:
    return Slot(sheet, slot, slot, {**asked, "unit": unit}, {"number": number}, unit)


def changed(form, upload) -> dict[str, dict[str, str]]:
    return {one.slot: dict(one.cells) for one in read_bid(upload, form).entries}


def problems_of(form, upload) -> list[str]:
    with pytest.raises(Unsound) as refusal:
        read_bid(upload, form)
    return [str(one) for one in refusal.value.problems.in_order]


# What is downloaded


def test_each_sheet_has_its_rows_and_the_first_says_how():
    book = downloaded(blank())

    assert book.sheetnames == [HELP_SHEET, "Numbers", "Commitments", "Answers", "Price"]
    assert [[cell.value for cell in row] for row in book["Commitments"].iter_rows(max_row=2)] == [
        ["Reference", "Question", "Target", "What is counted", "Unit", "Your number",
         "Evidence expected"],
        [blank().of(Sheet.COMMITMENTS)[0].id + " " + blank().of(Sheet.COMMITMENTS)[0].mark,
         "Local people", "90%", "People", "people", 45, "Payroll"],
    ]  # fmt: skip


def test_the_sheet_of_the_price_is_called_what_the_price_is():
    book = downloaded(blank(opportunity="funding_round"))

    assert book.sheetnames[-1] == "Funding asked for"


def test_a_sheet_that_asks_for_nothing_is_left_out():
    form = blank()
    form = Blank(form.bid, form.tender, form.company, tuple(form.of(Sheet.ANSWERS)))

    assert downloaded(form).sheetnames == [HELP_SHEET, "Answers"]


def test_only_the_cells_to_fill_in_are_free_and_text_is_text():
    form = blank(text="=1+1")
    book = downloaded(form)
    page, cell = book["Answers"], cell_of(book, form, "q1")

    assert page.protection.sheet
    assert [one.protection.locked for one in page[2]] == [True, True, True, True, False]
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")


def test_a_number_longer_than_a_program_keeps_is_written_as_text():
    form = blank(number="1234567890.123456789")

    assert cell_of(downloaded(form), form, "m2.people").value == "1234567890.123456789"
    assert changed(form, upload_of(form)) == {}


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_that_a_program_would_run_is_written_as_a_formula(text):
    form = blank(text=text)
    content = as_workbook(form)
    sheets = [
        zipfile.ZipFile(io.BytesIO(content)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
        if name.startswith("xl/worksheets/")
    ]

    assert not any(b"<f>" in one or b"<f " in one for one in sheets)
    assert changed(form, raw(content)) == {}


# What comes back


WRITTEN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=120
).filter(lambda text: not UNSTORABLE.search(text)).map(
    lambda text: text.replace("\r\n", "\n").replace("\r", "\n").strip()
)  # fmt: skip
TEXTS = st.one_of(
    WRITTEN,
    st.sampled_from([*DANGEROUS, "Üben 😀", "\u202eעברית\u202c العربية", "one\ntwo\n\n• three"]),
)
# What a person types: fifteen digits at most, nine of them after the point.
TYPED = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(0, 10**15 - 1),
    st.integers(0, 9),
)


@settings(max_examples=20, deadline=None)
@given(text=TEXTS, number=TYPED, price=st.integers(1, 10**10))
def test_what_is_downloaded_and_not_changed_changes_nothing(text, number, price):
    form = blank(text=text, number=f"{number.normalize():f}", price=str(Decimal(price) / 100))

    assert changed(form, upload_of(form)) == {}


@settings(max_examples=20, deadline=None)
@given(text=TEXTS.filter(bool), number=TYPED)
def test_what_is_typed_comes_back_exactly(text, number):
    """A spreadsheet program keeps a number as a float: 0.1 is still what was typed."""
    form, typed = blank(text="", number=""), float(number)

    def fill(book):
        cell = cell_of(book, form, "q1")
        cell.value, cell.data_type = text, "s"
        cell_of(book, form, "m2.people").value = typed

    assert changed(form, upload_of(form, fill)) == {
        "q1": {"text": text},
        "m2.people": {"number": f"{number.normalize():f}"},
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (0.1, "0.1"),
        (12.5, "12.5"),
        (0, "0"),
        (251.7905723, "251.7905723"),
        ("1,250.50", "1250.5"),
        ("999999999999999", "999999999999999"),
        ("1234567890.123456789", "1234567890.123456789"),
    ],
)
def test_numbers_are_the_digits_that_a_person_sees(typed, kept):
    form = blank()

    assert changed(form, filled_in(form, {"m2.people": typed})) == {"m2.people": {"number": kept}}


def test_signs_of_money_and_of_a_share_are_taken_where_they_belong():
    form = blank()
    upload = filled_in(form, {"m3.spend": "£1,250.50", "m4.share": "90%", "price": "£900,000"})

    assert changed(form, upload) == {
        "m3.spend": {"number": "1250.5"},
        "m4.share": {"number": "90"},
        "price": {"number": "900000"},
    }


def test_a_cell_that_is_emptied_takes_out_what_it_held():
    form = blank()

    assert changed(form, filled_in(form, {"m2.people": None, "q1": None})) == {
        "m2.people": {"number": ""},
        "q1": {"text": ""},
    }


@pytest.mark.parametrize(
    ("slot", "typed", "words"),
    [
        ("m2.people", "1e400", "is not a number"),
        ("m2.people", "NaN", "is not a number"),
        ("m2.people", "-Infinity", "is not a number"),
        ("m2.people", "many", "is not a number"),
        ("m2.people", "١٢", "is not a number"),
        ("m2.people", "90%", "is not a number"),
        ("m2.people", -1, "is below 0"),
        ("m2.people", 10**308, "looks like what is left of a calculation"),
        ("m2.people", 1e300, "looks like what is left of a calculation"),
        ("m2.people", 1 / 3, "looks like what is left of a calculation"),
        ("m2.people", "1" + "0" * 308, "at most 15 digits"),
        ("m2.people", "=1+1", "it holds a formula"),
        ("m2.people", "#REF!", "it holds the error #REF!"),
        ("m2.people", True, "is not a number"),
        ("m3.spend", 12.345, "pounds and whole pence"),
        ("m3.spend", "999999999999999", "more than £999,999,999,999.99"),
        ("base.headcount", 0, "must be above 0"),
        ("price", 0, "Price must be above £0"),
        ("price", "12.345", "pounds and whole pence"),
        ("price", None, "this was emptied"),
        ("q1", "=HYPERLINK(\"http://a.example\")", "it holds a formula"),
        ("q1", "x" * 30_001, "At most 30,000 fit"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_told_by_sheet_row_and_column(slot, typed, words):
    form = blank()

    (problem,) = problems_of(form, filled_in(form, {slot: typed}))

    found = next(one for one in form.slots if one.id == slot)
    row = form.of(found.sheet).index(found) + 2
    column = "Your answer" if slot == "q1" else "Your number"
    where = f"Sheet “{form.name_of(found.sheet)}”, row {row}, column “{column}”: "
    assert problem.startswith(where)
    assert words in problem


def test_everything_wrong_with_a_file_is_told_at_once():
    form = blank()

    told = problems_of(form, filled_in(form, {"q1": "=A1", "m2.people": "x", "price": -1}))

    assert [one.partition(":")[0] for one in told] == [
        "Sheet “Commitments”, row 2, column “Your number”",
        "Sheet “Answers”, row 2, column “Your answer”",
        "Sheet “Price”, row 2, column “Your number”",
    ]


# A file that is not ours, or not of this bid


def test_the_workbook_of_another_bid_is_refused():
    form = blank()
    other = Blank(UUID(int=1), form.tender, form.company, form.slots)

    with pytest.raises(Unreadable, match="belongs to something else, not to this bid"):
        read_bid(upload_of(other), form)


def test_a_workbook_of_an_older_form_is_refused():
    form = blank()

    def older(book):
        row = next(row for row in book[HELP_SHEET].iter_rows() if row[0].value == FORM_ROW)
        row[1].value = "0"

    with pytest.raises(Unreadable, match="older form"):
        read_bid(upload_of(form, older), form)


def test_a_workbook_without_our_first_sheet_is_refused():
    form = blank()

    with pytest.raises(Unreadable, match="not a workbook that was downloaded here"):
        read_bid(upload_of(form, lambda book: book.remove(book[HELP_SHEET])), form)


def test_a_first_sheet_that_is_all_but_empty_is_refused():
    form = blank()

    def emptied(book):
        row = next(row for row in book[HELP_SHEET].iter_rows() if row[0].value == BID_ROW)
        row[1].value = None

    with pytest.raises(Unreadable, match="downloaded here|belongs to something else"):
        read_bid(upload_of(form, emptied), form)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bid.csv", b"a,b", "Upload the Excel workbook"),
        ("bid.xlsm", b"PK", "may hold macros"),
        ("bid.xls", b"\xd0\xcf\x11\xe0", "is no Excel workbook"),
        ("bid.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password"),
        ("bid.xlsx", b"%PDF-1.4", "does not hold what its name says"),
        ("bid.xlsx", b"", "is empty"),
    ],
)
def test_a_file_of_another_kind_is_refused(name, content, words):
    with pytest.raises(Unreadable, match=words):
        read_bid(as_upload(name, content), blank())


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"<workbook/>")
        bomb.writestr("xl/sharedStrings.xml", b"a" * 40_000_000)

    with pytest.raises(Unreadable, match="holds too much"):
        read_bid(raw(made.getvalue()), blank())


def repacked(content: bytes, change) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in before.namelist():
            new.writestr(name, change(name, before.read(name)))
    return made.getvalue()


@pytest.mark.parametrize("number", [b"1e400", b"NaN", b"INF", b"1" + b"0" * 5000])
def test_a_number_that_no_program_writes_is_refused(number):
    form = blank(number="7777")
    content = repacked(
        as_workbook(form), lambda name, part: part.replace(b"<v>7777</v>", b"<v>%b</v>" % number)
    )

    with pytest.raises((Unreadable, Unsound)):
        read_bid(raw(content), form)


def test_a_nul_in_a_workbook_is_refused():
    form = blank(text="Planted here")
    content = repacked(as_workbook(form), lambda name, part: part.replace(b"Planted", b"Plan\0ed"))

    with pytest.raises(Unreadable, match="cannot be read as an Excel workbook"):
        read_bid(raw(content), form)


def test_a_spoilt_workbook_is_read_or_refused_and_never_fails():
    form, chance = blank(), random.Random(6)
    content = as_workbook(form)
    for _ in range(30):
        spoilt = bytearray(content)
        for _ in range(chance.choice([1, 4, 30])):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            read_bid(raw(bytes(spoilt)), form)
        except (Unreadable, Unsound):
            continue


# What somebody did to the sheets


def test_extra_sheets_and_hidden_rows_are_told_of():
    form = blank()

    def change(book):
        book.create_sheet("My notes")["A1"] = "=1+1"
        book["Answers"].row_dimensions[2].hidden = True

    filled = read_bid(upload_of(form, change), form)

    assert filled.entries == ()
    assert filled.notes == (
        "These sheets are none of ours and were not read: “My notes”.",
        "Sheet “Answers”: Rows that are hidden in the file were read like the others: 2.",
    )


def test_a_sheet_that_is_gone_changes_nothing_and_is_told_of():
    form = blank()

    filled = read_bid(upload_of(form, lambda book: book.remove(book["Price"])), form)

    assert filled.entries == ()
    assert filled.notes == (
        "These sheets are not in the file, so nothing in them changes: “Price”.",
    )


def test_a_row_that_is_gone_changes_nothing():
    form = blank()

    assert changed(form, upload_of(form, lambda book: book["Commitments"].delete_rows(3))) == {}


def test_rows_in_another_order_are_still_told_apart():
    form = blank()

    def swap(book):
        page = book["Commitments"]
        for column in range(1, 8):
            above, below = page.cell(2, column), page.cell(3, column)
            above.value, below.value = below.value, above.value
        page["F2"].value = 12

    assert changed(form, upload_of(form, swap)) == {"m3.spend": {"number": "12"}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda page: page.merge_cells("B2:C2"), "merged into one"),
        (lambda page: page.__setitem__("H1", "My column"), "not a column we know"),
        (lambda page: page.__setitem__("F1", "Number"), "is missing"),
        (lambda page: page.__setitem__("A3", page["A2"].value), "has this reference too"),
        (lambda page: page.__setitem__("A2", "m9.people 0123456789ab"), "no row of this sheet"),
        (lambda page: page.__setitem__("A2", "m2.people"), "no row of this sheet"),
        (lambda page: page.__setitem__("A2", None), "no row of this sheet"),
        (lambda page: page.__setitem__("F9", 5), "no row of this sheet"),
    ],
)
def test_a_sheet_that_was_taken_apart_is_told_by_row(change, words):
    form = blank()

    told = problems_of(form, upload_of(form, lambda book: change(book["Commitments"])))

    assert any("Commitments" in one and words in one for one in told)


def test_an_empty_column_of_ones_own_is_left_alone():
    form = blank()

    def widen(book):
        book["Commitments"]["J2"].value = ""

    assert changed(form, upload_of(form, widen)) == {}


# Against the draft


def test_a_row_that_nobody_touched_leaves_what_a_colleague_wrote():
    upload = filled_in(blank(), {"m2.people": 12})
    now = blank(text="A colleague wrote this.")

    changes = changes_of(now, read_bid(upload, now).entries)

    assert [one.slot.id for one in changes.changed] == ["m2.people"]
    assert changes.crossed == ()


def test_a_row_that_both_changed_is_told_apart():
    upload = filled_in(blank(), {"q1": "I wrote this."})
    now = blank(text="A colleague wrote this.")

    changes = changes_of(now, read_bid(upload, now).entries)

    assert changes.changed == ()
    assert [one.slot.id for one in changes.crossed] == ["q1"]


def test_a_row_that_both_changed_alike_is_no_matter():
    upload = filled_in(blank(), {"q1": "We wrote this."})
    now = blank(text="We wrote this.")

    changes = changes_of(now, read_bid(upload, now).entries)

    assert (changes.changed, changes.crossed) == ((), ())


def test_changes_are_counted_in_words():
    form = blank()
    upload = filled_in(form, {"q1": "New.", "m2.people": 1, "m4.share": 2, "price": 9})

    changes = changes_of(form, read_bid(upload, form).entries)

    assert changes.in_words == "2 commitments, 1 answer, price"


def test_an_answer_of_too_many_words_is_taken_and_warned_of():
    form = blank()
    upload = filled_in(form, {"q1": "word " * 21})

    changes = changes_of(form, read_bid(upload, form).entries)

    assert changes.warnings == ["“Running it” has 21 words. Shorten it to 20 before you submit."]


def test_a_text_that_no_cell_holds_stays_as_it_is():
    long, longer = in_a_cell("😀" * 20_000), in_a_cell("😀" * 20_001)

    assert long != longer
    assert len(long) < 200
