"""The officer's pages: the desk, beginning a tender, one tender at work, its check."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import allows, authorities_where
from accounts.roles import GRANTED, Permission, Role
from charter.models import Charter
from charter.views.common import entered
from design.london import LONDON
from records.clock import database_time
from tenders import actions
from tenders.actions.plan import begin_planned
from tenders.forms.design import BasicsForm
from tenders.forms.life import DeskFilterForm
from tenders.models import Tender
from tenders.permissions import (
    check_can_cancel,
    check_can_create,
    check_can_edit,
    check_can_publish,
    check_can_view_internal,
)
from tenders.presenters import asked, work
from tenders.presenters import desk as desks
from tenders.presenters.edition import edition_words
from tenders.presenters.effect import effect_of
from tenders.presenters.frame import frame
from tenders.presenters.groundwork import groundwork_of
from tenders.presenters.plan import basics_of
from tenders.readiness import sections
from tenders.states import State
from tenders.views.common import tender_under
from tenders.views.plan import planned_to_begin


def desk(request):
    """The procurements this person is an officer of, by what needs doing."""
    now = database_time()
    tenders = Tender.objects.visible_to(request.user)
    mine = tenders.of_team_member(request.user, Role.OFFICER).with_design()
    rows = desks.rows(mine, now)
    form = DeskFilterForm(request.GET)
    if form.is_valid():
        rows = desks.narrowed(rows, **form.cleaned_data)
    authorities = _authorities(request)
    context = {
        "filters": form,
        "is_filtered": any(request.GET.values()),
        "urgent": [row for row in rows if row.is_mine],
        "others": [row for row in rows if not row.is_mine],
        "authorities": authorities,
        "charters": _charters(request, authorities),
    }
    return render(request, "tenders/desk.html", context)


def _authorities(request):
    """The authorities in which this person may begin a procurement."""
    return authorities_where(request.user, *GRANTED[Permission.TENDER_CREATE])


def _charters(request, authorities):
    """The charters in force from which this person may begin a tender."""
    charters = Charter.objects.visible_to(request.user).in_force()
    return list(charters.filter(authority__in=authorities).select_related("authority"))


def choose_charter(request):
    """Which charter to begin from; straight on where there is only one."""
    charters = _charters(request, _authorities(request))
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


def internal(request, pk):
    """Where a tender stands, what it still needs, what has happened to it."""
    tender, now = tender_under(check_can_view_internal, request, pk)
    can_edit = allows(check_can_edit, request.user, tender, now)
    is_draft = tender.state(now) == State.DRAFT
    found = sections(tender, now) if is_draft else []
    context = {
        **frame(tender, now),
        "tasks": work.task_list(tender, found, can_edit),
        "done": sum(section.is_complete for section in found),
        "events": work.timeline(tender),
        "parts": asked.parts_of(tender),
        "ranking": asked.ranking_words(tender),
        "edition": edition_words(tender, now),
        "can_cancel": allows(check_can_cancel, request.user, tender, now),
        "early": groundwork_of(tender),
        "can_edit": can_edit,
    }
    return render(request, "tenders/internal.html", context)


def check(request, pk):
    """Whether policy allows the weights, and what is still missing."""
    tender, now = tender_under(check_can_view_internal, request, pk)
    found = sections(tender, now) if tender.state(now) == State.DRAFT else []
    context = {
        **frame(tender, now),
        "effect": effect_of(tender, (tender.published_at or now).astimezone(LONDON).date()),
        "sections": work.places_of(
            tender, found, allows(check_can_edit, request.user, tender, now)
        ),
        "is_complete": all(section.is_complete for section in found),
        "can_publish": allows(check_can_publish, request.user, tender, now),
    }
    return render(request, "tenders/check.html", context)
