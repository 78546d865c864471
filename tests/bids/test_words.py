"""Who asks for funding is spoken to in its words, and asks for no more than there is."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from bids import actions
from bids.drafts import needs_of
from bids.emails import send_receipt
from bids.presenters import task_list
from bids.refusals import PriceRefused
from records.clock import database_time
from tenders.models import Case
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import BidFactory, SubmissionFactory, draft
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory

pytestmark = pytest.mark.django_db
FUNDED = {"kind": "", "price_weight": 0, "quality_weight": 90, "contract_value": Decimal(50_000)}
MOST = {
    "business_case": "Funding asked for must be no more than £50,000, the most that may be asked "
    "for",
    "funding_round": "Funding asked for must be no more than £50,000, the budget of the round",
}


def bid_for(kind):
    more = FUNDED if kind != "procurement" else {"contract_value": Decimal(50_000)}
    tender = TenderFactory(opportunity=kind, open=True, **more)
    CriterionFactory(tender=tender, code="q1")
    return BidFactory(tender=tender)


@pytest.mark.parametrize("kind", MOST)
def test_asking_for_more_than_there_is_is_answered_beside_the_field(client, kind):
    bid = bid_for(kind)
    client.force_login(bidder_of(bid.supplier))

    response = client.post(reverse("bids:price", args=[bid.pk]), {"amount": "50000.01"})

    assert response.context["form"].errors == {"amount": [MOST[kind]]}


@pytest.mark.parametrize("kind", MOST)
def test_asking_for_more_than_there_is_is_refused(kind):
    bid = bid_for(kind)
    by, at = bidder_of(bid.supplier), database_time()

    with pytest.raises(PriceRefused):
        actions.set_price(bid=bid, amount=Decimal("50000.01"), by=by, at=at)
    actions.set_price(bid=bid, amount=Decimal(50_000), by=by, at=at)


def test_a_price_may_be_above_the_value_of_the_contract():
    bid = bid_for("procurement")
    by, at = bidder_of(bid.supplier), database_time()

    bid = actions.set_price(bid=bid, amount=Decimal(60_000), by=by, at=at)

    assert draft(bid).price == 60_000


def test_an_applicant_is_spoken_to_of_funding(client):
    bid = bid_for("funding_round")
    client.force_login(bidder_of(bid.supplier))

    price = client.get(reverse("bids:price", args=[bid.pk])).content.decode()
    last = client.get(reverse("bids:submit", args=[bid.pk])).content.decode()

    assert "The funding you ask for" in price
    assert "Funding asked for" in price
    assert "Your price" not in price
    assert "Submit the application" in last
    assert "Enter the funding you ask for." in needs_of(bid.tender, draft(bid))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "procurement",
            ["What is bought", "Contract value", "Continue your bid", "The best bid has"],
        ),
        (
            "business_case",
            ["What the business case is for", "Most that may be asked for", "business case"],
        ),
        ("funding_round", ["What is funded", "Budget of the round", "Continue your application"]),
    ],
)
def test_the_public_page_speaks_of_what_it_is(client, kind, said):
    bid = bid_for(kind)
    client.force_login(bidder_of(bid.supplier))

    page = client.get(reverse("tenders:public", args=[bid.tender_id])).content.decode()

    assert [words for words in said if words not in page] == []
    assert ("standstill" in page, "award notice" in page) == (False, False)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("procurement", "Start a bid"),
        ("business_case", "Start a business case"),
        ("funding_round", "Start an application"),
    ],
)
def test_whoever_has_begun_nothing_is_offered_to_start(client, kind, said):
    bid = bid_for(kind)
    client.force_login(bidder_of(SupplierFactory()))

    page = client.get(reverse("tenders:public", args=[bid.tender_id])).content.decode()

    assert (said in page, "Continue your" in page) == (True, False)


def said_in(response) -> str:
    """The main part of a page, as it is read."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(strip_tags(main)).split())


BUYING = re.compile(r"\b(bids?|bidders?|tenders?|prices?|procurements?)\b", re.IGNORECASE)


@pytest.mark.parametrize("kind", ["procurement", *MOST])
@pytest.mark.parametrize("name", ["bid", "submit", "receipt", "view", "withdraw"])
def test_only_who_bids_is_told_of_a_bid(client, kind, name):
    bid = bid_for(kind)
    by = bidder_of(bid.supplier)
    document = {"bases": {}, "answers": []}
    SubmissionFactory(bid=bid, submitted_by=by, document=document, price=Decimal(40_000))
    bid.versions = 1
    bid.save()
    client.force_login(by)

    said = said_in(client.get(reverse(f"bids:{name}", args=[bid.pk])))

    assert bool(BUYING.search(said)) == (kind == "procurement"), said


@pytest.mark.parametrize(
    ("kind", "subject", "line"),
    [
        ("procurement", "Your bid was received", "Bidder           "),
        ("business_case", "Your business case was received", "Promoter         "),
        ("funding_round", "Your application was received", "Applicant        "),
    ],
)
def test_the_letter_with_the_receipt_speaks_of_what_was_sent(kind, subject, line, mailoutbox):
    bid = bid_for(kind)
    document = {"bases": {}, "answers": []}
    sent = SubmissionFactory(bid=bid, submitted_by=bidder_of(bid.supplier), document=document)

    send_receipt(sent)

    [letter] = mailoutbox
    assert letter.subject == f"{subject}: receipt {sent.receipt_number}"
    assert f"\n{line}{bid.supplier}\n" in letter.body
    said = letter.body.rpartition("http")[0]
    assert bool(BUYING.search(said)) == (kind == "procurement"), said


def test_a_promoter_answers_case_by_case(client):
    bid = bid_for("business_case")
    bid.tender.criteria.update(case="management")
    CriterionFactory(tender=bid.tender, code="q2", case="economic")
    metric = CriterionFactory(
        tender=bid.tender,
        code="m1",
        group="social_value",
        metric=MetricFactory(charter=bid.tender.charter),
    )
    client.force_login(bidder_of(bid.supplier))

    sections = task_list(bid, draft(bid)).sections
    answer = client.get(reverse("bids:answer", args=[bid.pk, metric.pk])).content.decode()

    assert [(one.title, len(one.tasks)) for one in sections if one.id in Case.values] == [
        ("Strategic case", 1),
        ("Economic case", 1),
        ("Management case", 1),
    ]
    assert '<span class="govuk-caption-l">Strategic case</span>' in answer
