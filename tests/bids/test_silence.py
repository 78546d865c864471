"""Before the deadline nothing anybody is shown depends on whether there are bids, or how many."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reporting.figures import gather
from tests.factories.accounts import SupplierFactory
from tests.factories.bids import BidFactory, received_bid
from tests.test_injection import addresses_of
from tests.world import World, build_world, recommend

pytestmark = pytest.mark.django_db

LOOKS_ON = {
    "O": "anon bidder_other officer evaluator chair approver contract_manager board auth_admin",
    "C": "anon bidder_other bidder_none evaluator contract_manager board foreign_authority",
}
# Of the clock at the head of a page, the time alone.
NEW_EACH_TIME = re.compile(
    r'(csrfmiddlewaretoken" value|nonce|data-now)="[^"]*"|data-clock-now>[0-9:]+|[0-9]+ seconds?'
)
MAY_BE_KEPT = ("django_session", "records_auditevent")


def browser_of(world: World, role: str) -> Client:
    browser = Client()
    if role != "anon":
        browser.force_login(world.people[role])
    return browser


def seen_by(world: World, role: str, addresses: list[str]) -> dict[str, tuple[int, str]]:
    browser = browser_of(world, role)
    seen = {}
    for address in addresses:
        answer = browser.get(address)
        seen[address] = (answer.status_code, NEW_EACH_TIME.sub("", answer.content.decode()))
    return seen


def changed_by_new_bids(state: str, role: str) -> set[str]:
    """The pages that are not to this person what they were before three more companies bid."""
    world = build_world(state)
    addresses = sorted(addresses_of(world))
    before = seen_by(world, role, addresses)
    for number in range(2):
        received_bid(tender=world.tender, supplier=SupplierFactory(name=f"Newcomer {number}"))
    BidFactory(tender=world.tender)
    after = seen_by(world, role, addresses)
    return {page for page in addresses if after[page] != before[page]}


@pytest.mark.parametrize(
    ("state", "role"), [(state, role) for state, who in LOOKS_ON.items() for role in who.split()]
)
def test_no_page_changes_with_the_bids_of_others(state, role):
    assert changed_by_new_bids(state, role) == set()


def test_once_bids_have_closed_the_officer_sees_the_number_change():
    """Which also shows that a change would be noticed above."""
    changed = changed_by_new_bids("C", "officer")

    assert len(changed) >= 1
    assert all("/bids/of/" in page or page.endswith("/desk/") for page in changed)


def test_no_figure_of_a_report_changes_with_sealed_bids():
    world = build_world("C")
    asked = {"authority": world.tender.authority, "year": 2026, "now": datetime.now(UTC)}
    before = gather(**asked)

    received_bid(tender=world.tender)

    assert gather(**asked) == before


@pytest.mark.parametrize(
    ("state", "role"),
    [
        ("D", "officer"),
        ("O", "bidder_own"),
        ("C", "chair"),
        ("E", "evaluator"),
        ("R", "chair"),
        ("M", "approver"),
        ("L", "contract_manager"),
        ("L", "bidder_own"),
    ],
)
def test_looking_changes_nothing(state, role):
    world = build_world(state)
    if state == "M":
        recommend(world)
    browser = browser_of(world, role)
    addresses = sorted(addresses_of(world))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        for address in addresses:
            browser.get(address)

    written = [
        query["sql"][:120]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and not any(table in query["sql"][:60] for table in MAY_BE_KEPT)
    ]
    assert written == []


def test_a_form_sent_to_be_looked_at_changes_nothing(client):
    world = build_world("O")
    client.force_login(world.people["bidder_own"])

    client.get(reverse("bids:withdraw", args=[world.own_bid.pk]), {"confirm": "yes"})

    world.own_bid.refresh_from_db()
    assert world.own_bid.withdrawn_at is None
