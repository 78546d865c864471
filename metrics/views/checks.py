"""What a check finds in a charter or a shipped policy, before anyone relies on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from charter.permissions import charter_for, draft_for
from design.entered import entered
from metrics import actions
from metrics.actions.holding import refuse_to_hold_back, refuse_to_release
from metrics.forms.reasons import HoldForm
from metrics.models import Metric
from metrics.permissions import draft_metric_for
from metrics.presenters.checks import check_pack
from metrics.presenters.desk import desk_of
from metrics.presenters.packs import pack_called
from metrics.presenters.reasons import next_place
from metrics.presenters.standing import standing_of
from metrics.views.answers import Answers
from metrics.views.common import may

EDIT = Permission.CHARTER_EDIT
ONCE_PUBLISHED = "Once this version is published,"


@require_http_methods(["GET", "HEAD", "POST"])
def check(request, pk):
    """One version of the authority's own charter, and the reasons given for its warnings."""
    is_sent = request.method == "POST"
    charter = (
        draft_for(EDIT, request.user, pk)
        if is_sent
        else charter_for(Permission.CHARTER_COMMENT, request.user, pk)
    )
    standing = _standing(request, charter)
    answers = Answers(standing.groups, standing.reliance, entered(request))
    form = answers.sent
    if form and form.is_valid():
        who = {"by": request.user, "at": timezone.now()}
        if form.carries_out(actions.give_reasons, charter=charter, **who):
            messages.success(request, "The reason is recorded.")
            left = next_place(_standing(request, charter).groups)
            return redirect(reverse("metrics:check", args=[pk]) + left)
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "desk_url": desk_of(charter.authority),
        "standing": standing,
        "answers": answers,
        "may_answer": standing.is_draft and may(request.user, EDIT, charter),
        "form": form,
    }
    return render(request, "metrics/checks/reasons.html", context)


def _standing(request, charter):
    metrics = Metric.objects.visible_to(request.user).filter(charter=charter).with_content()
    return standing_of(charter, list(metrics))


@login_not_required
@require_safe
def pack(request, code):
    """A policy that ships."""
    found = pack_called(code)
    if found is None:
        raise Http404
    context = {"title": found.words.title, "pack": found, "checked": check_pack(found)}
    return render(request, "metrics/checks/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hold_back(request, pk):
    """Ask why a metric is held back; then no tender is offered it until it is mended."""
    metric = draft_metric_for(EDIT, request.user, pk)
    refuse_to_hold_back(metric)
    form = HoldForm(entered(request))
    if form.is_valid() and form.carries_out(
        actions.hold_back, metric=metric, by=request.user, at=timezone.now()
    ):
        messages.success(
            request,
            f"“{metric.short_title}” is held back. {ONCE_PUBLISHED} no tender is offered it.",
        )
        return redirect("metrics:check", metric.charter_id)
    return render(request, "metrics/checks/hold_back.html", {**_around(metric), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def release(request, pk):
    """Ask once more; then tenders are offered a mended metric again."""
    metric = draft_metric_for(EDIT, request.user, pk)
    refuse_to_release(metric)
    if request.method == "POST":
        actions.release(metric=metric, by=request.user, at=timezone.now())
        messages.success(
            request,
            f"“{metric.short_title}” is released. {ONCE_PUBLISHED} tenders are offered it again.",
        )
        return redirect("metrics:check", metric.charter_id)
    return render(request, "metrics/checks/release.html", _around(metric))


def _around(metric) -> dict:
    """What every page about one metric held back shows."""
    charter = metric.charter
    return {"metric": metric, "charter": charter, "authority_name": charter.authority.name}
