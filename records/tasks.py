"""Envelopes for the worker."""

from celery import shared_task

from records import jobs, letters, scanning
from records.clock import database_time


@shared_task
def sweep_jobs() -> int:
    """Send waiting and dropped jobs again. Safe to run twice."""
    return jobs.sweep()


@shared_task
def deliver_letter(*, job_id: str) -> None:
    """Deliver one e-mail. Safe to run twice: a delivered letter is left alone."""
    with jobs.held(job_id) as job:
        if job is not None:
            letters.deliver(job)


@shared_task
def scan_file(*, job_id: str) -> None:
    """Scan one file that waits. Safe to run twice: what was said last counts."""
    with jobs.held(job_id) as job:
        if job is not None:
            scanning.settle_kept(job.subject_id, database_time())


@shared_task
def scan_unsettled_files() -> int:
    """Send files to be scanned that no worker is about to scan. Safe to run twice."""
    return scanning.send_unsettled(database_time())
