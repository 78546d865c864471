"""Autosave in Chromium: it says what is saved, loses nothing, and saves over nobody."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from bids import actions
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, draft

pytestmark = pytest.mark.django_db(transaction=True)
# How long static/js/autosave.js waits after typing stops, and before it tries again, in ms.
PAUSE, AGAIN = 3_000, 10_000


def cookie_of(person, site):
    client = Client()
    client.force_login(person)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}


@pytest.fixture
def bid():
    return complete_draft()


@pytest.fixture
def writing(live_server, page, bid):
    """The page of a metric's answer, open at somebody of the firm."""
    page.context.add_cookies([cookie_of(bidder_of(bid.supplier), live_server.url)])
    page.clock.install()
    page.goto(live_server.url + reverse("bids:answer", args=[bid.pk, metric(bid).pk]))
    return page


def metric(bid):
    return bid.tender.criteria.get(code="m2")


def kept(bid):
    return draft(bid).answer_to(metric(bid))


def write(page, text):
    """Type, and leave the field."""
    page.get_by_label("How you will do it").fill(text)
    page.get_by_label("How you will do it").blur()


def test_what_is_typed_is_saved_whatever_happens_in_between(live_server, writing, bid):
    page, saved = writing, writing.locator("#saved")
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    expect(saved).to_be_visible()

    page.get_by_label("How you will do it").press_sequentially("Ward")
    page.clock.fast_forward(PAUSE)
    expect(saved).to_contain_text("Saved at")
    assert kept(bid).text == "WardWe will."

    page.context.set_offline(True)
    write(page, "Ward by ward.")
    expect(saved).to_contain_text("Not saved yet: there is no connection")
    page.context.set_offline(False)
    expect(saved).to_contain_text("Saved at")
    assert kept(bid).text == "Ward by ward."

    page.context.clear_cookies()
    write(page, "Ward by ward, at home.")
    expect(saved).to_contain_text("you may be signed out")
    expect(page.get_by_label("How you will do it")).to_have_value("Ward by ward, at home.")
    page.context.add_cookies([cookie_of(bidder_of(bid.supplier), live_server.url)])
    page.clock.fast_forward(AGAIN)
    expect(saved).to_contain_text("Saved at")
    assert kept(bid).text == "Ward by ward, at home."

    theirs = {"text": "Theirs", "quantities": {}, "by": bidder_of(bid.supplier)}
    actions.save_answer(bid=bid, criterion=metric(bid), at=datetime.now(UTC), **theirs)
    write(page, "Mine")
    expect(saved).to_contain_text("Not saved: a colleague changed this answer")
    expect(page.locator("#theirs")).to_contain_text("Theirs")
    expect(page.locator("#theirs")).to_be_visible()
    assert kept(bid).text == "Theirs"

    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url(f"**{reverse('bids:bid', args=[bid.pk])}")
    assert kept(bid).text == "Mine"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert faults == []
