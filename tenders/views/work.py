"""The officer's pages: the desk, one tender at work, its check."""

from django.shortcuts import render

from accounts.access import allows
from accounts.roles import Role
from records.clock import database_time
from tenders.forms.life import DeskFilterForm
from tenders.models import Tender
from tenders.permissions import (
    check_can_cancel,
    check_can_edit,
    check_can_keep_template,
    check_can_view_internal,
)
from tenders.policy import policy_day
from tenders.presenters import asked, work
from tenders.presenters import desk as desks
from tenders.presenters.approval import publishing_of
from tenders.presenters.beginning import origin_of
from tenders.presenters.checks import reasons_that_count
from tenders.presenters.conversations import told_inside
from tenders.presenters.edition import edition_words
from tenders.presenters.effect import effect_of
from tenders.presenters.frame import frame
from tenders.presenters.groundwork import groundwork_of
from tenders.presenters.lots import lots_beside
from tenders.presenters.timeline import timeline
from tenders.readiness import sections
from tenders.states import State
from tenders.views.beginning import authorities_to_begin_in, charters_to_begin_from
from tenders.views.common import tender_under


def desk(request):
    """The procurements this person is an officer of, by what needs doing."""
    now = database_time()
    tenders = Tender.objects.visible_to(request.user)
    mine = tenders.of_team_member(request.user, Role.OFFICER).with_design().with_questions_waiting()
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
        "events": timeline(tender),
        **told_inside(request.user, tender, now),
        "parts": asked.parts_shown(tender),
        "lots": lots_beside(tender, now),
        "ranking": asked.ranking_words(tender),
        "edition": edition_words(tender, now),
        "can_cancel": allows(check_can_cancel, request.user, tender, now),
        "early": groundwork_of(tender),
        "can_edit": can_edit,
        "origin": origin_of(tender),
        "can_keep": allows(check_can_keep_template, request.user, tender),
    }
    return render(request, "tenders/internal.html", context)


def check(request, pk):
    """What is still missing, what follows from the draft, and who approves that it is published."""
    tender, now = tender_under(check_can_view_internal, request, pk)
    found = sections(tender, now) if tender.state(now) == State.DRAFT else []
    is_complete = all(section.is_complete for section in found)
    can_edit = allows(check_can_edit, request.user, tender, now)
    context = {
        **frame(tender, now),
        "effect": effect_of(tender, policy_day(tender, now)),
        "sections": work.places_of(tender, found, can_edit),
        "reasons": reasons_that_count(tender, now),
        "lots": lots_beside(tender, now),
        "publishing": publishing_of(tender, request.user, now, is_complete=is_complete),
    }
    return render(request, "tenders/check.html", context)
