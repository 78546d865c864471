"""Leaving social value out, or having a clause waived: asked for, decided, taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import Conflict
from charter.clauses import COMPULSORY
from design.entered import entered
from records.files import as_download
from tenders.actions import departures as actions
from tenders.forms.entries import EntryForm
from tenders.forms.policy import DecisionForm, OptOutForm, WaiverForm
from tenders.models import OptOut
from tenders.opt_outs import clause_of, named_as, refusal_of
from tenders.permissions import (
    check_can_approve_opt_out,
    check_can_decide,
    check_can_request_opt_out,
    check_can_view_internal,
    check_can_withdraw,
)
from tenders.policy import decides_on, policy_day, whole_policy
from tenders.presenters.frame import frame
from tenders.presenters.policy import departure_of
from tenders.views.common import tender_under


@require_http_methods(["GET", "HEAD", "POST"])
def request_opt_out(request, pk):
    """Ask to leave social value out of the tender as a whole."""
    tender, now = tender_under(check_can_request_opt_out, request, pk)
    return _asks(request, tender, now, OptOutForm, clause="")


@require_http_methods(["GET", "HEAD", "POST"])
def request_waiver(request, pk, clause):
    """Ask to have one clause waived that names who may waive it."""
    tender, now = tender_under(check_can_request_opt_out, request, pk)
    duty = whole_policy(tender, policy_day(tender, now)).with_key(f"clause:{clause}")
    if duty is None or duty.kind != COMPULSORY:
        raise Http404
    return _asks(request, tender, now, WaiverForm, clause=clause)


def _asks(request, tender, now, kind, *, clause):
    on = policy_day(tender, now)
    whole = whole_policy(tender, on)
    files = request.FILES or None
    form = kind(entered(request), files, initial={"seen": tender.edits})
    about = {"tender": tender, "clause": clause, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.request_opt_out, **about):
        messages.success(request, f"Asked. {form.result.decides} decides.")
        return redirect("tenders:policy", tender.pk)
    context = {
        **frame(tender, now),
        "form": form,
        "refusal": refusal_of(tender, clause, on),
        "decides": decides_on(clause, whole),
        "named_as": named_as(clause, whole),
        "duty": clause_of(whole, clause),
        "is_waiver": bool(clause),
    }
    return render(request, "tenders/policy/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide_opt_out(request, pk, opt_out):
    """Read what is asked for, and record what was decided on it."""
    tender, now = tender_under(check_can_approve_opt_out, request, pk)
    found = _found(request, tender, opt_out)
    if request.method != "POST" and (found.withdrawn_at or found.is_approved is not None):
        return redirect("tenders:policy", pk)
    check_can_decide(request.user, found, now)
    form = DecisionForm(entered(request), initial=DecisionForm.of(found, tender))
    about = {"opt_out": found, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.decide_opt_out, **about):
        messages.success(request, "The decision is recorded. The tender's officers are told.")
        return redirect("tenders:policy", pk)
    shown = departure_of(found, whole_policy(tender, policy_day(tender, now)))
    context = {**frame(tender, now), "form": form, "one": shown}
    return render(request, "tenders/policy/decide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_opt_out(request, pk, opt_out):
    """Ask once more, then take the request back."""
    tender, now = tender_under(check_can_request_opt_out, request, pk)
    found = _found(request, tender, opt_out)
    form = EntryForm(entered(request))
    try:
        check_can_withdraw(request.user, found, now)
    except Conflict as conflict:
        if request.method == "POST":
            raise
        raise PermissionDenied(str(conflict)) from None
    about = {"opt_out": found, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.withdraw_opt_out, **about):
        messages.success(request, "Withdrawn. What your policy asks holds again.")
        return redirect("tenders:policy", pk)
    shown = departure_of(found, whole_policy(tender, policy_day(tender, now)))
    return render(request, "tenders/policy/withdraw.html", {**frame(tender, now), "one": shown})


@require_safe
def opt_out_file(request, pk, opt_out, file):
    """One file that shows what a request says, for those who work on the tender."""
    tender, _ = tender_under(check_can_view_internal, request, pk)
    kept = _found(request, tender, opt_out).files.select_related("file")
    return as_download(get_object_or_404(kept, file=file).file)


def _found(request, tender, pk):
    """A request of this tender, with what its pages show."""
    people = ("requested_by", "decided_by", "withdrawn_by")
    shown = OptOut.objects.visible_to(request.user).select_related(*people)
    found = get_object_or_404(shown.prefetch_related("files__file"), pk=pk, tender=tender)
    found.tender = tender
    return found
