"""What the policy asks of one tender, and where the tender departs from it."""

from django.shortcuts import render

from tenders.permissions import check_can_view_internal
from tenders.policy import policy_day, policy_of
from tenders.presenters.frame import frame
from tenders.views.common import tender_under


def policy(request, pk):
    """Every duty with its clause and the reason why it reaches this tender."""
    tender, now = tender_under(check_can_view_internal, request, pk)
    context = {**frame(tender, now), "asked": policy_of(tender, policy_day(tender, now))}
    return render(request, "tenders/policy/policy.html", context)
