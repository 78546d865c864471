"""A draft that lacks nothing and was not sent is said to be just that, wherever it is shown."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from bids import actions
from bids.models import Bid
from records.clock import database_time
from tests.factories.accounts import bidder_of
from tests.factories.bids import BidFactory, complete_draft, tender_with_questions

pytestmark = pytest.mark.django_db
SAID = "Complete but NOT SUBMITTED"


@pytest.fixture
def bid():
    """A draft without its price alone."""
    whole = complete_draft()
    Bid.objects.filter(pk=whole.pk).update(sealed_price=None)
    return Bid.objects.select_related("tender__authority", "supplier").get(pk=whole.pk)


def priced(bid):
    about = {"by": bidder_of(bid.supplier), "at": database_time()}
    return actions.set_price(bid=bid, amount=Decimal(1000), **about)


def pages(client, bid):
    client.force_login(bidder_of(bid.supplier))
    addresses = [reverse("bids:desk"), reverse("bids:bid", args=[bid.pk])]
    return [client.get(address).content.decode() for address in addresses]


def test_the_last_thing_missing_makes_it_complete(client, bid):
    before = [SAID in page for page in pages(client, bid)]
    priced(bid)

    assert before == [False, False]
    assert [SAID in page for page in pages(client, bid)] == [True, True]


def test_taking_something_out_makes_it_incomplete_again(client, bid):
    bid = priced(bid)
    actions.save_answer(
        bid=bid,
        criterion=bid.tender.criteria.get(code="q1"),
        text="",
        quantities={},
        by=bidder_of(bid.supplier),
        at=database_time(),
    )

    assert [SAID in page for page in pages(client, bid)] == [False, False]


def test_a_draft_that_lacks_something_is_never_called_complete():
    bid = priced(BidFactory(tender=tender_with_questions()))

    assert bid.is_complete is False


def test_after_the_deadline_it_is_said_that_nothing_was_received(client, bid):
    bid = priced(bid)
    bid.tender.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    bid.tender.save()

    desk, own = pages(client, bid)

    assert SAID in desk
    assert "Nothing was received, although the draft was complete" in " ".join(own.split())


def test_every_page_of_an_open_bid_has_the_servers_clock(client, bid):
    client.force_login(bidder_of(bid.supplier))
    names = ["bid", "bases", "price", "submit"]

    clocks = [
        client.get(reverse(f"bids:{name}", args=[bid.pk])).content.decode().count("data-clock=")
        for name in names
    ]

    assert clocks == [1, 1, 1, 1]
