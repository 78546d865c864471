"""The policies that ship, and how an authority makes one its own or begins from nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import authorities_where, authority_for
from accounts.roles import GRANTED, Permission
from charter.actions import begin_charter
from charter.models import Charter
from charter.presenters.asks import Policy, bands_of
from design.entered import entered
from design.london import LONDON
from metrics import actions
from metrics.forms.life import AdoptForm, BeginForm
from metrics.presenters.checks import check_pack
from metrics.presenters.desk import desk_of
from metrics.presenters.packs import Pack, pack_called, shipped
from records.clock import database_time


@login_not_required
@require_safe
def packs(request):
    """Every policy that ships: how much it decides, and what it leaves open."""
    context = {"packs": shipped(), "authorities": _own(request.user)}
    return render(request, "metrics/life/packs.html", context)


@login_not_required
@require_safe
def pack(request, code):
    """What a policy holds, before it is adopted."""
    found = _pack(code)
    held = Charter.objects.visible_to(request.user).filter(
        authority__in=_own(request.user), pack=code, pack_version=found.words.version
    )
    having = set(held.values_list("authority", flat=True))
    today = database_time().astimezone(LONDON).date()
    context = {
        "pack": found,
        "bands": bands_of(Policy(found.words.rules, found.words.clauses), on=today),
        "adopters": [one for one in _own(request.user) if one.pk not in having],
        "holders": [one for one in _own(request.user) if one.pk in having],
    }
    return render(request, "metrics/life/pack.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request, code, authority):
    """Make a policy the authority's own: in force as it stands, or as a draft."""
    authority = authority_for(Permission.CHARTER_EDIT, request.user, authority)
    found = _pack(code)
    checked = check_pack(found)
    form = AdoptForm(entered(request), is_draft=found.is_draft, warns=bool(checked.warnings))
    if form.is_valid() and form.carries_out(
        actions.adopt_pack, code=code, authority=authority, by=request.user, at=timezone.now()
    ):
        messages.success(request, f"{form.result} is yours. What comes next is on this page.")
        return redirect(desk_of(authority))
    in_force = Charter.objects.visible_to(request.user).filter(authority=authority).in_force()
    context = {
        **_around(authority),
        "pack": found,
        "checked": checked,
        "form": form,
        "in_force": in_force,
    }
    return render(request, "metrics/life/adopt.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request, authority):
    """Begin a charter of one's own."""
    authority = authority_for(Permission.CHARTER_EDIT, request.user, authority)
    form = BeginForm(entered(request))
    if form.is_valid() and form.carries_out(
        begin_charter, authority=authority, by=request.user, at=timezone.now()
    ):
        messages.success(request, "Your charter is begun. Write its principles first.")
        return redirect(desk_of(authority))
    return render(request, "metrics/life/begin.html", {**_around(authority), "form": form})


def _around(authority) -> dict:
    """What both ways to a first charter show."""
    return {"authority": authority, "authority_name": authority.name}


def _own(user):
    """The authorities for which this person may adopt a policy."""
    return authorities_where(user, *GRANTED[Permission.CHARTER_EDIT])


def _pack(code) -> Pack:
    found = pack_called(code)
    if found is None:
        raise Http404
    return found
