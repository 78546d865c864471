"""A year's plan as a file to take away, and a file to change it with."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from charter.models import Charter
from design.entered import entered
from metrics.forms.sheets import ApplyForm, FileForm
from records.clock import database_time
from records.files import CSV, XLSX, made_download
from tenders.actions import plan_sheets as actions
from tenders.models import PlannedContract, PlanUpload
from tenders.permissions import check_can_plan, planning_authority
from tenders.planned import content_of, digest_of_plan
from tenders.presenters.plan import lines_in, plan_address
from tenders.sheets.cells import as_csv, as_workbook
from tenders.sheets.changes import changes_of
from tenders.sheets.columns import COLUMNS
from tenders.views.plan import CHANGES, around, year_asked


@require_safe
def export(request, authority, year, kind):
    """The plan as a workbook or as CSV, or a workbook without contracts to begin from."""
    authority = planning_authority(request.user, authority)
    period = year_asked(str(year), database_time())
    if kind not in ("xlsx", "csv", "template"):
        raise Http404
    planned = [] if kind == "template" else _planned(request, authority, period)
    lines = lines_in(planned, authority)
    name = f"procurement-plan-{period.begins}"
    if kind == "csv":
        return made_download(as_csv(lines), name=f"{name}.csv", content_type=CSV)
    codes = _codes(request, authority)
    name = f"{name}-template" if kind == "template" else name
    return made_download(as_workbook(lines, codes), name=f"{name}.xlsx", content_type=XLSX)


def _planned(request, authority, period) -> list[PlannedContract]:
    standing = PlannedContract.objects.visible_to(request.user).standing()
    return list(standing.filter(authority=authority, year=period.begins).with_outcome())


def _codes(request, authority) -> list[str]:
    in_force = Charter.objects.visible_to(request.user).in_force().filter(authority=authority)
    return list(in_force.order_by("code").values_list("code", flat=True))


@require_http_methods(CHANGES)
def upload(request, authority, year):
    """Send a spreadsheet of the plan; it is checked whole, and nothing changes yet."""
    authority, now = planning_authority(request.user, authority), database_time()
    check_can_plan(request.user, authority)
    period = year_asked(str(year), now)
    form = FileForm(entered(request), request.FILES or None)
    if form.is_valid() and form.carries_out(
        actions.read_plan_sheet, authority=authority, year=period, by=request.user, at=now
    ):
        kept, notes = form.result
        for note in notes:
            messages.info(request, note)
        return redirect("tenders:plan_preview", authority.pk, year, kept.pk)
    context = {**around(authority, period), "form": form, "columns": COLUMNS}
    return render(request, "tenders/plan/upload.html", context)


@require_http_methods(CHANGES)
def preview(request, authority, year, upload):
    """What a spreadsheet would change, column by column; apply it once that is meant."""
    authority, now = planning_authority(request.user, authority), database_time()
    check_can_plan(request.user, authority)
    period = year_asked(str(year), now)
    uploads = PlanUpload.objects.visible_to(request.user).filter(authority=authority, year=year)
    kept = get_object_or_404(uploads.select_related("authority"), pk=upload)
    planned = _planned(request, authority, period)
    changes = changes_of({str(one.pk): content_of(one) for one in planned}, kept.rows)
    form = ApplyForm(entered(request), missing=len(changes.missing), thing="contract")
    if form.is_valid() and form.carries_out(
        actions.apply_plan_sheet, upload=kept, by=request.user, at=now
    ):
        messages.success(request, "The plan now says what your file says.")
        return redirect(plan_address(authority, year))
    context = {
        **around(authority, period),
        "upload": kept,
        "changes": changes,
        "form": form,
        "is_stale": digest_of_plan(planned) != kept.read_against,
    }
    return render(request, "tenders/plan/preview.html", context)
