"""The metrics of the charter in a tender: chosen, scored, given a target of their own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from design.entered import entered
from metrics.bases import FIXED
from metrics.models import Metric
from metrics.parts import take_apart
from tenders import actions
from tenders.forms.metrics import MetricFilter, OwnTargetForm, worked_out_otherwise
from tenders.forms.questions import MetricForm
from tenders.models import Group, Method
from tenders.policy import longest_answer, policy_day, policy_of
from tenders.presenters import asked, choosing
from tenders.presenters.conditions import conditions_of, metric_beside
from tenders.presenters.frame import frame
from tenders.refusals import Unfit
from tenders.views.common import draft_under
from tenders.views.questions import typed


def metrics(request, pk):
    """The metrics asked, those that known facts speak for, and all of the charter's."""
    tender, now = draft_under(request, pk)
    own = Metric.objects.visible_to(request.user).filter(charter=tender.charter)
    offered = own.for_bidders().select_related("principle__quadrant")
    policy = policy_of(tender, policy_day(tender, now))
    offers = choosing.offers_of(tender, offered, policy)
    form = MetricFilter(request.GET or None, quadrants=tender.charter.quadrants.all())
    shown = form.narrow(offers)
    context = {
        **frame(tender, now),
        **asked.listed(tender, Group.SOCIAL_VALUE),
        "cap": policy.most_metrics,
        "cap_words": choosing.cap_words(tender, policy),
        "conditions": conditions_of(tender),
        "filters": form,
        "offered": len(offers),
        "shown": shown,
        "quadrants": choosing.by_quadrant(shown),
        "suggested": choosing.suggested(offers),
        "held": own.answered_by_bidders().held_back(),
    }
    return render(request, "tenders/metrics.html", context)


def add_metric(request, pk, metric):
    """Ask bidders for one metric."""
    tender, now = draft_under(request, pk)
    offered = Metric.objects.visible_to(request.user).filter(charter=tender.charter)
    metric = get_object_or_404(offered.prefetch_related("flags"), pk=metric)
    beside = metric_beside(tender, metric)
    initial = {
        "question": metric.wording,
        "method": Method.TARGET if beside["is_set"] else Method.MARKS,
        # The usual limit, where the policy allows so many.
        "max_words": min(300, longest_answer(tender, now)),
    }
    form = MetricForm(tender=tender, **typed(request, initial))
    if form.is_valid() and form.carries_out(
        actions.add_metric, tender=tender, metric=metric, by=request.user, at=now
    ):
        messages.success(request, f"“{metric.short_title}” is added.")
        return redirect("tenders:metrics", pk)
    return render(
        request, "tenders/edit_metric.html", {**frame(tender, now), "form": form, **beside}
    )


def own_target(request, pk, criterion):
    """Set a target for this contract alone, beside the charter's own."""
    tender, now = draft_under(request, pk)
    scored = tender.criteria.filter(metric__isnull=False).select_related("metric")
    criterion = get_object_or_404(scored, pk=criterion)
    metric = criterion.metric
    beside = metric_beside(tender, metric, criterion)
    apart = take_apart(criterion.measure_asked, [], metric.quantities)
    context = {**frame(tender, now), **beside, "criterion": criterion, "apart": apart}
    if apart is None or not beside["is_set"]:
        return render(request, "tenders/own_target.html", context)
    form = OwnTargetForm(
        entered(request),
        metric=metric,
        apart=worked_out_otherwise(apart, request.GET.get("kind", "")),
        known=[*[one for one in metric.bases if one["stated_by"] == "bidder"], *FIXED],
        initial={"seen": tender.edits, "reason": criterion.own_measure_reason},
    )
    if form.is_valid() and form.carries_out(
        actions.set_own_target, criterion=criterion, by=request.user, at=now
    ):
        messages.success(request, f"The target of “{criterion.title}” is set for this contract.")
        return redirect("tenders:metrics", pk)
    return render(request, "tenders/own_target.html", {**context, "form": form})


@require_POST
def drop_own_target(request, pk, criterion):
    """Go back to the charter's target."""
    tender, now = draft_under(request, pk)
    criterion = get_object_or_404(tender.criteria.filter(metric__isnull=False), pk=criterion)
    try:
        actions.drop_own_target(criterion=criterion, by=request.user, at=now)
    except Unfit as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{criterion.title}” has the charter’s target again.")
    return redirect("tenders:metrics", pk)
