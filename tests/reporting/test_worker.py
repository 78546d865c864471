"""Reports drawn by a real worker, and by the next one when the first is killed."""

from io import BytesIO

import pikepdf
import pytest

from accounts.roles import Role
from design.london import LONDON
from design.year import year_of
from records import audit
from records.clock import database_time
from records.models import AuditEvent, Job, JobState, StoredFile
from reporting import actions
from reporting.models import Report
from tests.factories.accounts import person_in
from tests.factories.reporting import authority_with_a_year, file_of
from tests.worker import celery, kill, kill_children, wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report():
    authority = authority_with_a_year()
    now = database_time()
    return actions.request_report(
        authority=authority,
        year=year_of(now.astimezone(LONDON).date()).begins,
        by=person_in(authority, Role.OFFICER),
        at=now,
    )


def is_being_made(report) -> bool:
    return Job.objects.filter(pk=report.job_id, state=JobState.RUNNING).exists()


def is_done(report) -> bool:
    return Job.objects.filter(pk=report.job_id, state=JobState.DONE).exists()


def assert_whole_and_made_once(report, *, attempts: int) -> None:
    report.refresh_from_db()
    report.job.refresh_from_db()
    with pikepdf.open(BytesIO(file_of(report))) as document:
        assert len(document.pages) > 1
    assert report.job.attempts == attempts
    assert StoredFile.objects.count() == 1
    assert AuditEvent.objects.filter(verb="report.made").count() == 1
    assert list(audit.broken_links(audit.SITE)) == []


def test_a_worker_makes_the_report(report, tmp_path):
    with worker(tmp_path):
        wait_until(lambda: is_done(report))

    assert_whole_and_made_once(report, attempts=1)


def test_a_report_is_made_once_though_its_worker_is_killed(report, tmp_path):
    with worker(tmp_path) as first:
        wait_until(lambda: is_being_made(report))
        kill(first)
    assert not Report.objects.get(pk=report.pk).is_ready

    with worker(tmp_path):
        wait_until(lambda: is_done(report))

    assert_whole_and_made_once(report, attempts=2)


def test_a_report_is_made_once_though_the_child_that_draws_it_is_killed(report, tmp_path):
    with celery("beat", "-s", str(tmp_path / "beat")), celery("worker", "-c", "1") as parent:
        wait_until(lambda: is_being_made(report))
        kill_children(parent)
        wait_until(lambda: is_done(report))

    assert_whole_and_made_once(report, attempts=2)
