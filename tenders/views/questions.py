"""What bidders are asked: quality questions and metrics of the charter."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from charter.views.common import entered
from metrics.models import Metric
from metrics.presenters.targets import target_in_words
from tenders import actions
from tenders.forms.questions import (
    EditMetricForm,
    EditQuestionForm,
    MetricForm,
    QuestionForm,
)
from tenders.models import Group, Method
from tenders.policy import longest_answer, policy_day, policy_of
from tenders.presenters import asked
from tenders.presenters.frame import frame
from tenders.refusals import Unfit
from tenders.views.common import draft_under

PAGES = {Group.QUALITY: "tenders:questions", Group.SOCIAL_VALUE: "tenders:metrics"}
PART = {Group.QUALITY: 1, Group.SOCIAL_VALUE: 2}


def _listed(tender, group) -> dict:
    """What is asked in a group, and what its weights come to."""
    part = asked.parts_of(tender)[PART[group]]
    total = sum(line.criterion.weight for line in part.lines)
    return {"part": part, "group": group, "total": total}


def questions(request, pk):
    """The quality questions, with their weights and points."""
    tender, now = draft_under(request, pk)
    context = {**frame(tender, now), **_listed(tender, Group.QUALITY)}
    return render(request, "tenders/questions.html", context)


def add_question(request, pk):
    """Ask a quality question."""
    tender, now = draft_under(request, pk)
    form = QuestionForm(entered(request), initial={"max_words": 500})
    if form.is_valid() and form.carries_out(
        actions.add_question, tender=tender, by=request.user, at=now
    ):
        messages.success(request, "The question is added.")
        return redirect("tenders:questions", pk)
    context = {**frame(tender, now), "form": form, "title": "Ask a quality question"}
    return render(request, "tenders/edit_question.html", context)


def metrics(request, pk):
    """The metrics asked, and those of the charter that may be."""
    tender, now = draft_under(request, pk)
    own = Metric.objects.visible_to(request.user).filter(charter=tender.charter)
    offered = own.for_bidders().select_related("principle__quadrant")
    chosen = {one.metric_id for one in tender.criteria.all()}
    context = {
        **frame(tender, now),
        **_listed(tender, Group.SOCIAL_VALUE),
        "cap": policy_of(tender, policy_day(tender, now)).most_metrics,
        "free": [metric for metric in offered if metric.pk not in chosen],
        "held": own.answered_by_bidders().held_back(),
    }
    return render(request, "tenders/metrics.html", context)


def add_metric(request, pk, metric):
    """Ask bidders for one metric."""
    tender, now = draft_under(request, pk)
    offered = Metric.objects.visible_to(request.user).filter(charter=tender.charter)
    metric = get_object_or_404(offered.prefetch_related("flags"), pk=metric)
    form = MetricForm(
        entered(request),
        initial={
            "question": metric.wording,
            "method": Method.TARGET if metric.is_target_set else Method.MARKS,
            # The usual limit, where the policy allows so many.
            "max_words": min(300, longest_answer(tender, now)),
        },
    )
    if form.is_valid() and form.carries_out(
        actions.add_metric, tender=tender, metric=metric, by=request.user, at=now
    ):
        messages.success(request, f"“{metric.short_title}” is added.")
        return redirect("tenders:metrics", pk)
    context = {**frame(tender, now), "form": form, **_metric(metric, tender)}
    return render(request, "tenders/edit_metric.html", context)


def _metric(metric, tender) -> dict:
    """What the page of a metric shows beside the form."""
    measure = metric.measure_on(tender.starts_on)
    return {"metric": metric, "target": target_in_words(measure, metric)}


def edit_criterion(request, pk, criterion):
    """Change the words, weight or method of what is asked."""
    tender, now = draft_under(request, pk)
    criterion = get_object_or_404(tender.criteria.select_related("metric"), pk=criterion)
    metric = criterion.metric
    kind = EditMetricForm if metric else EditQuestionForm
    form = kind(entered(request), initial=kind.of(criterion, tender))
    if form.is_valid() and form.carries_out(
        actions.edit_criterion, criterion=criterion, by=request.user, at=now
    ):
        messages.success(request, f"“{criterion.title}” is saved.")
        return redirect(PAGES[Group(criterion.group)], pk)
    context = {**frame(tender, now), "form": form, "criterion": criterion}
    if metric:
        return render(request, "tenders/edit_metric.html", {**context, **_metric(metric, tender)})
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
