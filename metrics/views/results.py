"""What an authority itself did in a year: read by its own people, recorded and corrected."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Conflict, allows, authority_for, check_role
from accounts.roles import Permission
from design.entered import entered
from design.london import LONDON
from design.year import FIRST_YEAR, FinancialYear, year_of
from metrics.actions import results as actions
from metrics.forms.results import CorrectionForm, ResultForm
from metrics.models import Metric, OwnResult
from metrics.own_answers import answers_of
from metrics.presenters import own_results
from metrics.presenters.targets import target_in_words
from records.clock import database_time
from records.files import as_download


@require_safe
def results(request, authority):
    """A year's table: each metric the authority answers, recorded or missing."""
    authority = authority_for(Permission.REPORT_READ, request.user, authority)
    today = database_time().astimezone(LONDON).date()
    period = _year_asked(request.GET.get("year", ""), today)
    rows = own_results.rows_of(answers_of(authority, period))
    context = {
        "authority": authority,
        "authority_name": authority.name,
        "period": period,
        "years": own_results.years_offered(today, period.begins),
        "rows": rows,
        "recorded": own_results.recorded_chart(rows, period) if rows else None,
        "reached": own_results.reached_chart(rows),
        "missing": [row for row in rows if not row.told],
        "can_record": allows(check_role, request.user, actions.RECORD, within=authority),
    }
    return render(request, "metrics/results/year.html", context)


def _year_asked(asked: str, today) -> FinancialYear:
    """The year in the address, or the present one; nothing is found for any other."""
    latest = year_of(today).begins
    if not asked:
        return FinancialYear(latest)
    if not (asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked[:5]) <= latest):
        raise Http404
    return FinancialYear(int(asked[:5]))


@require_http_methods(["GET", "HEAD", "POST"])
def record_result(request, authority, year, metric):
    """Record what was done under one metric in a year, or correct it."""
    authority = authority_for(actions.RECORD, request.user, authority)
    metrics = Metric.objects.visible_to(request.user).with_context()
    metric = get_object_or_404(metrics, pk=metric, charter__authority=authority)
    now = database_time()
    _check_open(request, authority, metric, year, now)
    corrected = _corrected(request, metric, year)
    given = (entered(request), request.FILES or None)
    if corrected:
        form = CorrectionForm(*given, result=corrected)
        action = partial(actions.correct_result, result=corrected)
    else:
        form = ResultForm(*given, metric=metric, year=year)
        action = partial(actions.record_result, authority=authority, metric=metric, year=year)
    if form.is_valid() and form.carries_out(action, by=request.user, at=now):
        messages.success(request, f"Saved: {metric.short_title}.")
        shown = reverse("metrics:results", args=[authority.pk])
        return redirect(f"{shown}?year={year}#metric-{metric.lineage}")
    context = _page(authority, metric, FinancialYear(year), corrected) | {"form": form}
    return render(request, "metrics/results/record.html", context)


def _page(authority, metric, period, corrected) -> dict:
    rows = own_results.rows_of(answers_of(authority, period))
    same = [row.told for row in rows if row.metric.lineage == metric.lineage]
    return {
        "authority": authority,
        "authority_name": authority.name,
        "metric": metric,
        "period": period,
        "corrected": own_results.told(corrected) if corrected else None,
        "standing": [] if corrected else [one for told in same for one in told],
        "asks": target_in_words(metric.measure_on(period.first_day), metric),
    }


def _check_open(request, authority, metric, year, now) -> None:
    """A page that is only looked at is refused at the wrong time, not in conflict."""
    try:
        actions.refuse_to_record(authority, metric, year, now)
    except Conflict as conflict:
        if request.method == "POST":
            raise
        raise PermissionDenied(str(conflict)) from None


def _corrected(request, metric, year) -> OwnResult | None:
    """The result that is to be corrected; whoever only looks is shown the newest."""
    asked = request.POST.get("corrects") or request.GET.get("corrects")
    if not asked:
        return None
    try:
        pk = UUID(asked)
    except ValueError:
        raise Http404 from None
    found = OwnResult.objects.visible_to(request.user).filter(metric=metric, year=year)
    result = get_object_or_404(found.select_related("metric", "authority", "recorded_by"), pk=pk)
    return result if request.method == "POST" else actions.newest_of(result)


@require_safe
def evidence(request, result, file):
    """A file that shows what a result says, for those who may read the annual report."""
    result = get_object_or_404(OwnResult.objects.visible_to(request.user), pk=result)
    check_role(request.user, Permission.REPORT_READ, within=result.authority)
    shown = get_object_or_404(result.evidence.select_related("file"), file=file)
    return as_download(shown.file)
