"""From published weights and agreed marks to points and ranks: exact, and no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, TypeVar

from evaluations.offers import Bid, read_bids
from evaluations.points import absolute_fraction, read_field, relative_fraction
from evaluations.stability import Stretch, stretches
from metrics.grammar import Refused, decimals, half_up
from tenders.criteria import Criterion
from tenders.published import Gate, Published, read_published
from tenders.weights import GROUPS

__all__ = ["Outcome", "Ranked", "Refused", "Sheet", "read_case", "score", "work_out"]

WEIGHT_PLACES = 4
NOTHING, WHOLE = Fraction(0), Fraction(100)
# Points are exact fractions; published points are whole units of the last place.
Points = TypeVar("Points", int, Fraction)


@dataclass(frozen=True)
class Sheet(Generic[Points]):
    """One bid's points by line and by group, and in total."""

    lines: Mapping[str, Points]
    groups: Mapping[str, Points]
    total: Points


@dataclass(frozen=True)
class Ranked:
    """A bid of the field, with its points and its place."""

    bid: Bid
    fractions: Mapping[str, Fraction]
    exact: Sheet[Fraction]
    shown: Sheet[int]
    rank: int


@dataclass(frozen=True)
class Outcome:
    """A whole case worked out: the ranking, and who failed which gates."""

    published: Published
    ranked: tuple[Ranked, ...]
    failed: Mapping[str, tuple[str, ...]]

    @property
    def winners(self) -> list[str]:
        """The bids of rank 1, in code-point order."""
        return sorted(one.bid.id for one in self.ranked if one.rank == 1)


def score(case: object) -> dict[str, object]:
    """The result of a scoring case, or why there is none."""
    try:
        return printed(work_out(case))
    except Refused as refusal:
        return {"refused": str(refusal)}
    except RecursionError:
        return {"refused": "the case is nested too deeply to be read"}


def work_out(case: object) -> Outcome:
    """Check a case, then gates, field, lines, totals and ranks, in that order."""
    published, bids = read_case(case)
    absolute = [one for one in published.criteria if not one.is_relative]
    fractions = {bid.id: {one.id: absolute_fraction(one, bid) for one in absolute} for bid in bids}
    failed = {bid.id: _failed_gates(published.gates, fractions[bid.id]) for bid in bids}
    field = [bid for bid in bids if not failed[bid.id]]
    compared_with = read_field(published.criteria, field)
    for bid in field:
        for one in published.criteria:
            if one.is_relative:
                fractions[bid.id][one.id] = relative_fraction(one, bid, compared_with)
    return Outcome(
        published=published,
        ranked=_rank(published, [(bid, fractions[bid.id]) for bid in field]),
        failed={name: gates for name, gates in failed.items() if gates},
    )


def read_case(case: object) -> tuple[Published, list[Bid]]:
    """A case read and checked: what was published, and the bids."""
    published = read_published(case)
    if not isinstance(case, Mapping) or "bids" not in case:
        raise Refused('"bids" is missing')
    return published, read_bids(case["bids"], published)


def _failed_gates(gates: Sequence[Gate], fractions: Mapping[str, Fraction]) -> tuple[str, ...]:
    return tuple([gate.id for gate in gates if _percent(gate, fractions) < gate.minimum_percent])


def _percent(gate: Gate, fractions: Mapping[str, Fraction]) -> Fraction:
    """The exact percentage reached of the criterion, or of the group by its weights."""
    if not gate.is_of_group:
        return 100 * fractions[gate.criteria[0].id]
    return sum([fractions[one.id] * one.weight for one in gate.criteria], NOTHING)


def _rank(
    published: Published, field: Sequence[tuple[Bid, Mapping[str, Fraction]]]
) -> tuple[Ranked, ...]:
    """The field, best first; equal bids share a rank and the next is skipped."""
    sheets = []
    for bid, fractions in field:
        exact = _add_up(
            published.criteria,
            {one.id: fractions[one.id] * one.full for one in published.criteria},
            NOTHING,
        )
        shown = _round(published, exact)
        sheets.append((_standing(published, bid, exact, shown), bid, fractions, exact, shown))
    sheets.sort(key=lambda sheet: (sheet[0], sheet[1].id))
    ranked: list[Ranked] = []
    standing_before = None
    for at, (standing, bid, fractions, exact, shown) in enumerate(sheets, start=1):
        rank = ranked[-1].rank if standing == standing_before else at
        ranked.append(Ranked(bid, fractions, exact, shown, rank))
        standing_before = standing
    return tuple(ranked)


def _add_up(
    criteria: Sequence[Criterion], lines: Mapping[str, Points], nothing: Points
) -> Sheet[Points]:
    groups = dict.fromkeys(GROUPS, nothing)
    for criterion in criteria:
        groups[criterion.group] += lines[criterion.id]
    return Sheet(lines, groups, sum(groups.values(), nothing))


def _round(published: Published, exact: Sheet[Fraction]) -> Sheet[int]:
    """The points as published: rounded half up once, at the level that was published."""
    places = published.rounding.places
    lines = {name: half_up(points, places) for name, points in exact.lines.items()}
    if published.rounding.level == "line":
        return _add_up(published.criteria, lines, 0)
    groups = {name: half_up(points, places) for name, points in exact.groups.items()}
    return Sheet(lines, groups, half_up(exact.total, places))


def _standing(
    published: Published, bid: Bid, exact: Sheet[Fraction], shown: Sheet[int]
) -> tuple[Fraction | int, ...]:
    """What ranking compares, least first: the total, then the tie-break rules in order."""
    rounding = published.rounding
    on_exact = rounding.rank_on == "exact" and rounding.level == "total"
    sheet: Sheet[Fraction] | Sheet[int] = exact if on_exact else shown
    standing: list[Fraction | int] = [-sheet.total]
    for rule in published.tie_break:
        if rule != "lower_price":
            standing.append(-sheet.groups[rule])
        elif bid.price is not None:
            standing.append(bid.price)
    return tuple(standing)


def stability_by_weight(outcome: Outcome) -> list[Stretch] | None:
    """Who is highest under each social value weight; None where there is nothing to vary."""
    weight = outcome.published.weights["social_value"]
    if weight in (NOTHING, WHOLE) or not outcome.ranked:
        return None
    return stretches(
        {
            one.bid.id: (
                (one.exact.groups["price"] + one.exact.groups["quality"]) / (WHOLE - weight),
                one.exact.groups["social_value"] / weight,
            )
            for one in outcome.ranked
        }
    )


def printed(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the result of a case, in the form of docs/scoring.md."""
    places = outcome.published.rounding.places
    bids: dict[str, object] = {
        one.bid.id: {
            "status": "ranked",
            "rank": one.rank,
            "total": decimals(one.shown.total, places),
            "groups": {name: decimals(n, places) for name, n in one.shown.groups.items()},
            "lines": {name: decimals(n, places) for name, n in one.shown.lines.items()},
        }
        for one in outcome.ranked
    }
    for name in sorted(outcome.failed):
        bids[name] = {"status": "failed_gate", "gates": list(outcome.failed[name])}
    stability = stability_by_weight(outcome)
    return {
        "weights": {
            group: decimals(half_up(weight, WEIGHT_PLACES), WEIGHT_PLACES)
            for group, weight in outcome.published.weights.items()
        },
        "bids": bids,
        "winners": outcome.winners,
        "sensitivity": None if stability is None else [one.as_json() for one in stability],
    }
