"""Long work: a row first, in the caller's transaction; a worker is woken on commit.

A dead broker never fails a request: the sweep sends the row again. A worker holds a
job by a lease; when it dies the lease runs out and the sweep hands the job to another.
After the attempts a job is allowed it is marked failed, and a person is told.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from records.clock import database_time
from records.models import Job, JobState

SEND_AGAIN_AFTER = timedelta(seconds=30)
logger = logging.getLogger(__name__)


def enqueue(*, task: str, subject_id: UUID, at: datetime, attempts_allowed: int = 3) -> Job:
    """Keep a piece of work and wake a worker once the transaction has committed."""
    subject_ids = [subject_id]
    [job] = enqueue_all(
        task=task, subject_ids=subject_ids, at=at, attempts_allowed=attempts_allowed
    )
    return job


def enqueue_all(
    *, task: str, subject_ids: Iterable[UUID], at: datetime, attempts_allowed: int = 3
) -> list[Job]:
    """The same for as many as there are, in one query."""
    jobs = Job.objects.bulk_create(
        Job(
            task=task,
            subject_id=subject_id,
            created_at=at,
            sent_at=at,
            attempts_allowed=attempts_allowed,
        )
        for subject_id in subject_ids
    )
    # The worker must not look for the rows before they exist.
    transaction.on_commit(partial(send_all, jobs))
    return jobs


def send_all(jobs: Iterable[Job]) -> None:
    """Wake a worker for each; the first that finds no broker leaves the rest to the sweep."""
    for job in jobs:
        if not send(job):
            return


def send(job: Job) -> bool:
    """Wake a worker for this job, and say whether there was a broker to tell."""
    try:
        current_app.send_task(job.task, kwargs={"job_id": str(job.pk)}, retry=False)
    except Exception:
        logger.warning("No broker for job %s; the sweep will send it again.", job.pk)
        return False
    return True


@contextmanager
def held(job_id: str) -> Iterator[Job | None]:
    """Hold a job while working on it; None when it is finished or another holds it.

    An error puts the job back until its attempts are used up, then marks it failed.
    """
    job = _take(job_id)
    if job is None:
        yield None
        return
    try:
        yield job
    except Exception as error:
        logger.exception("Job %s failed on attempt %s", job.pk, job.attempts)
        _give_back(job, error)
    else:
        Job.objects.filter(pk=job.pk).update(
            state=JobState.DONE,
            progress_percent=100,
            progress_words="Done",
            lease_until=None,
            finished_at=database_time(),
        )


def report_progress(job: Job, percent: int, words: str) -> None:
    """Say how far the work is, and keep the lease."""
    Job.objects.filter(pk=job.pk).update(
        progress_percent=percent, progress_words=words, lease_until=_lease_end()
    )


def sweep() -> int:
    """Send again what waits too long or whose worker died; returns how many were sent."""
    now = database_time()
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now)
    lost.filter(attempts__gte=F("attempts_allowed")).update(
        state=JobState.FAILED,
        error="The worker stopped at every attempt.",
        lease_until=None,
        finished_at=now,
    )
    waiting = Q(state=JobState.WAITING, sent_at__lt=now - SEND_AGAIN_AFTER)
    dropped = Q(state=JobState.RUNNING, lease_until__lt=now)
    sent = 0
    for job in Job.objects.filter(waiting | dropped).order_by("created_at"):
        Job.objects.filter(pk=job.pk).update(sent_at=now)
        send(job)
        sent += 1
    return sent


def _take(job_id: str) -> Job | None:
    now = database_time()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    taken = Job.objects.filter(free, pk=job_id, attempts__lt=F("attempts_allowed")).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, lease_until=_lease_end()
    )
    return Job.objects.get(pk=job_id) if taken else None


def _give_back(job: Job, error: Exception) -> None:
    tried_out = job.attempts >= job.attempts_allowed
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED if tried_out else JobState.WAITING,
        error=f"{type(error).__name__}: {error}",
        lease_until=None,
        finished_at=database_time() if tried_out else None,
    )


def _lease_end() -> datetime:
    return database_time() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
