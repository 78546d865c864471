"""Pages on which a tender changes while it is out, and all its bidders are told."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import Conflict
from bids import actions
from design.entered import entered
from tenders.forms.conversations import AnswerForm, FurtherAnswerForm
from tenders.forms.extensions import DecideExtensionForm
from tenders.forms.life import CancelForm
from tenders.lots import closing_with
from tenders.models import Extension, Question
from tenders.permissions import check_can_cancel
from tenders.permissions_while_out import (
    check_can_answer,
    check_can_approve_extension,
    check_can_decide_extension,
)
from tenders.presenters.frame import frame
from tenders.views.common import tender_under


def answer_question(request, pk, question):
    """Answer a question for everybody to read."""
    tender, now = tender_under(check_can_answer, request, pk)
    found = _question(request, tender, question)
    if request.method != "POST" and found.answered_at:
        return redirect("bids:add_to_answer", pk, question)
    form = AnswerForm(entered(request), initial={"public_text": found.text})
    about = {"question": found, "by": request.user}
    if form.is_valid() and form.carries_out(actions.answer_question, **about):
        messages.success(request, "Answered. All who take part or follow are e-mailed.")
        return redirect("tenders:conversation", pk)
    context = {**frame(tender, now), "form": form, "question": found}
    return render(request, "tenders/conversations/answer.html", context)


def add_to_answer(request, pk, question):
    """Add to a published answer, which itself stays as it was."""
    tender, now = tender_under(check_can_answer, request, pk)
    found = _question(request, tender, question)
    if request.method != "POST" and not found.answered_at:
        return redirect("bids:answer_question", pk, question)
    form = FurtherAnswerForm(entered(request))
    about = {"question": found, "by": request.user}
    if form.is_valid() and form.carries_out(actions.add_to_answer, **about):
        messages.success(request, "Added. All who take part or follow are e-mailed.")
        return redirect("tenders:conversation", pk)
    context = {**frame(tender, now), "form": form, "question": found}
    return render(request, "tenders/conversations/add.html", context)


def decide_extension(request, pk, extension):
    """Read why bidders need longer, and move the deadline or return the proposal."""
    tender, now = tender_under(check_can_approve_extension, request, pk)
    shown = Extension.objects.visible_to(request.user).select_related("proposed_by")
    found = get_object_or_404(shown, pk=extension, tender=tender)
    found.tender = tender
    _refuse_if_decided(request, found, now)
    form = DecideExtensionForm(entered(request))
    about = {"extension": found, "by": request.user}
    if form.is_valid() and form.carries_out(actions.decide_extension, **about):
        messages.success(request, _said(form.result))
        return redirect("tenders:internal", pk)
    about = {"form": form, "extension": found, "beside": closing_with(tender)}
    context = {**frame(tender, now), **about}
    return render(request, "tenders/extensions/decide.html", context)


def cancel(request, pk):
    """Ask why, then end the tender without a contract."""
    tender, now = tender_under(check_can_cancel, request, pk)
    form = CancelForm(entered(request))
    about = {"tender": tender, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.cancel_tender, **about):
        messages.success(request, f"The {tender.words.noun} is cancelled.")
        return redirect("tenders:internal", pk)
    return render(request, "tenders/cancel.html", {**frame(tender, now), "form": form})


def _question(request, tender, pk):
    found = get_object_or_404(Question.objects.visible_to(request.user), pk=pk, tender=tender)
    found.tender = tender
    return found


def _refuse_if_decided(request, extension, now):
    """Who only looks is refused, not in conflict."""
    try:
        check_can_decide_extension(request.user, extension, now)
    except Conflict as conflict:
        if request.method == "POST":
            raise
        raise PermissionDenied(str(conflict)) from None


def _said(extension):
    if extension.is_approved:
        return "The deadline is moved. All who take part or follow are e-mailed."
    return "Returned. The tender's officers are told why, and the deadline stands."
