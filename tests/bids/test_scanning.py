"""Sealed files and the scanner: a bid can be submitted while it is away, and nobody has them."""

import uuid

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from bids import actions, tasks
from bids.models import Attachment
from records import clamd
from records.clock import database_time
from records.models import Job, JobState, ScanState, StoredFile
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, pdf
from tests.factories.files import PDF, pdf_of
from tests.records.fake_clamd import EICAR, FakeClamd

pytestmark = pytest.mark.django_db
INFECTED = pdf_of(EICAR.decode())


@pytest.fixture
def daemon(settings, monkeypatch):
    monkeypatch.setattr(clamd, "LEFT_ALONE_SECONDS", 0.0)
    monkeypatch.setattr(clamd._Pause, "until", 0.0)
    listening = FakeClamd()
    settings.CLAMD = listening.address
    yield listening
    listening.close()


@pytest.fixture
def bid():
    return complete_draft()


def attach(bid, content=PDF, name="method.pdf"):
    question = bid.tender.criteria.get(code="q1")
    upload = pdf(name, content)
    by = bidder_of(bid.supplier)
    return actions.attach(bid=bid, criterion=question, upload=upload, by=by, at=database_time())


def submit(bid):
    by = bidder_of(bid.supplier)
    return actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=by)


def asked_for(client, attachment):
    return client.get(reverse("bids:attachment", args=[attachment.pk]))


def scan_what_waits():
    for job in Job.objects.filter(task="bids.tasks.scan_sealed_file", state=JobState.WAITING):
        tasks.scan_sealed_file(job_id=str(job.pk))


@pytest.fixture
def waiting(bid, daemon, settings):
    """A file that came, and was received with the bid, while the scanner was away."""

    def came(content):
        settings.CLAMD, address = "127.0.0.1:1", settings.CLAMD
        attachment = attach(bid, content)
        submit(bid)
        scan_what_waits()
        settings.CLAMD = address
        return attachment

    return came


def test_a_bid_is_received_while_the_scanner_is_away_and_its_files_wait(bid, bidder, waiting):
    attachment = waiting(PDF)

    bid.refresh_from_db()
    assert bid.versions == 1
    assert attachment.file.scan_state == ScanState.WAITING
    response = asked_for(bidder, attachment)
    assert response.status_code == 409
    assert "still being checked for viruses" in response.content.decode()
    page = bidder.get(reverse("bids:view", args=[bid.pk]))
    assert "being checked for viruses" in page.content.decode()


def test_once_it_is_back_a_worker_unseals_the_file_for_it_alone(bid, bidder, waiting, daemon):
    attachment = waiting(PDF)

    scan_what_waits()

    attachment.refresh_from_db()
    assert daemon.asked == [PDF]
    assert attachment.file.scan_state == ScanState.CLEAN
    response = asked_for(bidder, attachment)
    assert b"".join(response.streaming_content) == PDF
    stored = StoredFile.objects.get()
    with stored.file.open("rb") as kept:
        assert b"Method statement" not in kept.read()
    assert list(stored.file.storage.listdir("")[1]) == [stored.file.name]


def test_what_is_found_then_is_locked_away_and_the_firm_is_told(bid, bidder, waiting):
    attachment = waiting(INFECTED)
    mail.outbox.clear()

    scan_what_waits()

    response = asked_for(bidder, attachment)
    assert response.status_code == 409
    assert "The virus scanner stopped this file" in response.content.decode()
    [letter] = mail.outbox
    assert letter.to == [User.objects.get(pk=attachment.file.stored_by_id).email]
    assert "method" not in letter.body
    page = bidder.get(reverse("bids:answer", args=[bid.pk, attachment.answer.criterion_id]))
    assert "stopped by the virus scanner" in page.content.decode()


def test_an_infected_file_is_refused_beside_its_field_and_nothing_of_it_is_kept(
    bid, bidder, daemon
):
    question = bid.tender.criteria.get(code="q1")

    response = bidder.post(
        reverse("bids:answer", args=[bid.pk, question.pk]),
        {"text": "Ward by ward.", "evidence": [pdf("method.pdf", INFECTED)]},
    )

    assert "method.pdf was stopped by the virus scanner" in response.content.decode()
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.exists()
