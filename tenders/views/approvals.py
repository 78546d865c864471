"""Publishing a tender is asked for, and decided by whoever answers for a contract of its size."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from design.entered import entered
from tenders.actions import approvals as actions
from tenders.approval import lapse_of, latest_of, refusal_of, route_of
from tenders.forms.approvals import AskForm, PublicationForm
from tenders.models import PublicationApproval
from tenders.permissions import (
    check_can_approve_publication,
    check_can_decide_publication,
    check_can_publish,
)
from tenders.policy import policy_day
from tenders.presenters.frame import frame
from tenders.readiness import needs_of
from tenders.views.common import tender_under


@require_http_methods(["GET", "HEAD", "POST"])
def ask_approval(request, pk):
    """Ask whoever answers for a contract of this size to approve the draft as it stands."""
    tender, now = tender_under(check_can_publish, request, pk)
    form = AskForm(entered(request), initial={"seen": tender.edits})
    about = {"tender": tender, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.ask_approval, **about):
        messages.success(request, f"Asked. {form.result.decides} decides.")
        return redirect("tenders:check", pk)
    route = route_of(tender, policy_day(tender, now))
    context = {
        **frame(tender, now),
        "form": form,
        "route": route,
        "latest": latest_of(tender),
        "refusal": refusal_of(tender, route),
        "needs": needs_of(tender, now),
    }
    return render(request, "tenders/approval/ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide_publication(request, pk, approval):
    """Read what is asked for, and record what was decided on it."""
    tender, now = tender_under(check_can_approve_publication, request, pk)
    found = _found(request, tender, approval)
    is_over = found.replaced_at is not None or found.is_approved is not None
    if request.method != "POST" and is_over:
        return redirect("tenders:check", pk)
    check_can_decide_publication(request.user, found, now)
    form = PublicationForm(entered(request), initial=PublicationForm.of(found, tender))
    about = {"approval": found, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.decide_publication, **about):
        messages.success(request, "The decision is recorded. The tender's officers are told.")
        return redirect("tenders:check", pk)
    route = route_of(tender, policy_day(tender, now))
    shown = {"form": form, "one": found, "route": route, "lapse": lapse_of(found, route)}
    return render(request, "tenders/approval/decide.html", {**frame(tender, now), **shown})


def _found(request, tender, pk):
    visible = PublicationApproval.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("asked_by"), pk=pk, tender=tender)
    found.tender = tender
    return found
