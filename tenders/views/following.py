"""Being told of a tender, or no longer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from records.clock import database_time
from tenders import actions
from tenders.models import Tender


@require_POST
def follow(request, pk):
    """Follow a tender."""
    tender = _tender(request, pk)
    actions.follow(tender=tender, by=request.user, at=database_time())
    messages.success(
        request,
        "You follow this tender. You will be e-mailed when a question is answered, the deadline "
        "moves or the tender is cancelled.",
    )
    return redirect("tenders:public", pk)


@require_POST
def unfollow(request, pk):
    """Follow a tender no longer."""
    tender = _tender(request, pk)
    actions.unfollow(tender=tender, by=request.user, at=database_time())
    messages.success(
        request,
        "You follow this tender no longer. If your company bids for it, you are told all the same.",
    )
    return redirect("tenders:public", pk)


def _tender(request, pk):
    return get_object_or_404(Tender.objects.visible_to(request.user), pk=pk)
