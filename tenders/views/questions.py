"""What bidders are asked: quality questions, and what all criteria share."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from design.entered import entered
from tenders import actions
from tenders.forms.questions import EditMetricForm, EditQuestionForm, QuestionForm
from tenders.forms.sub_criteria import MORE, JudgedByParts
from tenders.models import Group
from tenders.presenters import asked
from tenders.presenters.conditions import metric_beside
from tenders.presenters.frame import frame
from tenders.refusals import Unfit
from tenders.views.common import draft_under

PAGES = {Group.QUALITY: "tenders:questions", Group.SOCIAL_VALUE: "tenders:metrics"}


def questions(request, pk):
    """The quality questions, with their weights and points; of a business case by its cases."""
    tender, now = draft_under(request, pk)
    context = {
        **frame(tender, now),
        **asked.listed(tender, Group.QUALITY),
        "cases": asked.cases_of(tender),
    }
    return render(request, "tenders/questions.html", context)


def typed(request, initial: dict) -> dict:
    """What a form is made from: asked for more rows, it keeps all that was typed unsaved."""
    if MORE in request.POST:
        return {"initial": {**initial, **JudgedByParts.with_more(request.POST)}}
    return {"data": entered(request), "initial": initial}


def add_question(request, pk):
    """Ask a quality question."""
    tender, now = draft_under(request, pk)
    initial = {"max_words": 500, "case": request.GET.get("case", "")}
    form = QuestionForm(tender=tender, **typed(request, initial))
    if form.is_valid() and form.carries_out(
        actions.add_question, tender=tender, by=request.user, at=now
    ):
        messages.success(request, "The question is added.")
        return redirect("tenders:questions", pk)
    context = {**frame(tender, now), "form": form, "title": "Ask a quality question"}
    return render(request, "tenders/edit_question.html", context)


def edit_criterion(request, pk, criterion):
    """Change the words, weight or method of what is asked."""
    tender, now = draft_under(request, pk)
    criterion = get_object_or_404(tender.criteria.select_related("metric"), pk=criterion)
    metric = criterion.metric
    kind = EditMetricForm if metric else EditQuestionForm
    form = kind(tender=tender, **typed(request, kind.of(criterion, tender)))
    if form.is_valid() and form.carries_out(
        actions.edit_criterion, criterion=criterion, by=request.user, at=now
    ):
        messages.success(request, f"“{criterion.title}” is saved.")
        return redirect(PAGES[Group(criterion.group)], pk)
    context = {**frame(tender, now), "form": form, "criterion": criterion}
    if metric:
        beside = metric_beside(tender, metric, criterion)
        return render(request, "tenders/edit_metric.html", {**context, **beside})
    context["title"] = "Change a quality question"
    return render(request, "tenders/edit_question.html", context)


def remove_criterion(request, pk, criterion):
    """Ask whether this is to be asked no longer; then remove it."""
    tender, now = draft_under(request, pk)
    criterion = get_object_or_404(tender.criteria, pk=criterion)
    if request.method == "POST":
        actions.remove_criterion(criterion=criterion, by=request.user, at=now)
        messages.success(request, f"“{criterion.title}” is removed.")
        return redirect(PAGES[Group(criterion.group)], pk)
    context = {**frame(tender, now), "criterion": criterion}
    return render(request, "tenders/remove_criterion.html", context)


@require_POST
def share_weights(request, pk, group):
    """Give everything asked in a group the same weight."""
    tender, now = draft_under(request, pk)
    try:
        actions.share_weights_equally(tender=tender, group=group, by=request.user, at=now)
    except Unfit as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The weights are shared equally and total 100.")
    return redirect(PAGES.get(group, "tenders:internal"), pk)
