"""What the check of a tender's wording finds, and the reasons given for its warnings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import allows
from design.entered import entered
from metrics.presenters.reasons import next_place
from metrics.views.answers import Answers
from tenders import actions
from tenders.permissions import check_can_edit, check_can_view_internal
from tenders.policy import policy_day, policy_of
from tenders.presenters.checks import wording_of
from tenders.presenters.frame import frame
from tenders.views.common import tender_under


@require_http_methods(["GET", "HEAD", "POST"])
def faults(request, pk):
    """What is found, errors first; an officer gives reasons for going on with the rest."""
    is_sent = request.method == "POST"
    tender, now = tender_under(check_can_edit if is_sent else check_can_view_internal, request, pk)
    wording = _wording(tender, now)
    answers = Answers(wording.groups, wording.reliance, entered(request))
    form = answers.sent
    who = {"by": request.user, "at": now}
    if form and form.is_valid() and form.carries_out(actions.give_reasons, tender=tender, **who):
        messages.success(request, "The reason is recorded.")
        left = next_place(_wording(*tender_under(check_can_edit, request, pk)).groups)
        return redirect(reverse("tenders:faults", args=[pk]) + left)
    context = {
        **frame(tender, now),
        "wording": wording,
        "answers": answers,
        "may_answer": allows(check_can_edit, request.user, tender, now),
        "form": form,
    }
    return render(request, "tenders/checks/faults.html", context)


def _wording(tender, now):
    return wording_of(tender, policy_of(tender, policy_day(tender, now)))
