"""Pages about people, and the first page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.access import authorities_where, check_role
from accounts.forms import ColleagueForm
from accounts.models import Membership
from accounts.navigation import first_page
from accounts.roles import Permission, Role


@login_not_required
def home(request):
    """What Tenth is, for a visitor; one's own first page for a person signed in."""
    page = first_page(request.user)
    if page:
        return redirect(page)
    return render(request, "accounts/home.html")


def people(request):
    """Who holds what in the authorities this person administers; add one."""
    authority = _administered(request.user)
    check_role(request.user, Permission.PEOPLE_MANAGE, within=authority)
    form = ColleagueForm(request.POST or None)
    if form.is_valid():
        person = actions.invite_colleague(
            authority=authority, by=request.user, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, f"{person} now holds this role.")
        return redirect("accounts:people")
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


@require_POST
def take_role(request, person, role):
    """Take a role from a colleague."""
    authority = _administered(request.user)
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("organisation", "user"),
        organisation=authority,
        user=person,
        role=role,
    )
    actions.take_role(membership=membership, by=request.user, at=timezone.now())
    messages.success(request, f"{membership.user} no longer holds this role.")
    return redirect("accounts:people")


def _administered(user):
    """The authority whose people this person manages."""
    found = authorities_where(user, Role.ADMINISTRATOR)
    if not found:
        raise Http404
    return found[0]
