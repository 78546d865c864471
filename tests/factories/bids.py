"""Bids for tests."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Dealing
from bids.contents import AnswerContent, AttachedFile, Draft, Received
from bids.documents import canonical, files_in, sha256
from bids.keys import firm_key, new_bid
from bids.models import Answer, Attachment, Bid, Submission
from bids.sealed_parts import (
    answer_in,
    draft_in,
    received_in,
    sealed_answer,
    sealed_bases,
    sealed_facts,
    sealed_file,
    sealed_price,
    sealed_version,
    version_in,
)
from records.models import StoredFile
from tenders.models import Group, Method
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.files import PDF
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory

STARTED = datetime(2026, 3, 2, 9, tzinfo=UTC)
RECEIVED = datetime(2026, 3, 9, 9, tzinfo=UTC)
SAID = ("text", "quantities", "track_record", "alternative")


class BidFactory(factory.django.DjangoModelFactory):
    """A draft nobody has submitted; `bases` and `price` are sealed into it."""

    class Meta:
        model = Bid

    tender = factory.SubFactory(TenderFactory, open=True)
    supplier = factory.SubFactory(SupplierFactory)
    started_at = STARTED
    changed_at = STARTED

    @classmethod
    def _create(cls, model_class, *args, bases=None, price=None, **fields):
        bid = new_bid(**fields)
        if bases:
            bid.sealed_bases = sealed_bases(firm_key(bid), bid, bases)
        if price:
            bid.sealed_price = sealed_price(firm_key(bid), bid, Decimal(price))
        bid.save(force_insert=True)
        return bid


class AnswerFactory(factory.django.DjangoModelFactory):
    """A draft answer; what it says is sealed."""

    class Meta:
        model = Answer

    bid = factory.SubFactory(BidFactory)
    criterion = factory.SubFactory(CriterionFactory, tender=factory.SelfAttribute("..bid.tender"))
    text = "We will visit each school once a term."
    changed_at = STARTED

    @classmethod
    def _create(cls, model_class, *args, **fields):
        said = {name: fields.pop(name) for name in SAID if name in fields}
        answer = Answer(**fields)
        content = AnswerContent(criterion_id=answer.criterion_id, **said)
        answer.sealed = sealed_answer(firm_key(answer.bid), answer, content)
        answer.save(force_insert=True)
        return answer


class SubmissionFactory(factory.django.DjangoModelFactory):
    """A version as it was received; once its tender is opened, readable by its team."""

    class Meta:
        model = Submission

    bid = factory.SubFactory(BidFactory, versions=1)
    version = 1
    receipt_number = factory.Sequence(lambda n: f"R-{n:08d}")
    idempotency_key = factory.LazyFunction(uuid.uuid4)
    received_at = RECEIVED
    document = factory.LazyFunction(lambda: {"bases": {}, "answers": []})
    price = Decimal("950000.00")
    tender_hash = "0" * 64

    @classmethod
    def _create(cls, model_class, *args, document, price, **fields):
        bid, version = fields["bid"], fields["version"]
        content = canonical(
            bid=bid.pk,
            version=version,
            document=document,
            price=price,
            tender_hash=fields["tender_hash"],
        )
        sealed = sealed_version(firm_key(bid), bid, version, content)
        fields = {"content_hash": sha256(content), **fields}
        opened = {"document": document, "price": price} if bid.tender.opened_at else {}
        return Submission.objects.create(
            sealed=sealed,
            sealed_hash=sha256(sealed),
            file_hashes=sorted(file["sha256"] for file in files_in(document)),
            **opened,
            **fields,
        )


def attached(answer: Answer, upload=None, **fields) -> Attachment:
    """A file beside an answer, sealed."""
    upload = upload or pdf()
    attachment = Attachment(pk=uuid.uuid4(), answer=answer, **fields)
    key, bid, content = firm_key(answer.bid), answer.bid, upload.read()
    attachment.file = StoredFile.objects.create(
        file=ContentFile(sealed_file(key, bid, attachment.pk, content), uuid.uuid4().hex),
        name="sealed",
        content_type="application/octet-stream",
        size=len(content),
        sha256=sha256(content),
        stored_at=STARTED,
    )
    facts = AttachedFile(
        attachment.pk, upload.name, upload.content_type, len(content), sha256(content)
    )
    attachment.sealed_facts = sealed_facts(key, bid, facts)
    attachment.save(force_insert=True)
    return attachment


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
    bid = BidFactory(tender=tender, bases={"headcount": "50"}, price=price, **fields)
    for criterion in tender.criteria.all():
        quantities = {criterion.code: "45"} if criterion.metric_id else {}
        AnswerFactory(bid=bid, criterion=criterion, text=text, quantities=quantities)
    return bid


def pdf(name="method.pdf", content=PDF):
    """A small file that is what its name says."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def draft(bid: Bid) -> Draft:
    """What the draft says now."""
    bid = Bid.objects.select_related("tender").get(pk=bid.pk)
    return draft_in(firm_key(bid), bid)


def said(answer: Answer) -> AnswerContent:
    """What one answer says."""
    return answer_in(firm_key(answer.bid), answer.bid, answer)


def named(answer: Answer) -> list[str]:
    """The names of the files beside an answer."""
    return [file.name for file in said(answer).files]


def received(submission: Submission) -> Received:
    """What a version said when it was received."""
    return received_in(version_in(firm_key(submission.bid), submission.bid, submission))
