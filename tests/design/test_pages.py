"""The layout and the refusals, as the server sends them."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory


@pytest.mark.django_db
def test_the_components_page_is_for_everyone(client):
    response = client.get("/design/components/")

    assert response.status_code == 200


@pytest.mark.django_db
def test_a_refused_form_says_error_in_the_title(client):
    page = client.get("/design/components/").content.decode()

    assert "<title>Error: Components – Tenth</title>" in page


@pytest.mark.django_db
def test_every_script_in_a_page_carries_the_nonce(client):
    response = client.get("/design/components/")

    nonce = response.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    page = response.content.decode()
    assert page.count("<script") == page.count(f'nonce="{nonce}"') == 2


@pytest.mark.django_db
def test_no_page_has_an_inline_style_or_handler(client):
    page = client.get("/design/components/").content.decode()

    assert " style=" not in page
    assert "onclick=" not in page


@pytest.mark.parametrize(
    ("name", "context", "words"),
    [
        ("403.html", {"exception": "Ask the chair to open the marking."}, "Ask the chair to open"),
        ("403.html", {}, "Your role does not allow it"),
        ("403_csrf.html", {}, "reload the page and send it again"),
        ("404.html", {}, "If you typed the address, check it"),
        ("409.html", {"reason": "The tender is published."}, "The tender is published."),
        ("500.html", {}, "The fault is ours"),
    ],
)
def test_each_refusal_says_what_to_do_next(name, context, words):
    assert words in render_to_string(name, context)


def test_a_refusal_escapes_its_reason():
    page = render_to_string("409.html", {"reason": "<b>"}, RequestFactory().get("/"))

    assert "&lt;b&gt;" in page
