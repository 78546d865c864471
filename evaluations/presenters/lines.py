"""One number of the result, opened: formula, numbers, reason, individual marks, the answer."""

from dataclasses import dataclass
from fractions import Fraction

from accounts.models import User
from bids.models import Bid
from evaluations.explanation import Line as Worked
from evaluations.explanation import Offer, explain
from evaluations.models import AgreedMark, Result
from evaluations.presenters.answers import ReceivedAnswer, received_answer
from evaluations.presenters.people import names_of_evaluators
from evaluations.scoring import Outcome, work_out
from tenders.models import Criterion

FORMULAS = {
    "marks": "Agreed mark ÷ highest mark × the points this question can earn",
    "target": "How much of the target is committed, at most all of it × the points it can earn",
    "meets_target": "All the points if the target is met, otherwise none",
    "bands": "The best band the committed amount reaches × the points it can earn",
    "relative_to_best": "Amount ÷ the best amount of all bids × the points it can earn",
    "fixed_scale": (
        "(Price that earns nothing − price) ÷ (price that earns nothing − price that earns full "
        "points) × the points price can earn"
    ),
    "lowest_over_bid": "Lowest price ÷ price × the points price can earn",
    "linear_from_lowest": "(1 − (price − lowest price) ÷ lowest price) × the points price can earn",
    "mean_based": "½ × (1 + (mean price − price) ÷ mean price) × the points price can earn",
}


@dataclass(frozen=True)
class OfferRow:
    """What was offered for one quantity beside what the tender asked for."""

    label: str
    offered: Fraction
    required: Fraction | None
    lower_is_better: bool
    attained_percent: Fraction | None


@dataclass(frozen=True)
class Opened:
    """Everything behind one number."""

    title: str
    group: str
    formula: str
    worked: Worked
    percent: Fraction
    numbers: list[tuple[str, Fraction]]
    offers: list[OfferRow]
    is_price: bool
    criterion: Criterion | None
    answer: ReceivedAnswer | None
    agreed: AgreedMark | None
    marks: list[dict]

    @property
    def is_rounded(self) -> bool:
        return Fraction(self.worked.shown) != self.worked.points


def opened_line(
    *, result: Result, bid: Bid, code: str, criterion: Criterion | None, viewer: User
) -> Opened | None:
    """The line of this bid with this code; None when the bid has no such line."""
    outcome = work_out(result.case)
    lines = explain(outcome).get(str(bid.pk), ())
    worked = next((line for line in lines if line.criterion == code), None)
    if worked is None:
        return None
    titles = {one["id"]: one.get("label", one["id"]) for one in result.case["criteria"]}
    agreed = _agreed(bid, criterion)
    return Opened(
        title=titles.get(code, code),
        group=worked.group,
        formula=FORMULAS[worked.method],
        worked=worked,
        percent=100 * worked.fraction,
        numbers=_numbers(outcome, worked),
        offers=[] if worked.method == "marks" else _offer_rows(worked.offers, criterion),
        is_price=worked.group == "price",
        criterion=criterion,
        answer=received_answer(bid, criterion) if criterion else None,
        agreed=agreed,
        marks=_individual(agreed, result, viewer),
    )


def _agreed(bid: Bid, criterion: Criterion | None) -> AgreedMark | None:
    if criterion is None:
        return None
    return (
        AgreedMark.objects.filter(bid=bid, criterion=criterion).select_related("agreed_by").first()
    )


def _individual(agreed: AgreedMark | None, result: Result, viewer: User) -> list[dict]:
    """The marks as they stood when the panel agreed, named as this viewer may know them."""
    if agreed is None:
        return []
    names = names_of_evaluators(result.tender, viewer)
    marks = [
        {**mark, "name": names.get(mark["evaluator_id"], "Evaluator")}
        for mark in agreed.individual_marks
    ]
    return sorted(marks, key=lambda mark: mark["name"])


def _numbers(outcome: Outcome, worked: Worked) -> list[tuple[str, Fraction]]:
    """The numbers that go into the formula, each with its name."""
    criterion = next(one for one in outcome.published.criteria if one.id == worked.criterion)
    if worked.method == "marks":
        return [
            ("Agreed mark", worked.offers[0].offered),
            ("Highest mark", criterion.max_mark),
        ]
    if worked.group != "price":
        return []
    prices = [one.bid.price for one in outcome.ranked if one.bid.price is not None]
    numbers = [("Price", worked.offers[0].offered)]
    if worked.method == "fixed_scale":
        numbers += [
            ("Price that earns full points", criterion.full_at),
            ("Price that earns nothing", criterion.zero_at),
        ]
    elif worked.method == "mean_based":
        numbers += [("Mean price of the ranked bids", sum(prices, Fraction(0)) / len(prices))]
    else:
        numbers += [("Lowest price of the ranked bids", min(prices))]
    return numbers


def _offer_rows(offers: tuple[Offer, ...], criterion: Criterion | None) -> list[OfferRow]:
    if criterion is None or criterion.metric is None:
        return []
    labels = {one["id"]: one["label"] for one in criterion.metric.quantities}
    return [
        OfferRow(
            label=" and ".join(labels.get(name, name) for name in offer.quantities),
            offered=offer.offered,
            required=offer.required,
            lower_is_better=offer.lower_is_better,
            attained_percent=None if offer.attainment is None else 100 * offer.attainment,
        )
        for offer in offers
    ]
