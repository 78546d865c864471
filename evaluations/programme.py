"""A funding round as a question in whole numbers: which applications to fund under a budget.

Points are the published totals, in units of the last published place; money is in pence. The
best set has the most points of all that keep to the budget and to the minimum of every field of
action, and of those the least money.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Application:
    """One ranked application: what it earned, what it asks for, the fields it serves."""

    id: str
    name: str
    rank: int
    points: int
    asks: int
    serves: frozenset[str]


@dataclass(frozen=True)
class Minimum:
    """The fewest funded applications that serve a field of action."""

    field: str
    title: str
    needed: int


@dataclass(frozen=True)
class Round:
    """What is asked: the ranked applications, best first, the budget and the minimums."""

    applications: tuple[Application, ...]
    budget: int
    minimums: tuple[Minimum, ...] = ()
    places: int = 2

    @property
    def affordable(self) -> tuple[Application, ...]:
        """Those that do not ask for more than the whole budget."""
        return tuple([one for one in self.applications if one.asks <= self.budget])

    def without(self, *fields: str) -> "Round":
        """The same round without the minimums of these fields."""
        kept = tuple([one for one in self.minimums if one.field not in fields])
        return replace(self, minimums=kept)

    def without_minimums(self) -> "Round":
        return replace(self, minimums=())

    def choice(self, ids: frozenset[str]) -> "Choice":
        """The set of these applications, best first; each must be ranked."""
        unknown = ids - {one.id for one in self.applications}
        if unknown:
            raise ValueError(f"not ranked: {', '.join(sorted(unknown))}")
        return Choice(tuple([one for one in self.applications if one.id in ids]))


@dataclass(frozen=True)
class Choice:
    """A set of applications to fund, in the order of their rank."""

    funded: tuple[Application, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(one.id for one in self.funded)

    @property
    def points(self) -> int:
        return sum(one.points for one in self.funded)

    @property
    def asks(self) -> int:
        return sum(one.asks for one in self.funded)

    @property
    def worth(self) -> tuple[int, int]:
        """What one set is compared with another by: points, and then the least money."""
        return (self.points, -self.asks)

    def serving(self, field: str) -> int:
        """How many of the set serve a field of action."""
        return sum(field in one.serves for one in self.funded)


def unmet_by(choice: Choice, minimums: Sequence[Minimum]) -> list[Minimum]:
    """The minimums that a set does not reach."""
    return [one for one in minimums if choice.serving(one.field) < one.needed]


def down_the_ranking(asked: Round) -> Choice:
    """What the ranking alone would fund: whoever still fits, passing over whoever does not.

    The minimums are left aside.
    """
    left, funded = asked.budget, []
    for one in asked.applications:
        if one.asks <= left:
            funded.append(one)
            left -= one.asks
    return Choice(tuple(funded))


def as_json(asked: Round) -> dict[str, object]:
    """The question as it is kept with a recommendation: whole numbers, no names."""
    return {
        "budget": asked.budget,
        "places": asked.places,
        "minimums": {one.field: one.needed for one in asked.minimums},
        "applications": [
            {
                "id": one.id,
                "rank": one.rank,
                "points": one.points,
                "asks": one.asks,
                "serves": sorted(one.serves),
            }
            for one in asked.applications
        ],
    }
