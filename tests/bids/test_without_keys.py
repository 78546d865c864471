"""The keys are away: people are told what it means for them, the operator what to do."""

import pytest
from django.urls import reverse

from bids.checks import log_unless_keys_are_usable
from bids.models import Bid
from tests.factories.bids import BidFactory, tender_with_questions

pytestmark = pytest.mark.django_db
WORDS = "Nothing that was saved is lost. Wait a few minutes, then try again."


@pytest.fixture
def bid():
    return BidFactory(tender=tender_with_questions(), price="1000.00")


@pytest.fixture
def no_keys(bid, settings, tmp_path):
    """The keys go after the bid was begun."""
    settings.BID_KEYS_FILE = tmp_path / "gone.json"


@pytest.mark.usefixtures("no_keys")
def test_a_bid_cannot_be_read_and_its_firm_is_told_that_nothing_is_lost(bid, bidder, caplog):
    page = bidder.get(reverse("bids:price", args=[bid.pk]))

    assert page.status_code == 503
    assert WORDS in page.content.decode()
    assert "gone.json" not in page.content.decode()
    assert "There is no file of bid keys at" in caplog.text


@pytest.mark.usefixtures("no_keys")
def test_nothing_is_saved_in_the_clear_instead(bid, bidder):
    before = Bid.objects.values().get()

    page = bidder.post(reverse("bids:price", args=[bid.pk]), {"amount": "2000.00"})

    assert (page.status_code, Bid.objects.values().get()) == (503, before)


@pytest.mark.usefixtures("no_keys")
def test_no_bid_begins_without_keys(bid, bidder):
    tender = tender_with_questions()

    page = bidder.post(reverse("bids:start", args=[tender.pk]))

    assert (page.status_code, Bid.objects.filter(tender=tender).count()) == (503, 0)


@pytest.mark.usefixtures("no_keys")
def test_pages_without_bids_work(bidder):
    assert bidder.get(reverse("tenders:public_list")).status_code == 200


@pytest.mark.usefixtures("no_keys")
def test_the_web_server_says_so_as_it_starts(caplog):
    log_unless_keys_are_usable()

    assert "Bids cannot be sealed or read. There is no file of bid keys at" in caplog.text


def test_with_keys_it_starts_without_a_word(caplog):
    log_unless_keys_are_usable()

    assert caplog.text == ""
