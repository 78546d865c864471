"""A receipt is a promise that anybody who has it can check against a file."""

import hashlib
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from bids import actions
from records.clock import database_time
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, pdf, received_bid
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db
CHECK = "bids:check_receipt"
IS_THE_BID = "It is the bid itself, exactly as it was received."


@pytest.fixture
def version():
    """A bid with a file, received."""
    bid = complete_draft(text="Canary words", price="987654.32")
    by = bidder_of(bid.supplier)
    about = {"bid": bid, "by": by, "at": database_time()}
    actions.attach(criterion=bid.tender.criteria.first(), upload=pdf("canary.pdf"), **about)
    return actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=by)


@pytest.fixture
def downloaded(client, version):
    """The canonical bid, as its firm downloads it."""
    client.force_login(version.submitted_by)
    answer = client.get(reverse("bids:canonical", args=[version.pk]))
    client.logout()
    return b"".join(answer.streaming_content)


def sent(content, name="bid.json"):
    return SimpleUploadedFile(name, content)


def check(client, version, **typed):
    page = client.post(reverse(CHECK), {"number": version.receipt_number, **typed})
    return page.context


def test_the_file_of_a_receipt_is_what_its_hash_is_of(version, downloaded):
    assert hashlib.sha256(downloaded).hexdigest() == version.content_hash
    assert json.loads(downloaded)["price"] == "987654.32"


def test_anybody_can_hold_the_bid_against_its_receipt(client, version, downloaded):
    assert check(client, version, file=sent(downloaded))["found"] == IS_THE_BID


def test_one_changed_letter_is_another_file(client, version, downloaded):
    changed = downloaded.replace(b"Canary words", b"Canary Words")

    assert check(client, version, file=sent(changed))["found"] == ""


def test_a_file_of_evidence_is_told_from_the_bid(client, version):
    found = check(client, version, file=pdf("any name.pdf"))["found"]

    assert found == "It is a file of evidence of the bid, exactly as it was received."


@pytest.mark.parametrize(
    ("which", "found"),
    [
        ("content_hash", IS_THE_BID),
        ("sealed_hash", "It is the sealed copy of the bid, exactly as it was kept."),
        ("tender_hash", "It is the scoring case of the tender, exactly as it was published."),
    ],
)
def test_a_hash_alone_will_do(client, version, which, found):
    digest = getattr(version, which).upper()

    assert check(client, version, hash=f" {digest[:32]} {digest[32:]} ")["found"] == found


def test_a_receipt_says_nothing_of_another_bid(client, version, downloaded):
    other = received_bid().submissions.get()

    assert check(client, other, file=sent(downloaded))["found"] == ""


def test_a_number_may_be_typed_small_and_with_spaces(client, version, downloaded):
    typed = f" {version.receipt_number.lower()[:6]} {version.receipt_number.lower()[6:]}"
    page = client.post(reverse(CHECK), {"number": typed, "file": sent(downloaded)})

    assert page.context["found"] == IS_THE_BID


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"number": "", "hash": "0" * 64}, {"number": ["Enter the receipt number"]}),
        (
            {"number": "R-NONE-NONE-NONE", "hash": "0" * 64},
            {
                "number": [
                    "No receipt has this number. Look for letters that are swapped, and type it "
                    "as it is printed"
                ]
            },
        ),
        ({}, {"file": ["Choose a file, or enter its SHA-256"]}),
        (
            {"hash": "12"},
            {"hash": ["A SHA-256 is 64 characters, digits and the letters a to f"]},
        ),
        (
            {"file": SimpleUploadedFile("empty.json", b"")},
            {"file": ["The submitted file is empty."]},
        ),
    ],
)
def test_what_cannot_be_checked_is_said_beside_its_field(client, version, typed, errors):
    page = client.post(reverse(CHECK), {"number": version.receipt_number, **typed})

    assert page.context["form"].errors == errors


def test_checking_tells_nobody_whose_bid_it_is_or_what_it_says(client, version, downloaded):
    page = client.post(
        reverse(CHECK), {"number": version.receipt_number, "file": sent(downloaded)}
    ).content.decode()

    told = [
        version.bid.supplier.name,
        "Canary words",
        "987654.32",
        "canary.pdf",
        str(version.bid_id),
    ]
    assert [word for word in told if word in page] == []


@pytest.mark.parametrize("who", ["rival", "officer"])
def test_nobody_else_downloads_the_file_of_a_receipt(client, version, who):
    tender = version.bid.tender
    people = {
        "rival": bidder_of(received_bid(tender=tender).supplier),
        "officer": team_member(tender, Role.OFFICER),
    }
    client.force_login(people[who])

    answer = client.get(reverse("bids:canonical", args=[version.pk]))

    assert answer.status_code == 404


def test_a_version_that_never_was_is_not_found(client, version):
    client.force_login(version.submitted_by)

    assert client.get(reverse("bids:canonical", args=[uuid.uuid4()])).status_code == 404


def test_a_received_version_stays_to_be_had_when_the_next_has_come(client, version, downloaded):
    actions.submit_bid(bid=version.bid, idempotency_key=uuid.uuid4(), by=version.submitted_by)
    client.force_login(version.submitted_by)

    answer = client.get(reverse("bids:canonical", args=[version.pk]))

    assert b"".join(answer.streaming_content) == downloaded
