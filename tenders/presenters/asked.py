"""What bidders are asked, what it can earn, and how."""

from dataclasses import dataclass
from fractions import Fraction

from design.templatetags.format import money, number
from metrics.grammar import Refused
from metrics.presenters.targets import InWords, target_in_words
from tenders.five_cases import case_of, has_cases
from tenders.models import (
    Case,
    Criterion,
    Group,
    Method,
    PriceMethod,
    RankOn,
    RoundingLevel,
    Tender,
)
from tenders.presenters.gates import Minimum, minimums_of
from tenders.weights import resolve

TIES = {
    "social_value": "more points for social value",
    "quality": "more points for quality",
    "price": "more points for price",
    "lower_price": "the lower price",
}


@dataclass(frozen=True)
class Line:
    """One thing asked: what it can earn of 100 points, and how."""

    criterion: Criterion
    points: Fraction | None
    how: str
    target: InWords | None
    minimum: Minimum | None = None


@dataclass(frozen=True)
class Part:
    """Price, quality or social value, with what is asked for it."""

    title: str
    points: Fraction | None
    how: str
    lines: list[Line]
    minimum: Minimum | None = None


def parts_of(tender: Tender) -> list[Part]:
    """The whole score in its three parts. Points are None while weights do not make a whole."""
    try:
        whole = resolve(tender.weights)
    except Refused:
        whole = {}
    asked = list(tender.criteria.all())
    price = Part(tender.words.price, whole.get("price"), price_words(tender), [])
    return [price, *(_part(tender, group, whole.get(group), asked) for group in Group)]


def listed(tender: Tender, group: Group) -> dict:
    """What is asked in a group, and what its weights come to."""
    part = next(one for one in parts_of(tender) if one.title == group.label)
    total = sum(line.criterion.weight for line in part.lines)
    return {"part": part, "group": group, "total": total}


def parts_shown(tender: Tender) -> list[Part]:
    """The parts as a bidder reads them: a business case by its five cases."""
    return cases_of(tender) if has_cases(tender) else parts_of(tender)


def cases_of(tender: Tender) -> list[Part]:
    """What is asked in each of the five cases, and in none yet; nothing where there are none."""
    if not has_cases(tender):
        return []
    lines = [line for part in parts_of(tender) for line in part.lines]
    titles = {case.value: case.label for case in Case}
    if any(not case_of(line.criterion) for line in lines):
        titles[""] = "In no case yet"
    return [
        _case(title, [line for line in lines if case_of(line.criterion) == code])
        for code, title in titles.items()
    ]


def _case(title: str, lines: list[Line]) -> Part:
    points = [line.points for line in lines if line.points is not None]
    whole = sum(points, Fraction(0)) if len(points) == len(lines) else None
    return Part(title, whole, "", lines)


def _part(tender: Tender, group: Group, points: Fraction | None, asked: list[Criterion]) -> Part:
    minimums = minimums_of(tender)
    lines = [
        Line(
            criterion=one,
            points=None if points is None else points * Fraction(one.weight) / 100,
            how=how_words(tender, one),
            target=_target(tender, one),
            minimum=minimums.get(one.code),
        )
        for one in asked
        if one.group == group
    ]
    return Part(group.label, points, "", lines, minimums.get(group))


def _target(tender: Tender, criterion: Criterion) -> InWords | None:
    if criterion.metric is None:
        return None
    return target_in_words(criterion.measure_asked, criterion.metric)


def how_words(tender: Tender, criterion: Criterion) -> str:
    """How an answer earns its points."""
    if criterion.method == Method.MARKS:
        return (
            f"Evaluators mark it from 0 to {number(tender.max_mark)}. Points are in proportion "
            "to the mark the panel agrees."
        )
    if criterion.method == Method.MEETS_TARGET:
        return "All points if you commit to the whole target, otherwise none."
    return (
        "Points are in proportion to how much of the target you commit to. The whole target "
        "earns all points; more earns no more."
    )


def price_words(tender: Tender) -> str:
    """How a price earns its points."""
    if not tender.is_procurement:
        return "It earns no points."
    if not tender.price_weight:
        return "Price earns no points in this tender."
    if tender.price_method == PriceMethod.LOWEST_OVER_BID:
        return "The lowest price earns all points; yours earns the lowest price divided by yours."
    if tender.price_method == PriceMethod.LINEAR_FROM_LOWEST:
        return "The lowest price earns all points, twice that earns none, in a straight line."
    if tender.price_method == PriceMethod.MEAN_BASED:
        return "The mean price earns half the points; each per cent below it earns half a per cent."
    if tender.price_full_at is None or tender.price_zero_at is None:
        return "The prices that earn full points and none are not set yet."
    return (
        f"All points at {money(tender.price_full_at)} or less, none at "
        f"{money(tender.price_zero_at)} or more, and a straight line between."
    )


def ranking_words(tender: Tender) -> str:
    """How totals are rounded, ranked, and ties broken."""
    places = tender.rounding_places
    decimals = "1 decimal place" if places == 1 else f"{places} decimal places"
    what = "Each line is" if tender.rounding_level == RoundingLevel.LINE else "The total is"
    on = "rounded" if tender.rank_on == RankOn.ROUNDED else "exact, unrounded"
    ties = ", then ".join(TIES[rule] for rule in tender.tie_break)
    bids = tender.words.bids.capitalize()
    tie = f"{bids} that are equal are ordered by {ties}; if still equal they share the rank."
    return (
        f"{what} rounded half up to {decimals}. {bids} are ranked on the {on} totals. "
        f"{tie if ties else f'{bids} that are equal share the rank.'}"
    )
