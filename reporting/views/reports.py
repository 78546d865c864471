"""Pages of reports: asked for, watched while they are made, read, approved."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import allows, authorities_where, authority_for, check_role
from accounts.roles import GRANTED, Permission
from charter.models import Framework, Principle
from charter.presenters.mapping import crumbs_to, served
from design.london import LONDON
from records.clock import database_time
from records.files import as_download
from reporting import actions
from reporting import principle as following
from reporting.document import document_of
from reporting.forms import YearForm
from reporting.models import Report
from reporting.permissions import report_for


@login_not_required
@require_safe
def principle(request, pk):
    """One principle: what it serves, how it is measured, who asked for it, what came of it."""
    visible = Principle.objects.visible_to(request.user)
    found = get_object_or_404(visible.with_mappings(), pk=pk)
    charter, now = found.quadrant.charter, database_time()
    may_read = allows(check_role, request.user, Permission.REPORT_READ, within=charter.authority)
    context = {
        "principle": found,
        "charter": charter,
        "authority_name": charter.authority.name,
        "served": served(found, Framework.objects.visible_to(request.user).of(charter)),
        "measured": following.measured_by(found, request.user),
        "asked": following.asked_in(found, request.user),
        "results": following.results_of(found, now) if may_read else None,
        "siblings": visible.filter(quadrant=found.quadrant).exclude(pk=found.pk),
        "crumbs": crumbs_to(charter),
    }
    return render(request, "reporting/principle.html", context)


def desk(request):
    """The year in five figures, and every report of one's authorities."""
    reports = Report.objects.visible_to(request.user).with_states()
    latest = next((report for report in reports if report.is_ready), None)
    context = {
        "reports": reports,
        "latest": latest,
        "document": document_of(latest.figures) if latest else None,
        "can_request": authorities_where(request.user, *GRANTED[Permission.REPORT_DRAFT]),
        "can_read": authorities_where(request.user, *GRANTED[Permission.REPORT_READ]),
    }
    return render(request, "reporting/desk.html", context)


def request_report(request, pk):
    """Ask for the report of a year."""
    authority = authority_for(Permission.REPORT_DRAFT, request.user, pk)
    now = database_time()
    form = YearForm(request.POST or None, today=now.astimezone(LONDON).date())
    if form.is_valid():
        try:
            report = actions.request_report(
                authority=authority, year=form.cleaned_data["year"], by=request.user, at=now
            )
        except actions.YearRefused as refusal:
            form.add_error("year", str(refusal))
        else:
            return redirect("reporting:progress", report.pk)
    return render(request, "reporting/request.html", {"authority": authority, "form": form})


@never_cache
def progress(request, pk):
    """How far a report is: a link looks again, or a script asks for what changed."""
    report = report_for(Permission.REPORT_READ, request.user, pk)
    if report.is_ready:
        return redirect("reporting:report", pk)
    may_ask = allows(check_role, request.user, Permission.REPORT_DRAFT, within=report.authority)
    return render(request, "reporting/progress.html", {"report": report, "can_request": may_ask})


@never_cache
def progress_state(request, pk):
    """The same as data, for the script of the progress page."""
    report = report_for(Permission.REPORT_READ, request.user, pk)
    return JsonResponse(
        {
            "percent": report.percent,
            "words": report.progress_words,
            "next": reverse("reporting:report", args=[pk]) if report.is_ready else None,
            "failed": report.has_failed,
        }
    )


def report(request, pk):
    """The report as a web page, drawn from its frozen figures."""
    report = report_for(Permission.REPORT_READ, request.user, pk)
    if not report.is_ready:
        return redirect("reporting:progress", pk)
    context = {
        "report": report,
        "document": document_of(report.figures),
        "can_approve": not report.approved_at
        and allows(check_role, request.user, Permission.REPORT_APPROVE, within=report.authority),
    }
    return render(request, "reporting/report.html", context)


def pdf(request, pk):
    """The report as a file."""
    report = report_for(Permission.REPORT_READ, request.user, pk)
    if not report.is_ready:
        raise Http404
    return as_download(report.pdf)


def figures(request, pk):
    """The frozen figures as data, from which page and file are drawn."""
    report = report_for(Permission.REPORT_READ, request.user, pk)
    if report.figures is None:
        raise Http404
    return JsonResponse(report.figures, json_dumps_params={"indent": 2, "ensure_ascii": False})


@require_POST
def approve(request, pk):
    """Approve the report as it stands."""
    report = report_for(Permission.REPORT_APPROVE, request.user, pk)
    try:
        actions.approve_report(report=report, by=request.user, at=database_time())
    except actions.NotReady as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Approved. The board reads it as it stands.")
    return redirect("reporting:report", pk)
