"""Being told of a tender, or no longer, and all that one is told of."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from records.clock import database_time
from tenders import actions
from tenders.models import Alert, Tender
from tenders.presenters.finding import rows_of


@require_safe
def following(request):
    """What one follows, and the alerts by which one is told of new opportunities."""
    now = database_time()
    followed = (
        Tender.objects.visible_to(request.user)
        .filter(followers__person=request.user)
        .open_first(now)
        .select_related("authority", "lot_group")
        .prefetch_related("lot_group__lots")
    )
    alerts = Alert.objects.visible_to(request.user).select_related("authority")
    context = {"rows": rows_of(followed, request.user, now), "alerts": alerts, "now": now}
    return render(request, "tenders/following/page.html", context)


@require_POST
def follow(request, pk):
    """Follow a tender."""
    tender = _tender(request, pk)
    actions.follow(tender=tender, by=request.user, at=database_time())
    messages.success(
        request,
        f"You follow “{tender}”. You will be e-mailed when a question is answered, the deadline "
        "moves or it is cancelled.",
    )
    return _back(request, pk)


@require_POST
def unfollow(request, pk):
    """Follow a tender no longer."""
    tender = _tender(request, pk)
    actions.unfollow(tender=tender, by=request.user, at=database_time())
    messages.success(
        request,
        f"You follow “{tender}” no longer. If your company bids for it, you are told all the same.",
    )
    return _back(request, pk)


def _tender(request, pk):
    return get_object_or_404(Tender.objects.visible_to(request.user), pk=pk)


def _back(request, pk):
    """To the page whose button was pressed, if it is one of this site; else to the tender's own."""
    page = request.POST.get("next", "")
    if page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        return HttpResponseRedirect(page)
    return redirect("tenders:public", pk)
