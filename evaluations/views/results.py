"""The ranking with its pictures, and every number of it opened."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from accounts.access import allows
from bids.models import Bid
from bids.permissions import VIEW as READ_BID
from bids.permissions import check_bid
from evaluations.permissions import RECOMMEND, REOPEN, VIEW_RANKING
from evaluations.presenters.frame import frame_of
from evaluations.presenters.lines import opened_line
from evaluations.presenters.ranking import line_groups, ranking_of, scores_chart, what_if
from evaluations.views.common import tender_under
from tenders.permissions import check


def live_result(tender):
    """The result that stands; there is one from lock on, unless moderation is open again."""
    result = tender.results.live().select_related("tender").first()
    if result is None:
        raise Http404
    return result


def ranking(request, pk):
    """Who is first, by how much, and who would be at another weight."""
    tender, now = tender_under(VIEW_RANKING, request, pk)
    found = ranking_of(live_result(tender))
    context = {
        "ranking": found,
        "line_groups": line_groups(found),
        "scores": scores_chart(found),
        **what_if(found),
        "can_recommend": allows(check, RECOMMEND, request.user, tender, now),
        "can_reopen": allows(check, REOPEN, request.user, tender, now),
        "award": tender.awards.live().select_related("bid__supplier").first(),
    }
    return render(
        request,
        "evaluations/ranking.html",
        frame_of(request.user, tender, now, "ranking") | context,
    )


def line(request, pk, bid, code):
    """One number: its formula, its numbers, the reason, the marks and the answer."""
    tender, now = tender_under(VIEW_RANKING, request, pk)
    bids = Bid.objects.visible_to(request.user).select_related("supplier", "tender")
    bid = get_object_or_404(bids.filter(tender=tender), pk=bid)
    opened = opened_line(
        result=live_result(tender),
        bid=bid,
        code=code,
        criterion=tender.criteria.filter(code=code).select_related("metric__principle").first(),
        viewer=request.user,
    )
    if opened is None:
        raise Http404
    context = {
        "bid": bid,
        "line": opened,
        "can_read": allows(check_bid, READ_BID, request.user, bid, now),
    }
    return render(
        request,
        "evaluations/line.html",
        frame_of(request.user, tender, now, "ranking") | context,
    )
