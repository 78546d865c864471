"""Deciding what is funded: the paper, the recommendation, and returning it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from accounts.access import allows
from evaluations import actions
from evaluations.forms.programmes import CasesForm, ProgrammeForm
from evaluations.permissions import APPROVE, RECOMMEND, VIEW_RANKING, check_is_a_programme
from evaluations.presenters import business_cases
from evaluations.presenters import programme as funding_rounds
from evaluations.presenters.frame import frame_of
from evaluations.presenters.marking import register_of
from evaluations.views.common import attempt, gives_back, tender_under
from evaluations.views.results import live_result
from tenders.models import Opportunity
from tenders.permissions import check


def programme_under(rule, request, pk):
    """The tender whose projects are chosen, if this person may do this on it now."""
    tender, now = tender_under(rule, request, pk)
    check_is_a_programme(tender)
    return tender, now


def programme(request, pk):
    """What would be best to fund and why, what is recommended, and what was decided."""
    tender, now = programme_under(VIEW_RANKING, request, pk)
    page, template = _page(tender)
    live = page.programme
    may_decide = allows(check, APPROVE, request.user, tender, now)
    context = frame_of(request.user, tender, now, "programme") | {
        "page": page,
        "programme": live,
        "earlier": funding_rounds.earlier_programmes(tender),
        "entries": register_of(tender),
        "can_decide": bool(live) and may_decide and live.recommended_by != request.user,
        "can_recommend": allows(check, RECOMMEND, request.user, tender, now),
    }
    return render(request, f"evaluations/{template}.html", context)


def recommend(request, pk):
    """Say what to fund and why, and name who will manage the agreements."""
    tender, now = programme_under(RECOMMEND, request, pk)
    page, _ = _page(tender)
    if tender.opportunity == Opportunity.FUNDING_ROUND:
        form = ProgrammeForm(request.POST or None, **funding_rounds.choices_of(page))
        act, template = actions.recommend_programme, "programme_recommend"
    else:
        form = CasesForm(request.POST or None, **business_cases.choices_of(page))
        act, template = actions.recommend_on_cases, "programme_recommend_cases"
    if form.is_valid():
        done, _ = attempt(form, lambda: act(tender=tender, by=request.user, at=now, **form.entered))
        if done:
            messages.success(request, "Your recommendation waits for the approver.")
            return redirect("evaluations:programme", pk=pk)
    context = frame_of(request.user, tender, now, "programme") | {"form": form, "page": page}
    return render(request, f"evaluations/{template}.html", context)


def return_programme(request, pk):
    """Give the recommendation back to the officer with a reason."""
    tender, now = programme_under(APPROVE, request, pk)
    live = funding_rounds.live_programme(tender)
    if live is None:
        raise Http404
    form, is_done = gives_back(request, partial(actions.return_programme, programme=live, at=now))
    if is_done:
        return redirect("evaluations:programme", pk=pk)
    context = frame_of(request.user, tender, now, "programme") | {"form": form, "programme": live}
    return render(request, "evaluations/programme_return.html", context)


def _page(tender):
    """What is shown of a funding round, or of business cases, and on which page."""
    result = live_result(tender)
    if tender.opportunity == Opportunity.FUNDING_ROUND:
        return funding_rounds.programme_page(result), "programme"
    return business_cases.cases_page(result), "programme_cases"
