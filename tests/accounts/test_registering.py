"""A first-time bidder registers from a tender's page and is back there, knowing what comes next."""

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories.accounts import SupplierFactory, bidder_of
from tests.pages import Page

pytestmark = pytest.mark.django_db

TENDER = "/tenders/00000000-0000-0000-0000-000000000007/"
MARY = {
    "full_name": "Mary Seacole",
    "company_name": "Potteries Care CIC",
    "email": "mary@example.org",
    "password1": "a long enough pass phrase",
}


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_way_back_is_kept_from_signing_in_to_registering(client):
    page = Page(client.get(reverse("account_login"), {"next": TENDER}))
    register = next(href for href, words in page.links if words == "register to bid")

    response = client.post(register, {**MARY, "next": TENDER})

    assert "next=%2Ftenders%2F" in register
    assert response.url == TENDER


def test_the_form_itself_holds_the_way_back(client):
    page = client.get(reverse("account_signup"), {"next": TENDER}).content.decode()

    assert f'name="next" value="{TENDER}"' in page


def test_the_way_back_leads_nowhere_else(client):
    response = client.post(reverse("account_signup"), {**MARY, "next": "https://evil.example/"})

    assert response.url == reverse("accounts:home")


def test_who_registers_is_told_what_comes_next(client):
    response = client.post(reverse("account_signup"), MARY, follow=True)

    assert response.redirect_chain[-1][0] == reverse("bids:desk")
    assert messages_of(response) == [
        "Potteries Care CIC is registered. Next: choose what to bid for. We have sent you an "
        "e-mail with a link to confirm your address; you can go on meanwhile."
    ]
    assert [letter.to for letter in mail.outbox] == [["mary@example.org"]]


def test_who_came_from_a_page_is_told_so(client):
    back = reverse("tenders:public_list")

    response = client.post(reverse("account_signup"), {**MARY, "next": back}, follow=True)

    assert response.redirect_chain[-1][0] == back
    (words,) = messages_of(response)
    assert "is registered, and you are back where you were." in words


def test_the_letters_are_in_our_words(client):
    client.post(reverse("account_signup"), MARY)
    client.post(reverse("account_logout"))
    client.post(reverse("account_reset_password"), {"email": MARY["email"]})
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert [letter.subject for letter in mail.outbox] == [
        "Confirm your e-mail address for Tenth",
        "Choose a new password for Tenth",
        "You have no password on Tenth yet",
    ]
    assert [letter.body.count("http") for letter in mail.outbox] == [1, 1, 1]


def test_the_company_is_one_link_away(client):
    client.force_login(bidder_of(SupplierFactory()))

    page = Page(client.get(reverse("bids:desk")))

    assert (reverse("accounts:company"), "Your company") in page.links
