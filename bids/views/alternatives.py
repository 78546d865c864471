"""A measure of the bidder's own in place of a published one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from bids import actions
from bids.drafts import questions_in
from bids.forms import AlternativeForm
from bids.permissions import EDIT
from bids.refusals import AnswerChanged
from bids.unsealing import draft_of
from bids.views.pages import of_the_bidder, page
from design.entered import entered


@of_the_bidder(EDIT)
def alternative(request, bid, now, criterion):
    """Offer a measure in place of the published one, or change what was offered."""
    criterion = _metric_of(bid, criterion)
    kept = draft_of(bid, by=request.user).answer_to(criterion)
    form = AlternativeForm(entered(request), kept=kept)
    has_changed = False
    if form.is_valid():
        try:
            _save(request, bid, now, criterion, form.alternative, form.cleaned_data["seen"])
        except AnswerChanged as refusal:
            form.add_error(None, str(refusal))
            kept, has_changed = draft_of(bid, by=request.user).answer_to(criterion), True
        else:
            messages.success(request, "Your own measure was saved with your answer.")
            return redirect("bids:answer", bid.pk, criterion.pk)
    context = {"criterion": criterion, "form": form, "kept": kept, "has_changed": has_changed}
    return page(request, bid, now, "alternative", **context, clauses=_clauses(bid.tender))


@require_POST
@of_the_bidder(EDIT)
def take_out(request, bid, now, criterion):
    """Take the measure of one's own out again; the answer to the published one stays."""
    criterion = _metric_of(bid, criterion)
    form = AlternativeForm(request.POST, kept=draft_of(bid, by=request.user).answer_to(criterion))
    form.is_valid()
    try:
        _save(request, bid, now, criterion, {}, form.cleaned_data.get("seen"))
    except AnswerChanged as refusal:
        messages.warning(request, str(refusal))
        return redirect("bids:alternative", bid.pk, criterion.pk)
    messages.success(request, "Your own measure was taken out.")
    return redirect("bids:answer", bid.pk, criterion.pk)


def _save(request, bid, now, criterion, alternative, seen):
    actions.save_answer(
        bid=bid,
        criterion=criterion,
        text=None,
        quantities={},
        alternative=alternative,
        seen=seen,
        by=request.user,
        at=now,
    )


def _metric_of(bid, criterion):
    return get_object_or_404(questions_in(bid.tender).filter(metric__isnull=False), pk=criterion)


def _clauses(tender):
    """What the policy says of other measures, word for word."""
    return [one for one in tender.charter.clauses if one["kind"] == "alternative"]
