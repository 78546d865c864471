"""Envelopes for the worker."""

from celery import shared_task

from records import jobs, letters


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
