"""What happens to an annual report, and to the paper on a tender: asked for, drawn, approved."""

from datetime import datetime

from django.db import transaction

from accounts.access import Conflict, check_role
from accounts.models import Organisation, User
from accounts.roles import Permission
from design.london import LONDON
from design.year import FIRST_YEAR, FinancialYear, year_of
from records import audit, jobs
from records.models import JobState
from reporting.models import ApprovalPaper, Report
from reporting.papers import gather
from reporting.permissions import check_can_ask_for_paper
from tenders.actions.drafts import hold_tender
from tenders.models import Tender

TASK = "reporting.tasks.build_report"
PAPER_TASK = "reporting.tasks.build_approval_paper"


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


@transaction.atomic
def request_paper(*, tender: Tender, by: User, at: datetime) -> ApprovalPaper:
    """Freeze what an approver reads of a draft as it stands, and have its file drawn.

    Asking while the same draft's is being drawn gives that one.
    """
    held = hold_tender(tender)
    check_can_ask_for_paper(by, held, at)
    being_made = held.papers.filter(
        edits=held.edits, job__state__in=[JobState.WAITING, JobState.RUNNING]
    ).first()
    if being_made:
        return being_made
    draft = Tender.objects.with_design().get(pk=held.pk)
    paper = ApprovalPaper(tender=draft, edits=draft.edits, asked_by=by, asked_at=at)
    paper.snapshot = gather(draft, at)
    paper.job = jobs.enqueue(task=PAPER_TASK, subject_id=paper.pk, at=at)
    paper.save()
    told = {"edits": paper.edits, "hash": paper.snapshot["case_sha256"]}
    audit.record(verb="tender.paper_requested", by=by, target=draft, at=at, paper=paper.pk, **told)
    return paper
