"""What a bid says is not left where it passed on its way: in a session, in a temporary file."""

import json
import tempfile

import pytest
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bids.views import answering, drafting
from metrics.sheets import writing
from tests.factories.accounts import bidder_of
from tests.factories.bids import BidFactory, complete_draft, tender_with_questions

pytestmark = pytest.mark.django_db

# More than the 40 people there are, so that something is said of it.
ODD, SAID = "4747", "4,747 people"
# Larger than what Django would hold in memory.
LARGE = b"year,canaryinside\n" + b"2026,1\n" * 430_000


@pytest.fixture
def bid():
    return BidFactory(tender=tender_with_questions(), bases={"headcount": "40"})


@pytest.fixture
def bidder(bid, signed_in):
    return signed_in(bidder_of(bid.supplier))


@pytest.fixture
def temporary(monkeypatch):
    """The temporary files that are made meanwhile."""
    made, make = [], tempfile._mkstemp_inner

    def noted(*args, **kwargs):
        made.append(make(*args, **kwargs))
        return made[-1]

    monkeypatch.setattr(tempfile, "_mkstemp_inner", noted)
    return made


def sessions():
    return json.dumps([one.get_decoded() for one in Session.objects.all()])


def save_something_odd(bid, bidder):
    metric = bid.tender.criteria.get(code="m2")
    page = reverse("bids:answer", args=[bid.pk, metric.pk])
    return bidder.post(page, {"number_m2": ODD, "text": "All.", "seen": "0"})


def test_what_looks_odd_in_an_answer_is_not_kept_in_the_session(bid, bidder):
    saved = save_something_odd(bid, bidder)

    assert saved.status_code == 302
    assert "Worth checking" in sessions()
    assert SAID not in sessions()


def test_twin_a_hint_sent_as_a_message_lies_in_the_session(bid, bidder, monkeypatch):
    monkeypatch.setattr(
        answering,
        "say_what_to_check",
        lambda request, place, hints: messages.info(request, hints[0]),
    )
    save_something_odd(bid, bidder)

    assert SAID in sessions()


def test_what_looks_odd_in_the_numbers_of_a_firm_is_read_on_their_page_alone(
    bid, bidder, monkeypatch
):
    class Odd:
        words = f"{SAID} look odd."

    monkeypatch.setattr(drafting, "hints_on_bases", lambda tender, bases: (Odd,))
    page = reverse("bids:bases", args=[bid.pk])

    bidder.post(page, {"number_headcount": ODD})

    assert "Worth checking" in sessions()
    assert SAID not in sessions()
    assert f"{SAID} look odd." in bidder.get(page).content.decode()


def upload(bid, bidder):
    metric = bid.tender.criteria.get(code="m2")
    file = SimpleUploadedFile("canaryfile.csv", LARGE)
    page = reverse("bids:attach", args=[bid.pk, metric.pk])
    return bidder.post(page, {"text": "", "seen": "0", "evidence": file})


def test_no_upload_of_any_size_lies_on_a_disk_in_the_clear(bid, bidder, temporary):
    answer = upload(bid, bidder)

    assert answer.status_code == 302
    assert temporary == []


def test_twin_djangos_own_way_lays_it_into_a_temporary_file(bid, bidder, temporary, settings):
    settings.FILE_UPLOAD_HANDLERS = [
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]
    upload(bid, bidder)

    assert len(temporary) == 1


def test_a_workbook_is_made_without_a_temporary_file(signed_in, temporary):
    bid = complete_draft()
    taken = signed_in(bidder_of(bid.supplier)).get(reverse("bids:offline_file", args=[bid.pk]))

    assert b"".join(taken).startswith(b"PK")
    assert temporary == []


def test_twin_openpyxl_lays_every_sheet_into_one(signed_in, temporary, monkeypatch):
    monkeypatch.delattr(writing.InMemory, "write_worksheet")
    bid = complete_draft()
    signed_in(bidder_of(bid.supplier)).get(reverse("bids:offline_file", args=[bid.pk]))

    assert len(temporary) >= 4


def test_files_that_are_too_many_together_are_refused_with_words(bid, bidder, settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    metric = bid.tender.criteria.get(code="m2")
    large = LARGE[: 1024 * 1024]
    files = [SimpleUploadedFile(f"{n}.csv", large) for n in range(6)]
    huge = SimpleUploadedFile("huge.csv", LARGE)
    page = reverse("bids:attach", args=[bid.pk, metric.pk])

    answer = bidder.post(page, {"text": "", "seen": "0", "evidence": [huge, *files]})

    said = answer.content.decode()
    assert "huge.csv is larger than 1 MB." in said
    assert "5.csv was not taken, because files sent together may come to 5 MB." in said
    assert "4.csv was not taken" not in said
    assert metric.answers.get().attachments.count() == 5
