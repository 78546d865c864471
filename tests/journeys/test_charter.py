"""The real charter in a real browser: every kind of page, wide and narrow."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from charter.pack import pack_codes
from metrics.actions import load_charter
from tests.factories.accounts import AuthorityFactory
from tests.journeys.axe import assert_accessible

FRAMEWORKS = ("ppn-06-20", "ppn-002", "ppn-026", "sdg")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def charter():
    """The SSLEP charter, in force."""
    loaded, _ = load_charter(
        code="sslep-2021",
        authority=AuthorityFactory(name="Stoke-on-Trent and Staffordshire LEP"),
        by=None,
        at=datetime(2026, 2, 2, 10, tzinfo=UTC),
    )
    return loaded


@pytest.mark.parametrize("width", [1280, 320])
def test_every_public_page_is_accessible_and_has_a_title_of_its_own(
    page, live_server, charter, width
):
    page.set_viewport_size({"width": width, "height": 900})
    principle = charter.quadrants.first().principles.first()
    paths = [
        reverse("charter:list"),
        reverse("charter:detail", args=[charter.pk]),
        reverse("charter:mapping", args=[charter.pk]),
        reverse("charter:sign_up", args=[charter.pk]),
        reverse("reporting:principle", args=[principle.pk]),
        reverse("charter:frameworks"),
        *[reverse("charter:framework", args=[code]) for code in FRAMEWORKS],
        reverse("metrics:packs"),
        *[reverse("metrics:pack", args=[code]) for code in pack_codes()],
        reverse("metrics:list"),
        *[
            reverse("metrics:detail", args=[metric.pk])
            for metric in charter.metrics.filter(number__in=[7, 9, 11])
        ],
    ]
    titles = set()

    for path in paths:
        assert page.goto(live_server.url + path).status == 200
        assert_accessible(page)
        titles.add(page.title())

    page.goto(live_server.url + reverse("charter:mapping", args=[charter.pk]) + "?theme=99")
    assert_accessible(page)
    assert len(titles) == len(paths)


def test_all_five_themes_of_the_mapping_fit_on_a_phone(page, live_server, charter):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(live_server.url + reverse("charter:mapping", args=[charter.pk]))

    last = page.locator("table").first.locator("thead th").last.bounding_box()

    assert last["x"] + last["width"] <= 320


def test_paper_shows_every_clause_and_no_address(page, live_server, charter):
    page.goto(live_server.url + reverse("charter:detail", args=[charter.pk]))
    clause = page.get_by_text("The LEP will have to consider whether")
    assert clause.is_hidden()

    page.emulate_media(media="print")

    link = page.get_by_role("link", name="Green energy")
    assert clause.is_visible()
    assert link.evaluate("node => getComputedStyle(node, '::after').content") == "none"


def test_a_reader_goes_from_charter_to_principle_to_metric(page, live_server, charter):
    page.goto(live_server.url + reverse("charter:list"))

    page.get_by_role("link", name="SSLEP Social Value Charter").click()
    page.get_by_role("link", name="Green energy").click()
    page.get_by_role("link", name="See these metrics in the catalogue").click()
    count = page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Less waste to landfill").click()

    assert count.startswith("2 of 25 metrics are shown.")
    assert page.get_by_role("heading", level=1).inner_text() == "Less waste to landfill"
    assert page.get_by_text("Nothing is printed here.").is_visible()


def test_the_mapping_is_narrowed_by_goal(page, live_server, charter):
    page.goto(live_server.url + reverse("charter:mapping", args=[charter.pk]))

    page.get_by_label("Goal", exact=True).select_option("17 Partnerships for the Goals")
    page.get_by_role("button", name="Show").click()

    assert page.get_by_role("status").inner_text() == "4 of 15 principles are shown. Show all"
    shown = page.locator("table").first.locator("tbody th a").all_inner_texts()
    assert shown == [
        "Schools, colleges and universities",
        "Voluntary, community and social enterprise sector",
        "Positive employment practices",
        "Health and well-being",
    ]
