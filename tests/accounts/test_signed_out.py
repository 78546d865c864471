"""Whoever was signed out while writing gets back what they wrote, and nobody else's words."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.bids import complete_draft, draft

pytestmark = pytest.mark.django_db

WRITTEN = "We will visit <each> school\nonce a term."


@pytest.fixture
def address():
    bid = complete_draft()
    return reverse("bids:answer", args=[bid.pk, bid.tender.criteria.get(code="q1").pk])


def test_what_could_not_be_saved_is_there_to_copy_and_the_way_back_is_named(client, address):
    came_from = {"Referer": f"http://testserver{address}"}

    answer = client.post(address, {"text": WRITTEN, "then": "stay"}, headers=came_from)

    assert answer.status_code == 403
    assert answer["Cache-Control"] == "private, no-cache"
    assert "What you just sent was not saved." in answer.content.decode()
    assert answer.content.decode().count("<textarea") == 1
    assert "We will visit &lt;each&gt; school\nonce a term.</textarea>" in answer.content.decode()
    assert f'href="{reverse("account_login")}?next={address}"' in answer.content.decode()


def test_nothing_of_it_is_saved(client, address):
    bid = complete_draft(text="As before.")
    criterion = bid.tender.criteria.get(code="q1")

    client.post(reverse("bids:answer", args=[bid.pk, criterion.pk]), {"text": WRITTEN})

    assert draft(bid).answer_to(criterion).text == "As before."


@pytest.mark.parametrize("came_from", ["https://elsewhere.example/bids/", "//elsewhere", ""])
def test_no_way_back_leads_to_another_site(client, address, came_from):
    answer = client.post(address, {"text": WRITTEN}, headers={"Referer": came_from})

    assert f'href="{reverse("account_login")}"' in answer.content.decode()
    assert "elsewhere" not in answer.content.decode()


def test_another_sites_form_puts_no_words_into_our_page(address):
    answer = Client(enforce_csrf_checks=True).post(address, {"text": WRITTEN})

    assert answer.status_code == 403
    assert "We will visit" not in answer.content.decode()
