"""Writing a bid: the numbers targets depend on, its price, files taken out."""

from django.contrib import messages
from django.shortcuts import redirect

from bids import actions
from bids.drafts import bases_asked, criteria_of
from bids.forms import BasesForm, PriceForm
from bids.guidance import hints_on_bases, said
from bids.permissions import EDIT, attachment_for
from bids.unsealing import draft_of, facts_of
from bids.views.pages import SAVED_THE_REST, of_the_bidder, page, say_what_to_check
from design.entered import entered
from records.clock import database_time

TITLE = "Numbers that targets depend on"


@of_the_bidder(EDIT)
def bases(request, bid, now):
    """The numbers targets depend on, asked once."""
    kept = draft_of(bid, by=request.user).bases
    form = BasesForm(
        entered(request),
        asked=bases_asked(criteria_of(bid.tender)),
        numbers=kept,
    )
    if form.is_bound:
        is_valid = form.is_valid()
        bid = actions.set_bases(bid=bid, bases=form.numbers, by=request.user, at=now)
        if is_valid:
            messages.success(request, "Your numbers were saved.")
            kept = draft_of(bid, by=request.user).bases
            say_what_to_check(request, TITLE, hints_on_bases(bid.tender, kept))
            return redirect("bids:bid", bid.pk)
        messages.info(request, SAVED_THE_REST)
    hints = said(hints_on_bases(bid.tender, kept))
    return page(request, bid, now, "bases", form=form, hints=hints)


@of_the_bidder(EDIT)
def price(request, bid, now):
    """The price, on a page of its own."""
    kept = draft_of(bid, by=request.user).price
    form = PriceForm(entered(request), tender=bid.tender, kept=kept)
    if form.is_valid():
        amount = form.cleaned_data["amount"]
        actions.set_price(bid=bid, amount=amount, by=request.user, at=now)
        messages.success(request, f"{bid.tender.words.your_price} was saved.")
        return redirect("bids:bid", bid.pk)
    return page(request, bid, now, "price", form=form)


def remove_attachment(request, pk):
    """Take a file out of the draft, once asked whether that is meant."""
    now = database_time()
    attachment = attachment_for(EDIT, request.user, pk, now)
    bid = attachment.answer.bid
    if request.method == "POST":
        actions.remove_attachment(attachment=attachment, by=request.user, at=now)
        messages.success(request, "The file was removed.")
        return redirect("bids:answer", bid.pk, attachment.answer.criterion_id)
    file = facts_of(attachment, by=request.user)
    return page(request, bid, now, "remove_attachment", attachment=attachment, file=file)
