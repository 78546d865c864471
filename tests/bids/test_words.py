"""Who asks for funding is spoken to in its words, and asks for no more than there is."""

from decimal import Decimal

import pytest
from django.urls import reverse

from bids import actions
from bids.drafts import needs_of
from bids.refusals import PriceRefused
from records.clock import database_time
from tests.factories.accounts import bidder_of
from tests.factories.bids import BidFactory
from tests.factories.tenders import CriterionFactory, TenderFactory

pytestmark = pytest.mark.django_db
FUNDED = {"kind": "", "price_weight": 0, "quality_weight": 90, "contract_value": Decimal(50_000)}
MOST = {
    "business_case": "Funding asked for must be no more than £50,000, the most that may be asked "
    "for",
    "funding_round": "Funding asked for must be no more than £50,000, the budget of the round",
}


def bid_for(kind):
    more = FUNDED if kind != "procurement" else {"contract_value": Decimal(50_000)}
    tender = TenderFactory(opportunity=kind, open=True, **more)
    CriterionFactory(tender=tender, code="q1")
    return BidFactory(tender=tender)


@pytest.mark.parametrize("kind", MOST)
def test_asking_for_more_than_there_is_is_answered_beside_the_field(client, kind):
    bid = bid_for(kind)
    client.force_login(bidder_of(bid.supplier))

    response = client.post(reverse("bids:price", args=[bid.pk]), {"amount": "50000.01"})

    assert response.context["form"].errors == {"amount": [MOST[kind]]}


@pytest.mark.parametrize("kind", MOST)
def test_asking_for_more_than_there_is_is_refused(kind):
    bid = bid_for(kind)
    by, at = bidder_of(bid.supplier), database_time()

    with pytest.raises(PriceRefused):
        actions.set_price(bid=bid, amount=Decimal("50000.01"), by=by, at=at)
    actions.set_price(bid=bid, amount=Decimal(50_000), by=by, at=at)


def test_a_price_may_be_above_the_value_of_the_contract():
    bid = bid_for("procurement")
    by, at = bidder_of(bid.supplier), database_time()

    assert actions.set_price(bid=bid, amount=Decimal(60_000), by=by, at=at).amount == 60_000


def test_an_applicant_is_spoken_to_of_funding(client):
    bid = bid_for("funding_round")
    client.force_login(bidder_of(bid.supplier))

    price = client.get(reverse("bids:price", args=[bid.pk])).content.decode()
    last = client.get(reverse("bids:submit", args=[bid.pk])).content.decode()

    assert "The funding you ask for" in price
    assert "Funding asked for" in price
    assert "Your price" not in price
    assert "Submit the application" in last
    assert "Enter the funding you ask for." in needs_of(bid)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("procurement", ["What is bought", "Contract value", "Start a bid", "The best bid has"]),
        (
            "business_case",
            ["What the business case is for", "Most that may be asked for", "business case"],
        ),
        ("funding_round", ["What is funded", "Budget of the round", "Start an application"]),
    ],
)
def test_the_public_page_speaks_of_what_it_is(client, kind, said):
    bid = bid_for(kind)
    client.force_login(bidder_of(bid.supplier))

    page = client.get(reverse("tenders:public", args=[bid.tender_id])).content.decode()

    assert [words for words in said if words not in page] == []
    assert ("standstill" in page, "award notice" in page) == (False, False)
