"""A bidder's pages lead on: to the next task, to what is about to be sent, to a filled-in check."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from bids import actions
from tests.factories.accounts import bidder_of
from tests.factories.bids import BidFactory, complete_draft, pdf, tender_with_questions
from tests.pages import Page

pytestmark = pytest.mark.django_db


def page_of(client, name, bid):
    client.force_login(bidder_of(bid.supplier))
    return client.get(reverse(f"bids:{name}", args=[bid.pk]))


def submitted(bid):
    actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=bidder_of(bid.supplier))
    return bid


def test_the_task_list_begins_with_the_first_task_that_is_not_done(client):
    fresh = BidFactory(tender=tender_with_questions())
    priceless = complete_draft(price=None)
    whole = complete_draft()

    assert "Next: Numbers that targets depend on" in Page(page_of(client, "bid", fresh)).text
    assert "Next: Your price" in Page(page_of(client, "bid", priceless)).text
    assert "Next: Submit the bid" in Page(page_of(client, "bid", whole)).text


def test_once_submitted_the_next_step_is_there_again_only_after_a_change(client):
    bid = submitted(complete_draft())
    assert "Next: " not in Page(page_of(client, "bid", bid)).text
    assert "not submitted" not in Page(desk_of(client, bid)).text

    actions.set_price(bid=bid, amount=Decimal(5), by=bidder_of(bid.supplier), at=datetime.now(UTC))

    assert "Next: Submit the bid" in Page(page_of(client, "bid", bid)).text
    assert "First to close and not submitted: " in Page(desk_of(client, bid)).text


def desk_of(client, bid):
    client.force_login(bidder_of(bid.supplier))
    return client.get(reverse("bids:desk"))


def test_the_last_page_shows_the_price_and_the_files_that_are_about_to_be_sent(client):
    bid = complete_draft(price="21500.00")
    question = bid.tender.criteria.get(code="m2")
    by = bidder_of(bid.supplier)
    actions.attach(
        bid=bid, criterion=question, upload=pdf("letter.pdf"), by=by, at=datetime.now(UTC)
    )

    said = Page(page_of(client, "submit", bid)).text

    assert "Price £21,500 Answers 2 Files letter.pdf" in said


def test_a_receipt_leads_to_a_check_that_knows_its_number(client):
    bid = submitted(complete_draft())
    number = bid.submissions.get().receipt_number
    check = f"{reverse('bids:check_receipt')}?number={number}"

    assert f'href="{check}"' in page_of(client, "receipt", bid).content.decode()
    assert f'value="{number}"' in client.get(check).content.decode()


@pytest.mark.parametrize("number", ["<script>", "R-" + "9" * 5000, "\x00", "\u202e"])
def test_a_number_in_the_address_is_only_text(client, number):
    answer = client.get(reverse("bids:check_receipt"), {"number": number})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    assert "9" * 50 not in answer.content.decode()
