"""Received bids as a file, for the officer and the chair of an opened tender."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from bids.exports import as_csv, as_json, as_workbook, rows_of
from bids.models import Bid
from bids.permissions import EXPORT, may_see_price
from records.clock import database_time
from records.files import CSV, XLSX, made_download
from tenders.models import Tender
from tenders.permissions import check

JSON = "application/json"


@require_safe
def export(request, pk, kind):
    """All that was received, a row for each number and each answer; prices once they are seen."""
    now = database_time()
    tenders = Tender.objects.visible_to(request.user).select_related("authority")
    tender = get_object_or_404(tenders, pk=pk)
    check(EXPORT, request.user, tender, now)
    received = Bid.objects.visible_to(request.user).filter(tender=tender).received()
    bids = received.select_related("supplier").prefetch_related("submissions")
    with_prices = may_see_price(request.user, tender, now)
    rows = rows_of(tender, bids.order_by("supplier__name", "pk"), with_prices=with_prices)
    made = {
        "xlsx": (as_workbook, XLSX),
        "csv": (as_csv, CSV),
        "json": (lambda rows: as_json(tender, rows, now), JSON),
    }
    if kind not in made:
        raise Http404
    write, content_type = made[kind]
    name = f"{tender.words.bids}-{tender.reference}.{kind}".replace(" ", "-")
    return made_download(write(rows), name=name, content_type=content_type)
