"""Declaring interests, and the register of what was declared."""

from django.contrib import messages
from django.shortcuts import redirect, render

from evaluations import actions
from evaluations.forms.judging import DeclarationForm
from evaluations.permissions import REGISTER, check_can_declare
from evaluations.presenters.frame import frame_of
from evaluations.presenters.marking import register_of
from evaluations.views.common import attempt, tender_and_time, tender_under


def declare(request, pk):
    """Say whether one has an interest; with one, all access ends here."""
    tender, now = tender_and_time(request, pk)
    check_can_declare(request.user, tender, now)
    form = DeclarationForm(request.POST or None)
    if form.is_valid():
        done, _ = attempt(
            form,
            lambda: actions.declare(
                tender=tender,
                has_interest=form.has_interest,
                statement=form.cleaned_data["statement"],
                by=request.user,
                at=now,
            ),
        )
        if done:
            messages.success(request, _thanks(tender, form.has_interest))
            return redirect("evaluations:desk")
    earlier = tender.declarations.filter(person=request.user)
    context = frame_of(request.user, tender, now) | {"form": form, "earlier": earlier}
    return render(request, "evaluations/declare.html", context)


def _thanks(tender, has_interest):
    if has_interest:
        return (
            f"Thank you. You take no further part in “{tender}”. What you declared is on the "
            "register."
        )
    return f"Thank you. You have declared no interest in “{tender}”."


def register(request, pk):
    """Everybody on the team, with what they declared."""
    tender, now = tender_under(REGISTER, request, pk)
    context = frame_of(request.user, tender, now, "register")
    return render(request, "evaluations/register.html", context | {"entries": register_of(tender)})
