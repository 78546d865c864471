"""No outage of the mail server loses a letter or fails a page."""

import pytest
from django.core import mail
from django.core.mail import send_mail

from records import jobs, tasks
from records.models import Job, JobState, Letter

pytestmark = pytest.mark.django_db
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _as_in_the_product(settings, monkeypatch):
    settings.EMAIL_BACKEND = "records.letters.KeepLetters"
    settings.EMAIL_DELIVERY_BACKEND = LOCMEM
    monkeypatch.setattr(jobs, "send", lambda job: None)


def write(subject="Your receipt"):
    send_mail(subject, "Number R-1", "tenth@example.org", ["ada@example.org"])
    return Job.objects.get()


def test_a_letter_is_kept_before_anything_is_sent():
    write()

    letter = Letter.objects.get()
    assert (letter.subject, letter.recipients) == ("Your receipt", ["ada@example.org"])
    assert mail.outbox == []


def test_a_worker_delivers_the_letter_once():
    job = write()

    tasks.deliver_letter(job_id=str(job.pk))
    tasks.deliver_letter(job_id=str(job.pk))

    assert [(m.subject, m.to) for m in mail.outbox] == [("Your receipt", ["ada@example.org"])]
    assert Letter.objects.get().delivered_at


def test_a_mail_server_that_is_away_leaves_the_letter_waiting(settings):
    settings.EMAIL_DELIVERY_BACKEND = "tests.records.test_letters.Away"
    job = write()

    for _ in range(5):
        tasks.deliver_letter(job_id=str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.WAITING, 5)
    assert Letter.objects.get().delivered_at is None


class Away:
    """A mail server nobody answers at."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError
