"""A report is asked for once, by those who may, and approved by another role once made."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from records.models import AuditEvent, Job, JobState
from reporting import actions
from reporting.building import build
from reporting.models import Report
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.reporting import NOW, ReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    return AuthorityFactory()


def ask(authority, role=Role.OFFICER, year=2026):
    return actions.request_report(
        authority=authority, year=year, by=person_in(authority, role), at=NOW
    )


def made_report(**fields) -> Report:
    report = ReportFactory(**fields)
    build(report.pk, tell=lambda *_: None, draw=lambda _: b"%PDF-")
    return report


def test_asking_keeps_a_job_before_any_worker_knows(authority):
    report = ask(authority)

    job = Job.objects.get()
    assert (job.task, job.subject_id) == ("reporting.tasks.build_report", report.pk)
    assert report.job == job


def test_asking_leaves_an_audit_event(authority):
    ask(authority)

    assert AuditEvent.objects.get(verb="report.requested").details == {
        "authority": authority.name,
        "period": "April 2026 to March 2027",
    }


def test_asking_twice_makes_one_report(authority):
    assert ask(authority) == ask(authority)
    assert Job.objects.count() == 1


def test_asking_again_after_a_failure_makes_another(authority):
    first = ask(authority)
    Job.objects.update(state=JobState.FAILED)

    assert ask(authority) != first


@pytest.mark.parametrize("year", [2012, 2027])
def test_a_year_that_is_not_there_is_refused(authority, year):
    with pytest.raises(actions.YearRefused, match="from 2013 to 2026"):
        ask(authority, year=year)


def test_a_board_member_does_not_ask(authority):
    with pytest.raises(PermissionDenied):
        ask(authority, role=Role.BOARD)


def test_a_stranger_finds_nothing(authority):
    with pytest.raises(Http404):
        actions.request_report(
            authority=authority, year=2026, by=person_in(AuthorityFactory(), Role.OFFICER), at=NOW
        )


def test_an_approver_approves_what_was_made(authority):
    report = made_report(authority=authority)
    approver = person_in(authority, Role.APPROVER)

    actions.approve_report(report=report, by=approver, at=NOW)

    report.refresh_from_db()
    assert (report.approved_by, report.approved_at) == (approver, NOW)
    assert AuditEvent.objects.get(verb="report.approved").details == {"sha256": report.pdf.sha256}


def test_a_report_is_approved_once(authority):
    report = made_report(authority=authority)
    approver = person_in(authority, Role.APPROVER)
    actions.approve_report(report=report, by=approver, at=NOW)

    with pytest.raises(Conflict):
        actions.approve_report(report=report, by=approver, at=NOW)


def test_a_report_still_being_made_is_not_approved(authority):
    with pytest.raises(actions.NotReady):
        actions.approve_report(
            report=ReportFactory(authority=authority),
            by=person_in(authority, Role.APPROVER),
            at=NOW,
        )


def test_a_board_member_does_not_approve(authority):
    with pytest.raises(PermissionDenied):
        actions.approve_report(
            report=made_report(authority=authority),
            by=person_in(authority, Role.BOARD),
            at=NOW,
        )
