"""The answer to one question: what is committed, how it will be done, evidence."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bids import actions
from bids.drafts import (
    bases_asked,
    bases_known,
    criteria_of,
    quantities_asked,
    questions_in,
    reach_of,
    track_record_asked,
)
from bids.forms import AnswerForm
from bids.guidance import circumstances_of, hints_on, said, worked_out
from bids.permissions import EDIT
from bids.refusals import AnswerChanged
from bids.unsealing import draft_of
from bids.views.pages import SAVED_THE_REST, of_the_bidder, page, say_what_to_check
from design.entered import entered
from design.london import LONDON
from metrics.grammar import read_number
from metrics.units import with_unit
from tenders.presenters.why import answer_rules

CHANGED_ELSEWHERE = (
    "Not saved: a colleague changed this answer, or you did in another tab. What was saved there "
    "is shown below, and what you entered is still here. Only Save replaces theirs with yours."
)


@of_the_bidder(EDIT)
def answer(request, bid, now, criterion):
    """One question, on a page of its own."""
    return _answer(request, bid, now, criterion)


@require_POST
@of_the_bidder(EDIT)
def attach(request, bid, now, criterion):
    """Upload evidence from the page of an answer; what else stands there is saved with it."""
    return _answer(request, bid, now, criterion, needs_file=True)


@require_POST
@of_the_bidder(EDIT)
def autosave(request, bid, now, criterion):
    """Keep what is typed while it is typed, for the script on the page; files wait."""
    criterion, form, draft = _form(request, bid, criterion, takes_files=False)
    form.is_valid()
    seen = draft.answer_to(criterion).edits
    # A copy sent again because nothing was heard of the first changes nothing.
    if form.has_news:
        try:
            saved = actions.save_answer(
                bid=bid, criterion=criterion, by=request.user, at=now, **form.kept
            )
        except AnswerChanged:
            return _changed_elsewhere(criterion, draft_of(bid, by=request.user))
        seen = saved.edits
    not_saved = [words for errors in form.errors.values() for words in errors]
    saved_at = f"{now.astimezone(LONDON):%H:%M}"
    return JsonResponse({"seen": seen, "saved_at": saved_at, "not_saved": not_saved})


@require_POST
@of_the_bidder(EDIT)
def reach(request, bid, now, criterion):
    """How far the numbers typed would reach, drawn for the page's script; nothing is saved."""
    criterion, form, draft = _form(request, bid, criterion)
    form.is_valid()
    if criterion.metric is None:
        raise Http404
    return render(request, "bids/_reached.html", _beside(bid, draft, criterion, form))


def _answer(request, bid, now, criterion, *, needs_file=False):
    criterion, form, draft = _form(request, bid, criterion)
    if form.is_bound:
        is_whole = form.is_valid()
        try:
            actions.save_answer(bid=bid, criterion=criterion, by=request.user, at=now, **form.kept)
        except AnswerChanged as refusal:
            form.add_error(None, str(refusal))
        else:
            if needs_file and "evidence" not in form.fields:
                form.add_error(None, "Your own statement is asked for here, and no files.")
            elif needs_file and not request.FILES:
                form.add_error("evidence", "Choose a file to upload")
            elif is_whole:
                _say_saved(request, bid, criterion, form)
                return _onward(request, bid, criterion, stay=needs_file)
            messages.info(request, SAVED_THE_REST)
        draft = draft_of(bid, by=request.user)
    return page(request, bid, now, "answer", **_answer_context(bid, draft, criterion, form, now))


def _say_saved(request, bid, criterion, form):
    """That it was saved, and what in it is worth checking all the same."""
    messages.success(request, f"Your answer to “{criterion}” was saved.")
    found = _beside(bid, draft_of(bid, by=request.user), criterion, form)
    say_what_to_check(request, criterion, found and found["hints"]["lines"])


def _form(request, bid, criterion, *, takes_files=True):
    """The question asked for, its form as sent or as kept, and the whole draft."""
    criterion = get_object_or_404(questions_in(bid.tender), pk=criterion)
    draft = draft_of(bid, by=request.user)
    form = AnswerForm(
        entered(request),
        (request.FILES or None) if takes_files else None,
        criterion=criterion,
        answer=draft.answer_to(criterion),
    )
    return criterion, form, draft


def _numbers(form, criterion):
    """The numbers that are committed on the form, as text: as typed, or as kept."""
    if form.is_bound:
        return {name: f"{n:f}" for name, n in form.promised.items() if n is not None}
    stated = {one.id: form[form.number_fields[one.id]].value() for one in form.asked}
    known = {one.id for one in quantities_asked(criterion)}
    return {name: n for name, n in stated.items() if name in known and n is not None}


def _beside(bid, draft, criterion, form):
    """What stands beside a metric's numbers: how far they reach, and what looks odd in them."""
    if criterion.metric is None:
        return {}
    numbers = _numbers(form, criterion)
    around = circumstances_of(bid.tender, criteria_of(bid.tender), draft.bases, draft.price)
    return {
        "reach": reach_of(criterion, numbers, bases_known(bid.tender, draft)),
        "hints": said(hints_on(criterion, numbers, around)),
        "worked": worked_out(criterion),
    }


def _answer_context(bid, draft, criterion, form, now):
    kept = draft.answer_to(criterion)
    return {
        **_beside(bid, draft, criterion, form),
        "criterion": criterion,
        "form": form,
        "kept": kept,
        "theirs": _what_it_says(criterion, kept) if form.non_field_errors() else [],
        "asks_for_bases": bool(bases_asked([criterion])),
        "rules": answer_rules(bid.tender, now),
    }


def _changed_elsewhere(criterion, draft):
    """What was saved meanwhile, for its reader to choose: nothing is saved over it unasked."""
    theirs = draft.answer_to(criterion)
    told = {
        "reason": CHANGED_ELSEWHERE,
        "seen": theirs.edits,
        "theirs": _what_it_says(criterion, theirs),
    }
    return JsonResponse(told, status=409)


def _what_it_says(criterion, kept):
    """An answer in lines, for whoever wrote another: its numbers, then its text."""
    numbers = {**kept.quantities, **kept.track_record}
    asked = [*quantities_asked(criterion), *track_record_asked(criterion)]
    stated = [(one, read_number(numbers[one.id])) for one in asked if one.id in numbers]
    lines = [f"{one.label}: {with_unit(n, one.unit)}" for one, n in stated]
    return [*lines, kept.text] if kept.text else lines


def _onward(request, bid, criterion, *, stay):
    """Where the button pressed leads, once everything is saved."""
    then = request.POST.get("then", "")
    if then.startswith("remove-"):
        try:
            return redirect("bids:remove_attachment", UUID(then.removeprefix("remove-")))
        except ValueError:
            stay = True
    if stay or then == "stay":
        return redirect("bids:answer", bid.pk, criterion.pk)
    return redirect("bids:bid", bid.pk)
