"""What publishing a tender would mean: seen beforehand, and nothing of it kept but a note."""

from fractions import Fraction

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from design.entered import entered
from evaluations.forms.consequences import PasteForm, PointPriceForm, TrialForm
from evaluations.presenters.burden import burden_page
from evaluations.presenters.consequences import framed
from evaluations.presenters.point_price import (
    UNREAD,
    expected_lowest,
    point_price_of,
    price_as_tried,
    saved_terms,
)
from evaluations.presenters.trial import Refused, Rules, other_weights, rules_of, tried
from evaluations.trial import answers_of, invented, read_table
from tenders.permissions import check_can_view_internal
from tenders.views.common import tender_under


def _seen(request, pk):
    return tender_under(check_can_view_internal, request, pk)


def point_price(request, pk):
    """What social value points are worth in money, under weights that may be tried here."""
    tender, now = _seen(request, pk)
    saved = {**saved_terms(tender), "lowest": expected_lowest(tender)}
    typed = request.GET if "price_weight" in request.GET else None
    form = PointPriceForm(typed, initial=saved, tender=tender)
    context = framed(tender, now, "evaluations:point_price")
    context |= {"form": form, "price": _price(tender, form), "is_tried": form.is_bound}
    return render(request, "evaluations/consequences/point_price.html", context)


def point_price_part(request, pk):
    """The same for weights being typed: a part of the page, for its script."""
    tender, _ = _seen(request, pk)
    price = _price(tender, PointPriceForm(request.GET, tender=tender))
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


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request, pk):
    """Invented bids scored by the tender's rules; they stand on the page and nowhere else."""
    tender, now = _seen(request, pk)
    rules, typed = rules_of(tender), entered(request)
    context = framed(tender, now, "evaluations:trial") | {"rules": rules, "paste": PasteForm()}
    if rules.published is not None:
        context |= _trial(typed or {}, rules, tender)
    return render(request, "evaluations/consequences/trial.html", context)


def _trial(typed, rules: Rules, tender) -> dict:
    """What was asked for: bids filled in, read from a table, or scored."""
    known = {"questions": rules.questions, "scale": tender}
    if "fill" in typed:
        bids = invented(rules.published, rules.base_units, Fraction(tender.contract_value))
        return {"form": TrialForm.filled([answers_of(one) for one in bids], **known)}
    if "read" in typed:
        return _pasted(PasteForm(typed), rules, known)
    if not typed:
        return {"form": TrialForm(**known)}
    form = TrialForm(typed, **known)
    return {"form": form, "weights": other_weights(rules), **_scored(form, rules, typed)}


def _pasted(paste: PasteForm, rules: Rules, known: dict) -> dict:
    found, problems = [], []
    if paste.is_valid():
        found, problems = read_table(paste.cleaned_data["table"], rules.questions)
        for words in problems:
            paste.add_error("table", words)
    return {"paste": paste, "form": TrialForm.filled(found, **known)}


def _scored(form: TrialForm, rules: Rules, typed) -> dict:
    if not form.is_valid():
        return {}
    at = typed.get("at", "")
    weight = Fraction(int(at)) if at in {str(one) for one in other_weights(rules)} else None
    try:
        return {"tried": tried(rules, form.bids(), weight)}
    except Refused as refusal:
        form.add_error(None, f"These bids cannot be scored: {refusal}.")
        return {}
