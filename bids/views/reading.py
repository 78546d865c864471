"""The authority's side: how many bids there are, opening them, reading one; and its files."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import allows
from bids import actions
from bids.models import Bid
from bids.permissions import (
    EXPORT,
    OPEN_FIRST,
    OPEN_SECOND,
    VIEW,
    attachment_for,
    bid_for,
    check_can_count,
    check_can_open,
    is_own,
    may_see_price,
)
from bids.presenters import lines_of, received_count, where
from bids.unsealing import file_of, is_intact, received_of
from records import files
from records.clock import database_time
from tenders.models import Tender
from tenders.permissions import check


def of_tender(request, pk):
    """How many bids were received; once opened, which."""
    now = database_time()
    tender = _tender(request, pk)
    check_can_count(request.user, tender, now)
    return render(request, "bids/of_tender.html", _opening(request, tender, now))


def open(request, pk):
    """Open a tender's bids: the page on which the officer and the chair each press once.

    What an officer presses leads here, what the chair presses to `open_as_chair`.
    """
    now = database_time()
    tender = _tender(request, pk)
    if request.method == "POST":
        check(OPEN_FIRST, request.user, tender, now)
        return _open(request, tender)
    check_can_count(request.user, tender, now)
    return render(request, "bids/open.html", _opening(request, tender, now))


@require_POST
def open_as_chair(request, pk):
    """The chair's part in opening a tender's bids."""
    tender = _tender(request, pk)
    check(OPEN_SECOND, request.user, tender, database_time())
    return _open(request, tender)


def _open(request, tender):
    tender = actions.open_bids(tender=tender, by=request.user)
    if tender.opened_at:
        messages.success(
            request, f"The {tender.words.bids} are open. Evaluators can read and mark them."
        )
    else:
        messages.success(
            request,
            f"You have opened the {tender.words.bids}. They stay sealed until both of you have.",
        )
    return redirect("bids:of_tender", tender.pk)


def view(request, pk):
    """A bid as it was received: to its own company, and to the tender's team once opened."""
    now = database_time()
    bid = bid_for(VIEW, request.user, pk, now)
    is_mine = is_own(request.user, bid)
    if is_mine and bid.last_received is None:
        return redirect("bids:bid", pk)
    version = bid.last_received
    received = received_of(version, by=request.user)
    can_see_price = is_mine or may_see_price(request.user, bid.tender, now)
    context = {
        "bid": bid,
        "tender": bid.tender,
        "version": version,
        "received": received,
        "is_intact": is_intact(version, received),
        "lines": lines_of(bid.tender, received, is_own=is_mine, with_price=can_see_price),
        "is_mine": is_mine,
        "where": where(bid, now),
        "price": received.price if can_see_price else None,
        "may_list": allows(check_can_count, request.user, bid.tender, now),
        "now": now,
    }
    return render(request, "bids/view.html", context)


def attachment(request, pk):
    """A file of evidence, as a download."""
    found = attachment_for(VIEW, request.user, pk, database_time())
    facts, content = file_of(found, by=request.user)
    return files.sealed_download(content=content, facts=facts, stored=found.file)


def _tender(request, pk):
    tenders = Tender.objects.visible_to(request.user)
    return get_object_or_404(
        tenders.select_related("authority", "first_opened_by", "opened_by"), pk=pk
    )


def _opening(request, tender, now):
    """What the page of a tender's bids shows at this stage: before opening, a number alone."""
    received = Bid.objects.visible_to(request.user).filter(tender=tender)
    bids = received.received().select_related("supplier").prefetch_related("submissions")
    can_read = allows(check, VIEW, request.user, tender, now)
    return {
        "tender": tender,
        "count": received_count(tender),
        "bids": bids.order_by("supplier__name") if tender.are_bids_readable else [],
        "can_open": allows(check_can_open, request.user, tender, now),
        "is_chair": allows(check, OPEN_SECOND, request.user, tender, now),
        "has_opened": tender.first_opened_by == request.user,
        "can_read": can_read,
        "can_see_price": may_see_price(request.user, tender, now),
        "can_export": allows(check, EXPORT, request.user, tender, now),
        "now": now,
    }
