"""Funding rounds for tests, and what trying every set one by one makes of them."""

from itertools import combinations

from hypothesis import strategies as st

from evaluations.programme import Application, Choice, Minimum, Round, unmet_by


def application(
    name: str, points: int, asks: int, *, serves: str = "", rank: int = 1
) -> Application:
    """One that is called by its id; `serves` names fields, a letter each."""
    return Application(name, name, rank, points, asks, frozenset(serves))


def round_of(*applications: Application, budget: int, needs: dict | None = None) -> Round:
    """Ranked by points as published, with the minimums given by field."""
    best_first = sorted(applications, key=lambda one: (-one.points, one.asks, one.name))
    points = [one.points for one in best_first]
    ranked = [
        Application(one.id, one.name, points.index(one.points) + 1, *_rest(one))
        for one in best_first
    ]
    minimums = [Minimum(field, f"Field {field}", n) for field, n in (needs or {}).items()]
    return Round(tuple(ranked), budget, tuple(minimums))


def _rest(one: Application) -> tuple:
    return one.points, one.asks, one.serves


def keeps_to(choice: Choice, asked: Round) -> bool:
    """Whether a set stays within the budget and reaches every minimum."""
    return choice.asks <= asked.budget and not unmet_by(choice, asked.minimums)


def every_set(asked: Round) -> list[Choice]:
    """Every set that keeps to the rules, found by trying all of them."""
    sets = (
        Choice(chosen)
        for size in range(len(asked.applications) + 1)
        for chosen in combinations(asked.applications, size)
    )
    return [one for one in sets if keeps_to(one, asked)]


def best_of_every_set(asked: Round, *, with_: str = "") -> list[Choice]:
    """The sets no other beats, of those that hold an application if one is named."""
    allowed = [one for one in every_set(asked) if not with_ or with_ in one.ids]
    best = max([one.worth for one in allowed], default=None)
    return [one for one in allowed if one.worth == best]


@st.composite
def rounds(draw, most: int = 9) -> Round:
    """Small rounds, in which ties of points and money are common."""
    steps = draw(st.sampled_from([1, 500, 12_345]))
    some = draw(
        st.lists(
            st.tuples(
                st.integers(0, 12).map(lambda n: n * 25 * steps),
                st.integers(1, 8).map(lambda n: n * 10_000 * steps + draw_odd(n)),
                st.sets(st.sampled_from("XYZ")),
            ),
            min_size=0,
            max_size=most,
        )
    )
    applications = [
        application(f"a{place}", points, asks, serves="".join(fields))
        for place, (points, asks, fields) in enumerate(some)
    ]
    budget = draw(st.integers(0, 30)) * 10_000 * steps + draw(st.integers(0, 3))
    needs = draw(st.dictionaries(st.sampled_from("XYZ"), st.integers(1, 3), max_size=3))
    return round_of(*applications, budget=budget, needs=needs)


def draw_odd(n: int) -> int:
    """A few pence, so that sums do not all come out even."""
    return n % 3
