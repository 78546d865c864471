"""An officer proposes a later deadline; who decides on it finds the page in `bids`."""

from django.contrib import messages
from django.shortcuts import redirect, render

from design.entered import entered
from tenders import actions
from tenders.forms.extensions import ExtensionForm
from tenders.lots import closing_with
from tenders.models import Extension
from tenders.permissions_while_out import check_can_propose_extension
from tenders.presenters.frame import frame
from tenders.views.common import tender_under


def propose(request, pk):
    """Propose a later deadline, with a reason."""
    tender, now = tender_under(check_can_propose_extension, request, pk)
    form = ExtensionForm(entered(request))
    about = {"tender": tender, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.propose_extension, **about):
        messages.success(
            request,
            "Proposed. The deadline stands as it is until the approver has approved the new one.",
        )
        return redirect("tenders:internal", pk)
    beside = closing_with(tender)
    proposed = Extension.objects.visible_to(request.user).filter(tender__in=[tender, *beside])
    waiting = proposed.undecided().select_related("proposed_by").first()
    about = {"form": form, "waiting": waiting, "beside": beside}
    context = {**frame(tender, now), **about}
    return render(request, "tenders/extensions/propose.html", context)
