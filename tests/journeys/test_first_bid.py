"""A first bid: a small firm on a small phone, without JavaScript and without help."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from bids.models import Bid
from charter.models import Charter
from tenders.models import Group, Method, Tender
from tests.factories.files import PDF
from tests.factories.tenders import CriterionFactory, TenderFactory, team_member
from tests.journeys.axe import assert_accessible
from tests.journeys.visitor import NARROW, PASSWORD, Visitor

pytestmark = pytest.mark.django_db(transaction=True)

AUTHORITY = "Stoke-on-Trent and Staffordshire Enterprise Partnership"
CANARY = "kingfisher meadow"
METRICS = {4: Method.TARGET, 5: Method.TARGET, 17: Method.MARKS, 20: Method.MARKS}
PROMISES = {"m4": "2", "m5": "36", "m17": "1", "m20": "80"}
NOT_SENT = "NOT SUBMITTED"


@pytest.fixture
def tender(live_server):
    """Open for bids: one question, and four metrics of the real charter."""
    call_command("load_charter", "sslep-2021", authority=AUTHORITY, verbosity=0)
    charter = Charter.objects.get()
    tender = TenderFactory(
        open=True, authority=charter.authority, charter=charter, title="Community childcare"
    )
    CriterionFactory(tender=tender, code="q1", title="Care and learning")
    for number, method in METRICS.items():
        metric = charter.metrics.get(number=number)
        CriterionFactory(
            tender=tender,
            code=metric.code,
            title=metric.short_title,
            group=Group.SOCIAL_VALUE,
            metric=metric,
            measure=metric.measure,
            method=method,
            weight=25,
        )
    return tender


def test_a_first_bid_from_registering_to_the_receipt(browser, live_server, tender, tmp_path):
    mary = Visitor(browser, live_server.url, width=NARROW, scripts=False)
    passed = [
        she_finds_the_tender_and_registers(mary, tender),
        *she_answers_what_is_asked(mary, tender, tmp_path),
        she_checks_it_alone(mary),
        *she_submits_and_holds_a_receipt(mary, tmp_path),
    ]
    she_comes_back(mary)
    nobody_at_the_authority_sees_a_thing(tender)

    again = Visitor(browser, live_server.url, width=NARROW)
    again.page.context.add_cookies(mary.page.context.cookies())
    for address in passed:
        again.page.goto(address)
        assert_accessible(again.page)


def she_finds_the_tender_and_registers(mary: Visitor, tender: Tender) -> str:
    mary.opens("/").follows("See open tenders").follows(tender.title)
    mary.presses("Register to bid").fills(
        full_name="Mary Seacole",
        company_name="Potteries Care CIC",
        email="mary@example.org",
        password1="short",
    )
    mary.presses("Register").reads("This password is too short")
    mary.still_finds(full_name="Mary Seacole", company_name="Potteries Care CIC")
    mary.fills(password1=PASSWORD).presses("Register").reads(
        "Potteries Care CIC is registered, and you are back where you were", tender.title
    )
    return mary.page.url


def she_answers_what_is_asked(mary: Visitor, tender: Tender, folder) -> list[str]:
    """Each page leads to the next; the task list names it in its first button."""
    passed = [
        mary.presses("Start a bid").reads(NOT_SENT, "0 of 7 tasks completed").page.url,
        mary.presses("Next: Numbers that targets depend on").reads(NOT_SENT).page.url,
    ]
    mary.fills(number_headcount="5").presses("Save and continue")
    mary.reads(NOT_SENT, "Your numbers were saved")
    for done, criterion in enumerate(tender.criteria.order_by("group", "position", "code"), 1):
        mary.presses(f"Next: {criterion.title}").reads(NOT_SENT)
        if criterion.code in {"q1", "m5"}:
            passed.append(mary.page.url)
        mary.fills(text=f"We will keep the {CANARY} for {criterion.title}.")
        if criterion.metric_id:
            mary.fills(**{f"number_{criterion.code}": PROMISES[criterion.code]})
        if criterion.code in {"q1", "m20"}:
            letter = folder / f"letter-{criterion.code}.pdf"
            letter.write_bytes(PDF)
            mary.fills(evidence=letter)
        mary.presses("Save and continue")
        mary.reads(
            NOT_SENT, f"Your answer to “{criterion.title}” was saved", f"{done + 1} of 7 tasks"
        )
    passed.append(mary.presses("Next: Your price").reads(NOT_SENT).page.url)
    mary.fills(amount="£1,090,000").presses("Save and continue")
    mary.reads("Complete but NOT SUBMITTED", "7 of 7 tasks completed")
    return passed


def she_checks_it_alone(mary: Visitor) -> str:
    mary.follows("check your draft").reads(
        NOT_SENT, "Only your company sees this", "Questions answered in full: 5 of 5"
    )
    practised = mary.page.url
    mary.presses("Back to the task list of this bid")
    return practised


def she_submits_and_holds_a_receipt(mary: Visitor, folder) -> list[str]:
    passed = [mary.presses("Next: Submit the bid").reads(NOT_SENT, "£1,090,000").page.url]
    mary.reads("letter-q1.pdf", "letter-m20.pdf").presses("Submit the bid")
    mary.reads("There is a problem", NOT_SENT)
    mary.fills(agreed=True).presses("Submit the bid")
    submission = Bid.objects.get().submissions.get()
    mary.reads("Version 1 submitted", submission.receipt_number, submission.content_hash)
    mary.reads("letter-q1.pdf", "letter-m20.pdf", "mary@example.org").does_not_read(NOT_SENT)
    passed.append(mary.page.url)
    mary.follows("Check a file against this receipt").fills(file=folder / "letter-q1.pdf")
    passed.append(mary.page.url)
    mary.presses("Check").reads(f"Receipt {submission.receipt_number} was given for this")
    return passed


def she_comes_back(mary: Visitor) -> None:
    receipt = Bid.objects.get().submissions.get().receipt_number
    mary.follows("Sign out").presses("Sign out")
    mary.signs_in("mary@example.org").reads("Version 1 submitted", receipt)
    mary.does_not_read(NOT_SENT).follows(receipt).reads("Receipt", "Potteries Care CIC")


def nobody_at_the_authority_sees_a_thing(tender: Tender) -> None:
    """The bid might as well not be there."""
    bid = Bid.objects.get()
    for role in (Role.OFFICER, Role.CHAIR, Role.EVALUATOR, Role.APPROVER):
        office = Client()
        office.force_login(team_member(tender, role))
        for name in ("tenders:internal", "bids:of_tender", "tenders:public"):
            page = office.get(reverse(name, args=[tender.pk])).content.decode()
            assert "Potteries Care CIC" not in page
            assert CANARY not in page
        assert office.get(reverse("bids:view", args=[bid.pk])).status_code == 404
