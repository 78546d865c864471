"""The metrics of a draft charter, changed a few questions at a time."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from charter.permissions import draft_for
from design.entered import entered
from metrics import actions
from metrics.forms.editing import AddForm, FlagForm, OverlapsForm, ReachForm, WordsForm
from metrics.forms.entries import units_of
from metrics.forms.measures import TargetForm
from metrics.forms.shapes import KINDS, UNSET_KIND, ShapeForm, shapes_of
from metrics.missing import AUTOMATIC, needs_resolution
from metrics.models import Metric
from metrics.permissions import draft_metric_for
from metrics.presenters.targets import catalogue_of, facts_of, later_targets, target_in_words
from metrics.views.common import known_to, may, saved_parts, seen_now, siblings

EDIT = Permission.CATALOGUE_EDIT


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk):
    """A new metric: its words and what is counted; its target comes next."""
    charter = draft_for(EDIT, request.user, pk)
    metrics = list(Metric.objects.visible_to(request.user).filter(charter=charter))
    highest = max((one.number for one in metrics), default=0)
    start = {"number": highest + 1, "principle": request.GET.get("principle", "")}
    form = AddForm(entered(request), initial=start, charter=charter, units=units_of(metrics))
    if form.is_valid() and form.carries_out(
        actions.add_metric, charter=charter, by=request.user, at=timezone.now()
    ):
        messages.success(request, "The metric is added. Now set its target.")
        return redirect("metrics:edit_shape", form.result.pk)
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "form": form,
        "may_edit_charter": may(request.user, Permission.CHARTER_EDIT, charter),
    }
    return render(request, "metrics/editing/add.html", context)


@require_safe
def edit(request, pk):
    """Everything a metric says, each part with the page that changes it."""
    metric = draft_metric_for(EDIT, request.user, pk)
    context = {
        **_around(metric),
        "asks": target_in_words(metric.measure, metric),
        "later": later_targets(metric),
        "facts": facts_of(metric),
        "is_plain": saved_parts(metric) is not None,
        "must_resolve": needs_resolution(metric),
        "may_resolve": may(request.user, Permission.TARGET_RESOLVE, metric.charter),
        "automatic": AUTOMATIC,
    }
    return render(request, "metrics/editing/edit.html", context)


def _around(metric) -> dict:
    """What every page of a metric being edited shows."""
    charter = metric.charter
    return {"metric": metric, "charter": charter, "authority_name": charter.authority.name}


def _save(request, metric, form, action, said, template, **more):
    """One page of a metric: show it, or save it and go back to the whole."""
    if form.is_valid() and form.carries_out(
        action, metric=metric, by=request.user, at=timezone.now()
    ):
        messages.success(request, said)
        return redirect("metrics:edit", metric.pk)
    return render(request, template, {**_around(metric), "form": form, **more})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_words(request, pk):
    """What a metric is, who answers it and what evidence is asked for."""
    metric = draft_metric_for(EDIT, request.user, pk)
    start = {**WordsForm.of(metric), "seen": seen_now(request.user, metric)}
    form = WordsForm(entered(request), initial=start, charter=metric.charter)
    said, template = "The words are saved.", "metrics/editing/words.html"
    return _save(request, metric, form, actions.edit_words, said, template)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_reach(request, pk):
    """Where a metric counts, whom it is about, and what was done before."""
    metric = draft_metric_for(EDIT, request.user, pk)
    start = {**ReachForm.of(metric), "seen": seen_now(request.user, metric)}
    units = units_of(siblings(request.user, metric))
    form = ReachForm(entered(request), initial=start, units=units)
    said, template = "Where it counts and whom it is about is saved.", "metrics/editing/reach.html"
    return _save(request, metric, form, actions.edit_reach, said, template)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_overlaps(request, pk):
    """The metrics under which the same activity could be counted again."""
    metric = draft_metric_for(EDIT, request.user, pk)
    others = [one for one in siblings(request.user, metric) if one.pk != metric.pk]
    chosen = [str(one.pk) for one in metric.overlaps.all()]
    start = {"overlaps": chosen, "seen": seen_now(request.user, metric)}
    form = OverlapsForm(entered(request), initial=start, others=others)
    said, template = "The overlaps are saved.", "metrics/editing/overlaps.html"
    return _save(request, metric, form, actions.set_overlaps, said, template, others=others)


@require_http_methods(["GET", "HEAD", "POST"])
def add_flag(request, pk):
    """A note on what is missing or doubtful."""
    metric = draft_metric_for(EDIT, request.user, pk)
    start = {"seen": seen_now(request.user, metric)}
    form = FlagForm(entered(request), initial=start)
    said, template = "The note is added.", "metrics/editing/flag.html"
    return _save(request, metric, form, actions.add_flag, said, template)


@require_POST
def remove_flag(request, pk, kind):
    """Take a note away."""
    metric = draft_metric_for(EDIT, request.user, pk)
    flag = get_object_or_404(metric.flags, kind=kind)
    actions.remove_flag(metric=metric, flag=flag, by=request.user, at=timezone.now())
    messages.success(request, "The note is removed.")
    return redirect("metrics:edit", pk)


@require_safe
def edit_shape(request, pk):
    """What is counted and how the target works; its numbers are asked for next."""
    metric = draft_metric_for(EDIT, request.user, pk)
    saved = saved_parts(metric)
    if saved is None:
        return redirect("metrics:edit_target", pk)
    kinds = _kinds_for(metric)
    start = ShapeForm.of(saved, kinds=kinds)
    form = ShapeForm(initial=start, units=units_of(siblings(request.user, metric)), kinds=kinds)
    return _ask_shape(request, metric, form)


def _kinds_for(metric) -> list[str]:
    """The kinds of target an officer may choose; one left out by the source is resolved."""
    if needs_resolution(metric):
        return [UNSET_KIND]
    return [kind for kind, _ in KINDS]


def _ask_shape(request, metric, form):
    context = {**_around(metric), "form": form, "must_resolve": needs_resolution(metric)}
    return render(request, "metrics/editing/shape.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_target(request, pk):
    """The numbers and the words of a target, of the kind saved or of another just chosen."""
    metric = draft_metric_for(EDIT, request.user, pk)
    saved, all_of_them = saved_parts(metric), siblings(request.user, metric)
    shapes, join = shapes_of(saved), saved.join if saved else ""
    if saved and "label_1" in request.GET:
        chosen = ShapeForm(request.GET, units=units_of(all_of_them), kinds=_kinds_for(metric))
        if not chosen.is_valid():
            return _ask_shape(request, metric, chosen)
        shapes, join = chosen.shapes, chosen.how_joined
    form = TargetForm(
        entered(request),
        initial={"target_text": metric.target_text, "seen": seen_now(request.user, metric)},
        shapes=shapes,
        join=join,
        **known_to(metric, saved, all_of_them),
    )
    more = {"is_plain": saved is not None, "must_resolve": needs_resolution(metric)}
    said, template = "The target is saved.", "metrics/editing/target.html"
    return _save(request, metric, form, actions.set_target, said, template, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, pk):
    """Ask whether a metric is to go; then take it out of the draft."""
    metric = draft_metric_for(EDIT, request.user, pk)
    if request.method == "POST":
        actions.remove_metric(metric=metric, by=request.user, at=timezone.now())
        messages.success(request, f"“{metric.short_title}” is removed.")
        return redirect(catalogue_of(metric.charter_id))
    return render(request, "metrics/editing/remove.html", _around(metric))
