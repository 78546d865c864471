"""A bidder asks; the team reads what was asked, without who."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import Conflict, allows
from design.entered import entered
from records.clock import database_time
from tenders import actions
from tenders.forms.conversations import AskForm
from tenders.models import Question
from tenders.permissions_while_out import (
    check_can_answer,
    check_can_read_asked,
    tender_to_ask_about,
)
from tenders.presenters.conversations import answered_of, asked_until
from tenders.presenters.frame import frame
from tenders.views.common import tender_under


def ask(request, pk):
    """Ask the authority something, in private."""
    now = database_time()
    try:
        tender, company = tender_to_ask_about(request.user, pk, now)
    except Conflict as conflict:
        if request.method == "POST":
            raise
        raise PermissionDenied(str(conflict)) from None
    form = AskForm(entered(request))
    about = {"tender": tender, "company": company, "by": request.user, "at": now}
    if form.is_valid() and form.carries_out(actions.ask_question, **about):
        messages.success(
            request,
            "Your question was sent. You will be e-mailed when it is answered, as everybody who "
            f"follows this {tender.words.noun} is.",
        )
        return redirect(reverse("tenders:public", args=[pk]) + "#questions-and-answers")
    context = {**frame(tender, now), "form": form, "asked_until": asked_until(tender)}
    return render(request, "tenders/conversations/ask.html", context)


def conversation(request, pk):
    """What bidders have asked: what waits for an answer, and what everybody reads."""
    tender, now = tender_under(check_can_read_asked, request, pk)
    asked = Question.objects.visible_to(request.user).filter(tender=tender)
    context = {
        **frame(tender, now),
        "waiting": asked.waiting(),
        "answered": answered_of(tender),
        "asked_until": asked_until(tender),
        "can_answer": allows(check_can_answer, request.user, tender, now),
    }
    return render(request, "tenders/conversations/conversation.html", context)
