"""Pages of contracts: from the approval of an award to the checking of returns."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import Conflict, allows
from delivery import actions
from delivery.forms import DecisionForm, ReturnForm
from delivery.models import Contract
from delivery.permissions import (
    CHECK_RETURN,
    DOWNLOAD_EVIDENCE,
    SEND_RETURN,
    START,
    VIEW,
    VIEW_EVIDENCE_RECORD,
    also_allowed,
    check_can_check,
    check_contract,
    contract_for,
    line_for,
    tender_noticed,
)
from delivery.presenters import awarded, contract_page, counted, desk_of
from evaluations.actions import Refusal as AwardRefusal
from evaluations.permissions import APPROVE, check_is_a_programme, check_is_one_award
from records.clock import database_time
from records.files import as_download
from tenders.models import Tender
from tenders.permissions import check


def desk(request):
    """The contracts of one's authorities, those with something to do first."""
    contracts = Contract.objects.visible_to(request.user).followed_by(request.user)
    rows = desk_of(contracts, database_time())
    return render(request, "delivery/desk.html", {"rows": rows})


def supplier_desk(request):
    """The contracts of one's companies, with the returns that are due."""
    contracts = Contract.objects.visible_to(request.user).held_by(request.user)
    rows = desk_of(contracts, database_time())
    return render(request, "delivery/supplier_desk.html", {"rows": rows})


@require_POST
def approve_award(request, tender):
    """Approve the recommendation that was read; the contract is made at once."""
    tender = get_object_or_404(Tender.objects.visible_to(request.user), pk=tender)
    now = database_time()
    check(APPROVE, request.user, tender, now)
    check_is_one_award(tender)
    award = tender.awards.live().first()
    if award is None or request.POST.get("award", str(award.pk)) != str(award.pk):
        raise Conflict("This is not the recommendation that waits. Read the current one first.")
    try:
        contract = actions.approve_award(award=award, by=request.user, at=now)
    except AwardRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluations:award", pk=tender.pk)
    messages.success(request, f"Awarded. {contract.supplier}'s commitments are now its promises.")
    return redirect("delivery:contract", contract.pk)


@require_POST
def approve_programme(request, tender):
    """Approve what was recommended to be funded; its contracts are made at once."""
    tender = get_object_or_404(Tender.objects.visible_to(request.user), pk=tender)
    now = database_time()
    check(APPROVE, request.user, tender, now)
    check_is_a_programme(tender)
    programme = tender.programmes.live().first()
    if programme is None or request.POST.get("programme") != str(programme.pk):
        raise Conflict("This is not the recommendation that waits. Read the current one first.")
    contracts = actions.approve_programme(programme=programme, by=request.user, at=now)
    messages.success(request, f"Approved. {counted(len(contracts))} funded.")
    return redirect("evaluations:programme", pk=tender.pk)


@login_not_required
def notice(request, tender):
    """The public notice of an award; there is none before, nor of a cancelled tender."""
    tender = tender_noticed(tender)
    return render(request, "delivery/notice.html", {"tender": tender, "awarded": awarded(tender)})


def contract(request, pk):
    """Promises against time, the returns, and what is to be done next."""
    now = database_time()
    contract, standing = contract_for(VIEW, request.user, pk, now)
    may = {
        name: also_allowed(rule, standing, contract, now)
        for name, rule in (
            ("can_start", START),
            ("can_send", SEND_RETURN),
            ("can_check", CHECK_RETURN),
            ("can_open_records", VIEW_EVIDENCE_RECORD),
        )
    }
    return render(request, "delivery/contract.html", contract_page(contract, now) | may)


@require_POST
def start(request, pk):
    """The contract begins."""
    now = database_time()
    contract, _ = contract_for(START, request.user, pk, now)
    actions.start_contract(contract=contract, by=request.user, at=now)
    messages.success(request, "The contract has started. The supplier can send returns.")
    return redirect("delivery:contract", pk)


def send_return(request, pk):
    """Report what was delivered in a period."""
    now = database_time()
    contract, _ = contract_for(SEND_RETURN, request.user, pk, now)
    form = ReturnForm(request.POST or None, request.FILES or None, contract=contract)
    if form.is_valid():
        try:
            actions.send_return(
                contract=contract, by=request.user, at=now, **form.period, lines=form.lines
            )
        except actions.Refusal as refusal:
            form.refuse(str(refusal), refusal.field, refusal.promise)
        else:
            messages.success(request, "Return sent. The contract manager will check each line.")
            return redirect("delivery:contract", pk)
    return render(request, "delivery/send_return.html", {"contract": contract, "form": form})


def return_line(request, pk):
    """The record of one piece of evidence: what, how much, who checked it and when."""
    now = database_time()
    line = line_for(VIEW_EVIDENCE_RECORD, request.user, pk, now)
    contract = line.part_of.contract
    context = {
        "line": line,
        "contract": contract,
        "can_check": allows(check_can_check, request.user, line, now),
        "can_download": allows(check_contract, DOWNLOAD_EVIDENCE, request.user, contract, now),
        "can_send": allows(check_contract, SEND_RETURN, request.user, contract, now),
    }
    return render(request, "delivery/return_line.html", context)


def check_line(request, pk):
    """Accept or query one line of a return."""
    now = database_time()
    line = line_for(CHECK_RETURN, request.user, pk, now)
    check_can_check(request.user, line, now)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        who = {"line": line, "by": request.user, "at": now}
        if form.is_accepted:
            actions.accept_line(**who)
            messages.success(request, "Accepted. It counts as delivered.")
        else:
            actions.query_line(**who, reason=form.cleaned_data["reason"])
            messages.success(request, "Queried. The supplier has been told why.")
        return redirect("delivery:contract", line.part_of.contract_id)
    context = {"line": line, "contract": line.part_of.contract, "form": form, "can_download": True}
    return render(request, "delivery/check_line.html", context)


def evidence(request, pk):
    """The file of evidence itself."""
    line = line_for(DOWNLOAD_EVIDENCE, request.user, pk, database_time())
    if line.evidence is None:
        raise Http404
    return as_download(line.evidence)
