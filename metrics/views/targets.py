"""Missing targets: how many are left, who sees to each, and how each is resolved."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from charter.states import CharterStatus
from design.entered import entered
from metrics import actions
from metrics.forms.entries import units_of
from metrics.forms.shapes import KINDS, UNSET_KIND, ShapeForm
from metrics.forms.targets import OwnerForm, ResolveForm, RouteForm
from metrics.missing import burn_down, was_missing
from metrics.models import Metric, Route, TargetResolution
from metrics.permissions import (
    charter_of_colleagues,
    draft_metric_for,
    metric_for,
    refuse_to_name_owner,
    refuse_to_resolve,
)
from metrics.presenters.desk import desk_of
from metrics.presenters.missing import burn_down_chart, rows_of
from metrics.views.common import known_to, may, saved_parts, seen_now, siblings

RESOLVE = Permission.TARGET_RESOLVE
WITH_NUMBERS = [kind for kind, _ in KINDS if kind != UNSET_KIND]


@require_safe
def targets(request, pk):
    """Every target that is or was missing, and how many are left from version to version."""
    charter = charter_of_colleagues(request.user, pk)
    metrics = Metric.objects.visible_to(request.user).filter(charter=charter)
    kept = TargetResolution.objects.visible_to(request.user).as_of(charter)
    steps = burn_down(charter)
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "desk_url": desk_of(charter.authority),
        "rows": rows_of(metrics.select_related("target_owner").prefetch_related("flags"), kept),
        "here": next(step for step in steps if step.charter.pk == charter.pk),
        "chart": burn_down_chart(steps) if was_missing(steps) else None,
        "is_draft": charter.status == CharterStatus.DRAFT,
        "is_current": charter.status != CharterStatus.SUPERSEDED,
        "may_resolve": may(request.user, RESOLVE, charter),
    }
    return render(request, "metrics/targets/targets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def set_owner(request, pk):
    """Name the colleague who sees to a missing target."""
    metric = metric_for(RESOLVE, request.user, pk)
    refuse_to_name_owner(metric)
    start = {"owner": metric.target_owner_id or ""}
    form = OwnerForm(entered(request), initial=start, authority=metric.charter.authority)
    if form.is_valid() and form.carries_out(
        actions.set_owner, metric=metric, by=request.user, at=timezone.now()
    ):
        messages.success(request, f"Who sees to “{metric.short_title}” is saved.")
        return redirect("metrics:targets", metric.charter_id)
    return render(request, "metrics/targets/owner.html", {**_around(metric), "form": form})


def _around(metric) -> dict:
    """What every page about one missing target shows."""
    charter = metric.charter
    return {"metric": metric, "charter": charter, "authority_name": charter.authority.name}


@require_http_methods(["GET", "HEAD", "POST"])
def resolve(request, pk):
    """The route, then what is counted, then the decision: the first two are in the address."""
    metric = draft_metric_for(RESOLVE, request.user, pk)
    refuse_to_resolve(metric)
    around = _around(metric)
    chosen = RouteForm(request.GET if "route" in request.GET else None)
    if not chosen.is_valid():
        return render(request, "metrics/targets/route.html", {**around, "form": chosen})
    around["route"] = Route(chosen.cleaned_data["route"])
    if around["route"] == Route.LEFT_OPEN:
        return _decide(request, around, [], "")
    shape = _shape_asked(request, metric)
    if not shape.is_valid():
        return render(request, "metrics/targets/shape.html", {**around, "form": shape})
    return _decide(request, around, shape.shapes, shape.how_joined)


def _shape_asked(request, metric) -> ShapeForm:
    """What is counted, as the address says or, at first, as it is saved."""
    saved = saved_parts(metric)
    typed = request.GET if "label_1" in request.GET else None
    start = ShapeForm.of(saved, kinds=WITH_NUMBERS) if saved else {}
    units = units_of(siblings(request.user, metric))
    return ShapeForm(typed, initial=start, units=units, kinds=WITH_NUMBERS)


def _decide(request, around, shapes, join):
    """The last page of a resolution: its grounds, the target and who approved it."""
    metric = around["metric"]
    form = ResolveForm(
        entered(request),
        route=around["route"],
        initial={"seen": seen_now(request.user, metric)},
        shapes=shapes,
        join=join,
        **known_to(metric, saved_parts(metric), siblings(request.user, metric)),
    )
    if form.is_valid() and form.carries_out(
        actions.resolve_target, metric=metric, by=request.user, at=timezone.now()
    ):
        messages.success(request, f"The target of “{metric.short_title}” is resolved.")
        return redirect("metrics:targets", metric.charter_id)
    return render(request, "metrics/targets/resolve.html", {**around, "form": form})
