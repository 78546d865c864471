"""The best set of a funding round, found exactly by a solver; no set that it has not proven."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from evaluations.programme import Application, Choice, Round

# Far beyond what hundreds of applications need; what is not proven by then is refused.
LONGEST_SECONDS = 20.0
# The moment, by the machine's own clock, at which whatever is being solved has had its time.
_until: ContextVar[float] = ContextVar("until", default=float("inf"))


class NotProven(Exception):
    """The solver ran out of time before it could prove a set to be the best."""

    def __init__(self) -> None:
        super().__init__(
            "The best set could not be proven in the time allowed, so none is shown. Try again; "
            "if it happens again, tell the people who run Tenth."
        )


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All that is solved inside has so many seconds together: a page waits no longer."""
    before = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(before)


def best_choice(asked: Round, *, with_: Collection[str] = ()) -> Choice | None:
    """The set with the most points, and of those with the least money; None where no set will do.

    `with_` names applications that must be in it.
    """
    question = _Question(asked, with_)
    if not question.can_be_asked:
        return None
    most = question.most_points()
    return None if most is None else question.least_money(most)


def another_as_good(asked: Round, best: Choice) -> Choice | None:
    """A different set with the same points and the same money, or None where there is none."""
    question = _Question(asked, ())
    return question.other_than(best)


class _Question:
    """A round as the solver reads it: one yes or no for each application, whole numbers only."""

    def __init__(self, asked: Round, with_: Collection[str]) -> None:
        from ortools.sat.python import cp_model

        self.cp_model = cp_model
        self.asked = asked
        self.model = cp_model.CpModel()
        self.picks = {one: self.model.new_bool_var(one.id) for one in asked.affordable}
        self.can_be_asked = set(with_) <= {one.id for one in self.picks}
        self.points = self._sum(lambda one: one.points)
        self.money = self._sum(lambda one: one.asks)
        self.model.add(self.money <= asked.budget)
        for minimum in asked.minimums:
            self.model.add(self._serving(minimum.field) >= minimum.needed)
        for one, pick in self.picks.items():
            if one.id in with_:
                self.model.add(pick == 1)

    def _sum(self, amount: Callable[[Application], int]) -> Any:
        """What the chosen applications come to."""
        amounts = [amount(one) for one in self.picks]
        return self.cp_model.LinearExpr.weighted_sum(list(self.picks.values()), amounts)

    def _serving(self, field: str) -> Any:
        return self._sum(lambda one: int(field in one.serves))

    def most_points(self) -> int | None:
        """The most points of any set; None where no set keeps to the rules."""
        self.model.maximize(self.points)
        best = self._solve()
        return None if best is None else best.points

    def least_money(self, points: int) -> Choice | None:
        """Of the sets with these points one with the least money."""
        self.model.add(self.points == points)
        self.model.minimize(self.money)
        return self._solve()

    def other_than(self, best: Choice) -> Choice | None:
        """A set of the same points and money that differs in at least one application."""
        self.model.add(self.points == best.points)
        self.model.add(self.money == best.asks)
        same = [pick if one in best.funded else pick.negated() for one, pick in self.picks.items()]
        self.model.add_bool_or([pick.negated() for pick in same])
        return self._solve()

    def _solve(self) -> Choice | None:
        """The proven answer; None where it is proven that there is none."""
        seconds = min(LONGEST_SECONDS, _until.get() - time.monotonic())
        if seconds <= 0:
            raise NotProven
        solver = self.cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_time_in_seconds = seconds
        status = solver.solve(self.model)
        if status == self.cp_model.INFEASIBLE:
            return None
        if status != self.cp_model.OPTIMAL:
            raise NotProven
        return Choice(tuple([one for one, pick in self.picks.items() if solver.value(pick)]))
