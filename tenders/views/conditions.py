"""Conditions of the contract: metrics that every supplier delivers and that earn no points."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from design.entered import entered
from metrics.models import Metric
from tenders import actions
from tenders.conditions import why_not
from tenders.forms.metrics import ConditionForm
from tenders.presenters.conditions import metric_beside
from tenders.presenters.frame import frame
from tenders.views.common import draft_under


def add_condition(request, pk, metric):
    """Make a metric a condition of the contract, or learn why it cannot be one."""
    tender, now = draft_under(request, pk)
    offered = Metric.objects.visible_to(request.user).filter(charter=tender.charter)
    metric = get_object_or_404(offered.prefetch_related("flags"), pk=metric)
    form = ConditionForm(entered(request), initial={"seen": tender.edits})
    if form.is_valid() and form.carries_out(
        actions.add_condition, tender=tender, metric=metric, by=request.user, at=now
    ):
        messages.success(request, f"“{metric.short_title}” is a condition of the contract.")
        return redirect("tenders:metrics", pk)
    context = {
        **frame(tender, now),
        **metric_beside(tender, metric),
        "form": form,
        "why_not": why_not(tender, metric, metric.measure_on(tender.starts_on)),
    }
    return render(request, "tenders/add_condition.html", context)


def remove_condition(request, pk, condition):
    """Ask whether suppliers are to be held to this no longer; then remove it."""
    tender, now = draft_under(request, pk)
    condition = get_object_or_404(tender.conditions.select_related("metric"), pk=condition)
    if request.method == "POST":
        actions.remove_condition(condition=condition, by=request.user, at=now)
        messages.success(request, f"“{condition}” is no longer a condition.")
        return redirect("tenders:metrics", pk)
    context = {**frame(tender, now), "condition": condition}
    return render(request, "tenders/remove_condition.html", context)
