"""The officer's pages: the desk, one tender at work, its check."""

from django.shortcuts import render

from accounts.access import allows
from accounts.roles import Role
from design.london import LONDON
from records.clock import database_time
from tenders.forms.life import DeskFilterForm
from tenders.models import Tender
from tenders.permissions import (
    check_can_cancel,
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
from tenders.readiness import sections
from tenders.states import State
from tenders.views.beginning import authorities_to_begin_in, charters_to_begin_from
from tenders.views.common import tender_under


def desk(request):
    """The procurements this person is an officer of, by what needs doing."""
    now = database_time()
    tenders = Tender.objects.visible_to(request.user)
    mine = tenders.of_team_member(request.user, Role.OFFICER).with_design()
    rows = desks.rows(mine, now)
    form = DeskFilterForm(request.GET)
    if form.is_valid():
        rows = desks.narrowed(rows, **form.cleaned_data)
    authorities = authorities_to_begin_in(request.user)
    context = {
        "filters": form,
        "is_filtered": any(request.GET.values()),
        "urgent": [row for row in rows if row.is_mine],
        "others": [row for row in rows if not row.is_mine],
        "authorities": authorities,
        "charters": charters_to_begin_from(request.user, authorities),
    }
    return render(request, "tenders/desk.html", context)


def internal(request, pk):
    """Where a tender stands, what it still needs, what has happened to it."""
    tender, now = tender_under(check_can_view_internal, request, pk)
    can_edit = allows(check_can_edit, request.user, tender, now)
    is_draft = tender.state(now) == State.DRAFT
    found = sections(tender, now) if is_draft else []
    context = {
        **frame(tender, now),
        "steps": work.steps(tender, found, can_edit),
        "parts_to_do": len(found),
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
