"""A bid as a workbook: taken away, filled in, sent back, looked at, applied."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from bids import actions
from bids.permissions import EDIT
from bids.sheets.slots import blank_of
from bids.sheets.writing import as_workbook
from bids.unsealing import draft_of
from bids.views.pages import of_the_bidder, page
from design.entered import entered
from metrics.forms.sheets import FileForm
from metrics.sheets.problems import Unsound
from records.files import XLSX, made_download

WANTED = "The Excel workbook (.xlsx) that you downloaded here"


@require_safe
@of_the_bidder(EDIT)
def offline_file(request, bid, now):
    """The workbook, with what the draft says already."""
    content = as_workbook(blank_of(bid, draft_of(bid, by=request.user)))
    name = f"{bid.tender.words.bid}-{bid.tender.reference}.xlsx".replace(" ", "-")
    return made_download(content, name=name, content_type=XLSX)


@of_the_bidder(EDIT)
def offline(request, bid, now):
    """How to work away from the site; a file sent back is read, and what it changes is shown."""
    form = FileForm(entered(request), request.FILES or None, wanted=WANTED)
    if form.is_valid() and form.carries_out(actions.read_sheet, bid=bid, by=request.user, at=now):
        return page(request, bid, now, "offline_preview", sent=form.result)
    return page(request, bid, now, "offline", form=form, problems=form.problems)


@require_POST
@of_the_bidder(EDIT)
def apply_offline(request, bid, now):
    """Apply what was shown, whole; a row that a colleague changed meanwhile stops all of it."""
    parcel = request.POST.get("parcel", "")
    try:
        changes = actions.apply_sheet(bid=bid, parcel=parcel, by=request.user, at=now)
    except Unsound as refusal:
        form = FileForm(wanted=WANTED)
        return page(request, bid, now, "offline", form=form, problems=refusal.problems)
    saved = f"Saved from your file: {changes.in_words}." if changes.changed else "Nothing to save."
    messages.success(request, f"{saved} Nothing is submitted by that.")
    return redirect("bids:bid", bid.pk)
