"""What a policy asks of any contract, for everyone to try."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from charter.forms.asks import ContractForm
from charter.models import Charter
from charter.presenters.asks import Policy, answer_to, bands_of, contradictions_of
from design.london import LONDON
from records.clock import database_time


@login_not_required
@require_safe
def asks(request, pk):
    """The table by value, and the answer for the contract that is asked about."""
    charters = Charter.objects.visible_to(request.user).select_related("authority")
    charter = get_object_or_404(charters, pk=pk)
    today = database_time().astimezone(LONDON).date()
    form = ContractForm.asked_in(request.GET, today=today)
    contract, policy = form.contract(), Policy.of(charter)
    known = {"months": contract.months, "kind": contract.kind} if contract else {}
    context = {
        "charter": charter,
        "authority_name": charter.authority.name,
        "form": form,
        "answer": answer_to(policy, contract) if contract else None,
        "bands": bands_of(policy, on=contract.on if contract else today, **known),
        "contradictions": contradictions_of(policy),
    }
    return render(request, "charter/asks/asks.html", context)
