"""A report is made once, from figures frozen once, whatever dies on the way."""

from functools import partial

import pytest

from delivery.models import ReturnLine
from records import jobs
from records.clock import database_time
from records.models import AuditEvent, JobState, StoredFile
from reporting import tasks
from reporting.building import build
from reporting.models import Report
from tests.factories.reporting import ReportFactory, authority_with_a_year, file_of

pytestmark = pytest.mark.django_db


def silent(percent, words):
    """Nobody is watching."""


def build_quietly(report, **given):
    build(report.pk, tell=silent, **{"draw": lambda _: b"%PDF- drawn", **given})
    report.refresh_from_db()


@pytest.fixture
def report():
    return ReportFactory(authority=authority_with_a_year())


def test_a_built_report_has_figures_and_a_file(report):
    build_quietly(report)

    assert report.is_ready
    assert report.figures["authority"] == report.authority.name
    assert file_of(report) == b"%PDF- drawn"


def test_progress_is_told_on_the_way(report):
    said = []

    build(report.pk, tell=lambda *words: said.append(words), draw=lambda _: b"")

    assert said == [
        (10, "Gathering the figures"),
        (40, "Drawing the pages"),
        (90, "Keeping the file"),
    ]


def test_building_twice_builds_once(report):
    build_quietly(report)
    first = report.pdf

    build_quietly(report, draw=lambda _: pytest.fail("drawn again"))

    assert report.pdf == first
    assert AuditEvent.objects.filter(verb="report.made").count() == 1


def test_a_worker_that_dies_while_drawing_leaves_the_figures_and_no_file(report, settings):
    def die(_):
        raise MemoryError

    with pytest.raises(MemoryError):
        build_quietly(report, draw=die)

    report.refresh_from_db()
    assert report.figures is not None
    assert not report.is_ready
    assert StoredFile.objects.count() == 0


def test_figures_stay_as_they_were_when_a_second_worker_takes_over(report):
    with pytest.raises(MemoryError):
        build_quietly(report, draw=lambda _: (_ for _ in ()).throw(MemoryError))
    report.refresh_from_db()
    frozen = report.figures
    ReturnLine.objects.all().delete()

    build_quietly(report)

    assert report.figures == frozen


def test_of_two_workers_at_once_the_first_to_finish_is_kept(report):
    def overtaken(drawing):
        build_quietly(Report.objects.get(pk=drawing.pk), draw=lambda _: b"first")
        return b"second"

    build_quietly(report, draw=overtaken)

    assert file_of(report) == b"first"
    assert StoredFile.objects.count() == 1
    assert AuditEvent.objects.filter(verb="report.made").count() == 1


def test_a_file_left_by_a_dead_worker_is_written_over(report, settings):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / f"report-{report.pk}.pdf").write_bytes(b"half a f")

    build_quietly(report)

    assert [path.name for path in settings.MEDIA_ROOT.iterdir()] == [f"report-{report.pk}.pdf"]
    assert file_of(report) == b"%PDF- drawn"


def job_of(report):
    report.job = jobs.enqueue(
        task="reporting.tasks.build_report", subject_id=report.pk, at=database_time()
    )
    report.save()
    return report.job


def test_the_task_builds_the_report_of_its_job(report, monkeypatch):
    quickly = partial(build, draw=lambda _: b"%PDF-")
    monkeypatch.setattr(tasks, "build", quickly)
    job = job_of(report)

    tasks.build_report(job_id=str(job.pk))
    tasks.build_report(job_id=str(job.pk))

    job.refresh_from_db()
    report.refresh_from_db()
    assert (job.state, job.progress_percent, job.attempts) == (JobState.DONE, 100, 1)
    assert report.is_ready


def test_a_report_that_cannot_be_made_fails_in_words_after_three_attempts(report, monkeypatch):
    def fail(report_id, tell):
        raise RecursionError("too deep")

    monkeypatch.setattr(tasks, "build", fail)
    job = job_of(report)

    for _ in range(3):
        tasks.build_report(job_id=str(job.pk))

    job.refresh_from_db()
    report.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "RecursionError: too deep")
    assert report.has_failed
    assert report.progress_words == "The report could not be made"
