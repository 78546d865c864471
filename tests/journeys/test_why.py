"""From a clause of a policy to a question of a tender and back, in a real browser."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import BidFactory
from tests.factories.charter import PrincipleFactory, QuadrantFactory
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, tender_in
from tests.journeys.visitor import NARROW, PASSWORD, Visitor
from tests.tenders.departures import COMPULSORY, nelc_charter

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
SHOWN = {
    "id": "shown",
    "kind": "evidence",
    "heading": "Evidence",
    "document": "Procurement policy",
    "paragraph": "6",
    "text": "Bidders show the records that each metric names.",
    "facts": {"depth": "records"},
}


@pytest.fixture
def tender():
    """Open under North East Lincolnshire's policy and two clauses more; its rules in dispute."""
    charter = nelc_charter()
    charter.clauses = [*charter.clauses, {**COMPULSORY, "when": {"over": "100000"}}, SHOWN]
    charter.save()
    tender = tender_in(
        "O", charter=charter, authority=charter.authority, contract_value="350000.01"
    )
    CriterionFactory(tender=tender, code="q1", title="Running the service")
    principle = PrincipleFactory(
        quadrant=QuadrantFactory(charter=charter, code="ES", title="Employment and skills"),
        code="ES1",
    )
    metric = MetricFactory(charter=charter, principle=principle, number=5)
    CriterionFactory(
        tender=tender,
        group="social_value",
        code=metric.code,
        metric=metric,
        measure=metric.measure,
        title="Hours with schools",
    )
    return tender


@pytest.fixture
def bid(tender):
    person = bidder_of(SupplierFactory())
    person.set_password(PASSWORD)
    person.save()
    bid = BidFactory(tender=tender, supplier=person.memberships.get().organisation)
    return bid, person


def test_a_bidder_goes_from_the_question_to_the_clause_and_to_the_policy(browser, live_server, bid):
    bid, person = bid
    metric = bid.tender.criteria.get(group="social_value")
    bidder = Visitor(browser, live_server.url, width=NARROW).signs_in(person.email)

    bidder.opens(reverse("bids:answer", args=[bid.pk, metric.pk]))
    bidder.reads("The records that each metric names").follows("Why am I asked this?")
    assert bidder.page.url.endswith(f"/why/#{metric.code}")
    assert bidder.page.locator(f"#{metric.code}").is_visible()
    bidder.reads("The policy names such metrics as ones that must be asked.")
    bidder.reads("It reaches this contract because the value, £350,000.01, is over £100,000.")

    bidder.follows(bid.tender.charter.title)
    bidder.fills(value="100000.00").presses("Show what is asked")
    bidder.reads("Wherever possible; nothing is required", "The value, £100,000, is not over")
    bidder.fills(value="100000.01").presses("Show what is asked")
    bidder.reads("Required", "Leadership Team")


def test_a_clause_is_one_click_away_and_stands_open(browser, live_server, tender):
    visitor = Visitor(browser, live_server.url, width=NARROW)
    visitor.opens(reverse("charter:asks", args=[tender.charter_id]) + "?value=350000.01")

    visitor.page.locator(".asks-answer summary").first.click()
    visitor.reads("because the value, £350,000.01, is over £100,000.")
    link = visitor.page.locator(".asks-answer").get_by_role("link", name="Read it among").first
    link.click()
    visitor.page.wait_for_load_state()

    assert visitor.page.url.endswith("#clause-required")
    assert visitor.page.get_by_role("heading", name="Required over £100,000").is_visible()


def test_a_value_that_cannot_be_read_is_kept_and_explained(browser, live_server, tender):
    visitor = Visitor(browser, live_server.url, width=320)
    visitor.opens(reverse("charter:asks", args=[tender.charter_id]))

    visitor.fills(value="about a million", on_day="31", on_month="2").presses("Show what is asked")

    visitor.reads("There is a problem", "must be a number", "must be a real date")
    visitor.still_finds(value="about a million", on_day="31")


def test_the_public_page_tells_the_contradiction_and_leads_on(browser, live_server, tender):
    visitor = Visitor(browser, live_server.url, width=NARROW)
    visitor.opens(reverse("tenders:public", args=[tender.pk]))

    visitor.reads("Two rules of the policy contradict each other")
    visitor.page.locator(".tenth-table").get_by_role("link", name="Running the service").click()
    visitor.page.wait_for_load_state()

    assert visitor.page.url.endswith("/why/#q1")
    visitor.reads("This is the buyer’s own question.")


def test_a_policy_is_read_by_value_before_anybody_adopts_it(browser, live_server):
    visitor = Visitor(browser, live_server.url, width=NARROW)
    visitor.opens(reverse("metrics:pack", args=["nelc-2018"]))

    visitor.reads("In every band of value", "Over £350,000", "Cabinet")
