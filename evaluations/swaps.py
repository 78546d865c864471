"""Why the best set of a funding round is what it is, in words; each found by solving again."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial

from design.numbers import pounds
from evaluations.choosing import (
    LONGEST_SECONDS,
    NotProven,
    another_as_good,
    best_choice,
    within,
)
from evaluations.programme import (
    Application,
    Choice,
    Minimum,
    Round,
    down_the_ranking,
    unmet_by,
)
from metrics.grammar import decimals

TIMES = {1: "once", 2: "twice"}


@dataclass(frozen=True)
class LeftOut:
    """An application that the best set does without though a funded one is ranked below it."""

    application: Application
    words: str


@dataclass(frozen=True)
class Answer:
    """What the solver made of a round: the best set, if there is one, and why it is."""

    asked: Round
    best: Choice | None
    another: Choice | None
    by_ranking: Choice
    by_ranking_words: str
    left_out: tuple[LeftOut, ...]
    minimums: tuple[str, ...]
    why_none: tuple[str, ...]

    @property
    def is_only(self) -> bool:
        """Whether no other set is as good."""
        return self.best is not None and self.another is None


@lru_cache(maxsize=32)
def answer(asked: Round) -> Answer:
    """The best set and everything that is said of it; kept, as the round says all there is.

    What the best set is has its time, and all the reasons together have theirs.
    """
    with within(LONGEST_SECONDS):
        best = best_choice(asked)
        another = another_as_good(asked, best) if best else None
    by_ranking = down_the_ranking(asked)
    with within(LONGEST_SECONDS):
        return Answer(
            asked=asked,
            best=best,
            another=another,
            by_ranking=by_ranking,
            by_ranking_words=beside_the_ranking(asked, best, by_ranking) if best else "",
            left_out=tuple(left_out(asked, best)) if best else (),
            minimums=tuple(what_minimums_do(asked, best)) if best else (),
            why_none=() if best else tuple(why_none(asked)),
        )


def in_time(said: Callable[[], str], about: str) -> str:
    """What is said, or that no time was left to prove it."""
    try:
        return said()
    except NotProven:
        return f"{about} could not be proven in the time allowed."


def beside_the_ranking(asked: Round, best: Choice, by_ranking: Choice) -> str:
    """The best set compared with funding down the ranking until the money is gone."""
    if by_ranking.ids == best.ids:
        return "That is the best set too."
    words = (
        f"That would fund {_named(by_ranking)}: {_sum_of(asked, by_ranking)}, "
        f"{_beside(asked, best, by_ranking)}."
    )
    short = unmet_by(by_ranking, asked.minimums)
    if not short:
        return words
    missed = [
        f"{one.title} is served by {by_ranking.serving(one.field)}, not {one.needed}"
        for one in short
    ]
    return f"{words} It does not keep to the published minimums: {_joined(missed)}."


def _beside(asked: Round, best: Choice, other: Choice) -> str:
    """How much worse another set is than the best, or how much better where it breaks a rule."""
    fewer = best.points - other.points
    if fewer > 0:
        return f"{_points(asked, fewer)} fewer than the best set"
    if fewer < 0:
        return f"{_points(asked, -fewer)} more than the best set"
    if other.asks > best.asks:
        return f"as many points as the best set, for {_money(other.asks - best.asks)} more"
    if other.asks < best.asks:
        return f"as many points as the best set, for {_money(best.asks - other.asks)} less"
    return "as many points and as much money as the best set"


def left_out(asked: Round, best: Choice) -> list[LeftOut]:
    """Why each application is not in, though a funded one is ranked below it."""
    lowest = max([one.rank for one in best.funded], default=0)
    return [
        LeftOut(
            one, in_time(partial(with_it_in, asked, best, one), f"What {one.name} would change")
        )
        for one in asked.applications
        if one.rank < lowest and one not in best.funded
    ]


def with_it_in(asked: Round, best: Choice, one: Application) -> str:
    """What the best set would be if this application had to be in it."""
    if one.asks > asked.budget:
        return f"{one.name} asks for {_money(one.asks)}, more than all of {_money(asked.budget)}."
    forced = best_choice(asked, with_=[one.id])
    if forced is None:
        return _cannot_be_in(asked, one)
    words = f"With {one.name} in, the best set would be {_named(forced)}"
    fewer = best.points - forced.points
    if fewer:
        return (
            f"{words}: {_points(asked, forced.points)} points, {_points(asked, fewer)} fewer, "
            f"because {_cause(asked, one)}."
        )
    if forced.asks > best.asks:
        return f"{words}: as many points, for {_money(forced.asks - best.asks)} more."
    return f"{words}: as many points for as much money."


def _cause(asked: Round, one: Application) -> str:
    """Whether it is the money or the minimums that leave an application out."""
    asks = f"{one.name} asks for {_money(one.asks)} of {_money(asked.budget)}"
    if not asked.minimums:
        return asks
    free = asked.without_minimums()
    without, with_it = best_choice(free), best_choice(free, with_=[one.id])
    if without is None or with_it is None or with_it.points < without.points:
        return asks
    return "the fields of action must be served as published"


def _cannot_be_in(asked: Round, one: Application) -> str:
    """Which minimum stands against an application that the budget would allow."""
    budget = _money(asked.budget)
    alone = [
        minimum
        for minimum in asked.minimums
        if best_choice(asked.without(minimum.field), with_=[one.id]) is not None
    ]
    if not alone:
        return f"No set with {one.name} in it keeps to all minimums within {budget}."
    served = _joined([f"{minimum.title} {_times(minimum.needed)}" for minimum in alone])
    others = " and keeps the other minimums" if len(alone) < len(asked.minimums) else ""
    return f"No set with {one.name} in it serves {served}{others} within {budget}."


def what_minimums_do(asked: Round, best: Choice) -> list[str]:
    """For each minimum, who would take whose place without it."""
    found = [
        in_time(partial(_without, asked, best, one), f"What the minimum for {one.title} changes")
        for one in asked.minimums
    ]
    if len(asked.minimums) > 1:
        found.append(
            in_time(partial(_without_any, asked, best), "What the minimums change together")
        )
    return found


def _without(asked: Round, best: Choice, minimum: Minimum) -> str:
    better = _better(asked.without(minimum.field), best)
    if better:
        return f"Without the minimum for {minimum.title}, {_places(asked, best, better)}."
    return f"The minimum for {minimum.title} alone changes nothing: no set would be better."


def _without_any(asked: Round, best: Choice) -> str:
    better = _better(asked.without_minimums(), best)
    told = _places(asked, best, better) if better else "no set would be better either"
    return f"Without any minimum, {told}."


def _better(freer: Round, best: Choice) -> Choice | None:
    """The best set under fewer rules, where it beats the one under all of them."""
    found = best_choice(freer)
    return found if found and found.worth > best.worth else None


def _places(asked: Round, best: Choice, free: Choice) -> str:
    """Who would come in for whom, and what that would change."""
    comes = [one.name for one in free.funded if one not in best.funded]
    goes = [one.name for one in best.funded if one not in free.funded]
    more = free.points - best.points
    gain = (
        f"{_points(asked, more)} points more"
        if more
        else f"as many points, for {_money(best.asks - free.asks)} less"
    )
    if not comes:
        return f"{_joined(goes)} would not be in: {gain}"
    if not goes:
        return f"{_joined(comes)} would come in: {gain}"
    return f"{_joined(comes)} would take the place of {_joined(goes)}: {gain}"


def why_none(asked: Round) -> list[str]:
    """Which minimum no set can reach, alone or beside the others."""
    said = [words for one in asked.minimums if (words := _never_reached(asked, one))]
    if said:
        return said
    freeing = [one for one in asked.minimums if best_choice(asked.without(one.field)) is not None]
    if not freeing:
        return [
            f"No set reaches the minimums together for {_money(asked.budget)}, whichever one of "
            "them is left out."
        ]
    return [
        f"The minimum for {one.title} ({one.needed}) cannot be reached beside the others for "
        f"{_money(asked.budget)}. Without it the others can."
        for one in freeing
    ]


def _never_reached(asked: Round, minimum: Minimum) -> str:
    """Why a minimum cannot be reached even alone; empty where it can."""
    serving = [one for one in asked.applications if minimum.field in one.serves]
    if len(serving) < minimum.needed:
        ranked = {0: "No ranked application serves", 1: "Only 1 ranked application serves"}
        who = ranked.get(len(serving), f"Only {len(serving)} ranked applications serve")
        return f"{who} {minimum.title}, and {minimum.needed} must be funded."
    cheapest = sum(sorted([one.asks for one in serving])[: minimum.needed])
    if cheapest > asked.budget:
        return (
            f"{minimum.title} must be served {_times(minimum.needed)}. That takes at least "
            f"{_money(cheapest)}, and the budget is {_money(asked.budget)}."
        )
    return ""


def _named(choice: Choice) -> str:
    return _joined([one.name for one in choice.funded]) or "nothing"


def _sum_of(asked: Round, choice: Choice) -> str:
    return f"{_points(asked, choice.points)} points for {_money(choice.asks)}"


def _points(asked: Round, points: int) -> str:
    return decimals(points, asked.places)


def _money(pence: int) -> str:
    return pounds(Fraction(pence, 100))


def _times(number: int) -> str:
    return TIMES.get(number, f"{number} times")


def _joined(names: list[str]) -> str:
    """A; A and B; A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
