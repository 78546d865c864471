"""What the policy asks of one tender, and which of two contradicting rules it follows."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import allows
from design.entered import entered
from tenders.actions.departures import choose_rule as action
from tenders.forms.policy import RuleForm
from tenders.permissions import (
    APPROVE_OPT_OUT,
    EDIT,
    REQUEST_OPT_OUT,
    check_can_view_internal,
    check_standing,
    standing_on,
)
from tenders.policy import policy_day, whole_policy
from tenders.presenters.frame import frame
from tenders.presenters.policy import disputes_of, policy_page
from tenders.views.common import draft_under, tender_under

MAY = {"can_edit": EDIT, "can_request": REQUEST_OPT_OUT, "can_decide": APPROVE_OPT_OUT}


@require_safe
def policy(request, pk):
    """Every duty with its clause and the reason why it reaches this tender."""
    tender, now = tender_under(check_can_view_internal, request, pk)
    standing, state = standing_on(request.user, tender), tender.state(now)
    context = {
        **frame(tender, now),
        **policy_page(tender, now),
        **{name: allows(check_standing, rule, standing, state) for name, rule in MAY.items()},
    }
    return render(request, "tenders/policy/policy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_rule(request, pk, one, other):
    """Both rules side by side; choose which one this tender follows, and say why."""
    tender, now = draft_under(request, pk)
    disputes = disputes_of(tender, whole_policy(tender, policy_day(tender, now)))
    dispute = next((it for it in disputes if it.keys == (one, other)), None)
    if dispute is None:
        raise Http404
    pair = tuple(side.duty for side in dispute.sides)
    words = {side.duty.key: side.words for side in dispute.sides}
    initial = RuleForm.of(dispute.choice, tender)
    form = RuleForm(entered(request), initial=initial, pair=pair, words=words)
    if form.is_valid() and form.carries_out(action, tender=tender, by=request.user, at=now):
        messages.success(request, "Saved: which rule this tender follows.")
        return redirect("tenders:policy", pk)
    context = {**frame(tender, now), "form": form, "dispute": dispute}
    return render(request, "tenders/policy/choose_rule.html", context)
