"""Pages of bids in Chromium: open to everyone, at both widths, and quick with a number."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from bids import actions
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, pdf, received_bid, said
from tests.factories.tenders import TenderFactory, team_member
from tests.journeys.axe import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_person(live_server, page):
    """Opens pages as somebody who has signed in already."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        page.context.clear_cookies()
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return sign_in


def check_each(page, site, addresses):
    for address in addresses:
        page.goto(site + address)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert_accessible(page)


def test_the_bidders_pages_are_accessible_wide_and_narrow(live_server, as_person):
    bid = complete_draft()
    by, at = bidder_of(bid.supplier), datetime.now(UTC)
    TenderFactory(open=True)
    question = bid.tender.criteria.get(code="m2")
    actions.attach(bid=bid, criterion=question, upload=pdf(), by=by, at=at)
    actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=by)
    actions.set_price(bid=bid, amount=Decimal("1"), by=by, at=at)
    names = [
        "bid",
        "bases",
        "price",
        "practice",
        "offline",
        "submit",
        "withdraw",
        "receipt",
        "view",
    ]

    check_each(
        as_person(by),
        live_server.url,
        [
            reverse("bids:desk"),
            *(reverse(f"bids:{name}", args=[bid.pk]) for name in names),
            *(
                reverse(f"bids:{name}", args=[bid.pk, question.pk])
                for name in ("answer", "alternative")
            ),
            reverse("bids:check_receipt"),
        ],
    )


def test_the_authoritys_pages_are_accessible_wide_and_narrow(live_server, as_person):
    bid = received_bid(tender=TenderFactory(closed=True))
    officer, chair = (team_member(bid.tender, role) for role in (Role.OFFICER, Role.CHAIR))
    pages = [reverse(f"bids:{name}", args=[bid.tender_id]) for name in ("of_tender", "open")]
    page = as_person(officer)

    check_each(page, live_server.url, pages)
    for person in (officer, chair):
        actions.open_bids(tender=bid.tender, by=person)

    check_each(page, live_server.url, [*pages, reverse("bids:view", args=[bid.pk])])


def test_a_number_says_what_it_comes_to_as_it_is_typed(live_server, as_person):
    bid = complete_draft()
    question = bid.tender.criteria.get(code="m2")
    page = as_person(bidder_of(bid.supplier))
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(live_server.url + reverse("bids:answer", args=[bid.pk, question.pk]))

    page.fill("[name=number_m2]", "20")

    expect(page.locator("[data-redraw]")).to_contain_text(
        "This is 40% of 50 people; the target is 90% of 50 people."
    )
    assert faults == []
    assert said(bid.answers.get(criterion=question)).quantities == {"m2": "45"}
