"""What a company says of itself goes with its bid, as it stands on the day of the bid."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.actions import say_part
from accounts.roles import Role
from bids import actions
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, received
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db
IN_MARCH = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def bid():
    return complete_draft()


def say(bid, note):
    said = {"standing": "in_place", "dated_on": "2025-05-01", "where": "", "note": note}
    by = bidder_of(bid.supplier)
    say_part(company=bid.supplier, part="modern_slavery", said=said, by=by, at=IN_MARCH)


def submit(bid):
    return actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=bidder_of(bid.supplier))


def test_a_bid_takes_along_what_was_said_with_its_day(bid):
    say(bid, "We audit our suppliers.")

    told = received(submit(bid)).document["profile"]["modern_slavery"]

    assert told["as_of"] == "2026-03-03"
    assert "We audit our suppliers." in told["more"]


def test_a_company_that_said_nothing_sends_no_profile(bid):
    assert "profile" not in received(submit(bid)).document


def test_what_is_said_later_changes_no_bid_that_was_received(bid):
    say(bid, "We audit our suppliers.")
    version = submit(bid)
    say(bid, "We no longer do.")

    assert (
        "We audit our suppliers." in received(version).document["profile"]["modern_slavery"]["more"]
    )


def test_the_authority_reads_it_once_the_bid_is_opened(client, bid):
    say(bid, "We audit our suppliers.")
    submit(bid)
    tender = bid.tender
    tender.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    tender.save()
    officer, chair = (team_member(tender, role) for role in (Role.OFFICER, Role.CHAIR))
    client.force_login(officer)
    page = reverse("bids:view", args=[bid.pk])
    before = client.get(page)
    for person in (officer, chair):
        actions.open_bids(tender=tender, by=person)
    after = client.get(page).content.decode()

    assert before.status_code == 404
    assert "We audit our suppliers." in after


def test_a_bidder_sees_beforehand_what_goes_along(client, bid):
    client.force_login(bidder_of(bid.supplier))
    page = reverse("bids:bid", args=[bid.pk])
    before = client.get(page).content.decode()
    say(bid, "We audit our suppliers.")
    after = client.get(page).content.decode()

    assert "You have said nothing of your company yet, and you need not." in before
    assert "We audit our suppliers." in after
