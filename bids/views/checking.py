"""A receipt held against a file, by anybody; and the files a firm holds against it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render

from bids.forms import CheckForm
from bids.models import Submission
from bids.permissions import RECEIPT, bid_for
from bids.receipts import what_it_is
from bids.unsealing import canonical_of
from design.entered import entered
from records import files
from records.clock import database_time


@login_not_required
def check_receipt(request):
    """Whether a file is what a receipt was given for. Nothing that is sent here is kept."""
    number = request.GET.get("number", "")[:40]  # its receipt leads here with it
    form = CheckForm(entered(request), request.FILES or None, initial={"number": number})
    context: dict = {"form": form}
    if form.is_valid():
        version, digest = form.cleaned_data["number"], form.digest
        context |= {"version": version, "digest": digest, "found": what_it_is(version, digest)}
    return render(request, "bids/check_receipt.html", context)


def canonical(request, pk):
    """The bytes that a receipt's SHA-256 is of, for its firm to keep."""
    received = Submission.objects.visible_to(request.user).select_related("bid__supplier")
    version = get_object_or_404(received, pk=pk)
    bid_for(RECEIPT, request.user, version.bid_id, database_time())
    return files.made_download(
        canonical_of(version, by=request.user),
        name=f"{version.receipt_number}.json",
        content_type="application/json",
    )
