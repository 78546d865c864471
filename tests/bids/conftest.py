"""A draft of a bid, and a browser's client for a person: its bidder or another."""

import pytest

from tests.factories.accounts import bidder_of
from tests.factories.bids import BidFactory, tender_with_questions


@pytest.fixture
def signed_in(client):
    def as_(person):
        client.force_login(person)
        return client

    return as_


@pytest.fixture
def bid():
    return BidFactory(tender=tender_with_questions())


@pytest.fixture
def bidder(bid, signed_in):
    return signed_in(bidder_of(bid.supplier))
