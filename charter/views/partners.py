"""Partners: they sign up on a public form, and administrators confirm them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from charter import actions
from charter.forms.partners import DecidePartnerForm, PartnerForm, RecordPartnerForm
from charter.models import Charter, Partner
from charter.permissions import charter_for, partner_for, refuse_unless_in_force
from charter.states import PARTNER_NEXT, PartnerState
from charter.views.common import framed
from design.entered import entered
from records.clock import database_time

SAID = {
    PartnerState.CONFIRMED: "{} is on the public page of the charter now.",
    PartnerState.DECLINED: "{} was declined, and told why.",
    PartnerState.WITHDRAWN: "{} was taken off the public page.",
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request, pk):
    """Sign up to a charter in force; no account is needed."""
    visible = Charter.objects.visible_to(request.user)
    charter = get_object_or_404(visible.select_related("authority"), pk=pk)
    refuse_unless_in_force(charter)
    form = PartnerForm(entered(request), charter=charter)
    by = request.user if request.user.is_authenticated else None
    if form.is_valid() and form.carries_out(
        actions.sign_up, charter=charter, by=by, at=database_time()
    ):
        return redirect("charter:signed", pk)
    return render(request, "charter/partners/sign_up.html", {**framed(charter), "form": form})


@login_not_required
@require_safe
def signed(request, pk):
    """What happens after a signature; it says nothing about anybody's."""
    visible = Charter.objects.visible_to(request.user)
    charter = get_object_or_404(visible.select_related("authority"), pk=pk)
    return render(request, "charter/partners/signed.html", framed(charter))


@require_safe
def partner_list(request, pk):
    """Who signed any version of this charter, and who waits."""
    charter = charter_for(Permission.CHARTER_EDIT, request.user, pk)
    found = Partner.objects.visible_to(request.user).of_any_version(charter)
    partners = list(found.select_related("charter", "decided_by"))
    groups = [(state, [one for one in partners if one.state == state]) for state in PartnerState]
    context = {**framed(charter), "groups": groups, "count": len(partners)}
    return render(request, "charter/partners/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request, pk):
    """Write down a partner who signed elsewhere."""
    charter = charter_for(Permission.CHARTER_EDIT, request.user, pk)
    refuse_unless_in_force(charter)
    form = RecordPartnerForm(entered(request), charter=charter)
    if form.is_valid() and form.carries_out(
        actions.record_partner, charter=charter, by=request.user, at=database_time()
    ):
        messages.success(request, SAID[PartnerState.CONFIRMED].format(form.result))
        return redirect("charter:partners", pk)
    return render(request, "charter/partners/record.html", {**framed(charter), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def partner(request, pk):
    """One signature: what it says, and what becomes of it."""
    found = partner_for(request.user, pk)
    choices = PARTNER_NEXT[PartnerState(found.state)]
    form = DecidePartnerForm(entered(request), choices=choices)
    if form.is_valid() and form.carries_out(
        actions.decide_partner, partner=found, by=request.user, at=database_time()
    ):
        messages.success(request, SAID[PartnerState(form.result.state)].format(form.result))
        return redirect("charter:partners", found.charter_id)
    context = {**framed(found.charter), "partner": found, "form": form, "is_open": bool(choices)}
    return render(request, "charter/partners/partner.html", context)
