"""Marking alone: one's own sheet, one answer at a time, and handing in."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import allows
from bids.permissions import VIEW as READ_BID
from bids.permissions import check_bid
from design import charts
from evaluations import actions, scales
from evaluations.forms.judging import MarkForm
from evaluations.permissions import (
    SUBMIT_MARKS,
    VIEW_OWN_MARKS,
    check_can_mark,
    must_declare,
)
from evaluations.presenters.answers import received_answer
from evaluations.presenters.frame import frame_of
from evaluations.presenters.marking import sheet_of
from evaluations.views.common import (
    attempt_step,
    keep_mark,
    marked_answer,
    tender_and_time,
    tender_under,
)
from tenders.permissions import check


def marking(request, pk):
    """One's own marks: which answers are done and which are to do."""
    tender, now = tender_under(VIEW_OWN_MARKS, request, pk)
    if must_declare(request.user, tender):
        return redirect("evaluations:declare", pk=pk)
    sheet = sheet_of(tender, request.user)
    context = {
        "sheet": sheet,
        "progress": charts.progress(
            title="Your progress",
            description="Answers you have marked.",
            done=sheet.done,
            total=sheet.total,
        ),
        "can_mark": allows(check_can_mark, request.user, tender, now),
        "can_read": tender.state(now) in READ_BID.roles["evaluator"],
    }
    return render(
        request,
        "evaluations/marking.html",
        frame_of(request.user, tender, now, "marking") | context,
    )


def mark(request, pk, bid, criterion):
    """One answer with its scale: read it, mark it, give the reason."""
    tender, now = tender_and_time(request, pk)
    if request.method == "POST":
        check_can_mark(request.user, tender, now)
    check(VIEW_OWN_MARKS, request.user, tender, now)
    if must_declare(request.user, tender):
        return redirect("evaluations:declare", pk=pk)
    bid, criterion = marked_answer(request, tender, bid, criterion)
    check_bid(READ_BID, request.user, bid, now)
    sheet = sheet_of(tender, request.user)
    own = _initial(sheet.mark_for(bid, criterion))
    form = MarkForm(request.POST or None, tender=tender, initial=own)
    saved, elsewhere = keep_mark(form, actions.give_mark, bid, criterion, request.user, now)
    if saved:
        messages.success(request, f"Mark saved for {bid.supplier}, {criterion}.")
        return redirect(_onward(request, sheet, bid, criterion))
    context = _page(sheet, bid, criterion) | {
        "form": form,
        "elsewhere": elsewhere,
        "can_mark": allows(check_can_mark, request.user, tender, now),
    }
    context |= frame_of(request.user, tender, now, "marking")
    return render(request, "evaluations/mark.html", context, status=409 if elsewhere else 200)


def _initial(own):
    if own is None:
        return {"version": 0}
    return {"version": own.version, "value": scales.plain(own.value), "reason": own.reason}


def _page(sheet, bid, criterion):
    return {
        "own": sheet.mark_for(bid, criterion),
        "sheet": sheet,
        "place": sheet.place_of(bid, criterion),
        "bid": bid,
        "criterion": criterion,
        "answer": received_answer(bid, criterion),
    }


def _onward(request, sheet, bid, criterion):
    """The next answer without a mark, if that was asked for and there is one."""
    following = sheet.following(bid, criterion)
    if "next" in request.POST and following:
        return following.address
    return sheet.address


@require_POST
def submit_marks(request, pk):
    """Hand in all marks; they are frozen from then on."""
    tender, now = tender_under(SUBMIT_MARKS, request, pk)
    attempt_step(
        request,
        lambda: actions.submit_marks(tender=tender, by=request.user, at=now),
        "Your marks are handed in. Next the chair opens moderation.",
    )
    return redirect("evaluations:marking", pk=pk)
