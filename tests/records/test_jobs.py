"""Long work: kept first, sent on commit, taken once, tried three times."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from records import jobs
from records.clock import database_time
from records.models import Job, JobState

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """The jobs for which a worker was woken."""
    woken = []
    monkeypatch.setattr(jobs, "send", woken.append)
    return woken


def make_job(**fields):
    now = database_time()
    return Job.objects.create(
        **{
            "task": "reporting.tasks.build_report",
            "subject_id": uuid4(),
            "created_at": now,
            "sent_at": now,
            **fields,
        }
    )


def test_enqueue_wakes_a_worker_only_after_the_commit(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(task="a.b", subject_id=uuid4(), at=NOON)
        assert sent == []

    assert sent == [job]


def test_enqueue_without_a_broker_keeps_the_job_waiting(settings, caplog):
    job = make_job()

    def no_broker(*args, **kwargs):
        raise ConnectionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs.current_app, "send_task", no_broker)
        jobs.send(job)

    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert "the sweep will send it again" in caplog.text


def test_many_pieces_of_work_are_kept_at_once_and_each_wakes_a_worker(
    monkeypatch, django_capture_on_commit_callbacks, django_assert_num_queries
):
    woken, subjects = [], [uuid4() for _ in range(3)]
    monkeypatch.setattr(jobs, "send", lambda job: woken.append(job.subject_id) or True)

    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(1):
        jobs.enqueue_all(task="a.b", subject_ids=subjects, at=NOON)

    assert woken == subjects


def test_a_broker_that_is_away_is_asked_once_for_all_of_them(monkeypatch):
    asked = []
    monkeypatch.setattr(jobs, "send", asked.append)

    jobs.send_all([make_job(), make_job()])

    assert len(asked) == 1


def test_held_work_that_ends_well_is_done():
    job = make_job()

    with jobs.held(str(job.pk)) as held:
        jobs.report_progress(held, 40, "Gathering figures")

    job.refresh_from_db()
    assert (job.state, job.progress_percent, job.attempts) == (JobState.DONE, 100, 1)
    assert job.is_finished


def test_a_job_is_held_by_one_worker_at_a_time():
    job = make_job()

    with jobs.held(str(job.pk)), jobs.held(str(job.pk)) as second:
        assert second is None


def test_a_finished_job_is_not_taken_again():
    job = make_job(state=JobState.DONE)

    with jobs.held(str(job.pk)) as held:
        assert held is None


def test_an_error_puts_the_job_back_until_the_third_attempt():
    job = make_job()
    states = []

    for _ in range(3):
        with jobs.held(str(job.pk)):
            raise_error()
        job.refresh_from_db()
        states.append(job.state)

    assert states == [JobState.WAITING, JobState.WAITING, JobState.FAILED]
    assert job.error == "RuntimeError: no ink"


def raise_error():
    raise RuntimeError("no ink")


def test_the_sweep_sends_again_what_has_waited_too_long(sent):
    old = make_job(sent_at=database_time() - timedelta(minutes=2))
    make_job()

    count = jobs.sweep()

    assert (count, sent) == (1, [old])


def test_the_sweep_hands_over_work_whose_worker_died(sent):
    past = database_time() - timedelta(seconds=1)
    dropped = make_job(state=JobState.RUNNING, lease_until=past, attempts=1)

    jobs.sweep()

    assert sent == [dropped]
    with jobs.held(str(dropped.pk)) as held:
        assert held.attempts == 2


def test_the_sweep_leaves_work_that_is_under_way(sent):
    make_job(state=JobState.RUNNING, lease_until=database_time() + timedelta(minutes=1), attempts=1)

    assert jobs.sweep() == 0


def test_work_that_lost_three_workers_is_failed_and_told(sent):
    past = database_time() - timedelta(seconds=1)
    job = make_job(state=JobState.RUNNING, lease_until=past, attempts=3)

    jobs.sweep()

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "The worker stopped at every attempt.")
    assert sent == []
