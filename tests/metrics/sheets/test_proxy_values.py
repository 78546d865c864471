"""A sheet of proxy values is read exactly, or refused with its rows."""

from decimal import Decimal

import pytest

from metrics.sheets.problems import Unsound
from metrics.sheets.proxy_values import Value, read_values
from metrics.sheets.rows import read_table
from tests.factories.sheets import comma_file, workbook

HEADINGS = ["Reference", "Title", "Unit", "Value", "Note"]


def read(*rows, make=comma_file, headings=HEADINGS):
    return read_values(read_table(make([headings, *rows]), sheet="Values", most_rows=10))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("251.7905723", "251.7905723"),
        ("£1,250.50", "1250.50"),
        ("0", "0"),
        ("123456789012345.123456789", "123456789012345.123456789"),
    ],
)
def test_a_value_is_kept_exactly(typed, amount):
    assert read(["X1", "Weeks of training", "week", typed, "A note"]) == [
        Value("X1", "Weeks of training", "week", Decimal(amount), "A note")
    ]


@pytest.mark.parametrize("value", [251.7905723, 317.821909, 0.12, 15382.904, 101])
def test_a_value_of_a_workbook_is_kept_exactly(value):
    (one,) = read(["X1", "Weeks", "week", value, ""], make=workbook)

    assert one.amount == Decimal(repr(value))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["", "A", "week", "1", ""], "Row 2, column “Reference”: this is empty."),
        (["X1", "", "week", "1", ""], "Row 2, column “Title”: this is empty."),
        (["X1", "A", "", "1", ""], "Row 2, column “Unit”: this is empty."),
        (["X1", "A", "week", "", ""], "Row 2, column “Value”: this is empty."),
        (["X1", "A", "week", "none", ""], "Row 2, column “Value”: “none” is not a number."),
        (["X1", "A", "week", "-1", ""], "Row 2, column “Value”: -1 is below 0."),
        (["X1", "A", "week", "1.0123456789", ""], "Row 2, column “Value”: at most 15 digits"),
        (["X1", "A", "week", "=1+1", ""], "Row 2, column “Value”: it begins with “=”"),
        (["X" * 41, "A", "week", "1", ""], "Row 2, column “Reference”: this has 41 characters."),
    ],
)
def test_what_is_wrong_is_told_with_its_row_and_column(row, words):
    with pytest.raises(Unsound) as refusal:
        read(row)

    (only,) = refusal.value.problems.in_order
    assert str(only).startswith(words)


def test_a_reference_used_twice_is_refused():
    with pytest.raises(Unsound, match="Row 3, column “Reference”: “X1” is in row 2 too."):
        read(["X1", "A", "week", "1", ""], ["X1", "B", "week", "1", ""])


def test_a_sheet_without_values_is_refused():
    with pytest.raises(Unsound, match="there is no value under the headings"):
        read()


def test_the_note_may_be_left_out_and_nothing_else():
    assert read(["X1", "A", "week", "1"], headings=HEADINGS[:4])[0].note == ""
    with pytest.raises(Unsound, match="Row 1, column “Value”: this column is missing"):
        read(["X1", "A", "week"], headings=HEADINGS[:3])
