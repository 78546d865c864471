"""What a check finds in a charter or a shipped policy, before anyone relies on it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from charter.permissions import charter_for
from metrics.models import Metric
from metrics.presenters.checks import check_charter, check_pack
from metrics.presenters.desk import desk_of
from metrics.presenters.packs import pack_called


@require_safe
def check(request, pk):
    """One version of the authority's own charter."""
    charter = charter_for(Permission.CHARTER_COMMENT, request.user, pk)
    metrics = Metric.objects.visible_to(request.user).filter(charter=charter).with_content()
    context = {
        "title": charter.title,
        "version": charter.version,
        "authority_name": charter.authority.name,
        "checked": check_charter(charter, metrics),
        "back": {"href": desk_of(charter.authority), "text": "Your charter"},
    }
    return render(request, "metrics/checks/check.html", context)


@login_not_required
@require_safe
def pack(request, code):
    """A policy that ships."""
    found = pack_called(code)
    if found is None:
        raise Http404
    context = {"title": found.words.title, "pack": found, "checked": check_pack(found)}
    return render(request, "metrics/checks/check.html", context)
