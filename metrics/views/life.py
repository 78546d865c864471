"""Your charter: what is in force, what is in hand, and the steps from one to the other."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import authorities_where, roles_in
from accounts.roles import GRANTED, IN_AN_AUTHORITY, Permission
from charter.models import Charter, Comment
from charter.permissions import charter_for, draft_for
from design.entered import entered
from metrics import actions
from metrics.forms.life import DecisionForm, ReasonForm, VersionsForm
from metrics.models import Metric
from metrics.presenters.changes import compare_versions
from metrics.presenters.desk import desk_of, lives_of, tasks_of, waiting_of
from metrics.reliance import reliance_of

# What somebody may do from the desk, by the roles they hold.
BESIDE = {
    "edit": Permission.CHARTER_EDIT,
    "results": Permission.REPORT_READ,
    "proxies": Permission.PROXIES_READ,
    "templates": Permission.TENDER_CREATE,
}


@require_safe
def desk(request):
    """One authority's charters: in force, in hand, and every version before."""
    found = authorities_where(request.user, *IN_AN_AUTHORITY)
    asked = request.GET.get("authority") or (str(found[0].pk) if found else "")
    authority = next((one for one in found if str(one.pk) == asked), None)
    if authority is None:
        raise Http404
    lives = lives_of(Charter.objects.visible_to(request.user).filter(authority=authority))
    held = roles_in(request.user, authority)
    may = {name: bool(held & GRANTED[permission]) for name, permission in BESIDE.items()}
    context = {
        "authority": authority,
        "authority_name": authority.name,
        "others": [one for one in found if one != authority],
        "lives": [
            (
                life,
                tasks_of(life.draft, can_edit=may["edit"]) if life.draft else [],
                waiting_of(life),
            )
            for life in lives
        ],
        "may": may,
    }
    return render(request, "metrics/life/desk.html", context)


def _around(charter) -> dict:
    """What every page about one version shows."""
    authority = charter.authority
    return {"charter": charter, "authority_name": authority.name, "desk_url": desk_of(authority)}


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request, pk):
    """Ask why, then copy the version in force into a draft."""
    charter = charter_for(Permission.CHARTER_EDIT, request.user, pk)
    form = ReasonForm(entered(request))
    if form.is_valid() and form.carries_out(
        actions.start_new_version, charter=charter, by=request.user, at=timezone.now()
    ):
        messages.success(request, f"Version {form.result.version} is begun. Change what you like.")
        return redirect(desk_of(charter.authority))
    return render(request, "metrics/life/new_version.html", {**_around(charter), "form": form})


@login_not_required
@require_safe
def changes(request, pk):
    """What differs between two versions of a charter that the reader may see."""
    visible = Charter.objects.visible_to(request.user).select_related("authority")
    charter = get_object_or_404(visible, pk=pk)
    others = list(visible.other_versions_of(charter))
    context = _around(charter)
    context["is_colleague"] = bool(roles_in(request.user, charter.authority))
    if others:
        earlier = next((one for one in others if one.version < charter.version), others[0])
        form = VersionsForm(request.GET or None, versions=[charter, *others])
        form.initial = {"before": earlier.pk, "after": charter.pk}
        context["form"] = form
        context["comparison"] = compare_versions(*form.chosen((earlier, charter)))
    return render(request, "metrics/life/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request, pk):
    """Show what changes and what is still open, then record the decision and publish."""
    charter = draft_for(Permission.CHARTER_PUBLISH, request.user, pk)
    form = DecisionForm(entered(request))
    if form.is_valid() and form.carries_out(
        actions.publish_version, charter=charter, by=request.user, at=timezone.now()
    ):
        messages.success(request, f"{form.result} is in force. Everyone can read it now.")
        return redirect(desk_of(charter.authority))
    return render(
        request, "metrics/life/publish.html", {**_at_stake(request, charter), "form": form}
    )


def _at_stake(request, charter) -> dict:
    """What publishing a draft changes, and what it leaves open."""
    versions = Charter.objects.visible_to(request.user).other_versions_of(charter)
    before = versions.in_force().first()
    metrics = Metric.objects.visible_to(request.user).filter(charter=charter)
    comments = Comment.objects.visible_to(request.user).filter(charter=charter)
    return {
        **_around(charter),
        "needs": reliance_of(charter).needs,
        "has_principles": charter.quadrants.filter(principles__isnull=False).exists(),
        "comparison": compare_versions(before, charter) if before else None,
        "unset": metrics.with_target_not_set(),
        "unanswered": comments.unanswered().count(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request, pk):
    """Ask once more, then throw a draft away."""
    charter = draft_for(Permission.CHARTER_EDIT, request.user, pk)
    if request.method == "POST":
        actions.discard_draft(charter=charter, by=request.user, at=timezone.now())
        messages.success(request, f"{charter} is discarded.")
        return redirect(desk_of(charter.authority))
    return render(request, "metrics/life/discard.html", _around(charter))
