"""Envelopes for the worker."""

from celery import shared_task

from records import jobs


@shared_task
def sweep_jobs() -> int:
    """Send waiting and dropped jobs again. Safe to run twice."""
    return jobs.sweep()
