"""The dry run as a page: what bids state, and what the rules make of invented ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from design import charts
from design.drawing import Chart
from design.templatetags.format import percent
from evaluations.presenters.consequences import why_not_scored
from evaluations.presenters.people import joined
from evaluations.presenters.ranking import GROUP_NAMES, Stretch, tipping_points
from evaluations.scales import in_words
from evaluations.scoring import Refused, printed, work_out
from evaluations.trial import PRICE, Question, at_weight, key_of
from tenders.cases import case_without_bids
from tenders.models import Tender
from tenders.published import Published, read_published
from tenders.weights import GROUPS

OTHER_WEIGHTS = (5, 10, 15, 20, 30, 40)


@dataclass(frozen=True)
class Rules:
    """What the dry run scores by, or why it cannot yet; and what each bid states."""

    case: dict
    published: Published | None
    fault: str
    questions: list[Question]
    base_units: dict[str, str]


def rules_of(tender: Tender) -> Rules:
    """The published rules, or those of the draft as it stands."""
    case = tender.published_case if tender.is_public else case_without_bids(tender)
    labels, units = _of_metrics(tender)
    try:
        published = read_published(case)
    except Refused as refusal:
        return Rules(case, None, why_not_scored(tender, refusal), [], units)
    if not published.criteria:
        return Rules(case, None, "nothing is asked yet", [], units)
    return Rules(case, published, "", _questions(published, case, labels, units, tender), units)


def _of_metrics(tender: Tender) -> tuple[dict[str, str], dict[str, str]]:
    """The labels and units of every quantity and base that a bidder may state."""
    labels: dict[str, str] = {}
    units: dict[str, str] = {}
    for criterion in tender.criteria.all():
        if criterion.metric is not None:
            for one in [*criterion.metric.quantities, *criterion.metric.bases]:
                labels.setdefault(one["id"], one["label"])
                units.setdefault(one["id"], one["unit"])
    return labels, units


def _questions(
    published: Published,
    case: Mapping,
    labels: Mapping[str, str],
    units: Mapping[str, str],
    tender: Tender,
) -> list[Question]:
    titles = {one["id"]: one.get("label", one["id"]) for one in case["criteria"]}
    asked = [Question(PRICE, "Price", "price", "£")] if published.needs_price else []
    scale = in_words(tender.max_mark, tender.mark_step)
    asked += [
        Question(key_of("mark", code), f"Mark for {titles[code]}", "mark", scale)
        for code in published.marked
    ]
    for name, users in published.measured.items():
        label = f"{titles[users[0]]}: {labels.get(name, name)}"
        asked.append(Question(key_of("quantity", name), label, "quantity", units.get(name, "")))
    for name in published.bases_used:
        if name not in published.bases and name != PRICE:
            label = labels.get(name, name)
            asked.append(Question(key_of("base", name), label, "base", units.get(name, "")))
    return asked


@dataclass(frozen=True)
class Place:
    """One ranked bid, with what it earned."""

    rank: int
    name: str
    price: Decimal | None
    groups: list[str]
    total: str


@dataclass(frozen=True)
class Tried:
    """What the rules make of the invented bids."""

    weights: list[tuple[str, Decimal]]
    at: str
    places: list[Place]
    failed: list[tuple[str, str]]
    lines: list[tuple[str, Fraction, list[str]]]
    tips: list[str]
    band: Chart | None

    @property
    def winners(self) -> str:
        return joined([place.name for place in self.places if place.rank == 1])


def tried(rules: Rules, bids: list[dict], at: Fraction | None = None) -> Tried:
    """The bids scored, under the tender's weights or at another weight of social value.

    Raises Refused where the rules cannot score them.
    """
    assert rules.published is not None
    case = {**rules.case, "bids": bids}
    if at is not None:
        case = at_weight(case, rules.published, at)
    outcome = work_out(case)
    answer = printed(outcome)
    standings = answer["bids"]
    order = [one.bid.id for one in outcome.ranked]
    prices = {one["id"]: one.get("price") for one in bids}
    titles = {one["id"]: one.get("label", one["id"]) for one in case["criteria"]}
    weight = outcome.published.weights["social_value"]
    stretches = _stretches(answer["sensitivity"] or [], weight)
    return Tried(
        weights=[(GROUP_NAMES[one], Decimal(answer["weights"][one])) for one in GROUPS],
        at="" if at is None else percent(at),
        places=[_place(name, standings[name], prices[name]) for name in order],
        failed=[
            (name, joined([titles.get(gate) or GROUP_NAMES[gate] for gate in failed]))
            for name, failed in outcome.failed.items()
        ],
        lines=[
            (titles[one.id], one.full, [standings[name]["lines"][one.id] for name in order])
            for one in outcome.published.criteria
        ],
        tips=tipping_points(stretches),
        band=_band(stretches, weight),
    )


def _place(name: str, standing: dict, price: str | None) -> Place:
    return Place(
        rank=standing["rank"],
        name=name,
        price=None if price is None else Decimal(price),
        groups=[standing["groups"][group] for group in GROUPS],
        total=standing["total"],
    )


def _stretches(answer: object, weight: Fraction) -> list[Stretch]:
    assert isinstance(answer, list)
    return [
        Stretch(
            low=Decimal(one["from"]),
            high=Decimal(one["to"]),
            winners=joined(one["winners"]),
            is_published=Fraction(one["from"]) <= weight <= Fraction(one["to"]),
        )
        for one in answer
    ]


def _band(stretches: list[Stretch], weight: Fraction) -> Chart | None:
    if not stretches:
        return None
    return charts.winner_band(
        title="Which invented bid would win at another weight",
        description=(
            "The invented bid with the highest score as social value counts for more or less, "
            "price and quality keeping their proportion."
        ),
        published=weight,
        spans=[(one.winners, one.low, one.high) for one in stretches],
        here="Tried",
    )


def other_weights(rules: Rules) -> list[int]:
    """The weights of social value to try besides the tender's own."""
    if rules.published is None:
        return []
    own = rules.published.weights["social_value"]
    return [one for one in OTHER_WEIGHTS if one != own] if 0 < own < 100 else []
