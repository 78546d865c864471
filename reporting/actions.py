"""What happens to an annual report: it is asked for, drawn by a worker, approved."""

from datetime import datetime

from django.db import transaction

from accounts.access import Conflict, check_role
from accounts.models import Organisation, User
from accounts.roles import Permission
from design.london import LONDON
from design.year import FIRST_YEAR, FinancialYear, year_of
from records import audit, jobs
from records.models import JobState
from reporting.models import Report

TASK = "reporting.tasks.build_report"


class YearRefused(ValueError):
    """There is nothing to report for this year."""


class NotReady(ValueError):
    """The report is still being made."""


@transaction.atomic
def request_report(*, authority: Organisation, year: int, by: User, at: datetime) -> Report:
    """Ask for the report of a year. Asking while one is being made gives that one."""
    check_role(by, Permission.REPORT_DRAFT, within=authority)
    this_year = year_of(at.astimezone(LONDON).date())
    if not FIRST_YEAR <= year <= this_year.begins:
        raise YearRefused(f"Choose a year from {FIRST_YEAR} to {this_year.begins}.")
    # Pressing twice makes one report.
    Organisation.objects.select_for_update().get(pk=authority.pk)
    being_made = Report.objects.filter(
        authority=authority, year=year, job__state__in=[JobState.WAITING, JobState.RUNNING]
    ).first()
    if being_made:
        return being_made
    report = Report(authority=authority, year=year, asked_by=by, asked_at=at)
    report.job = jobs.enqueue(task=TASK, subject_id=report.pk, at=at)
    report.save()
    audit.record(
        verb="report.requested",
        by=by,
        target=report,
        at=at,
        authority=authority.name,
        period=FinancialYear(year).words,
    )
    return report


@transaction.atomic
def approve_report(*, report: Report, by: User, at: datetime) -> Report:
    """Approve a report as it stands; it never changes afterwards."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    check_role(by, Permission.REPORT_APPROVE, within=report.authority)
    if not report.is_ready:
        raise NotReady("This report is still being made. Approve it once you have read it.")
    if report.approved_at:
        raise Conflict("This report has already been approved.")
    report.approved_by, report.approved_at = by, at
    report.save(update_fields=["approved_by", "approved_at"])
    audit.record(verb="report.approved", by=by, target=report, at=at, sha256=report.pdf.sha256)
    return report
