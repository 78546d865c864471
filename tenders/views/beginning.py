"""The pages on which a tender begins, one question at a time, and what it is for."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import authorities_where
from accounts.roles import GRANTED, Permission
from charter.models import Charter
from charter.views.common import entered
from records.clock import database_time
from tenders import actions
from tenders.actions.plan import begin_planned
from tenders.forms.basics import BasicsForm, EditBasicsForm
from tenders.permissions import check_can_create
from tenders.presenters.frame import frame
from tenders.presenters.plan import basics_of
from tenders.views.common import draft_under
from tenders.views.plan import planned_to_begin


def authorities_to_begin_in(user):
    """The authorities in which this person may begin a procurement."""
    return authorities_where(user, *GRANTED[Permission.TENDER_CREATE])


def charters_to_begin_from(user, authorities):
    """The charters in force from which this person may begin a tender."""
    charters = Charter.objects.visible_to(user).in_force()
    return list(charters.filter(authority__in=authorities).select_related("authority"))


def choose_charter(request):
    """Which charter to begin from; straight on where there is only one."""
    charters = charters_to_begin_from(request.user, authorities_to_begin_in(request.user))
    if len(charters) == 1:
        return redirect("tenders:create", charters[0].pk)
    return render(request, "tenders/choose_charter.html", {"charters": charters})


def create(request, pk):
    """Begin a draft from a charter."""
    charters = Charter.objects.visible_to(request.user).select_related("authority")
    charter = get_object_or_404(charters, pk=pk)
    check_can_create(request.user, charter.authority)
    planned = planned_to_begin(request, charter.authority)
    action = partial(begin_planned, planned=planned) if planned else actions.create_tender
    form = BasicsForm(entered(request), initial=basics_of(planned) if planned else None)
    context = {"charter": charter, "authority": charter.authority}
    if form.is_valid() and form.carries_out(action, by=request.user, at=database_time(), **context):
        messages.success(request, "Draft saved. Complete each part, then publish.")
        return redirect("tenders:internal", form.result.pk)
    context |= {"form": form, "planned": planned}
    return render(request, "tenders/create.html", context)


def edit_basics(request, pk):
    """What is bought, for how much and from when."""
    tender, now = draft_under(request, pk)
    form = EditBasicsForm(entered(request), initial=EditBasicsForm.of(tender, tender))
    if form.is_valid() and form.carries_out(
        actions.edit_basics, tender=tender, by=request.user, at=now
    ):
        messages.success(request, "What is bought is saved.")
        return redirect("tenders:internal", pk)
    return render(request, "tenders/edit_basics.html", {**frame(tender, now), "form": form})
