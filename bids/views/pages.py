"""What every page of a bidder's own bid begins with."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from bids.permissions import VIEW, bid_for, is_own
from bids.presenters import where
from records.clock import database_time
from tenders.permissions import Rule
from tenders.states import State

SAVED_THE_REST = "Everything else you entered was saved."


def of_the_bidder(rule: Rule) -> Callable:
    """Give the view its bid and the time. Changing is for `rule` to allow.

    Who only looks at a form that can no longer be sent is shown the bid instead.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def shown(request, pk, **kwargs):
            now = database_time()
            is_look = request.method != "POST"
            bid = bid_for(VIEW if is_look else rule, request.user, pk, now)
            if not is_own(request.user, bid):
                raise PermissionDenied("Only the bidder's own people may change this bid.")
            if is_look and bid.tender.state(now) != State.OPEN:
                return redirect("bids:view", pk)
            return view(request, bid, now, **kwargs)

        return shown

    return decorate


def page(request, bid, now, template, **context):
    """A page of the bidder's own bid, with where it stands at its head."""
    shared = {"bid": bid, "tender": bid.tender, "where": where(bid, now), "now": now}
    return render(request, f"bids/{template}.html", {**shared, **context})


def say_what_to_check(request, place, hints):
    """Where something looks worth checking, and never what.

    Until it is shown a message is kept with the session, in the clear; a hint is made of numbers
    that are sealed.
    """
    if hints:
        messages.info(
            request,
            f"Worth checking: something in “{place}” looks odd. Open it again to read what. "
            "Nothing is held up by it.",
        )
