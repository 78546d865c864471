"""Pages about the people of an authority."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.access import authorities_where, authority_for
from accounts.forms import ColleagueForm
from accounts.models import Membership
from accounts.roles import Permission, Role
from design.entered import entered


def people_desk(request):
    """To the people of the authority this person administers."""
    found = authorities_where(request.user, Role.ADMINISTRATOR)
    if not found:
        raise Http404
    return redirect("accounts:people", found[0].pk)


def people(request, pk):
    """Who holds what in an authority; give someone a role."""
    authority = authority_for(Permission.PEOPLE_MANAGE, request.user, pk)
    form = ColleagueForm(entered(request))
    if form.is_valid() and _invite(request, form, authority):
        return redirect("accounts:people", pk)
    memberships = (
        Membership.objects.visible_to(request.user)
        .filter(organisation=authority)
        .select_related("user", "organisation")
        .order_by("user__full_name", "role")
    )
    return render(
        request,
        "accounts/people.html",
        {"authority": authority, "form": form, "memberships": memberships},
    )


def _invite(request, form, authority) -> bool:
    """Whether the colleague on the form now holds the role."""
    try:
        person = actions.invite_colleague(
            authority=authority, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except actions.BidsForACompany as refusal:
        form.add_error("email", str(refusal))
        return False
    messages.success(request, f"{person} now holds this role.")
    return True


@require_POST
def take_role(request, pk, person, role):
    """Take a role from a colleague."""
    authority = authority_for(Permission.PEOPLE_MANAGE, request.user, pk)
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("organisation", "user"),
        organisation=authority,
        user=person,
        role=role,
    )
    actions.take_role(membership=membership, by=request.user, at=timezone.now())
    messages.success(request, f"{membership.user} no longer holds this role.")
    return redirect("accounts:people", pk)
