"""What a receipt promises: this content, of this bid, in this version."""

import uuid
from decimal import Decimal

import pytest

from bids.documents import answer_to, canonical, files_in, quantities_in, sha256, spelt

BID = uuid.UUID(int=1)
DOCUMENT = {
    "bases": {"headcount": "14"},
    "answers": [
        {"id": "a", "criterion": "q1", "text": "Ünder", "quantities": {}, "files": []},
        {
            "id": "b",
            "criterion": "m2",
            "text": "",
            "quantities": {"m2": "5"},
            "files": [{"id": "f", "name": "a.pdf", "size": 5, "sha256": "1" * 64}],
        },
    ],
}


def of(**changed):
    whole = {
        "bid": BID,
        "version": 1,
        "document": DOCUMENT,
        "price": Decimal("950000.00"),
        "tender_hash": "0" * 64,
    }
    return sha256(canonical(**{**whole, **changed}))


@pytest.mark.parametrize(
    "changed",
    [
        {"bid": uuid.UUID(int=2)},
        {"version": 2},
        {"document": {**DOCUMENT, "bases": {"headcount": "15"}}},
        {"price": Decimal("950000.01")},
        {"tender_hash": "1" * 64},
    ],
)
def test_a_hash_changes_with_everything_it_covers(changed):
    assert of(**changed) != of()


def test_a_hash_is_the_same_whatever_the_order_of_keys():
    turned = {key: DOCUMENT[key] for key in reversed(DOCUMENT)}

    assert of(document=turned) == of()


def test_a_hash_does_not_hang_on_how_a_price_is_written():
    assert of(price=Decimal("950000")) == of(price=Decimal("950000.00"))


def test_a_document_is_spelt_in_utf8_without_spaces():
    assert spelt({"b": "ü", "a": 1}) == '{"a":1,"b":"ü"}'.encode()


def test_an_answer_is_found_by_the_code_of_its_question():
    assert answer_to(DOCUMENT, "m2")["id"] == "b"
    assert answer_to(DOCUMENT, "m9") is None


def test_a_document_gives_its_files_and_quantities():
    assert [file["name"] for file in files_in(DOCUMENT)] == ["a.pdf"]
    assert quantities_in(DOCUMENT) == {"m2": "5"}
