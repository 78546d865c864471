"""The people of one company: who is there, who is invited, and the link by which they join."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions
from accounts.access import companies_of, company_of
from accounts.forms import InviteForm, JoinForm, NewPersonForm
from accounts.invitations import LinkOver, invitation_behind
from accounts.models import ColleagueInvitation, Membership
from accounts.proof import standing_of
from design.entered import entered
from records.clock import database_time

SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request):
    """Who bids for this company; invite somebody."""
    company, now = company_of(request.user), database_time()
    form = InviteForm(entered(request))
    if form.is_valid() and _invite(request, form, company, now):
        return redirect("accounts:colleagues")
    people = Membership.objects.visible_to(request.user).filter(organisation=company)
    waiting = ColleagueInvitation.objects.visible_to(request.user).filter(company=company)
    context = {
        "company": company,
        "form": form,
        "people": people.select_related("user").order_by("since", "user__full_name"),
        "waiting": waiting.order_by("sent_at"),
        "now": now,
    }
    return render(request, "accounts/colleagues/list.html", context)


def _invite(request, form, company, now) -> bool:
    """Whether the invitation is on its way."""
    try:
        actions.invite_to_company(company=company, by=request.user, at=now, **form.cleaned_data)
    except actions.CannotInvite as refusal:
        form.add_error("email", str(refusal))
        return False
    name = form.cleaned_data["full_name"]
    messages.success(request, f"We have sent {name} a link to join. It lasts 7 days.")
    return True


@require_POST
def withdraw_invitation(request, pk):
    """End a link that was sent."""
    found = get_object_or_404(
        ColleagueInvitation.objects.visible_to(request.user).select_related("company"), pk=pk
    )
    actions.withdraw_invitation(invitation=found, by=request.user, at=database_time())
    messages.success(request, f"The link sent to {found.full_name} no longer works.")
    return redirect("accounts:colleagues")


@require_http_methods(["GET", "HEAD", "POST"])
def remove_colleague(request, person):
    """Ask once more, then take somebody out of the company."""
    company = company_of(request.user)
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("user", "organisation"),
        organisation=company,
        user=person,
    )
    context = {"company": company, "membership": membership, "refusal": None}
    if request.method == "POST":
        try:
            actions.remove_colleague(membership=membership, by=request.user, at=database_time())
        except actions.LastPerson as refusal:
            context["refusal"] = str(refusal)
        else:
            messages.success(request, f"{membership.user} no longer bids for {company}.")
            is_self = membership.user == request.user
            return redirect("accounts:home" if is_self else "accounts:colleagues")
    return render(request, "accounts/colleagues/remove.html", context)


def by_link(view):
    """Open a page to whoever holds a link to join; else say what to do instead."""

    @login_not_required
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request, token):
        now = database_time()
        try:
            response = view(request, invitation_behind(token, at=now), now)
        except LinkOver:
            response = render(request, "accounts/colleagues/link_over.html", status=410)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return opened


@by_link
def invited(request, invitation, now):
    """Join a company: with a new password, or as the person one is here already."""
    if request.user.is_authenticated:
        return _join(request, invitation, now)
    standing = standing_of(invitation.email)
    form = NewPersonForm(
        entered(request),
        email=invitation.email,
        initial={"full_name": invitation.full_name},
    )
    context = {"invitation": invitation, "standing": standing, "form": form}
    if standing.may_choose_password and form.is_valid():
        try:
            person = actions.join_as_new_person(invitation=invitation, at=now, **form.cleaned_data)
        except actions.CannotJoin as refusal:
            form.add_error(None, str(refusal))
        else:
            return _welcome(request, person, invitation.company)
    return render(request, "accounts/colleagues/new_person.html", context)


def _join(request, invitation, now):
    """The same for somebody signed in."""
    others = [one for one in companies_of(request.user) if one != invitation.company]
    is_meant = request.user.email.lower() == invitation.email.lower()
    form = JoinForm(entered(request), leaving=others[0] if others else None)
    if is_meant and form.is_valid():
        try:
            leaves = bool(form.cleaned_data.get("leaves"))
            actions.join_company(invitation=invitation, by=request.user, leaves=leaves, at=now)
        except actions.CannotJoin as refusal:
            form.add_error(None, str(refusal))
        else:
            return _welcome(request, request.user, invitation.company)
    context = {"invitation": invitation, "form": form, "is_meant": is_meant}
    return render(request, "accounts/colleagues/join.html", context)


def _welcome(request, person, company):
    if not request.user.is_authenticated:
        login(request, person, backend=SIGN_IN)
    messages.success(request, f"You now bid for {company}.")
    return redirect("bids:desk")
