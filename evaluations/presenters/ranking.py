"""The result as a table and two pictures, all read from what the engine answered at lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bids.models import Bid
from design import charts
from design.drawing import Chart
from design.numbers import said
from design.templatetags.format import percent
from evaluations.models import Result
from evaluations.presenters.marking import received_bids
from evaluations.presenters.people import joined
from evaluations.scoring import work_out
from tenders.minimums import least_mark
from tenders.published import read_published

GROUPS = ("price", "quality", "social_value")
# Nothing is bought, so no price earns points.
GROUPS_WITHOUT_PRICE = GROUPS[1:]
WOULD_WIN, WOULD_BE_FIRST = "would win", "would be ranked first"
BAND_TITLE = "Who would win at another weight"
BAND_TITLE_WITHOUT_WINNER = "Who would be ranked first at another weight"
GROUP_NAMES = {"price": "Price", "quality": "Quality", "social_value": "Social value"}


@dataclass(frozen=True)
class LineRow:
    """One criterion: what it can earn, and what each ranked bid earned, best bid first."""

    code: str
    title: str
    full: Fraction
    cells: list[tuple[Bid, str]]


@dataclass(frozen=True)
class LineGroup:
    """Price, quality or social value: its criteria."""

    key: str
    name: str
    rows: list[LineRow]


@dataclass(frozen=True)
class Place:
    """One ranked bid, with its published points."""

    rank: int
    bid: Bid
    price: Decimal | None
    groups: list[tuple[str, str]]
    total: str
    lines: dict[str, str]


@dataclass(frozen=True)
class Failed:
    """A bid below a minimum, which is therefore not ranked."""

    bid: Bid
    gates: str


@dataclass(frozen=True)
class Stretch:
    """A range of social value weights over which the same bids would win."""

    low: Decimal
    high: Decimal
    winners: str
    is_published: bool


@dataclass(frozen=True)
class Ranking:
    """The whole result of one tender."""

    result: Result
    weights: list[tuple[str, Decimal]]
    places: list[Place]
    failed: list[Failed]
    stretches: list[Stretch]
    published: Decimal

    @property
    def winners(self) -> list[Place]:
        return [place for place in self.places if place.rank == 1]

    @property
    def winners_in_words(self) -> str:
        return joined([str(place.bid.supplier) for place in self.winners])

    @property
    def shown_may_not_add_up(self) -> bool:
        rounding = self.result.case.get("rounding", {})
        return rounding.get("level", "total") == "total"


def ranking_of(result: Result) -> Ranking:
    """A live or voided result, with the names of its bidders."""
    bids = {str(bid.pk): bid for bid in received_bids(result.tender)}
    answer = result.result
    prices = {one["id"]: one.get("price") for one in result.case["bids"]}
    minimums = _minimums(result.case)
    groups = GROUPS if result.tender.is_procurement else GROUPS_WITHOUT_PRICE
    places, failed = [], []
    for key, standing in answer["bids"].items():
        if standing["status"] != "ranked":
            below = [minimums[gate] for gate in standing["gates"]]
            failed.append(Failed(bids[key], joined(below)))
            continue
        places.append(_place(bids[key], standing, prices[key], groups))
    published = Decimal(answer["weights"]["social_value"])
    return Ranking(
        result=result,
        weights=[(GROUP_NAMES[one], Decimal(answer["weights"][one])) for one in groups],
        places=sorted(places, key=lambda place: (place.rank, str(place.bid.supplier))),
        failed=failed,
        stretches=_stretches(answer["sensitivity"] or [], bids, published),
        published=published,
    )


def _minimums(case: dict) -> dict[str, str]:
    """What each gate of a case asks for: "Mobilisation, a mark of at least 2 of 5"."""
    asked = {one["id"]: one for one in case["criteria"]}
    return {
        gate["id"]: f"{_whose(gate, asked)}, {_least(gate, asked.get(gate.get('criterion'), {}))}"
        for gate in case.get("gates", [])
    }


def _whose(gate: dict, asked: dict[str, dict]) -> str:
    if "group" in gate:
        return GROUP_NAMES[gate["group"]]
    return asked[gate["criterion"]].get("label", gate["criterion"])


def _least(gate: dict, criterion: dict) -> str:
    percent = Decimal(gate["minimum_percent"])
    if criterion.get("method") != "marks":
        return f"at least {said(percent)}%"
    highest, step = Decimal(criterion["max_mark"]), Decimal(criterion.get("step", 1))
    mark = least_mark(percent, highest, step)
    return f"a mark of at least {said(mark)} of {said(highest)}"


def _place(bid: Bid, standing: dict, price: str | None, groups: Sequence[str]) -> Place:
    return Place(
        rank=standing["rank"],
        bid=bid,
        price=None if price is None else Decimal(price),
        groups=[(group, standing["groups"][group]) for group in groups],
        total=standing["total"],
        lines=standing["lines"],
    )


def line_groups(ranking: Ranking) -> list[LineGroup]:
    """Every line of every ranked bid, by group and criterion in the order of the tender."""
    case = ranking.result.case
    titles = {one["id"]: one.get("label", one["id"]) for one in case["criteria"]}
    rows: dict[str, list[LineRow]] = {group: [] for group in GROUPS}
    for one in read_published(case).criteria:
        cells = [(place.bid, place.lines[one.id]) for place in ranking.places]
        rows[one.group].append(LineRow(one.id, titles[one.id], one.full, cells))
    return [LineGroup(key, GROUP_NAMES[key], rows[key]) for key in GROUPS if rows[key]]


def _stretches(answer: list[dict], bids: dict[str, Bid], published: Decimal) -> list[Stretch]:
    return [
        Stretch(
            low=Decimal(one["from"]),
            high=Decimal(one["to"]),
            winners=joined([str(bids[key].supplier) for key in one["winners"]]),
            is_published=Decimal(one["from"]) <= published <= Decimal(one["to"]),
        )
        for one in answer
    ]


def tipping_points(stretches: list[Stretch], would: str = WOULD_WIN) -> list[str]:
    """The stretches in words: who would win up to where, and from there on."""
    if not stretches:
        return []
    if len(stretches) == 1:
        return [
            f"{stretches[0].winners} would have the highest score whatever social value counts for."
        ]
    words = [f"Up to {_weight(stretches[0].high)}, {stretches[0].winners} {would}."]
    words += [
        f"From {_weight(one.low)} to {_weight(one.high)}, {one.winners} {would}."
        for one in stretches[1:-1]
    ]
    return [*words, f"Above {_weight(stretches[-1].low)}, {stretches[-1].winners} {would}."]


def _weight(value: Decimal) -> str:
    return percent(value, 4)


def what_if(ranking: Ranking) -> dict:
    """Template context: who would be first at another weight, and what that is called."""
    wins = ranking.result.tender.is_procurement
    return {
        "band": band_chart(ranking),
        "tipping_points": tipping_points(ranking.stretches, WOULD_WIN if wins else WOULD_BE_FIRST),
        "band_title": BAND_TITLE if wins else BAND_TITLE_WITHOUT_WINNER,
    }


def scores_chart(ranking: Ranking) -> Chart:
    """Every total, made of its three parts: exact ones where only the total is rounded."""
    exact = {}
    if ranking.shown_may_not_add_up:
        outcome = work_out(ranking.result.case)
        exact = {one.bid.id: one.exact.groups for one in outcome.ranked}
    words, names = ranking.result.tender.words, [name for name, _ in ranking.weights]
    return charts.stacked_bars(
        title="What each score is made of",
        description=f"Points of each {words.bid} out of 100: {joined(names).lower()}.",
        series=names,
        rows=[
            (f"{place.rank}. {place.bid.supplier}", _parts(place, exact))
            for place in ranking.places
        ],
    )


def _parts(place: Place, exact: dict) -> list[Decimal] | list[Fraction]:
    if str(place.bid.pk) in exact:
        return [exact[str(place.bid.pk)][group] for group, _ in place.groups]
    return [Decimal(points) for _, points in place.groups]


def band_chart(ranking: Ranking) -> Chart | None:
    """Who would win as the weight of social value runs from 0 to 100."""
    if not ranking.stretches:
        return None
    tender = ranking.result.tender
    rest = ", price and quality keeping their proportion" if tender.is_procurement else ""
    return charts.winner_band(
        title=BAND_TITLE if tender.is_procurement else BAND_TITLE_WITHOUT_WINNER,
        description=(
            f"The {tender.words.bid} with the highest score as social value counts for more or "
            f"less{rest}. {percent(ranking.published, 4)} was published."
        ),
        published=ranking.published,
        spans=[(one.winners, one.low, one.high) for one in ranking.stretches],
    )
