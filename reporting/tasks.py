"""Envelopes for the worker."""

from functools import partial

from celery import shared_task

from records import jobs
from reporting.building import build
from reporting.paper_building import build_paper


@shared_task
def build_report(*, job_id: str) -> None:
    """Gather, draw and keep one report. Safe to run twice: what is there is left alone."""
    with jobs.held(job_id) as job:
        if job is not None:
            build(job.subject_id, tell=partial(jobs.report_progress, job))


@shared_task
def build_approval_paper(*, job_id: str) -> None:
    """Draw and keep one approval paper. Safe to run twice, likewise."""
    with jobs.held(job_id) as job:
        if job is not None:
            build_paper(job.subject_id, tell=partial(jobs.report_progress, job))
