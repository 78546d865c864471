"""The catalogue as a file to take away, and a file to change a draft with."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from charter.models import Charter, Principle
from charter.permissions import draft_for
from design.entered import entered
from metrics import actions
from metrics.bases import known_bases
from metrics.content import content_of, digest_of_metrics
from metrics.forms.sheets import ApplyForm, FileForm
from metrics.models import CatalogueUpload, Metric
from metrics.presenters.targets import catalogue_of
from metrics.sheets.changes import changes_of
from metrics.sheets.columns import COLUMNS
from metrics.sheets.writing import as_csv, as_workbook
from records.files import CSV, XLSX, made_download

IMPORT = Permission.CATALOGUE_IMPORT


@login_not_required
@require_safe
def export(request, pk, kind):
    """The metrics of a charter as a workbook or as CSV."""
    charters = Charter.objects.visible_to(request.user)
    charter = get_object_or_404(charters, pk=pk)
    metrics = list(_metrics_of(charter, request.user))
    contents = [content_of(one) for one in metrics]
    if kind == "csv":
        return _download(as_csv(contents), charter, "csv", CSV)
    if kind != "xlsx":
        raise Http404
    bases = list(known_bases(metrics).values())
    visible = Principle.objects.visible_to(request.user).filter(quadrant__charter=charter)
    principles = {one.code: one.short_title for one in visible}
    return _download(as_workbook(contents, bases, principles), charter, "xlsx", XLSX)


def _around(charter) -> dict:
    """What every page of a sheet shows."""
    return {"charter": charter, "authority_name": charter.authority.name}


def _metrics_of(charter, user):
    return Metric.objects.visible_to(user).filter(charter=charter).with_content().order_by("number")


def _download(content: bytes, charter, suffix: str, content_type: str) -> FileResponse:
    name = f"{charter.code}-version-{charter.version}-metrics.{suffix}"
    return made_download(content, name=name, content_type=content_type)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, pk):
    """Send a spreadsheet of metrics; it is checked whole, and nothing changes yet."""
    charter = draft_for(IMPORT, request.user, pk)
    form = FileForm(entered(request), request.FILES or None)
    if form.is_valid() and form.carries_out(
        actions.read_sheet, charter=charter, by=request.user, at=timezone.now()
    ):
        kept, notes = form.result
        for note in notes:
            messages.info(request, note)
        return redirect("metrics:preview", pk, kept.pk)
    context = {**_around(charter), "form": form, "columns": COLUMNS}
    return render(request, "metrics/sheets/upload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request, pk, upload):
    """What a spreadsheet would change, field by field; apply it once that is meant."""
    charter = draft_for(IMPORT, request.user, pk)
    uploads = CatalogueUpload.objects.visible_to(request.user).filter(charter=charter)
    kept = get_object_or_404(uploads.select_related("charter"), pk=upload)
    metrics = list(_metrics_of(charter, request.user))
    changes = changes_of({one.number: content_of(one) for one in metrics}, kept.rows)
    form = ApplyForm(entered(request), missing=len(changes.missing))
    if form.is_valid() and form.carries_out(
        actions.apply_sheet, upload=kept, by=request.user, at=timezone.now()
    ):
        messages.success(request, "The metrics of the draft now say what your file says.")
        return redirect(catalogue_of(charter.pk))
    context = {
        **_around(charter),
        "upload": kept,
        "changes": changes,
        "form": form,
        "is_stale": digest_of_metrics(metrics) != kept.read_against,
    }
    return render(request, "metrics/sheets/preview.html", context)
