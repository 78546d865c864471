"""What the projects of a funding round must cover together."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from design.entered import entered
from tenders.actions.coverage import set_coverage
from tenders.coverage import HOW_IT_IS_USED
from tenders.forms.coverage import CoverageForm
from tenders.models import Opportunity
from tenders.presenters.frame import frame
from tenders.views.common import draft_under


def edit_coverage(request, pk):
    """How many funded projects must serve each field of action."""
    tender, now = draft_under(request, pk)
    if tender.opportunity != Opportunity.FUNDING_ROUND:
        raise Http404
    form = CoverageForm(
        entered(request),
        quadrants=list(tender.charter.quadrants.all()),
        initial=CoverageForm.of(tender, tender),
    )
    if form.is_valid() and form.carries_out(set_coverage, tender=tender, by=request.user, at=now):
        messages.success(request, "What the round must cover is saved.")
        return redirect("tenders:internal", pk)
    context = {**frame(tender, now), "form": form, "how": HOW_IT_IS_USED}
    return render(request, "tenders/coverage.html", context)
