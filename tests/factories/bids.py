"""Bids for tests."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import factory
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Dealing
from bids.models import Answer, Bid, BidPrice, Submission
from tenders.models import Group, Method
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory

STARTED = datetime(2026, 3, 2, 9, tzinfo=UTC)
RECEIVED = datetime(2026, 3, 9, 9, tzinfo=UTC)


class BidFactory(factory.django.DjangoModelFactory):
    """A draft nobody has submitted."""

    class Meta:
        model = Bid

    tender = factory.SubFactory(TenderFactory, open=True)
    supplier = factory.SubFactory(SupplierFactory)
    started_at = STARTED
    changed_at = STARTED


class BidPriceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BidPrice

    bid = factory.SubFactory(BidFactory)
    amount = Decimal("950000.00")


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    bid = factory.SubFactory(BidFactory)
    criterion = factory.SubFactory(CriterionFactory, tender=factory.SelfAttribute("..bid.tender"))
    text = "We will visit each school once a term."
    changed_at = STARTED


class SubmissionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Submission

    bid = factory.SubFactory(BidFactory, versions=1)
    version = 1
    receipt_number = factory.Sequence(lambda n: f"R-{n:08d}")
    idempotency_key = factory.LazyFunction(uuid.uuid4)
    received_at = RECEIVED
    document = factory.LazyFunction(lambda: {"bases": {}, "answers": []})
    price = Decimal("950000.00")
    content_hash = "1" * 64
    tender_hash = "0" * 64


def received_bid(*, by=None, answers=None, bases=None, price="950000.00", **fields) -> Bid:
    """A bid of which one version was received, from a company that then deals with the buyer.

    `answers` are lines of the document: {"id", "criterion", "text", "quantities", "files"}.
    """
    bid = BidFactory(versions=1, **fields)
    SubmissionFactory(
        bid=bid,
        submitted_by=by or bidder_of(bid.supplier),
        document={"bases": bases or {}, "answers": answers or []},
        price=Decimal(price),
    )
    Dealing.objects.get_or_create(
        authority=bid.tender.authority,
        supplier=bid.supplier,
        defaults={"since": RECEIVED},
    )
    return bid


def tender_with_questions(**fields):
    """A tender open for bids, with a quality question and a metric on a share of headcount."""
    fields = fields or {"open": True}
    tender = TenderFactory(**fields)
    if tender.published_case is not None:
        tender.published_case = {
            "bases": {"contract_value": "1000000", "months": "36", "years": "3"}
        }
        tender.save()
    CriterionFactory(tender=tender, code="q1", title="Running the service", max_words=20)
    metric = MetricFactory(charter=tender.charter, number=2, share_of_headcount=True)
    CriterionFactory(
        tender=tender,
        code="m2",
        title="Local people",
        group=Group.SOCIAL_VALUE,
        metric=metric,
        measure=metric.measure,
        method=Method.TARGET,
        max_words=20,
    )
    return tender


def complete_draft(*, tender=None, text="We will.", price="950000.00", **fields) -> Bid:
    """A draft that lacks nothing: submit it with `bids.actions.submit_bid`."""
    tender = tender or tender_with_questions()
    bid = BidFactory(tender=tender, bases={"headcount": "50"}, **fields)
    for criterion in tender.criteria.all():
        quantities = {criterion.code: "45"} if criterion.metric_id else {}
        AnswerFactory(bid=bid, criterion=criterion, text=text, quantities=quantities)
    BidPriceFactory(bid=bid, amount=Decimal(price))
    return bid


def pdf(name="method.pdf", content=b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"):
    """A small file that is what its name says."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")
