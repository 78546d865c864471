"""E-mail: kept as a row in the caller's transaction, delivered by a worker."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from records import jobs
from records.models import Job, Letter

# At a try every half minute or so, a mail server may be away for hours.
ATTEMPTS = 500


class KeepLetters(BaseEmailBackend):
    """Django's way in: a letter sent is a letter kept, and a worker is woken on commit."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = timezone.now()
        letters = Letter.objects.bulk_create(_kept(message, now) for message in email_messages)
        jobs.enqueue_all(
            task="records.tasks.deliver_letter",
            subject_ids=[letter.pk for letter in letters],
            at=now,
            attempts_allowed=ATTEMPTS,
        )
        return len(letters)


def _kept(message: EmailMessage, now: datetime) -> Letter:
    return Letter(
        recipients=message.recipients(),
        sender=message.from_email,
        # Nothing a person typed may begin a new header.
        subject=" ".join(message.subject.split())[:254],
        body=message.body,
        headers=message.extra_headers,
        written_at=now,
    )


def deliver(job: Job) -> None:
    """Hand one letter to the mail server; a delivered one is left alone."""
    letter = Letter.objects.get(pk=job.subject_id)
    if letter.delivered_at:
        return
    message = EmailMessage(
        letter.subject,
        letter.body,
        letter.sender,
        letter.recipients,
        headers=letter.headers,
        connection=get_connection(settings.EMAIL_DELIVERY_BACKEND),
    )
    message.send()
    letter.delivered_at = timezone.now()
    letter.save(update_fields=["delivered_at"])
