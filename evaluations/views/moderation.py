"""The panel: how far everyone is, the marks side by side, agreeing, locking, reopening."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import allows
from evaluations import actions
from evaluations.cases import awaited
from evaluations.forms.judging import AgreedMarkForm, ReasonForm
from evaluations.permissions import (
    AGREE_MARK,
    LOCK,
    OPEN_MODERATION,
    PROGRESS,
    REOPEN,
    VIEW_MODERATION,
)
from evaluations.presenters.answers import received_answer
from evaluations.presenters.frame import frame_of
from evaluations.presenters.marking import marked_criteria, progress_of, received_bids
from evaluations.presenters.moderation import marks_side_by_side, panel_of
from evaluations.views.common import (
    attempt,
    attempt_step,
    keep_mark,
    marked_answer,
    tender_and_time,
    tender_under,
)
from tenders.permissions import check


def progress(request, pk):
    """Who has declared, marked how many answers and handed in; no marks."""
    tender, now = tender_under(PROGRESS, request, pk)
    bids = received_bids(tender)
    context = {
        "bids": bids,
        "per_bid": len(marked_criteria(tender)),
        "evaluators": progress_of(tender, bids),
        "awaited": awaited(tender),
        "can_open": allows(check, OPEN_MODERATION, request.user, tender, now),
    }
    return render(
        request,
        "evaluations/progress.html",
        frame_of(request.user, tender, now, "progress") | context,
    )


@require_POST
def open_moderation(request, pk):
    """Let the panel see each other's marks."""
    tender, now = tender_under(OPEN_MODERATION, request, pk)
    opened = attempt_step(
        request,
        lambda: actions.open_moderation(tender=tender, by=request.user, at=now),
        "Moderation is open. The panel now sees each other's marks.",
    )
    return redirect("evaluations:moderation" if opened else "evaluations:progress", pk=pk)


def moderation(request, pk):
    """Every answer with its marks, the widest disagreement first."""
    tender, now = tender_under(VIEW_MODERATION, request, pk)
    context = {
        "panel": panel_of(tender, request.user),
        "can_agree": allows(check, AGREE_MARK, request.user, tender, now),
        "can_reopen": allows(check, REOPEN, request.user, tender, now),
    }
    return render(
        request,
        "evaluations/moderation.html",
        frame_of(request.user, tender, now, "moderation") | context,
    )


def agree(request, pk, bid, criterion):
    """Every mark for one answer with its reason, and the form for the agreed one."""
    tender, now = tender_and_time(request, pk)
    check(AGREE_MARK if request.method == "POST" else VIEW_MODERATION, request.user, tender, now)
    bid, criterion = marked_answer(request, tender, bid, criterion)
    agreed = bid.agreed_marks.filter(criterion=criterion).select_related("agreed_by").first()
    form = AgreedMarkForm(request.POST or None, tender=tender, initial=_initial(agreed))
    saved, elsewhere = keep_mark(form, actions.agree_mark, bid, criterion, request.user, now)
    if saved:
        messages.success(request, f"Agreed mark saved for {bid.supplier}, {criterion}.")
        return redirect("evaluations:moderation", pk=pk)
    context = frame_of(request.user, tender, now, "moderation") | {
        "form": form,
        "bid": bid,
        "criterion": criterion,
        "answer": received_answer(bid, criterion),
        "marks": marks_side_by_side(tender, bid, criterion, request.user),
        "agreed": agreed,
        "elsewhere": elsewhere,
        "can_agree": allows(check, AGREE_MARK, request.user, tender, now),
    }
    status = 409 if elsewhere else 200
    return render(request, "evaluations/agree.html", context, status=status)


def _initial(agreed):
    if agreed is None:
        return {"version": 0}
    return {
        "version": agreed.version,
        "value": f"{agreed.value.normalize():f}",
        "reason": agreed.reason,
    }


@require_POST
def lock(request, pk):
    """Close moderation and rank the bids."""
    tender, now = tender_under(LOCK, request, pk)
    locked = attempt_step(
        request,
        lambda: actions.lock(tender=tender, by=request.user, at=now),
        f"Moderation is locked and the {tender.words.bids} are ranked.",
    )
    return redirect("evaluations:ranking" if locked else "evaluations:moderation", pk=pk)


def reopen(request, pk):
    """Open a locked moderation again, with a reason; the result becomes void."""
    tender, now = tender_under(REOPEN, request, pk)
    form = ReasonForm(request.POST or None, label="Why does moderation have to be opened again?")
    if form.is_valid():
        done, _ = attempt(
            form,
            lambda: actions.reopen(
                tender=tender, reason=form.cleaned_data["reason"], by=request.user, at=now
            ),
        )
        if done:
            messages.success(request, "Moderation is open again. The earlier result is void.")
            return redirect("evaluations:moderation", pk=pk)
    context = frame_of(request.user, tender, now, "moderation") | {
        "form": form,
        "recommendation": tender.awards.live().select_related("bid__supplier").first(),
        "programme": tender.programmes.live().first(),
    }
    return render(request, "evaluations/reopen.html", context)
