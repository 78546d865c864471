"""The draft of a bid: what the tender asks for, what is there, and what is still missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from accounts.profiles import snapshot
from bids.contents import AnswerContent, Draft
from bids.documents import ALTERNATIVE, words_in
from bids.models import Bid
from bids.reach import Reach, Units, reach
from design.numbers import pounds
from design.words import lowered
from metrics.attainment import bases_used, measure_ids, read_measure
from tenders.cases import FIXED_BASES, number
from tenders.conditions import Demand, demands_of
from tenders.models import Criterion, Tender

PRICE = "price"
TRACK_RECORD = "track_record"
FIXED_UNITS = {"contract_value": "£", PRICE: "£", "months": "months", "years": "years"}


@dataclass(frozen=True)
class Asked:
    """A number the bidder states: its id, what it counts and in what unit."""

    id: str
    label: str
    unit: str


def measure_of(criterion: Criterion) -> dict | None:
    """The measure published with a criterion; none for a quality question."""
    return criterion.measure_asked


def quantities_asked(criterion: Criterion) -> list[Asked]:
    """What a bidder commits to under a criterion, in the order of its measure."""
    measure = measure_of(criterion)
    if measure is None:
        return []
    known = {quantity["id"]: quantity for quantity in criterion.metric.quantities}
    return [
        _asked(known.get(name, {"id": name, "label": criterion.title}), criterion.metric.unit)
        for name in measure_ids(read_measure(measure, target_needed=False))
    ]


def track_record_asked(criterion: Criterion) -> list[Asked]:
    """What was done before, where the metric asks for it apart from the promise; at most one."""
    told = criterion.metric.track_record if criterion.metric else {}
    return [Asked(TRACK_RECORD, told["label"], told["unit"])] if told else []


def rests_on(criterion: Criterion) -> set[str]:
    """The bases the target of a metric is worked out from."""
    return bases_used(read_measure(measure_of(criterion), target_needed=False))


def bases_asked(criteria: Iterable[Criterion]) -> list[Asked]:
    """The bases a bidder states, each once for the whole bid."""
    asked: dict[str, Asked] = {}
    for criterion in criteria:
        if criterion.metric is None:
            continue
        known = {base["id"]: base for base in criterion.metric.bases}
        for name in sorted(rests_on(criterion)):
            base = known.get(name, {"id": name, "label": name, "stated_by": "bidder"})
            if name not in FIXED_BASES and name != PRICE and base["stated_by"] == "bidder":
                asked[name] = _asked(base, "")
    return list(asked.values())


def bases_known(tender: Tender, draft: Draft) -> dict[str, str]:
    """Every base a target of a bid may rest on: the bidder's, its price, the authority's."""
    price = {PRICE: f"{draft.price:f}"} if draft.price is not None else {}
    return {**draft.bases, **price, **bases_fixed(tender)}


def bases_fixed(tender: Tender) -> dict[str, str]:
    """The bases the authority published."""
    return dict((tender.published_case or {}).get("bases", {}))


def reach_of(
    criterion: Criterion, quantities: Mapping[str, str], bases: Mapping[str, str]
) -> Reach:
    """How far quantities reach the target of a criterion that has a measure."""
    metric = criterion.metric
    units = Units(
        whole=metric.unit,
        quantities={asked.id: asked.unit for asked in quantities_asked(criterion)},
        bases={**FIXED_UNITS, **{base["id"]: base["unit"] for base in metric.bases}},
        labels={PRICE: "Price", **{base["id"]: base["label"] for base in metric.bases}},
    )
    return reach(measure_of(criterion), quantities, bases, units)


def criteria_of(tender: Tender) -> list[Criterion]:
    """The questions of a tender in the order asked, social value after quality."""
    return list(questions_in(tender).order_by("group", "position", "code"))


def questions_in(tender: Tender) -> QuerySet[Criterion]:
    """The same before they are read, with what each is shown with."""
    return tender.criteria.select_related("metric__principle", "tender")


def document_of(bid: Bid, draft: Draft) -> dict:
    """The draft in the form in which it would be received.

    With it go the conditions it accepts, and what the company says of itself on that day.
    """
    tender, profile = bid.tender, snapshot(bid.supplier)
    accepted = [accepted_in(demand) for demand in demands_of(tender)]
    return {
        **({"conditions": accepted} if accepted else {}),
        **({"profile": profile} if profile else {}),
        "bases": dict(draft.bases),
        "answers": [
            _line(criterion, draft.answers[criterion.pk])
            for criterion in criteria_of(tender)
            if criterion.pk in draft.answers
        ],
    }


def accepted_in(demand: Demand) -> dict[str, str]:
    """One demand of a condition of the contract, as whoever sends a bid accepts it."""
    return {
        "metric": demand.metric.code,
        "title": demand.metric.short_title,
        "quantity": demand.quantity_id,
        "label": demand.label,
        "bound": "at most" if demand.is_at_most else "at least",
        "amount": number(demand.quantity),
        "unit": demand.unit,
    }


def needs_of(tender: Tender, draft: Draft) -> list[str]:
    """What must be there before the bid can be submitted, in words; empty when complete."""
    criteria = criteria_of(tender)
    needs = list(bases_missing(criteria, draft.bases))
    for criterion in criteria:
        needs += answer_needs(criterion, draft.answer_to(criterion))
    return [*needs, *price_missing(tender, draft.price)]


def wrong_price(tender: Tender, amount: Decimal) -> str:
    """Why a price cannot stand, without the full stop; empty where it can."""
    words = tender.words
    if not amount.is_finite() or amount <= 0:
        return words.wrong_price
    if words.most and amount > tender.contract_value:
        return f"{words.price} must be no more than {pounds(tender.contract_value)}, {words.most}"
    return ""


def bases_missing(criteria: Iterable[Criterion], bases: Mapping[str, str]) -> Iterator[str]:
    """The bases still to be stated."""
    for base in bases_asked(criteria):
        if base.id not in bases:
            yield f"Enter a number for “{base.label}”."


def price_missing(tender: Tender, price: Decimal | None) -> Iterator[str]:
    """The price, where it is still to be stated."""
    if price is None:
        yield f"Enter {lowered(tender.words.your_price)}."


def answer_needs(criterion: Criterion, answer: AnswerContent) -> list[str]:
    """What the answer to one criterion still lacks."""
    needs = []
    for quantity in quantities_asked(criterion):
        if quantity.id not in answer.quantities:
            needs.append(
                f"{criterion.title}: enter a number for “{quantity.label}” (0 is an answer)."
            )
    if not answer.text.strip():
        needs.append(f"{criterion.title}: write your answer.")
    words = words_in(answer.text)
    if words > criterion.max_words:
        needs.append(
            f"{criterion.title}: shorten your answer from {words} to {criterion.max_words} words."
        )
    return needs


def _asked(entry: Mapping[str, str], unit: str) -> Asked:
    return Asked(entry["id"], entry.get("label", ""), entry.get("unit", unit))


def _line(criterion: Criterion, answer: AnswerContent) -> dict:
    past = {TRACK_RECORD: dict(answer.track_record)} if answer.track_record else {}
    instead = {ALTERNATIVE: dict(answer.alternative)} if answer.alternative else {}
    return {
        **past,
        **instead,
        "id": str(answer.id),
        "criterion": criterion.code,
        "text": answer.text,
        "quantities": dict(answer.quantities),
        "files": [
            {"id": str(file.id), "name": file.name, "size": file.size, "sha256": file.sha256}
            for file in answer.files
        ],
    }
