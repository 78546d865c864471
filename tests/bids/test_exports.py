"""Received bids go out as one tidy table: nothing runs, nothing is hidden, no price too early."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from bids.exports import COLUMNS, TOO_LONG, as_csv, as_json, as_workbook, rows_of
from tenders.states import Stage
from tests.factories.accounts import SupplierFactory
from tests.factories.bids import RECEIVED, complete_draft, received_bid, tender_with_questions
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db
TEXT = '=HYPERLINK("http://a.example")\nÜben 😀 \u202eעברית'


@pytest.fixture
def tender():
    return tender_with_questions(opened=True)


def bid_for(tender, name="Hill & Sons", text=TEXT, **fields):
    lines = [
        {"id": "1", "criterion": "q1", "text": text, "quantities": {}, "files": []},
        {
            "id": "2",
            "criterion": "m2",
            "text": "We will.",
            "quantities": {"m2": "45.5"},
            "alternative": {"outcome": "Cleaner air.", "quantity": "9"},
            "files": [{"id": "3", "name": "=1+1.pdf", "size": 5, "sha256": "2" * 64}],
        },
    ]
    supplier = SupplierFactory(name=name)
    return received_bid(
        tender=tender, supplier=supplier, answers=lines, bases={"headcount": "50"}, **fields
    )


def rows(tender, *bids, with_prices=False):
    return rows_of(tender, bids, with_prices=with_prices)


def told(row):
    return {key: text for key, text in row.items() if text and key not in ("company", "receipt")}


def export(browser, tender, kind="csv"):
    return browser.get(reverse("bids:export", args=[tender.pk, kind]))


def table_of(response):
    content = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


# What stands in it


def test_there_is_a_row_for_each_number_each_answer_and_each_file(tender):
    bid = bid_for(tender)
    metric = tender.criteria.get(code="m2").metric
    whose = {"version": "1", "received_at": RECEIVED.isoformat()}
    local = {**whose, "code": "m2", "question": "Local people"}

    assert [told(row) for row in rows(tender, bid)] == [
        {
            **whose,
            "kind": "number stated",
            "what": metric.bases[0]["label"],
            "unit": metric.bases[0]["unit"],
            "number": "50",
        },
        {
            **whose,
            "code": "q1",
            "question": "Running the service",
            "kind": "answer",
            "unit": "words",
            "number": "4",
            "text": TEXT,
        },
        {
            **local,
            "kind": "commitment",
            "what": metric.quantities[0]["label"],
            "unit": metric.quantities[0]["unit"],
            "number": "45.5",
        },
        {**local, "kind": "answer", "unit": "words", "number": "2", "text": "We will."},
        {**local, "kind": "measure of its own", "what": "outcome", "text": "Cleaner air."},
        {**local, "kind": "file", "what": "=1+1.pdf", "text": "2" * 64},
    ]


def test_a_price_is_a_row_only_for_those_who_may_see_it(tender):
    bid = bid_for(tender, price="123456.70")

    assert [row["number"] for row in rows(tender, bid, with_prices=True) if row["unit"] == "£"] == [
        "123456.7"
    ]
    assert "123456" not in str(rows(tender, bid))


def test_nothing_in_the_csv_is_run_and_all_of_it_is_there(tender):
    table = list(
        csv.DictReader(
            io.StringIO(as_csv(rows(tender, bid_for(tender))).decode("utf-8-sig"), newline="")
        )
    )

    texts = [row["Text"] for row in table]
    assert f"'{TEXT}" in texts
    assert not any(cell.startswith(("=", "+", "@")) for row in table for cell in row.values())


def test_in_the_workbook_text_is_text_and_a_number_a_number(tender):
    content = as_workbook(rows(tender, bid_for(tender)))
    sheet = load_workbook(io.BytesIO(content)).active
    cells = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}

    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS]
    assert (cells[TEXT], cells[45.5], cells["=1+1.pdf"]) == ("s", "n", "s")
    assert "f" not in cells.values()


def test_a_text_that_no_cell_holds_is_whole_in_the_json(tender):
    bid = bid_for(tender, text="x" * 40_000)
    sheet = load_workbook(io.BytesIO(as_workbook(rows(tender, bid)))).active
    texts = [row[-1].value for row in sheet.iter_rows()]

    assert TOO_LONG in texts
    said = json.loads(as_json(tender, rows(tender, bid), RECEIVED))
    assert "x" * 40_000 in [row["text"] for row in said["rows"]]


def test_numbers_in_the_json_are_exact(tender):
    said = json.loads(as_json(tender, rows(tender, bid_for(tender)), RECEIVED))

    assert said["rows"][2]["number"] == "45.5"
    assert (said["tender"], said["columns"]["number"]) == (tender.reference, "Number")


# Who gets it


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_officer_and_chair_take_the_bids_away_as_a_download(tender, signed_in, role, kind):
    bid_for(tender)
    response = export(signed_in(team_member(tender, role)), tender, kind)

    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response)


def test_before_marks_are_locked_no_price_is_in_the_file(tender, signed_in):
    bid_for(tender, price="123456.70")
    officer = signed_in(team_member(tender, Role.OFFICER))
    before = b"".join(export(officer, tender))
    tender.stage = Stage.LOCKED
    tender.save()

    assert b"123456" not in before
    assert b"123456.7" in b"".join(export(officer, tender))


def test_drafts_and_bids_taken_back_are_in_no_file(tender, signed_in):
    bid_for(tender, name="Hill & Sons")
    complete_draft(tender=tender, supplier=SupplierFactory(name="Draft Ltd"))
    bid_for(tender, name="Gone Ltd", withdrawn_at=RECEIVED)

    table = table_of(export(signed_in(team_member(tender, Role.OFFICER)), tender))

    assert {row["Company"] for row in table} == {"Hill & Sons"}


def test_another_kind_of_file_is_not_found(tender, signed_in):
    assert export(signed_in(team_member(tender, Role.CHAIR)), tender, "pdf").status_code == 404


def test_the_list_of_bids_offers_the_files_to_those_who_may_have_them(tender, signed_in):
    bid_for(tender)
    address = reverse("bids:of_tender", args=[tender.pk])
    offered = reverse("bids:export", args=[tender.pk, "xlsx"])

    assert offered in signed_in(team_member(tender, Role.OFFICER)).get(address).content.decode()
    approver = signed_in(team_member(tender, Role.APPROVER)).get(address).content.decode()
    assert offered not in approver


@pytest.mark.parametrize("bids", [1, 3])
def test_a_file_of_more_bids_needs_no_more_queries(
    tender, signed_in, bids, django_assert_num_queries
):
    for at in range(bids):
        bid_for(tender, name=f"Firm {at}")
    officer = signed_in(team_member(tender, Role.OFFICER))

    with django_assert_num_queries(11):
        export(officer, tender, "json")


def test_a_price_of_whole_pounds_has_no_idle_noughts(tender):
    (price,) = [
        row["number"]
        for row in rows(tender, bid_for(tender, price="950000.00"), with_prices=True)
        if row["kind"] == "price"
    ]

    assert Decimal(price) == 950_000
    assert price == "950000"
