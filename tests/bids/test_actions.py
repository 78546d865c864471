"""A bid while it is written, sent and taken back."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict, deals_with
from bids import actions
from bids.actions import drafting
from bids.models import Bid, Submission
from bids.refusals import AnswerChanged, Incomplete, PriceRefused, QuantityRefused, TooLate
from records.files import FileRefused
from records.models import AuditEvent
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import (
    BidFactory,
    complete_draft,
    draft,
    named,
    pdf,
    received,
    received_bid,
    said,
    tender_with_questions,
)
from tests.factories.tenders import CriterionFactory, TenderFactory

pytestmark = pytest.mark.django_db


def now():
    return datetime.now(UTC)


def send(bid, by=None, key=None):
    return actions.submit_bid(
        bid=bid, idempotency_key=key or uuid.uuid4(), by=by or bidder_of(bid.supplier)
    )


def events(verb):
    return [event.details for event in AuditEvent.objects.filter(verb=verb).order_by("position")]


def close(tender):
    tender.closes_at = now() - timedelta(seconds=1)
    tender.save()


def test_start_bid_begins_an_empty_draft():
    tender, company = TenderFactory(open=True), SupplierFactory()

    bid = actions.start_bid(tender=tender, company=company, by=bidder_of(company), at=now())

    assert (bid.tender, bid.supplier, bid.versions, bid.edits) == (tender, company, 0, 0)
    assert events("bid.started") == [{}]


@pytest.mark.parametrize(
    ("make", "refusal"), [(received_bid, PermissionDenied), (BidFactory, Http404)]
)
def test_start_bid_refuses_a_second_bid_of_one_company(make, refusal):
    bid = make()

    with pytest.raises(refusal):
        actions.start_bid(
            tender=bid.tender, company=bid.supplier, by=bidder_of(bid.supplier), at=now()
        )

    assert Bid.objects.count() == 1


@pytest.mark.parametrize("state", ["published", "closed", "cancelled"])
def test_start_bid_refuses_a_tender_that_takes_no_bids(state):
    tender, company = TenderFactory(**{state: True}), SupplierFactory()

    with pytest.raises(Conflict):
        actions.start_bid(tender=tender, company=company, by=bidder_of(company), at=now())


def test_start_bid_refuses_another_company():
    tender, company = TenderFactory(open=True), SupplierFactory()

    with pytest.raises(Conflict):
        actions.start_bid(tender=tender, company=company, by=bidder_of(SupplierFactory()), at=now())


def test_save_answer_keeps_exact_numbers_and_says_nothing_of_them_in_the_trail():
    bid = BidFactory(tender=tender_with_questions())
    criterion = bid.tender.criteria.get(code="m2")

    answer = actions.save_answer(
        bid=bid,
        criterion=criterion,
        text="Ward by ward.",
        quantities={"m2": "045.50"},
        by=bidder_of(bid.supplier),
        at=now(),
    )

    kept = said(answer)
    assert (kept.text, kept.quantities, kept.edits) == ("Ward by ward.", {"m2": "45.5"}, 1)
    assert events("bid.answer_saved") == [{"criterion": "m2"}]


def test_save_answer_leaves_what_is_not_named():
    bid = complete_draft()
    criterion = bid.tender.criteria.get(code="m2")

    answer = actions.save_answer(
        bid=bid, criterion=criterion, text=None, quantities={}, by=bidder_of(bid.supplier), at=now()
    )

    assert (said(answer).text, said(answer).quantities) == ("We will.", {"m2": "45"})


def test_save_answer_takes_out_a_quantity_of_none():
    bid = complete_draft()
    criterion = bid.tender.criteria.get(code="m2")

    answer = actions.save_answer(
        bid=bid,
        criterion=criterion,
        text=None,
        quantities={"m2": None},
        by=bidder_of(bid.supplier),
        at=now(),
    )

    assert said(answer).quantities == {}


@pytest.mark.parametrize(
    "number", ["1e400", "NaN", "-1", "1/3", "Infinity", "４", "", Decimal("NaN")]
)
def test_save_answer_refuses_what_is_no_quantity(number):
    bid = BidFactory(tender=tender_with_questions())

    with pytest.raises(QuantityRefused) as refusal:
        actions.save_answer(
            bid=bid,
            criterion=bid.tender.criteria.get(code="m2"),
            text="",
            quantities={"m2": number},
            by=bidder_of(bid.supplier),
            at=now(),
        )

    assert refusal.value.field == "m2"


def test_save_answer_takes_a_quantity_of_zero():
    bid = BidFactory(tender=tender_with_questions())

    answer = actions.save_answer(
        bid=bid,
        criterion=bid.tender.criteria.get(code="m2"),
        text="",
        quantities={"m2": Decimal(0)},
        by=bidder_of(bid.supplier),
        at=now(),
    )

    assert said(answer).quantities == {"m2": "0"}


def test_save_answer_refuses_a_quantity_nobody_asked_for():
    bid = BidFactory(tender=tender_with_questions())

    with pytest.raises(QuantityRefused):
        actions.save_answer(
            bid=bid,
            criterion=bid.tender.criteria.get(code="m2"),
            text="",
            quantities={"m9": "1"},
            by=bidder_of(bid.supplier),
            at=now(),
        )


def test_save_answer_refuses_to_overwrite_what_its_writer_has_not_seen():
    bid = BidFactory(tender=tender_with_questions())
    criterion, by = bid.tender.criteria.get(code="q1"), bidder_of(bid.supplier)
    actions.save_answer(
        bid=bid, criterion=criterion, text="First.", quantities={}, by=by, at=now(), seen=0
    )

    with pytest.raises(AnswerChanged):
        actions.save_answer(
            bid=bid, criterion=criterion, text="Second.", quantities={}, by=by, at=now(), seen=0
        )

    assert said(bid.answers.get()).text == "First."


def test_save_answer_refuses_a_question_of_another_tender():
    bid = BidFactory(tender=tender_with_questions())

    with pytest.raises(Conflict):
        actions.save_answer(
            bid=bid,
            criterion=CriterionFactory(),
            text="",
            quantities={},
            by=bidder_of(bid.supplier),
            at=now(),
        )


def test_save_answer_hides_the_bid_from_another_company():
    bid = BidFactory(tender=tender_with_questions())

    with pytest.raises(Http404):
        actions.save_answer(
            bid=bid,
            criterion=bid.tender.criteria.get(code="q1"),
            text="",
            quantities={},
            by=bidder_of(SupplierFactory()),
            at=now(),
        )


def test_save_answer_after_the_deadline_says_both_times():
    bid = complete_draft()
    bid.tender.closes_at = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)
    bid.tender.opens_at = datetime(2026, 5, 1, 11, 0, tzinfo=UTC)
    bid.tender.save()

    with pytest.raises(TooLate) as refusal:
        actions.save_answer(
            bid=bid,
            criterion=bid.tender.criteria.get(code="q1"),
            text="",
            quantities={},
            by=bidder_of(bid.supplier),
            at=datetime(2026, 6, 1, 11, 0, 0, 250_000, tzinfo=UTC),
        )

    assert str(refusal.value).startswith(
        "Bids closed at 12:00:00.000 on 1 June 2026 (London time). "
        "This reached us at 12:00:00.250 on 1 June 2026, so it was not taken."
    )


def test_set_bases_keeps_what_the_metrics_ask_for():
    bid = BidFactory(tender=tender_with_questions())

    bid = actions.set_bases(
        bid=bid, bases={"headcount": "14"}, by=bidder_of(bid.supplier), at=now()
    )

    assert draft(bid).bases == {"headcount": "14"}


@pytest.mark.parametrize("bases", [{"headcount": "0"}, {"headcount": "-3"}, {"months": "12"}])
def test_set_bases_refuses_nothing_and_what_the_authority_fixes(bases):
    bid = BidFactory(tender=tender_with_questions())

    with pytest.raises(QuantityRefused):
        actions.set_bases(bid=bid, bases=bases, by=bidder_of(bid.supplier), at=now())


def test_set_price_replaces_the_price():
    bid = complete_draft()

    actions.set_price(bid=bid, amount=Decimal("1.50"), by=bidder_of(bid.supplier), at=now())

    assert draft(bid).price == Decimal("1.50")
    assert events("bid.price_set") == [{}]


@pytest.mark.parametrize("amount", ["0", "-0.01", "NaN", "Infinity"])
def test_set_price_refuses_what_is_not_above_zero(amount):
    bid = BidFactory()

    with pytest.raises(PriceRefused):
        actions.set_price(bid=bid, amount=Decimal(amount), by=bidder_of(bid.supplier), at=now())


def test_attach_keeps_a_file_beside_its_answer():
    bid = BidFactory(tender=tender_with_questions())
    criterion = bid.tender.criteria.get(code="q1")

    attachment = actions.attach(
        bid=bid, criterion=criterion, upload=pdf(), by=bidder_of(bid.supplier), at=now()
    )

    assert attachment.answer.criterion == criterion
    assert named(attachment.answer) == ["method.pdf"]
    assert events("bid.evidence_attached") == [{"sealed": attachment.file.sha256}]


def test_attach_refuses_an_executable_called_pdf():
    bid = BidFactory(tender=tender_with_questions())

    with pytest.raises(FileRefused):
        actions.attach(
            bid=bid,
            criterion=bid.tender.criteria.get(code="q1"),
            upload=pdf(content=b"MZ\x90\x00\x03" + bytes(200)),
            by=bidder_of(bid.supplier),
            at=now(),
        )

    assert bid.answers.count() == 0


def test_a_bid_takes_no_end_of_files(monkeypatch):
    bid = complete_draft()
    by, criterion = bidder_of(bid.supplier), bid.tender.criteria.first()
    monkeypatch.setattr(drafting, "FILES_TO_A_BID", 1)
    first = actions.attach(bid=bid, criterion=criterion, upload=pdf("1.pdf"), by=by, at=now())
    actions.remove_attachment(attachment=first, by=by, at=now())

    with pytest.raises(Conflict, match="takes 1 files"):
        actions.attach(bid=bid, criterion=criterion, upload=pdf("2.pdf"), by=by, at=now())


def test_remove_attachment_leaves_it_in_the_version_received():
    bid = complete_draft()
    by = bidder_of(bid.supplier)
    attachment = actions.attach(
        bid=bid, criterion=bid.tender.criteria.get(code="q1"), upload=pdf(), by=by, at=now()
    )
    first = send(bid, by)

    actions.remove_attachment(attachment=attachment, by=by, at=now())
    second = send(bid, by)

    files = [
        [file["id"] for line in received(version).document["answers"] for file in line["files"]]
        for version in (first, second)
    ]
    assert files == [[str(attachment.pk)], []]


def test_submit_bid_keeps_the_draft_as_a_version_with_a_receipt():
    bid = complete_draft()

    version = send(bid)

    bid.refresh_from_db()
    content = received(version)
    assert (bid.versions, version.version, version.edits) == (1, 1, bid.edits)
    assert content.price == Decimal("950000.00")
    assert content.document["bases"] == {"headcount": "50"}
    assert [line["criterion"] for line in content.document["answers"]] == ["q1", "m2"]
    assert (version.document, version.price) == (None, None)
    assert deals_with(version.submitted_by, bid.tender.authority)


def test_submit_bid_leaves_an_event_with_the_hash_and_not_the_price():
    version = send(complete_draft())

    assert events("bid.submitted") == [
        {
            "version": 1,
            "receipt": version.receipt_number,
            "hash": version.content_hash,
            "sealed": version.sealed_hash,
        }
    ]


def test_submit_bid_sends_the_receipt_to_whoever_pressed():
    received = send(complete_draft())

    (letter,) = mail.outbox
    assert letter.to == [received.submitted_by.email]
    assert letter.subject == f"Your bid was received: receipt {received.receipt_number}"
    assert received.content_hash in letter.body
    assert not re.search(r"950,?000", letter.body)


def test_submit_bid_twice_with_one_key_answers_the_same_receipt():
    bid, key = complete_draft(), uuid.uuid4()
    by = bidder_of(bid.supplier)

    first, again = send(bid, by, key), send(bid, by, key)

    assert first == again
    assert Submission.objects.count() == 1


def test_submit_bid_answers_a_repeated_key_even_after_the_deadline():
    bid, key = complete_draft(), uuid.uuid4()
    by = bidder_of(bid.supplier)
    first = send(bid, by, key)
    close(bid.tender)

    again = send(bid, by, key)

    assert first == again


def test_submit_bid_again_makes_the_next_version():
    bid = complete_draft()
    first = send(bid)

    second = send(bid)

    assert (first.version, second.version) == (1, 2)
    assert first.receipt_number != second.receipt_number
    assert list(Submission.objects.latest_of_each_bid()) == [second]


def test_submit_bid_refuses_a_late_bid_and_records_that():
    bid = complete_draft()
    close(bid.tender)

    with pytest.raises(TooLate):
        send(bid)

    assert Submission.objects.count() == 0
    assert events("bid.submission_refused") == [{"because": "TooLate"}]


def test_submit_bid_says_everything_that_is_missing():
    bid = BidFactory(tender=tender_with_questions())

    with pytest.raises(Incomplete) as refusal:
        send(bid)

    assert refusal.value.needs == (
        "Enter a number for “People employed on the contract (headcount)”.",
        "Running the service: write your answer.",
        "Local people: enter a number for “Hours planned” (0 is an answer).",
        "Local people: write your answer.",
        "Enter your price.",
    )
    assert events("bid.submission_refused") == [{"because": "Incomplete"}]


def test_submit_bid_refuses_an_answer_that_is_too_long():
    bid = complete_draft(text="word " * 21)

    with pytest.raises(Incomplete) as refusal:
        send(bid)

    assert refusal.value.needs[0] == (
        "Running the service: shorten your answer from 21 to 20 words."
    )


def test_submit_bid_hides_the_bid_from_another_company():
    bid = complete_draft()

    with pytest.raises(Http404):
        send(bid, bidder_of(SupplierFactory()))


def test_withdraw_bid_takes_it_back_and_a_new_version_brings_it_back():
    bid = complete_draft()
    by = bidder_of(bid.supplier)
    send(bid, by)

    withdrawn = actions.withdraw_bid(bid=bid, by=by)
    counted = Bid.objects.received().count()
    second = send(bid, by)

    bid.refresh_from_db()
    assert withdrawn.withdrawn_at is not None
    assert counted == 0
    assert (second.version, bid.withdrawn_at) == (2, None)
    assert events("bid.withdrawn") == [{"version": 1}]


def test_withdraw_bid_refuses_a_bid_that_was_never_received():
    bid = complete_draft()

    with pytest.raises(Conflict):
        actions.withdraw_bid(bid=bid, by=bidder_of(bid.supplier))


def test_withdraw_bid_after_the_deadline_is_refused():
    bid = received_bid()
    close(bid.tender)

    with pytest.raises(TooLate):
        actions.withdraw_bid(bid=bid, by=bidder_of(bid.supplier))


def test_mark_won_names_the_winner():
    bid = received_bid()

    bid = actions.mark_won(bid=bid, at=now())

    assert bid.won_at is not None
