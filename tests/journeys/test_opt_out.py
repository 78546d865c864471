"""Social value left out in a browser: asked for, decided on a phone, published, read by all."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.roles import Role
from records.clock import database_time
from tenders.models import OptOut, Tender
from tests.journeys.visitor import NARROW, PASSWORD, Visitor
from tests.records.test_files import PDF
from tests.tenders.departures import COMPULSORY, follow, nelc_draft
from tests.tenders.drafts import officer_of

pytestmark = pytest.mark.django_db(transaction=True)

EXPLORED = "We held a market day and tried every metric on this contract.\nNone can be counted."
WHY_NOT = "A machine is bought off the shelf: nobody works on the contract."


@pytest.fixture
def tender(live_server):
    now = database_time()
    return nelc_draft(
        opens_at=now + timedelta(days=1),
        closes_at=now + timedelta(days=30),
        title="Parking machines",
    )


@pytest.fixture
def person(browser, live_server, tender):
    """Makes somebody of the team at a browser, signed in."""

    def make(role, *, width=1280):
        held = tender.assignments.filter(role=role).first()
        somebody = held.person if held else officer_of(tender)
        somebody.set_password(PASSWORD)
        somebody.save()
        visitor = Visitor(browser, live_server.url).signs_in(somebody.email)
        visitor.page.set_viewport_size({"width": width, "height": 900})
        return visitor

    return make


def unfold(visitor):
    visitor.page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
    return visitor._looks()


def test_the_page_of_what_policy_asks_is_accessible_closed_and_open(tender, person):
    tender.charter.clauses = [*tender.charter.clauses, COMPULSORY]
    tender.charter.save()
    officer = person(Role.OFFICER, width=NARROW)

    officer.opens(reverse("tenders:policy", args=[tender.pk]))
    unfold(officer).reads("What policy asks", "This contract: £250,000", "Leadership Team")
    officer.presses("Choose which rule to follow").presses("Save the choice")
    officer.reads("Choose which of the two rules this tender follows")
    officer.fills(follows="rule:overall", reason="It calls itself the standard.")
    officer.presses("Save the choice").reads("This tender follows it", "Set aside")
    officer.follows("Ask for a waiver").reads("the Chief Executive decides")


def test_social_value_is_left_out_from_the_request_to_the_public_page(
    browser, live_server, tender, person, tmp_path
):
    file = tmp_path / "market day.pdf"
    file.write_bytes(PDF)
    officer, approver = person(Role.OFFICER), person(Role.APPROVER, width=320)

    officer.opens(reverse("tenders:internal", args=[tender.pk])).follows("What policy asks")
    officer.follows("Ask to leave social value out").reads("Leadership Team decides")
    officer.fills(explored=EXPLORED).presses("Ask for a decision")
    officer.still_finds(explored="We held a market day").reads("choose them again")
    officer.fills(why_not=WHY_NOT, evidence=file).presses("Ask for a decision")
    officer.reads("Asked. Leadership Team decides.", "Waits for a decision", WHY_NOT)

    approver.opens(reverse("evaluations:desk"))
    approver.page.get_by_role("button", name="Read and decide").click()
    approver.reads(WHY_NOT, "market day.pdf", "Opting out of including a social value element")
    approver.presses("Record the decision").reads("Choose whether it was approved")
    today = database_time().date()
    approver.fills(decision="approve", reason="The market day shows it.", minute_reference="LT 7")
    approver.fills(decided_on_day=today.day, decided_on_month=today.month)
    approver.fills(decided_on_year=today.year).presses("Record the decision")
    approver.reads("The decision is recorded.", "Social value is left out of this contract.")

    (metric,) = tender.criteria.filter(group="social_value")
    officer.opens(reverse("tenders:remove_criterion", args=[tender.pk, metric.pk]))
    officer.page.locator("main form button").first.click()
    officer.opens(reverse("tenders:edit_weights", args=[tender.pk]))
    officer.fills(quality_weight="60", social_value_weight="0").presses("Save weightings")
    officer.opens(reverse("tenders:check", args=[tender.pk])).presses("Ask for approval")
    officer.reads("Leadership Team must approve").fills(note="It should be out by Friday.")
    officer.presses("Ask for approval").reads("Asked. Leadership Team decides.")
    approver.opens(reverse("tenders:check", args=[tender.pk])).presses("Record the decision")
    approver.reads("It should be out by Friday.").fills(decision="approve")
    approver.fills(decided_on_day=today.day, decided_on_month=today.month)
    approver.fills(decided_on_year=today.year).presses("Record the decision")
    approver.reads("Approved", "Recorded by")
    officer.opens(reverse("tenders:check", args=[tender.pk])).presses("Continue to publish")
    officer.presses("Publish now")
    officer.reads("The tender is published.")

    visitor = Visitor(browser, live_server.url, width=320)
    visitor.opens(reverse("tenders:public", args=[tender.pk]))
    visitor.reads("Leaving social value out", WHY_NOT, "Leadership Team")
    visitor.does_not_read("market day.pdf")
    assert Tender.objects.get().is_public
    assert OptOut.objects.get().minute_reference == "LT 7"
    assert [letter.subject for letter in mail.outbox] == [
        "Decide on leaving social value out: Parking machines",
        "Approved: leaving social value out, Parking machines",
        "Decide on publishing: Parking machines",
        "Approved: publishing Parking machines",
    ]


def test_what_was_asked_is_withdrawn(tender, person, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(PDF)
    follow(tender)
    officer = person(Role.OFFICER, width=NARROW)

    officer.opens(reverse("tenders:request_opt_out", args=[tender.pk]))
    officer.fills(explored="x" * 200, why_not=WHY_NOT, evidence=file)
    officer.presses("Ask for a decision").follows("Withdraw").presses("Withdraw it")

    officer.reads("Withdrawn. What your policy asks holds again.")
