"""Who would win under another social value weight: solved exactly, not sampled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from metrics.grammar import decimals, half_up

PLACES = 4
NOTHING, EVERYTHING = Fraction(0), Fraction(100)


# A bid's exact score, from 0 to 1, on everything but social value and on social value.
Stand = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Stretch:
    """A range of social value weights over which the same bids are highest."""

    start: Fraction
    end: Fraction
    winners: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The stretch as the result of a case prints it."""
        return {
            "from": decimals(half_up(self.start, PLACES), PLACES),
            "to": decimals(half_up(self.end, PLACES), PLACES),
            "winners": list(self.winners),
        }


def stretches(stands: Mapping[str, Stand]) -> list[Stretch]:
    """The bids with the highest total at every social value weight from 0 to 100.

    A total is (100 - w) % of the rest plus w % of social value: a straight line in w.
    The lines that are highest somewhere are the corners of the upper hull of the bids
    drawn as points.
    """
    equal: dict[Stand, list[str]] = {}
    for bid, stand in stands.items():
        equal.setdefault(stand, []).append(bid)
    corners = _corners(equal)
    tips = [_tipping_point(one, another) for one, another in pairwise(corners)]
    return [
        Stretch(start, end, tuple(sorted(equal[corner])))
        for corner, start, end in zip(corners, [NOTHING, *tips], [*tips, EVERYTHING], strict=True)
    ]


def _corners(stands: Iterable[Stand]) -> list[Stand]:
    """The stands that are highest over some stretch, best on the rest first."""
    corners: list[Stand] = []
    for stand in sorted(stands, reverse=True):
        if corners and stand[1] <= corners[-1][1]:
            continue
        while len(corners) > 1 and _is_passed_over(corners[-2], corners[-1], stand):
            corners.pop()
        corners.append(stand)
    return corners


def _is_passed_over(before: Stand, stand: Stand, after: Stand) -> bool:
    """Whether it is nowhere above both its neighbours: below, or level at one point only."""
    return _tipping_point(before, stand) >= _tipping_point(stand, after)


def _tipping_point(one: Stand, another: Stand) -> Fraction:
    """The weight at which one that is better on the rest is caught on social value."""
    lost = one[0] - another[0]
    gained = another[1] - one[1]
    return 100 * lost / (lost + gained)
