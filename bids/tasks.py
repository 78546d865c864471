"""Envelopes for the worker."""

from celery import shared_task

from bids import emails
from bids.models import Submission
from records import jobs


@shared_task
def send_receipt(*, job_id: str) -> None:
    """Send a receipt by e-mail. Safe to run twice: a finished job is left alone."""
    with jobs.held(job_id) as job:
        if job is not None:
            received = Submission.objects.select_related("bid__tender", "bid__supplier")
            emails.send_receipt(received.get(pk=job.subject_id))
