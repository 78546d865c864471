"""Writing a bid: numbers, answers with evidence, price."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from bids import actions
from bids.drafts import bases_asked, bases_known, criteria_of, quantities_asked, reach_of
from bids.forms import AnswerForm, BasesForm, PriceForm
from bids.permissions import EDIT, attachment_for
from bids.refusals import AnswerChanged
from bids.unsealing import draft_of, facts_of
from bids.views.pages import of_the_bidder, page
from records.clock import database_time
from tenders.presenters.why import answer_rules

SAVED_THE_REST = "Everything else you entered was saved."


@of_the_bidder(EDIT)
def bases(request, bid, now):
    """The numbers targets depend on, asked once."""
    form = BasesForm(
        request.POST if request.method == "POST" else None,
        asked=bases_asked(criteria_of(bid.tender)),
        numbers=draft_of(bid, by=request.user).bases,
    )
    if form.is_bound:
        is_valid = form.is_valid()
        bid = actions.set_bases(bid=bid, bases=form.numbers, by=request.user, at=now)
        if is_valid:
            messages.success(request, "Your numbers were saved.")
            return redirect("bids:bid", bid.pk)
        messages.info(request, SAVED_THE_REST)
    return page(request, bid, now, "bases", form=form)


@of_the_bidder(EDIT)
def price(request, bid, now):
    """The price, on a page of its own."""
    kept = draft_of(bid, by=request.user).price
    form = PriceForm(
        request.POST if request.method == "POST" else None, tender=bid.tender, kept=kept
    )
    if form.is_bound and form.is_valid():
        amount = form.cleaned_data["amount"]
        actions.set_price(bid=bid, amount=amount, by=request.user, at=now)
        messages.success(request, f"{bid.tender.words.your_price} was saved.")
        return redirect("bids:bid", bid.pk)
    return page(request, bid, now, "price", form=form)


@of_the_bidder(EDIT)
def answer(request, bid, now, criterion):
    """One question: what is committed, how it will be done, evidence."""
    return _answer(request, bid, now, criterion)


@require_POST
@of_the_bidder(EDIT)
def attach(request, bid, now, criterion):
    """Upload evidence from the page of an answer; what else stands there is saved with it."""
    return _answer(request, bid, now, criterion, needs_file=True)


@require_POST
@of_the_bidder(EDIT)
def reach(request, bid, now, criterion):
    """How far the numbers typed would reach, for the script on the page; nothing is saved."""
    criterion, form, draft = _form(request, bid, criterion)
    form.is_valid()
    found = _reach(bid, draft, criterion, form)
    if found is None:
        raise Http404
    return JsonResponse({"sentences": found.sentences, "summary": found.summary})


def remove_attachment(request, pk):
    """Take a file out of the draft, once asked whether that is meant."""
    now = database_time()
    attachment = attachment_for(EDIT, request.user, pk, now)
    bid = attachment.answer.bid
    if request.method == "POST":
        actions.remove_attachment(attachment=attachment, by=request.user, at=now)
        messages.success(request, "The file was removed.")
        return redirect("bids:answer", bid.pk, attachment.answer.criterion_id)
    file = facts_of(attachment, by=request.user)
    return page(request, bid, now, "remove_attachment", attachment=attachment, file=file)


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
                messages.success(request, f"Your answer to “{criterion}” was saved.")
                return _onward(request, bid, criterion, stay=needs_file)
            messages.info(request, SAVED_THE_REST)
        draft = draft_of(bid, by=request.user)
    return page(request, bid, now, "answer", **_answer_context(bid, draft, criterion, form, now))


def _form(request, bid, criterion):
    """The question asked for, its form as sent or as kept, and the whole draft."""
    questions = bid.tender.criteria.select_related("metric__principle", "tender")
    criterion = get_object_or_404(questions, pk=criterion)
    draft = draft_of(bid, by=request.user)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        criterion=criterion,
        answer=draft.answer_to(criterion),
    )
    return criterion, form, draft


def _reach(bid, draft, criterion, form):
    """How far the numbers on the form reach the target; None for a quality question."""
    if criterion.metric is None:
        return None
    if form.is_bound:
        numbers = {name: f"{n:f}" for name, n in form.promised.items() if n is not None}
    else:
        stated = {one.id: form[form.number_fields[one.id]].value() for one in form.asked}
        known = {one.id for one in quantities_asked(criterion)}
        numbers = {name: n for name, n in stated.items() if name in known and n is not None}
    return reach_of(criterion, numbers, bases_known(bid.tender, draft))


def _answer_context(bid, draft, criterion, form, now):
    kept = draft.answer_to(criterion)
    return {
        "criterion": criterion,
        "form": form,
        "seen": kept.edits,
        "theirs": kept if form.non_field_errors() else None,
        "attachments": kept.files,
        "reach": _reach(bid, draft, criterion, form),
        "asks_for_bases": bool(bases_asked([criterion])),
        "rules": answer_rules(bid.tender, now),
    }


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
