"""The main job in a browser, from the charter to the board's report, each person signing in."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

import bids.actions as bidding
from accounts.models import Organisation, User
from accounts.roles import Role
from bids.models import Bid
from charter.models import Charter
from delivery.models import Contract
from evaluations.models import Result
from reporting.models import Report
from tenders.models import Tender
from tests.factories.accounts import MembershipFactory, SupplierFactory, bidder_of
from tests.journeys.visitor import PASSWORD, Visitor
from tests.records.test_files import PDF
from tests.worker import worker

AUTHORITY = "Stoke-on-Trent and Staffordshire Enterprise Partnership"
STAFF = {
    "officer": Role.OFFICER,
    "chair": Role.EVALUATOR,
    "tom": Role.EVALUATOR,
    "aisha": Role.EVALUATOR,
    "approver": Role.APPROVER,
    "manager": Role.CONTRACT_MANAGER,
    "board": Role.BOARD,
    "administrator": Role.ADMINISTRATOR,
}
CANARY = "kingfisher meadow"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff(live_server):
    """The charter is loaded, and the authority's people can sign in."""
    call_command("load_charter", "sslep-2021", authority=AUTHORITY, verbosity=0)
    authority = Organisation.objects.get(name=AUTHORITY)
    for name, role in STAFF.items():
        person = User.objects.create_user(f"{name}@example.org", PASSWORD, full_name=name.title())
        MembershipFactory(user=person, organisation=authority, role=role)
    return authority


@pytest.fixture
def visitor(browser, live_server, staff):
    """Makes a person at a browser, signed in when an e-mail name is given."""

    def make(name: str = "", *, width: int = 1280) -> Visitor:
        somebody = Visitor(browser, live_server.url, width=width)
        return somebody.signs_in(f"{name}@example.org") if name else somebody

    return make


@pytest.fixture
def at_work(live_server, tmp_path):
    """A real worker draws what is asked for."""
    with worker(tmp_path) as process:
        yield process


def test_the_main_job_from_charter_to_report(visitor, at_work, tmp_path):
    somebody_reads_the_charter(visitor())
    tender = an_officer_publishes_a_tender(visitor("officer"))
    bid = a_company_registers_and_bids(visitor(width=390), tender, tmp_path)
    a_rival_bids_too(tender)
    nobody_reads_a_word_before_opening(visitor, tender, bid)
    the_deadline_passes(tender)
    two_people_open_the_bids(visitor("officer"), visitor("chair"), tender)
    for name in ("tom", "aisha"):
        an_evaluator_marks_alone(visitor(name), tender, name)
    the_chair_moderates_and_locks(visitor("chair"), tender)
    an_officer_recommends(visitor("officer"), tender, bid)
    the_approver_approves(visitor("approver"), tender)
    contract = the_manager_starts_the_contract(visitor("manager"), tender)
    the_supplier_sends_a_return(visitor("mary", width=390), contract, tmp_path)
    the_manager_checks_it(visitor("manager"), contract)
    report = an_officer_asks_for_the_report(visitor("officer"))
    the_board_reads_it(visitor("board"), report, tmp_path)


def somebody_reads_the_charter(who: Visitor) -> None:
    charter = Charter.objects.get()
    who.opens("/").reads("Public money that does more than buy")
    who.opens(reverse("charter:detail", args=[charter.pk])).reads(
        "Employment and skills", "Green and sustainable", "Championing local", "Communities"
    )
    who.opens(reverse("charter:mapping", args=[charter.pk]))
    principle = charter.quadrants.first().principles.first()
    who.opens(reverse("reporting:principle", args=[principle.pk])).reads(principle.text)
    who.opens(reverse("metrics:list"))
    metric = charter.metrics.get(number=7)
    who.opens(reverse("metrics:detail", args=[metric.pk])).reads("?? metric tonnes")


def an_officer_publishes_a_tender(who: Visitor) -> Tender:
    charter = Charter.objects.get()
    who.opens(reverse("tenders:desk"))
    who.opens(reverse("tenders:create", args=[charter.pk]))
    who.fills(
        title="Housing repairs and maintenance",
        summary="Repairs for 2,400 homes.",
        kind="services",
        contract_value="£1,200,000",
        starts_on_day="1",
        starts_on_month="9",
        starts_on_year="2027",
        months="36",
    ).presses("Save the draft")
    tender = Tender.objects.get()
    _weights_that_are_refused_and_then_right(who, tender)
    _timetable(who, tender)
    _questions(who, tender)
    who.opens(reverse("tenders:edit_scale", args=[tender.pk])).presses("Save the scale")
    _team(who, tender)
    who.opens(reverse("tenders:check", args=[tender.pk])).reads("warnings without a reason")
    who.follows("See what the check of the wording finds").reads("Check of the wording")
    who.answers_the_check("Our legal adviser has read them.")
    who.reads("Nothing here keeps the tender from being published.")
    who.opens(reverse("tenders:publish", args=[tender.pk])).presses("Publish now")
    tender.refresh_from_db()
    assert tender.case_hash
    who.opens(reverse("tenders:public", args=[tender.pk])).reads(tender.case_hash)
    return tender


def _weights_that_are_refused_and_then_right(who: Visitor, tender: Tender) -> None:
    """Social value at 10 % of a 60-point quality element is 6 % of the total: too little."""
    who.opens(reverse("tenders:edit_weights", args=[tender.pk]))
    who.fills(
        basis="quality_element",
        price_weight="40",
        quality_weight="60",
        social_value_weight="10",
        price_method="fixed_scale",
        price_full_at="1000000",
        price_zero_at="1600000",
    ).presses("Save weightings")
    who.reads("The guidance states that the minimum weighting")
    who.still_finds(social_value_weight="10")
    who.fills(
        basis="overall", price_weight="40", quality_weight="45", social_value_weight="15"
    ).presses("Save weightings")


def _timetable(who: Visitor, tender: Tender) -> None:
    soon = datetime.now(UTC) + timedelta(days=20)
    who.opens(reverse("tenders:edit_timetable", args=[tender.pk]))
    who.fills(
        opens_at_day="1",
        opens_at_month="10",
        opens_at_year="2026",
        opens_at_time="12:00",
        closes_at_day=soon.day,
        closes_at_month=soon.month,
        closes_at_year=soon.year,
        closes_at_time="12:00",
    ).presses("Save and continue")


def _questions(who: Visitor, tender: Tender) -> None:
    who.opens(reverse("tenders:add_question", args=[tender.pk]))
    who.fills(
        title="Running the service",
        question="How will you plan and check repairs?",
        weight="100",
        max_words="300",
    ).presses("Save the question")
    who.opens(reverse("tenders:metrics", args=[tender.pk]))
    for number, weight, method in ((19, "60", "target"), (5, "40", "marks")):
        metric = tender.charter.metrics.get(number=number)
        who.opens(reverse("tenders:add_metric", args=[tender.pk, metric.pk]))
        who.fills(
            question=f"What will you do about metric {number}?",
            method=method,
            weight=weight,
            max_words="300",
        ).presses("Save the metric")


def _team(who: Visitor, tender: Tender) -> None:
    roles = {"chair": "chair", "tom": "evaluator", "aisha": "evaluator", "approver": "approver"}
    for name, role in roles.items():
        person = User.objects.get(email=f"{name}@example.org")
        who.opens(reverse("tenders:team", args=[tender.pk]))
        who.fills(person=person.pk, role=role).presses("Add to the team")


def a_company_registers_and_bids(who: Visitor, tender: Tender, folder) -> Bid:
    """On a phone: register, answer, attach, submit, hold a receipt."""
    who.opens("/account/signup/").fills(
        full_name="Mary Seacole",
        company_name="Potteries Repairs CIC",
        email="mary@example.org",
        password1=PASSWORD,
    ).presses("Register")
    who.opens(reverse("tenders:public_list")).follows(tender.title)
    who.presses("Start a bid")
    bid = Bid.objects.get()
    who.opens(reverse("bids:bases", args=[bid.pk]))
    who.fills(number_headcount="48").presses("Save and continue")
    program = folder / "program.pdf"
    program.write_bytes(b"MZ\x90\x00" + b"\x00" * 200)
    letter = folder / "letter.pdf"
    letter.write_bytes(PDF)
    for criterion in tender.criteria.all():
        who.opens(reverse("bids:answer", args=[bid.pk, criterion.pk]))
        who.fills(text=f"We will keep the {CANARY} for {criterion.title}.")
        if criterion.metric_id:
            who.fills(**{f"number_{criterion.code}": "2" if criterion.code == "m19" else "40"})
        if criterion.code == "m5":
            who.fills(evidence=program).presses("Save and continue")
            who.reads("program.pdf does not hold what its name says").still_finds(text=CANARY)
            who.fills(evidence=letter)
        who.presses("Save and continue")
    _price_that_is_refused_and_then_right(who, bid)
    who.opens(reverse("bids:bid", args=[bid.pk])).reads("NOT SUBMITTED")
    who.opens(reverse("bids:submit", args=[bid.pk]))
    who.fills(agreed=True).presses("Submit the bid")
    submission = bid.submissions.get()
    who.reads(submission.receipt_number, submission.content_hash, tender.case_hash)
    return bid


def _price_that_is_refused_and_then_right(who: Visitor, bid: Bid) -> None:
    who.opens(reverse("bids:price", args=[bid.pk]))
    who.fills(amount="0").presses("Save and continue")
    who.reads("Price must be above £0").still_finds(amount="0")
    who.fills(amount="1,090,000").presses("Save and continue")


def a_rival_bids_too(tender: Tender) -> None:
    """The same as above, by the same actions, without a browser."""
    company = SupplierFactory(name="Castle Property Services Ltd")
    person, now = bidder_of(company), datetime.now(UTC)
    who = {"by": person, "at": now}
    bid = bidding.start_bid(tender=tender, company=company, **who)
    bidding.set_bases(bid=bid, bases={"headcount": Decimal(60)}, **who)
    for criterion in tender.criteria.all():
        quantities = {criterion.code: Decimal(1)} if criterion.metric_id else {}
        bidding.save_answer(
            bid=bid, criterion=criterion, text="We will.", quantities=quantities, **who
        )
    bidding.set_price(bid=bid, amount=Decimal(1190000), **who)
    bidding.submit_bid(bid=bid, idempotency_key=bid.pk, by=person)


def nobody_reads_a_word_before_opening(visitor, tender: Tender, bid: Bid) -> None:
    for name in ("officer", "chair", "tom"):
        who = visitor(name)
        who.opens(reverse("bids:view", args=[bid.pk]), expect=404).does_not_read(CANARY)
    visitor("administrator").opens(reverse("bids:view", args=[bid.pk]), expect=403)


def the_deadline_passes(tender: Tender) -> None:
    """What three weeks of waiting would do."""
    Tender.objects.filter(pk=tender.pk).update(closes_at=datetime.now(UTC))


def two_people_open_the_bids(officer: Visitor, chair: Visitor, tender: Tender) -> None:
    bid = Bid.objects.first()
    officer.opens(reverse("bids:open", args=[tender.pk])).presses("Open the bids")
    officer.opens(reverse("bids:view", args=[bid.pk]), expect=404)
    chair.opens(reverse("bids:open", args=[tender.pk])).presses("Open the bids")
    officer.opens(reverse("bids:of_tender", args=[tender.pk]))
    officer.opens(reverse("bids:view", args=[bid.pk]))


def an_evaluator_marks_alone(who: Visitor, tender: Tender, name: str) -> None:
    who.opens(reverse("evaluations:declare", args=[tender.pk]))
    who.fills(interest="none").presses("Declare")
    marked = [criterion for criterion in tender.criteria.all() if criterion.method == "marks"]
    for bid in tender.bids.all():
        for criterion in marked:
            who.opens(reverse("evaluations:mark", args=[tender.pk, bid.pk, criterion.pk]))
            who.fills(value="4" if name == "tom" else "3", reason=f"A secret of {name}.")
            who.presses("Save")
    who.opens(reverse("evaluations:marking", args=[tender.pk]))
    other = "aisha" if name == "tom" else "tom"
    who.does_not_read(f"A secret of {other}.")
    who.opens(reverse("evaluations:moderation", args=[tender.pk]), expect=403)
    who.opens(reverse("evaluations:marking", args=[tender.pk])).presses("Hand in all my marks")


def the_chair_moderates_and_locks(who: Visitor, tender: Tender) -> None:
    who.opens(reverse("evaluations:declare", args=[tender.pk]))
    who.fills(interest="none").presses("Declare")
    who.opens(reverse("evaluations:progress", args=[tender.pk])).presses("Open moderation")
    marked = [criterion for criterion in tender.criteria.all() if criterion.method == "marks"]
    for bid in tender.bids.all():
        for criterion in marked:
            who.opens(reverse("evaluations:agree", args=[tender.pk, bid.pk, criterion.pk]))
            who.reads("A secret of tom.", "A secret of aisha.")
            who.does_not_read("verage")
            who.fills(value="4", reason="The plan names what is checked, and by whom.")
            who.presses("Save the agreed mark")
    who.opens(reverse("evaluations:moderation", args=[tender.pk]))
    who.presses("Lock and rank the bids")
    who.opens(reverse("evaluations:ranking", args=[tender.pk]))


def an_officer_recommends(who: Visitor, tender: Tender, bid: Bid) -> None:
    result = Result.objects.get().result
    who.opens(reverse("evaluations:ranking", args=[tender.pk]))
    who.reads(*(one["total"] for one in result["bids"].values()))
    who.opens(reverse("evaluations:line", args=[tender.pk, bid.pk, "m19"]))
    manager = User.objects.get(email="manager@example.org")
    who.opens(reverse("evaluations:recommend", args=[tender.pk]))
    who.fills(
        bid=result["winners"][0],
        reason="It has the highest total under the published rules.",
        contract_manager=manager.pk,
    ).presses("Recommend to the approver")


def the_approver_approves(who: Visitor, tender: Tender) -> None:
    who.opens(reverse("evaluations:desk"))
    who.opens(reverse("evaluations:award", args=[tender.pk])).presses("Approve the award")
    tender.refresh_from_db()
    assert tender.stage == "awarded"


def the_manager_starts_the_contract(who: Visitor, tender: Tender) -> Contract:
    contract = Contract.objects.get()
    who.opens(reverse("delivery:desk"))
    who.opens(reverse("delivery:contract", args=[contract.pk])).presses("Start the contract")
    who.opens(reverse("delivery:notice", args=[tender.pk]))
    return contract


def the_supplier_sends_a_return(who: Visitor, contract: Contract, folder) -> None:
    began_on = timezone.localdate() - timedelta(days=90)  # what waiting for a year would do
    Contract.objects.filter(pk=contract.pk).update(starts_on=began_on)
    promise = contract.promises.get(quantity_id="m5")
    who.opens(reverse("delivery:supplier_desk"))
    who.opens(reverse("delivery:send_return", args=[contract.pk]))
    letter = folder / "letter.pdf"
    day = timezone.localdate() - timedelta(days=1)
    who.fills(
        **{f"period_{end}_day": str(day.day) for end in ("from", "to")},
        **{f"period_{end}_month": str(day.month) for end in ("from", "to")},
        **{f"period_{end}_year": str(day.year) for end in ("from", "to")},
        **{
            f"quantity_{promise.pk}": "12",
            f"narrative_{promise.pk}": "Three schools visited.",
            f"evidence_{promise.pk}": letter,
        },
    ).presses("Send the return")
    assert contract.returns.get().lines.get().quantity == 12


def the_manager_checks_it(who: Visitor, contract: Contract) -> None:
    line = contract.returns.get().lines.get()
    who.opens(reverse("delivery:return_line", args=[line.pk]))
    who.opens(reverse("delivery:check_line", args=[line.pk]))
    who.fills(decision="accept").presses("Save the decision")
    line.refresh_from_db()
    assert line.decision == "accepted"


def an_officer_asks_for_the_report(who: Visitor) -> Report:
    authority = Organisation.objects.get(name=AUTHORITY)
    today = timezone.localdate()
    who.opens(reverse("reporting:desk"))
    who.opens(reverse("reporting:request", args=[authority.pk]))
    who.fills(year=today.year if today.month >= 4 else today.year - 1)
    who.presses("Make the report")
    report = Report.objects.get()
    who.page.wait_for_url(re.compile(rf"/reports/{report.pk}/$"), timeout=60_000)
    return report


def the_board_reads_it(who: Visitor, report: Report, folder) -> None:
    who.opens(reverse("reporting:report", args=[report.pk])).reads("Housing repairs")
    with who.page.expect_download() as download:
        who.page.get_by_role("link", name="PDF").first.click()
    paper = folder / "report.pdf"
    download.value.save_as(paper)
    assert paper.read_bytes().startswith(b"%PDF-1.7")
