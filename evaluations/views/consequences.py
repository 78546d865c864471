"""What publishing a tender would mean: seen beforehand, and nothing of it kept but a note."""

from django.shortcuts import render

from evaluations.forms.consequences import PointPriceForm
from evaluations.presenters.burden import burden_page
from evaluations.presenters.consequences import framed
from evaluations.presenters.point_price import (
    UNREAD,
    expected_lowest,
    point_price_of,
    price_as_tried,
    saved_terms,
)
from tenders.permissions import check_can_view_internal
from tenders.views.common import tender_under


def _seen(request, pk):
    return tender_under(check_can_view_internal, request, pk)


def point_price(request, pk):
    """What social value points are worth in money, under weights that may be tried here."""
    tender, now = _seen(request, pk)
    saved = {**saved_terms(tender), "lowest": expected_lowest(tender)}
    form = PointPriceForm(request.GET if "price_weight" in request.GET else None, initial=saved)
    context = framed(tender, now, "evaluations:point_price")
    context |= {"form": form, "price": _price(tender, form), "is_tried": form.is_bound}
    return render(request, "evaluations/consequences/point_price.html", context)


def point_price_part(request, pk):
    """The same for weights being typed: a part of the page, for its script."""
    tender, _ = _seen(request, pk)
    price = _price(tender, PointPriceForm(request.GET))
    return render(request, "evaluations/consequences/_point_price.html", {"price": price})


def _price(tender, form):
    """What is typed comes to, or what is saved where nothing is typed."""
    if not form.is_bound:
        return point_price_of(tender)
    return price_as_tried(tender, form.cleaned_data) if form.is_valid() else UNREAD


def burden(request, pk):
    """How long answering may take a small bidder, and what takes longest."""
    tender, now = _seen(request, pk)
    context = {**framed(tender, now, "evaluations:burden"), **burden_page(tender)}
    return render(request, "evaluations/consequences/burden.html", context)
