"""Pages that an invited group opens by its link, without an account."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from charter.invitations import LinkOver, LinkUnknown, invitation_behind
from records.clock import database_time


def by_invitation(view):
    """Open a page to whoever holds a link; everyone else is told what to do instead."""

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request, token):
        now = database_time()
        try:
            response = view(request, invitation_behind(token, at=now), now)
        except LinkUnknown:
            response = render(request, "charter/comments/link_unknown.html", status=404)
        except LinkOver:
            response = render(request, "charter/comments/link_over.html", status=410)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return opened
