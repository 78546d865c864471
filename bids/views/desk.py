"""The bidder's desk: one's bids, what is open, a bid begun, its task list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import companies_of
from accounts.profiles import snapshot
from bids import actions
from bids.models import Bid
from bids.permissions import VIEW, bid_for, is_own, tender_to_bid_for
from bids.presenters import submit_task, task_list, where
from bids.unsealing import draft_of
from bids.views.pages import page
from records.clock import database_time
from tenders.models import Tender
from tenders.states import Stage

OPPORTUNITIES = 20


def desk(request):
    """What a bidder has under way, each with NOT SUBMITTED or its receipt, and what is open."""
    now, companies = database_time(), companies_of(request.user)
    if not companies:
        raise PermissionDenied("This page is for people who bid for a company.")
    bids = (
        Bid.objects.visible_to(request.user)
        .filter(supplier__in=companies)
        .select_related("tender__authority", "supplier")
        .prefetch_related("submissions")
        .order_by("tender__closes_at")
    )
    open_tenders = (
        Tender.objects.visible_to(request.user)
        .filter(stage=Stage.PUBLISHED, closes_at__gt=now)
        .exclude(bids__supplier__in=companies)
        .select_related("authority")
        .order_by("closes_at")
    )
    rows = [{"bid": bid, "tender": bid.tender, "where": where(bid, now)} for bid in bids]
    context = {
        "urgent": next((row for row in rows if row["where"].waits), None),
        "under_way": [row for row in rows if row["where"].is_open],
        "earlier": [row for row in reversed(rows) if not row["where"].is_open],
        "opportunities": open_tenders[:OPPORTUNITIES],
        "now": now,
    }
    return render(request, "bids/desk.html", context)


@require_POST
def start(request, pk):
    """Begin a bid for a tender."""
    now = database_time()
    tender, company = tender_to_bid_for(request.user, pk, now)
    bid = actions.start_bid(tender=tender, company=company, by=request.user, at=now)
    messages.success(request, f"Your {tender.words.bid} has begun. Nobody else can see it.")
    return redirect("bids:bid", bid.pk)


def bid(request, pk):
    """The task list of one's own bid; the authority's people read what they received."""
    now = database_time()
    bid = bid_for(VIEW, request.user, pk, now)
    if not is_own(request.user, bid):
        return redirect("bids:view", pk)
    tasks = task_list(bid, draft_of(bid, by=request.user))
    submit = submit_task(bid, tasks, where(bid, now))
    profile = snapshot(bid.supplier)
    return page(request, bid, now, "bid", tasks=tasks, submit=submit, profile=profile)
