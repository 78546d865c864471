"""The shipped policies in a real browser, as a councillor and as a bidder read them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from charter.actions import publish_charter
from metrics.actions import load_charter
from tests.factories.accounts import AuthorityFactory
from tests.journeys.axe import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 2, 2, 10, tzinfo=UTC)


def in_force(code):
    """The pack on its public page, also where its papers are a draft."""
    charter, _ = load_charter(code=code, authority=AuthorityFactory(), by=None, at=AT)
    if charter.status == "draft":
        charter = publish_charter(charter=charter, by=None, at=AT)
    return charter


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("code", ["nelc-2018", "leicester-2018", "west-of-england-2024"])
def test_every_policy_is_accessible_closed_and_open(page, live_server, code, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + reverse("charter:detail", args=[in_force(code).pk]))
    assert_accessible(page)

    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert_accessible(page)


def test_a_bidder_finds_what_is_expected(page, live_server):
    page.goto(live_server.url + reverse("charter:detail", args=[in_force("nelc-2018").pk]))

    page.get_by_role("link", name="What its papers say").click()
    page.get_by_text("What is expected of suppliers").click()

    assert page.get_by_text("Ensure high quality health and safety standards.").is_visible()
    assert not page.get_by_text("A Social Value Advisory Group will oversee").is_visible()
