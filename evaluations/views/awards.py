"""Recommending an award, the paper the approver reads, and returning it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from accounts.access import allows
from evaluations import actions
from evaluations.forms.judging import RecommendationForm
from evaluations.permissions import (
    APPROVE,
    RECOMMEND,
    VIEW_RANKING,
    is_decided_as_a_programme,
)
from evaluations.presenters.awards import awards_of, choices_of, paper_of
from evaluations.presenters.frame import frame_of
from evaluations.presenters.marking import register_of
from evaluations.presenters.ranking import ranking_of, tipping_points
from evaluations.views.common import attempt, gives_back, tender_under
from evaluations.views.results import live_result
from tenders.permissions import check


def recommend(request, pk):
    """Choose a bid, say why, and name who will manage the contract."""
    tender, now = tender_under(RECOMMEND, request, pk)
    if is_decided_as_a_programme(tender):
        return redirect("evaluations:recommend_programme", pk=pk)
    ranking = ranking_of(live_result(tender))
    form = RecommendationForm(request.POST or None, **choices_of(ranking))
    if form.is_valid():
        done, _ = attempt(
            form,
            lambda: actions.recommend_award(
                tender=tender, by=request.user, at=now, **form.cleaned_data
            ),
        )
        if done:
            messages.success(request, "Your recommendation waits for the approver.")
            return redirect("evaluations:award", pk=pk)
    context = frame_of(request.user, tender, now, "award") | {
        "form": form,
        "ranking": ranking,
        "earlier": awards_of(tender),
    }
    return render(request, "evaluations/recommend.html", context)


def award(request, pk):
    """The award paper: what is recommended, by whom and why, beside the whole ranking."""
    tender, now = tender_under(VIEW_RANKING, request, pk)
    if is_decided_as_a_programme(tender):
        return redirect("evaluations:programme", pk=pk)
    ranking = ranking_of(live_result(tender))
    awards = awards_of(tender)
    live = next((one for one in awards if one.withdrawn_at is None), None)
    may_decide = allows(check, APPROVE, request.user, tender, now)
    context = frame_of(request.user, tender, now, "award") | {
        "ranking": ranking,
        "paper": paper_of(live, ranking) if live else None,
        "earlier": [one for one in awards if one.withdrawn_at],
        "tipping_points": tipping_points(ranking.stretches),
        "entries": register_of(tender),
        "can_decide": bool(live) and may_decide and live.recommended_by != request.user,
        "can_recommend": allows(check, RECOMMEND, request.user, tender, now),
    }
    return render(request, "evaluations/award.html", context)


def return_recommendation(request, pk):
    """Give the recommendation back to the officer with a reason."""
    tender, now = tender_under(APPROVE, request, pk)
    if is_decided_as_a_programme(tender):
        return redirect("evaluations:return_programme", pk=pk)
    live = tender.awards.live().select_related("bid__supplier", "tender").first()
    if live is None:
        raise Http404
    form, is_done = gives_back(request, partial(actions.return_recommendation, award=live, at=now))
    if is_done:
        return redirect("evaluations:award", pk=pk)
    context = frame_of(request.user, tender, now, "award") | {"form": form, "award": live}
    return render(request, "evaluations/return.html", context)
