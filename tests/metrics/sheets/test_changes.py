"""A sheet beside a draft: what is new, what differs field by field, what is left out."""

from metrics.sheets.changes import Field, changes_of
from tests.metrics.sheets.test_round_trip import SSLEP

ONE, TWO, THREE = SSLEP[:3]


def test_a_sheet_beside_a_draft():
    held = {1: ONE, 2: TWO}

    changes = changes_of(held, [{**ONE, "evidence_text": "Pay slips"}, THREE])

    assert [one.number for one in changes.added] == [3]
    assert [one.number for one in changes.changed] == [1]
    assert changes.changed[0].fields == (Field("Evidence", ONE["evidence_text"], "Pay slips"),)
    assert [(one.number, one.title) for one in changes.missing] == [(2, TWO["short_title"])]
    assert changes.unchanged == ()
    assert not changes.is_empty


def test_a_sheet_that_says_the_same_changes_nothing():
    changes = changes_of({1: ONE}, [ONE])

    assert (changes.unchanged, changes.is_empty) == ((1,), True)


def test_what_is_new_tells_every_column_that_says_something():
    (added,) = changes_of({}, [ONE]).added

    assert {field.heading: field.after for field in added.fields}["Part 1: amount"] == "90"
    assert {field.before for field in added.fields} == {""}
