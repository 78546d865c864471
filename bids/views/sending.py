"""Submitting a bid, its receipt, taking it back."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect

from bids import actions
from bids.drafts import needs_of
from bids.forms import SubmitForm
from bids.models import Submission
from bids.permissions import RECEIPT, SUBMIT, WITHDRAW, bid_for
from bids.refusals import Incomplete, NoAnswer
from bids.unsealing import draft_of, is_intact, received_of
from bids.views.pages import of_the_bidder, page
from design.entered import entered
from records.clock import database_time


def submit(request, pk):
    """Submit a bid. Pressing again after an answer got lost leads to the same receipt."""
    form = SubmitForm(request.POST)
    form.is_valid()
    key = form.cleaned_data.get("key")
    received = Submission.objects.visible_to(request.user).filter(bid=pk, idempotency_key=key)
    if received.exists():
        return redirect("bids:receipt", pk)
    return _submit(request, pk)


@of_the_bidder(SUBMIT)
def _submit(request, bid, now):
    form = SubmitForm(
        entered(request),
        initial={"key": uuid.uuid4()},
        bid=bid.tender.words.bid,
    )
    draft = draft_of(bid, by=request.user)
    needs = needs_of(bid.tender, draft)
    if form.is_valid():
        try:
            actions.submit_bid(bid=bid, idempotency_key=form.cleaned_data["key"], by=request.user)
        except Incomplete as refusal:
            needs = refusal.needs
        except NoAnswer as failure:
            messages.warning(request, str(failure))
            return redirect("bids:receipt", bid.pk)
        else:
            return redirect("bids:receipt", bid.pk)
    shown = {"form": form, "needs": needs, "draft": draft, "next_version": bid.versions + 1}
    return page(request, bid, now, "submit", **shown)


def receipt(request, pk):
    """What was received, when, and its hashes; or that there is no receipt."""
    now = database_time()
    bid = bid_for(RECEIPT, request.user, pk, now)
    versions = bid.submissions.select_related("submitted_by").order_by("-version")
    context: dict = {"versions": versions}
    if last := bid.last_received:
        received = received_of(last, by=request.user)
        context |= {"received": received, "is_intact": is_intact(last, received)}
    return page(request, bid, now, "receipt", **context)


@of_the_bidder(WITHDRAW)
def withdraw(request, bid, now):
    """Take a bid back, once asked whether that is meant."""
    if request.method == "POST":
        actions.withdraw_bid(bid=bid, by=request.user)
        messages.success(
            request, f"Your {bid.tender.words.bid} was withdrawn. It will not be considered."
        )
        return redirect("bids:bid", bid.pk)
    return page(request, bid, now, "withdraw")
