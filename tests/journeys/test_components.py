"""The page of every component, in a real browser under the real policy."""

import pytest
from django.urls import reverse

from tests.journeys.axe import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaints(page):
    """What the browser's console says against the page."""
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_component_is_accessible(page, live_server, width, complaints):
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(live_server.url + reverse("design:components"))

    assert_accessible(page)
    assert complaints == []


def test_the_summary_takes_focus_and_leads_to_the_field(page, live_server):
    page.goto(live_server.url + reverse("design:components"))

    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Contract start must be a real date").first.click()
    assert page.evaluate("document.activeElement.id") == "id_starts_0"


def test_a_choice_reveals_its_field(page, live_server):
    page.goto(live_server.url + reverse("design:components"))
    reason = page.locator("#id_empty-reason")

    hidden = reason.is_hidden()
    page.locator("#id_empty-route-2").check()

    assert hidden
    assert reason.is_visible()


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_doors_are_accessible(page, live_server, name, complaints):
    page.goto(live_server.url + reverse(name))
    assert_accessible(page)

    page.locator("main button.govuk-button[type=submit]").click()

    page.locator(".govuk-error-summary").wait_for()
    assert_accessible(page)
    assert complaints == []


@pytest.mark.parametrize("path", ["/nothing/here/"])
def test_an_unknown_address_says_what_to_do_next(page, live_server, path):
    response = page.goto(live_server.url + path)

    assert response.status == 404
    assert page.get_by_role("link", name="Go to your first page").get_attribute("href") == "/"
    assert_accessible(page)


def test_every_component_can_be_read_without_scripts(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(live_server.url + reverse("design:components"))

    assert page.locator("#id_empty-reason").is_visible()
    assert page.get_by_text("By the formula.").is_visible()
    context.close()
