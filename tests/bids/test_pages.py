"""The bidder's own pages: what they say, what they keep, what they refuse."""

import io
import re
import uuid
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from bids.actions import sending
from bids.models import Attachment, Bid, Submission
from records.accepting.archives import UNPACKED_MAX_BYTES
from records.models import StoredFile
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import (
    BidFactory,
    complete_draft,
    draft,
    named,
    pdf,
    received_bid,
    said,
    tender_with_questions,
)
from tests.factories.metrics import MetricFlagFactory
from tests.factories.tenders import TenderFactory

pytestmark = pytest.mark.django_db


def question(bid, code):
    return bid.tender.criteria.get(code=code)


def answer_url(bid, code, name="answer"):
    return reverse(f"bids:{name}", args=[bid.pk, question(bid, code).pk])


def text_of(response):
    return response.content.decode()


def pages_of(bid):
    """Every page of a draft."""
    return [
        reverse("bids:bid", args=[bid.pk]),
        reverse("bids:bases", args=[bid.pk]),
        reverse("bids:price", args=[bid.pk]),
        reverse("bids:submit", args=[bid.pk]),
        reverse("bids:receipt", args=[bid.pk]),
        answer_url(bid, "q1"),
        answer_url(bid, "m2"),
    ]


def submit(client, bid, key=None):
    return client.post(
        reverse("bids:submit", args=[bid.pk]), {"key": key or uuid.uuid4(), "agreed": "on"}
    )


def test_start_leads_to_the_task_list(signed_in):
    tender, company = tender_with_questions(), SupplierFactory()
    client = signed_in(bidder_of(company))

    response = client.post(reverse("bids:start", args=[tender.pk]))

    assert response.url == reverse("bids:bid", args=[Bid.objects.get().pk])


def test_start_is_not_for_following_a_link(signed_in):
    client = signed_in(bidder_of(SupplierFactory()))

    response = client.get(reverse("bids:start", args=[TenderFactory(open=True).pk]))

    assert response.status_code == 405


def test_every_page_says_not_submitted_until_there_is_a_receipt(bid, bidder):
    said = [text_of(bidder.get(url)).count("NOT SUBMITTED") > 0 for url in pages_of(bid)]

    assert said == [True] * 7


def test_no_page_says_not_submitted_once_there_is_a_receipt(signed_in):
    bid = complete_draft()
    client = signed_in(bidder_of(bid.supplier))
    submit(client, bid)

    said = [text_of(client.get(url)).count("NOT SUBMITTED") for url in pages_of(bid)]

    assert said == [0] * 7


def test_every_page_says_that_later_changes_are_not_submitted(signed_in):
    bid = complete_draft()
    client = signed_in(bidder_of(bid.supplier))
    submit(client, bid)

    client.post(reverse("bids:price", args=[bid.pk]), {"amount": "900000"})

    for url in pages_of(bid):
        page = text_of(client.get(url))
        assert "Version 1 submitted" in page
        assert "Later changes NOT SUBMITTED" in page


def test_the_task_list_counts_what_is_done(bid, bidder):
    bidder.post(reverse("bids:bases", args=[bid.pk]), {"number_headcount": "50"})

    response = bidder.get(reverse("bids:bid", args=[bid.pk]))

    tasks = response.context["tasks"]
    assert (tasks.done, tasks.total) == (1, 4)
    assert [[task.status for task in section.tasks] for section in tasks.sections] == [
        ["Completed"],
        ["Not started"],
        ["Not started"],
        ["Not started"],
    ]
    assert response.context["submit"].tasks[0].status == "Cannot start yet"


def test_a_metric_page_says_what_the_number_comes_to(bid, bidder):
    bidder.post(reverse("bids:bases", args=[bid.pk]), {"number_headcount": "60"})
    bidder.post(answer_url(bid, "m2"), {"number_m2": "45", "text": "Ward by ward.", "then": "stay"})

    page = text_of(bidder.get(answer_url(bid, "m2")))

    assert "This is 75% of 60 people; the target is 90% of 60 people." in page
    assert "That is 83.3% of what the target asks for." in page
    assert question(bid, "m2").metric.principle.text in page


def test_a_metric_page_leads_to_what_is_doubtful_in_its_words(bid, bidder):
    doubt = "It also says what is doubtful in these words."
    assert doubt not in text_of(bidder.get(answer_url(bid, "m2")))

    MetricFlagFactory(metric=question(bid, "m2").metric)

    assert doubt in text_of(bidder.get(answer_url(bid, "m2")))
    assert doubt not in text_of(bidder.get(answer_url(bid, "q1")))


def test_a_metric_page_asks_for_the_base_first(bid, bidder):
    page = text_of(bidder.get(answer_url(bid, "m2")))

    assert "Give the number for “People employed on the contract (headcount)”" in page


def test_reach_answers_for_numbers_that_are_only_typed(bid, bidder):
    bidder.post(reverse("bids:bases", args=[bid.pk]), {"number_headcount": "50"})

    response = bidder.post(answer_url(bid, "m2", "reach"), {"number_m2": "45"})

    assert re.findall(r"<p[^>]*>(?:<strong>)?([^<]*)<", text_of(response)) == [
        "The target for you is 45 people: 90% of 50 people.",
        "This is 90% of 50 people; the target is 90% of 50 people.",
        "That meets the target in full.",
    ]
    assert bid.answers.count() == 0


def test_reach_has_nothing_to_say_of_a_quality_question(bid, bidder):
    response = bidder.post(answer_url(bid, "q1", "reach"), {})

    assert response.status_code == 404


def test_an_answer_is_saved_with_its_evidence(bid, bidder):
    response = bidder.post(
        answer_url(bid, "m2"),
        {"number_m2": "0", "text": "Ward\r\nby ward.", "evidence": [pdf("a.pdf"), pdf("b.pdf")]},
    )

    answer = bid.answers.get()
    assert response.url == reverse("bids:bid", args=[bid.pk])
    assert (said(answer).quantities, said(answer).text) == ({"m2": "0"}, "Ward\nby ward.")
    assert named(answer) == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1e400", "Hours planned must be a number, for example 12.5"),
        ("NaN", "Hours planned must be a number, for example 12.5"),
        ("-3", "Hours planned must be 0 or more"),
        ("twelve", "Hours planned must be a number, for example 12.5"),
    ],
)
def test_a_bad_number_is_refused_beside_the_field_and_the_rest_is_saved(bid, bidder, typed, words):
    response = bidder.post(
        answer_url(bid, "m2"),
        {"number_m2": typed, "text": "Ward by ward.", "evidence": [pdf("a.pdf")]},
    )

    answer = bid.answers.get()
    assert response.context["form"].errors == {"number_m2": [words]}
    assert f'value="{typed}"' in text_of(response)
    assert (said(answer).text, said(answer).quantities) == ("Ward by ward.", {})
    assert named(answer) == ["a.pdf"]


def test_an_answer_that_is_too_long_is_said_so_and_kept(bid, bidder):
    long = " ".join(["word"] * 21)

    response = bidder.post(answer_url(bid, "q1"), {"text": long})

    assert response.context["form"].errors == {
        "text": ["Your answer must be 20 words or fewer. You have used 21"]
    }
    assert said(bid.answers.get()).text == long


def test_a_word_of_a_million_letters_is_refused(bid, bidder):
    response = bidder.post(answer_url(bid, "q1"), {"text": "a" * 1_000_000})

    assert response.context["form"].errors == {
        "text": ["Your answer must be 100,000 characters or fewer"]
    }
    assert said(bid.answers.get()).text == ""


def test_text_that_cannot_be_stored_is_refused_and_shown_again(bid, bidder):
    response = bidder.post(answer_url(bid, "q1"), {"text": "Nul\x00 here", "evidence": [pdf()]})

    assert list(response.context["form"].errors) == ["text"]
    assert said(bid.answers.get()).text == ""
    assert bid.answers.get().attachments.count() == 1


def office(names, declared=None):
    """A zipped file of these parts; `declared` bytes is the size its first part claims."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    raw = packed.getvalue()
    if declared:
        central = raw.rindex(b"PK\x01\x02", 0, raw.index(b"PK\x05\x06"))
        raw = raw[: central + 24] + declared.to_bytes(4, "little") + raw[central + 28 :]
    return raw


HOSTILE = {
    "program.pdf": b"MZ\x90\x00\x03\x00\x00\x00" + bytes(400),
    "page.pdf": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "macros.docx": office(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]),
    "bomb.docx": office(["word/document.xml"], declared=UNPACKED_MAX_BYTES + 1),
    "empty.pdf": b"",
    "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "script.csv": b"#!/bin/sh\necho hello\n",
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_refused_beside_the_field_and_the_rest_is_saved(bid, bidder, name):
    hostile = SimpleUploadedFile(name, HOSTILE[name])

    response = bidder.post(
        answer_url(bid, "m2"),
        {"number_m2": "5", "text": "Ward by ward.", "evidence": [hostile, pdf("good.pdf")]},
    )

    answer = bid.answers.get()
    refusals = response.context["form"].errors["evidence"]
    assert [words.startswith(name) for words in refusals] == [True]
    assert (said(answer).text, said(answer).quantities) == ("Ward by ward.", {"m2": "5"})
    assert named(answer) == ["good.pdf"]
    assert StoredFile.objects.count() == 1


def test_a_name_that_climbs_folders_is_kept_as_a_plain_name(bid, bidder):
    bidder.post(answer_url(bid, "q1"), {"text": "", "evidence": [pdf("..\\..\\etc\\pass.pdf")]})

    stored = StoredFile.objects.get()
    assert named(bid.answers.get()) == ["pass.pdf"]
    assert stored.name == "sealed"
    assert len(stored.file.name) == 32


def test_an_answer_takes_twenty_files(bid, bidder):
    bidder.post(answer_url(bid, "q1"), {"text": "", "evidence": [pdf() for _ in range(22)]})

    assert Attachment.objects.count() == 20


def test_uploading_saves_what_else_stands_on_the_page(bid, bidder):
    response = bidder.post(
        answer_url(bid, "m2", "attach"),
        {"number_m2": "7", "text": "Half a thought", "evidence": [pdf()]},
    )

    assert response.url == answer_url(bid, "m2")
    assert said(bid.answers.get()).text == "Half a thought"


def test_uploading_nothing_asks_for_a_file(bid, bidder):
    response = bidder.post(answer_url(bid, "q1", "attach"), {"text": "Half a thought"})

    assert response.context["form"].errors == {"evidence": ["Choose a file to upload"]}
    assert said(bid.answers.get()).text == "Half a thought"


def test_removing_a_file_saves_the_page_and_asks_first(bid, bidder):
    bidder.post(answer_url(bid, "q1"), {"text": "Old", "evidence": [pdf()]})
    attachment = Attachment.objects.get()
    ask = bidder.post(answer_url(bid, "q1"), {"text": "New", "then": f"remove-{attachment.pk}"})

    shown = bidder.get(ask.url)
    done = bidder.post(ask.url)

    attachment.refresh_from_db()
    assert "Remove method.pdf?" in text_of(shown)
    assert done.url == answer_url(bid, "q1")
    assert attachment.removed_at is not None
    assert said(bid.answers.get()).text == "New"


def test_a_colleagues_change_is_not_saved_over(bid, bidder):
    bidder.post(answer_url(bid, "q1"), {"text": "Theirs", "seen": "0"})

    response = bidder.post(answer_url(bid, "q1"), {"text": "Mine", "seen": "0"})

    page = text_of(response)
    assert "A colleague changed this answer" in page
    assert "Mine" in page
    assert "Theirs" in page
    assert said(bid.answers.get()).text == "Theirs"


def test_a_base_of_zero_is_refused_and_the_others_are_saved(bid, bidder):
    response = bidder.post(reverse("bids:bases", args=[bid.pk]), {"number_headcount": "0"})

    assert response.context["form"].errors == {
        "number_headcount": ["People employed on the contract (headcount) must be above 0"]
    }


def test_a_price_is_kept_exactly(bid, bidder):
    bidder.post(reverse("bids:price", args=[bid.pk]), {"amount": "£1,250,000.50"})

    assert draft(bid).price == Decimal("1250000.50")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0", "Price must be above £0. Enter what you would charge"),
        ("-5", "Price must be above £0. Enter what you would charge"),
        (
            "1e400",
            "Price for the whole contract must be a number, for example 1,250,000 or 1250.50",
        ),
        ("NaN", "Price for the whole contract must be a number, for example 1,250,000 or 1250.50"),
        ("", "Enter the price for the whole contract"),
        ("9999999999999", "Price for the whole contract must be £999,999,999,999.99 or less"),
    ],
)
def test_what_is_no_price_is_refused_beside_the_field(bid, bidder, typed, words):
    response = bidder.post(reverse("bids:price", args=[bid.pk]), {"amount": typed})

    assert response.context["form"].errors == {"amount": [words]}
    assert not hasattr(Bid.objects.get(), "price")


def test_submitting_leads_to_a_receipt_with_number_time_and_hashes(signed_in):
    bid = complete_draft()
    client = signed_in(bidder_of(bid.supplier))

    response = submit(client, bid)

    received = Submission.objects.get()
    page = text_of(client.get(response.url))
    there = received.received_at.astimezone()
    assert received.receipt_number in page
    assert received.content_hash in page
    assert f"{there:%M:%S}" in page
    assert "what is kept is what was received" in page


def test_pressing_submit_twice_leads_to_one_receipt(signed_in):
    bid, key = complete_draft(), uuid.uuid4()
    client = signed_in(bidder_of(bid.supplier))

    responses = [submit(client, bid, key), submit(client, bid, key)]

    assert [response.url for response in responses] == [reverse("bids:receipt", args=[bid.pk])] * 2
    assert Submission.objects.count() == 1


def test_pressing_submit_again_after_the_deadline_leads_to_the_receipt(signed_in):
    bid, key = complete_draft(), uuid.uuid4()
    client = signed_in(bidder_of(bid.supplier))
    submit(client, bid, key)
    bid.tender.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    bid.tender.save()

    response = submit(client, bid, key)

    assert response.url == reverse("bids:receipt", args=[bid.pk])


def test_a_late_bid_is_told_both_times(signed_in):
    bid = complete_draft()
    client = signed_in(bidder_of(bid.supplier))
    bid.tender.opens_at = datetime(2026, 5, 1, 11, tzinfo=UTC)
    bid.tender.closes_at = datetime(2026, 6, 1, 11, tzinfo=UTC)
    bid.tender.save()

    response = submit(client, bid)

    assert response.status_code == 409
    assert "Bids closed at 12:00:00.000 on 1 June 2026 (London time)." in text_of(response)
    assert "This reached us at" in text_of(response)


def test_a_submit_that_was_cut_off_leads_to_the_receipt_and_never_says_it_failed(
    signed_in, monkeypatch
):
    def cut_off(*args):
        raise OperationalError("server closed the connection unexpectedly")

    bid = complete_draft()
    client = signed_in(bidder_of(bid.supplier))
    monkeypatch.setattr(sending, "_keep_version", cut_off)

    response = submit(client, bid)

    assert response.url == reverse("bids:receipt", args=[bid.pk])
    assert "We cannot tell whether your bid was received." in text_of(client.get(response.url))


def test_submitting_needs_the_tick(signed_in):
    bid = complete_draft()
    client = signed_in(bidder_of(bid.supplier))

    response = client.post(reverse("bids:submit", args=[bid.pk]), {"key": uuid.uuid4()})

    assert list(response.context["form"].errors) == ["agreed"]
    assert Submission.objects.count() == 0


def test_an_incomplete_bid_is_told_what_is_missing(bid, bidder):
    response = submit(bidder, bid)

    assert response.status_code == 200
    assert "Running the service: write your answer." in text_of(response)


def test_withdrawing_asks_first_and_says_so_after(signed_in):
    bid = complete_draft()
    client = signed_in(bidder_of(bid.supplier))
    submit(client, bid)
    url = reverse("bids:withdraw", args=[bid.pk])

    asked, done = client.get(url), client.post(url, follow=True)

    assert "Take the bid back?" in text_of(asked)
    assert "NOT SUBMITTED" in text_of(done)
    assert Bid.objects.received().count() == 0


def test_after_the_deadline_the_forms_show_the_bid_instead(signed_in):
    bid = received_bid(tender=tender_with_questions(closed=True))
    client = signed_in(bidder_of(bid.supplier))

    response = client.get(reverse("bids:price", args=[bid.pk]))

    assert response.url == reverse("bids:view", args=[bid.pk])


def test_a_draft_never_sent_says_so_after_the_deadline(signed_in):
    bid = BidFactory(tender=tender_with_questions(closed=True))
    client = signed_in(bidder_of(bid.supplier))

    page = text_of(client.get(reverse("bids:bid", args=[bid.pk])))

    assert "NOT SUBMITTED" in page
    assert "Nothing was received, so there is nothing to consider" in page


def test_what_is_typed_is_shown_as_text(bid, bidder):
    bidder.post(answer_url(bid, "q1"), {"text": "<script>alert(1)</script>"})

    page = text_of(bidder.get(answer_url(bid, "q1")))

    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_takes_as_many_queries_for_three_bids_as_for_one(
    signed_in, django_assert_num_queries, count
):
    company = SupplierFactory()
    for _ in range(count):
        received_bid(supplier=company)
        TenderFactory(open=True)
    client = signed_in(bidder_of(company))

    with django_assert_num_queries(8):
        client.get(reverse("bids:desk"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_task_list_takes_as_many_queries_for_three_questions_as_for_one(
    bid, bidder, django_assert_num_queries, count
):
    for number in range(count):
        bidder.post(answer_url(bid, "q1"), {"text": f"Version {number}"}, follow=True)

    with django_assert_num_queries(15):
        bidder.get(reverse("bids:bid", args=[bid.pk]))


def test_the_desk_shows_red_until_there_is_a_receipt(signed_in):
    company = SupplierFactory()
    draft, sent = BidFactory(supplier=company), received_bid(supplier=company)
    client = signed_in(bidder_of(company))

    page = text_of(client.get(reverse("bids:desk")))

    assert page.count("NOT SUBMITTED") == 1
    assert draft.tender.title in page
    assert sent.last_received.receipt_number in page


def test_the_desk_offers_what_one_has_not_started(signed_in):
    mine, other = BidFactory(), TenderFactory(open=True)
    soon, over = TenderFactory(published=True), TenderFactory(closed=True)
    client = signed_in(bidder_of(mine.supplier))

    response = client.get(reverse("bids:desk"))

    offered = set(response.context["opportunities"])
    assert offered == {other, soon}
    assert over not in offered
