"""Envelopes for the worker."""

from celery import shared_task

from bids.models import Attachment
from bids.unsealing import content_for_the_scanner
from records import jobs, scanning
from records.clock import database_time


@shared_task
def scan_sealed_file(*, job_id: str) -> None:
    """Scan one sealed file that waits. Safe to run twice: what was said last counts."""
    with jobs.held(job_id) as job:
        if job is not None:
            of_bids = Attachment.objects.select_related("file", "answer__bid__tender")
            attachment = of_bids.get(file=job.subject_id)
            content = content_for_the_scanner(attachment)
            scanning.settle(stored=attachment.file, content=content, at=database_time())
