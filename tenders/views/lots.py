"""The lots of a procurement: seeing them together, adding one, limiting what one supplier wins."""

from django.contrib import messages
from django.shortcuts import redirect, render

from design.entered import entered
from tenders import actions
from tenders.forms.lots import LimitForm, LotForm
from tenders.presenters.frame import frame
from tenders.presenters.lots import lots_beside
from tenders.views.common import draft_under


def lots(request, pk):
    """All lots with their values and states, and how many one supplier may win."""
    tender, now = draft_under(request, pk)
    form = LimitForm(entered(request), initial=LimitForm.of(tender.lot_group, tender))
    if form.is_valid() and form.carries_out(
        actions.limit_lots, tender=tender, by=request.user, at=now
    ):
        messages.success(request, "Saved how many lots one supplier may win.")
        return redirect("tenders:lots", pk)
    context = {**frame(tender, now), "form": form, "lots": lots_beside(tender, now)}
    return render(request, "tenders/lots/lots.html", context)


def add_lot(request, pk):
    """Add a lot that begins as a copy of this draft."""
    tender, now = draft_under(request, pk)
    form = LotForm(entered(request), initial={"seen": tender.edits})
    if form.is_valid() and form.carries_out(
        actions.add_lot, tender=tender, by=request.user, at=now
    ):
        messages.success(request, "The lot is added, as a copy of this one. Change what differs.")
        return redirect("tenders:lots", pk)
    return render(request, "tenders/lots/add.html", {**frame(tender, now), "form": form})
