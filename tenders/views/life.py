"""The team of a tender, and publishing it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from design.entered import entered
from tenders import actions
from tenders.forms.life import AssignForm, PublishForm
from tenders.lots import changes_in, lots_of
from tenders.permissions import check_can_assign, check_can_publish
from tenders.presenters.approval import publishing_of
from tenders.presenters.frame import frame
from tenders.presenters.lots import lots_beside
from tenders.presenters.team import seats_of
from tenders.refusals import Unfit
from tenders.views.common import tender_under


def team(request, pk):
    """Who works on the tender; adding somebody."""
    tender, now = tender_under(check_can_assign, request, pk)
    form = AssignForm(entered(request), tender=tender)
    if form.is_valid() and form.carries_out(actions.assign, tender=tender, by=request.user, at=now):
        messages.success(request, "The team has changed.")
        return redirect("tenders:team", pk)
    context = {**frame(tender, now), "form": form, "seats": seats_of(tender)}
    return render(request, "tenders/team.html", context)


@require_POST
def unassign(request, pk, person, role):
    """Take a role on the tender from somebody."""
    tender, now = tender_under(check_can_assign, request, pk)
    assignment = get_object_or_404(tender.assignments, person=person, role=role)
    try:
        actions.unassign(assignment=assignment, by=request.user, at=now)
    except Unfit as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The team has changed.")
    return redirect("tenders:team", pk)


def publish(request, pk):
    """Ask once more, then freeze the draft and show it to everyone."""
    tender, now = tender_under(check_can_publish, request, pk)
    form = PublishForm(entered(request), initial={"seen": changes_in(lots_of(tender))})
    about = {"tender": tender, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.publish_tender, **about):
        what = "Every lot is" if tender.lot_group_id else f"The {tender.words.noun} is"
        messages.success(request, f"{what} published. Nothing in it can change now.")
        return redirect("tenders:internal", pk)
    publishing = publishing_of(tender, request.user, now, is_complete=True)
    context = {
        **frame(tender, now),
        "form": form,
        "needs": form.needs,
        "publishing": publishing,
        "lots": lots_beside(tender, now),
    }
    return render(request, "tenders/publish.html", context)
