"""The hours of several answers in one table."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from bids import actions
from bids.drafts import bases_known, criteria_of, reach_of
from bids.forms import HoursForm
from bids.guidance import circumstances_of, hints_on_all, said
from bids.hours_asked import hours_rows
from bids.permissions import EDIT
from bids.refusals import AnswerChanged
from bids.unsealing import draft_of
from bids.views.pages import of_the_bidder, page, say_what_to_check
from design.entered import entered
from metrics.units import with_unit

SHARED_OUT = (
    "We shared out the rest of your hours. Nothing is saved yet: look at every row, change what "
    "you like, then save."
)


@of_the_bidder(EDIT)
def hours(request, bid, now):
    """Enter the hours of every question that asks for them, or a total to share out."""
    criteria, draft = criteria_of(bid.tender), draft_of(bid, by=request.user)
    rows = hours_rows(bid.tender, criteria, draft)
    if not rows:
        raise Http404
    form = HoursForm(entered(request), rows=rows)
    if form.is_valid():
        if form.proposes:
            messages.info(request, SHARED_OUT)
            form = form.with_shares()
        elif _is_saved(request, bid, now, form):
            messages.success(request, "Your hours were saved.")
            found = _hints(bid, criteria, draft, form)
            say_what_to_check(request, "Your hours", found["lines"])
            return redirect("bids:bid", bid.pk)
        else:
            draft = draft_of(bid, by=request.user)
            form.have_seen(hours_rows(bid.tender, criteria, draft))
    return page(request, bid, now, "hours", **_context(bid, criteria, draft, form))


def _is_saved(request, bid, now, form):
    """Save every row at once; a row that a colleague changed is said, and then none is saved."""
    try:
        actions.save_hours(bid=bid, hours=form.hours, seen=form.seen, by=request.user, at=now)
    except AnswerChanged as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _context(bid, criteria, draft, form):
    bases = bases_known(bid.tender, draft)
    entered = form.texts
    table = [_line(row, form, entered[row.criterion.pk], bases) for row in form.rows]
    return {"form": form, "table": table, "hints": _hints(bid, criteria, draft, form)}


def _hints(bid, criteria, draft, form):
    """What looks odd in the hours of each row, and of all rows together."""
    around = circumstances_of(bid.tender, criteria, draft.bases, draft.price)
    answers = [(row.criterion, form.texts[row.criterion.pk]) for row in form.rows]
    return said(hints_on_all(answers, around))


def _line(row, form, entered, bases):
    """One row of the table: its target, its box, and what the hours in it reach."""
    target = "Not set" if row.target is None else with_unit(row.target, "hours", 2)
    reaches = reach_of(row.criterion, entered, bases).summary if entered else "Nothing entered yet"
    return {"row": row, "box": form[row.field], "target": target, "reaches": reaches}
