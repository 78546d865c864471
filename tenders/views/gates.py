"""The least a bid must reach, question by question."""

from django.contrib import messages
from django.shortcuts import redirect, render

from design.entered import entered
from tenders.actions.gates import set_gates
from tenders.forms.gates import GatesForm
from tenders.presenters.frame import frame
from tenders.presenters.gates import consequence_words
from tenders.views.common import draft_under


def edit_gates(request, pk):
    """Whether a question is weighted only, or has a minimum to pass as well."""
    tender, now = draft_under(request, pk)
    form = GatesForm(entered(request), initial=GatesForm.of(tender, tender), tender=tender)
    if form.is_valid() and form.carries_out(set_gates, tender=tender, by=request.user, at=now):
        messages.success(request, "The minimums are saved.")
        return redirect("tenders:internal", pk)
    consequence = consequence_words(tender, "a minimum")
    context = {**frame(tender, now), "form": form, "consequence": consequence}
    return render(request, "tenders/edit_gates.html", context)
