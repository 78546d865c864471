"""Licensed proxy values, for the authority that holds the licence and nobody else."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import allows, authority_for, check_role
from accounts.roles import Permission
from design.entered import entered
from metrics import actions
from metrics.forms.proxies import ProxiesForm, ValueFilter
from metrics.models import ProxySet
from metrics.sheets.proxy_values import COLUMNS

READ, LOAD = Permission.PROXIES_READ, Permission.CATALOGUE_IMPORT
A_PAGE = 50


@require_safe
def proxies(request, authority):
    """The sets that an authority has loaded."""
    authority = authority_for(READ, request.user, authority)
    sets = ProxySet.objects.visible_to(request.user).filter(authority=authority)
    context = {
        "authority": authority,
        "authority_name": authority.name,
        "sets": sets.annotate(count=Count("values")),
        "may_load": allows(check_role, request.user, LOAD, within=authority),
    }
    return render(request, "metrics/proxies/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def load(request, authority):
    """Load a set with its licence; it is checked whole."""
    authority = authority_for(LOAD, request.user, authority)
    form = ProxiesForm(entered(request), request.FILES or None)
    if form.is_valid() and form.carries_out(
        actions.load_proxies, authority=authority, by=request.user, at=timezone.now()
    ):
        messages.success(request, f"{form.result} is loaded.")
        return redirect("metrics:proxy_set", form.result.pk)
    context = {
        "authority": authority,
        "authority_name": authority.name,
        "form": form,
        "columns": COLUMNS,
    }
    return render(request, "metrics/proxies/load.html", context)


@require_safe
def proxy_set(request, pk):
    """One set with its licence and its values."""
    found = _set_for(READ, request.user, pk)
    form = ValueFilter(request.GET or None)
    values = form.narrow(found.values.all())
    context = {
        "set": found,
        "authority_name": found.authority.name,
        "form": form,
        "page": Paginator(values, A_PAGE).get_page(request.GET.get("page")),
        "total": found.values.count(),
        "may_load": allows(check_role, request.user, LOAD, within=found.authority),
    }
    return render(request, "metrics/proxies/set.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk):
    """Ask whether a set is to be used no longer; then mark it so."""
    found = _set_for(LOAD, request.user, pk)
    if request.method == "POST":
        actions.withdraw_proxies(proxies=found, by=request.user, at=timezone.now())
        messages.success(request, f"{found} is withdrawn.")
        return redirect("metrics:proxies", found.authority_id)
    context = {"set": found, "authority_name": found.authority.name}
    return render(request, "metrics/proxies/withdraw.html", context)


def _set_for(permission, user, pk):
    """The set, if it is of one's own authority and one's role there allows this."""
    visible = ProxySet.objects.visible_to(user).select_related("authority", "loaded_by")
    found = get_object_or_404(visible, pk=pk)
    check_role(user, permission, within=found.authority)
    return found
