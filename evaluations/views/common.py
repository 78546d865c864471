"""What the views share: the tender asked for, and trying what a form asks."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.forms import Form
from django.shortcuts import get_object_or_404

from bids.models import Bid
from evaluations.actions import NotReady, Refusal, Stale
from evaluations.forms.judging import ReasonForm
from records.clock import database_time
from tenders.models import Criterion, Method, Tender
from tenders.permissions import Rule, check


def tender_and_time(request, pk) -> tuple[Tender, datetime]:
    """The tender, if this person may know of it, and the database's clock."""
    tenders = Tender.objects.visible_to(request.user).select_related("authority")
    return get_object_or_404(tenders, pk=pk), database_time()


def tender_under(rule: Rule, request, pk) -> tuple[Tender, datetime]:
    """The tender, if this person may do this on it now."""
    tender, now = tender_and_time(request, pk)
    check(rule, request.user, tender, now)
    return tender, now


def marked_answer(request, tender: Tender, bid, criterion) -> tuple[Bid, Criterion]:
    """The bid and the marked question of an address."""
    bids = Bid.objects.visible_to(request.user).received().select_related("supplier", "tender")
    questions = tender.criteria.filter(method=Method.MARKS).select_related("metric__principle")
    return (
        get_object_or_404(bids.filter(tender=tender), pk=bid),
        get_object_or_404(questions, pk=criterion),
    )


def attempt(form: Form, act: Callable[[], object]) -> tuple[bool, object]:
    """Do what a valid form asks. Answers whether it is done, and what another window saved.

    A refusal goes beside the field it is about; what was typed stays in either case.
    """
    try:
        act()
    except Stale as stale:
        return False, stale.current
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False, None
    return True, None


def keep_mark(
    form: Form, act: Callable[..., object], bid: Bid, criterion: Criterion, by, at: datetime
) -> tuple[bool, object]:
    """Whether a mark is kept as the form has it, and what another window saved meanwhile.

    In the latter case the form goes back with the version it would now replace.
    """
    if not form.is_valid():
        return False, None
    entered = form.cleaned_data
    saved, elsewhere = attempt(
        form,
        lambda: act(
            bid=bid,
            criterion=criterion,
            value=entered["value"],
            reason=entered["reason"],
            by=by,
            at=at,
            expected_version=entered["version"],
        ),
    )
    if elsewhere:
        form.with_version(elsewhere.version)
    return saved, elsewhere


def gives_back(request, act: Callable[..., object]) -> tuple[ReasonForm, bool]:
    """Ask why a recommendation goes back to the officer; and whether it is done."""
    form = ReasonForm(request.POST or None, label="Why do you return this recommendation?")
    if not form.is_valid():
        return form, False
    reason = form.cleaned_data["reason"]
    is_done, _ = attempt(form, lambda: act(reason=reason, by=request.user))
    if is_done:
        messages.success(request, "Returned. The officer sees your reason.")
    return form, is_done


def attempt_step(request, act: Callable[[], object], done: str) -> bool:
    """Take a step that needs no form, and say what came of it."""
    try:
        act()
    except NotReady as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
