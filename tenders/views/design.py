"""Designing a draft: what is bought, when, the weights and the scale."""

from django.contrib import messages
from django.shortcuts import redirect, render

from design.entered import entered
from design.london import LONDON
from tenders import actions
from tenders.forms.design import (
    ScaleForm,
    TimetableForm,
    WeightingsForm,
    WeightsForm,
)
from tenders.presenters.effect import UNREAD, effect_of
from tenders.presenters.frame import frame
from tenders.presenters.timetable import timetable_of
from tenders.views.common import draft_under

HIGHEST = 20


def _edit(request, pk, kind, action, template, said):
    """One page of the draft: show it, or save it and go back to the tender."""
    tender, now = draft_under(request, pk)
    form = kind(entered(request), initial=kind.of(tender, tender))
    if form.is_valid() and form.carries_out(action, tender=tender, by=request.user, at=now):
        messages.success(request, said)
        return redirect("tenders:internal", pk)
    return render(request, template, {**frame(tender, now), "form": form})


def edit_timetable(request, pk):
    """When bids may be sent and questions asked, and what the dates come to."""
    tender, now = draft_under(request, pk)
    typed = entered(request)
    form = TimetableForm(typed, initial=TimetableForm.of(tender, tender), tender=tender)
    is_kept = form.is_valid() and "show" not in typed
    if is_kept and form.carries_out(actions.set_timetable, tender=tender, by=request.user, at=now):
        messages.success(request, "The timetable is saved.")
        for words in timetable_of(form.result).warnings:
            messages.warning(request, words)
        return redirect("tenders:internal", pk)
    context = {**frame(tender, now), "form": form, "timetable": _timetable(tender, typed)}
    return render(request, "tenders/edit_timetable.html", context)


def timetable_effect(request, pk):
    """What dates being typed come to: a part of the page, for its script."""
    tender, _ = draft_under(request, pk)
    context = {"timetable": _timetable(tender, request.GET)}
    return render(request, "tenders/_timetable.html", context)


def _timetable(tender, typed):
    """What the dates typed come to, each one that can be read in place of the one saved."""
    if typed is not None:
        form = TimetableForm(typed, tender=tender)
        form.is_valid()
        for name in ("opens_at", "questions_until", "closes_at", "award_on"):
            setattr(tender, name, form.cleaned_data.get(name))
    return timetable_of(tender)


def edit_weights(request, pk):
    """What price, quality and social value count for, beside what policy asks."""
    tender, now = draft_under(request, pk)
    typed, saved = entered(request), WeightsForm.of(tender, tender)
    if typed and "show" in typed:
        form = WeightsForm(initial={**saved, **typed.dict()}, tender=tender)
    else:
        form = WeightsForm(typed, initial=saved, tender=tender)
    if form.is_valid() and form.carries_out(
        actions.set_weights, tender=tender, by=request.user, at=now
    ):
        messages.success(request, "The weightings are saved.")
        return redirect("tenders:internal", pk)
    context = {
        **frame(tender, now),
        "form": form,
        "effect": _effect(tender, typed, now),
    }
    return render(request, "tenders/edit_weights.html", context)


def weights_effect(request, pk):
    """What weightings being typed come to: a part of the page, for its script."""
    tender, now = draft_under(request, pk)
    return render(request, "tenders/_effect.html", {"effect": _effect(tender, request.GET, now)})


def _effect(tender, typed, now):
    """What is typed comes to, or what is saved where nothing is typed yet."""
    if typed is not None:
        form = WeightingsForm(typed, tender=tender)
        if not form.is_valid():
            return UNREAD
        for name, value in form.cleaned_data.items():
            setattr(tender, name, value)
    return effect_of(tender, now.astimezone(LONDON).date())


def edit_scale(request, pk):
    """The marks evaluators may give, and what each means."""
    tender, now = draft_under(request, pk)
    typed = entered(request)
    highest = _highest(typed, tender)
    if typed and "show" in typed:
        form = ScaleForm(initial={**ScaleForm.of(tender, tender), **typed.dict()}, highest=highest)
        return render(request, "tenders/edit_scale.html", {**frame(tender, now), "form": form})
    form = ScaleForm(typed, initial=ScaleForm.of(tender, tender), highest=highest)
    if form.is_valid() and form.carries_out(
        actions.set_scale, tender=tender, by=request.user, at=now
    ):
        messages.success(request, "The marking scale is saved.")
        return redirect("tenders:internal", pk)
    return render(request, "tenders/edit_scale.html", {**frame(tender, now), "form": form})


def _highest(typed, tender) -> int:
    """How many marks the page describes: as typed if that is possible, else as saved."""
    wanted = (typed or {}).get("max_mark", "")
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:4]) <= HIGHEST:
        return int(wanted[:4])
    return int(tender.max_mark)
