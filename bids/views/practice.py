"""Practice: a draft held against the published priorities, for its own company alone."""

from django.views.decorators.http import require_safe

from bids.permissions import EDIT
from bids.practice import practice_of
from bids.unsealing import draft_of
from bids.views.pages import of_the_bidder, page


@require_safe
@of_the_bidder(EDIT)
def practice(request, bid, now):
    """What the draft reaches, and what it lacks. Nothing is sent and nothing is written down."""
    checked = practice_of(bid, draft_of(bid, by=request.user))
    return page(request, bid, now, "practice", practice=checked)
