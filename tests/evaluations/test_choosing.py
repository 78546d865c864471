"""The best set of a funding round, against trying every set one by one."""

import pytest
from hypothesis import HealthCheck, given, settings

from evaluations import choosing
from evaluations.choosing import NotProven, another_as_good, best_choice
from evaluations.programme import Choice, Round, down_the_ranking
from tests.evaluations.rounds import (
    application,
    best_of_every_set,
    every_set,
    keeps_to,
    round_of,
    rounds,
)

A = application("A", 9000, 60_000_000, serves="X")
B = application("B", 7000, 50_000_000, serves="Y")
C = application("C", 6000, 40_000_000, serves="X")
D = application("D", 6000, 45_000_000, serves="Y")
SEARCH = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ids(choice: Choice | None) -> str | None:
    return choice and "".join(sorted(choice.ids))


@SEARCH
@given(rounds())
def test_the_solver_finds_what_trying_every_set_finds(asked):
    best, expected = best_choice(asked), best_of_every_set(asked)

    assert (best and best.worth) == (expected[0].worth if expected else None)
    assert best is None or best in expected


@SEARCH
@given(rounds())
def test_it_says_exactly_when_another_set_is_as_good(asked):
    best = best_choice(asked)
    if best is None:
        return

    other = another_as_good(asked, best)

    others = [one for one in best_of_every_set(asked) if one != best]
    assert (other in others) if others else other is None


@SEARCH
@given(rounds())
def test_with_an_application_in_it_finds_the_best_that_holds_it(asked):
    for one in asked.applications[:3]:
        best, expected = best_choice(asked, with_=[one.id]), best_of_every_set(asked, with_=one.id)

        assert (best and best.worth) == (expected[0].worth if expected else None)


def by_ranking_only(asked: Round, *, with_=()) -> Choice:
    """A planted fault: the money is given down the ranking."""
    return down_the_ranking(asked)


def by_points_for_a_pound(asked: Round, *, with_=()) -> Choice:
    """A planted fault: the money goes to whoever earns most for a pound, in floats."""
    left, funded = asked.budget, []
    for one in sorted(asked.affordable, key=lambda one: -(one.points / one.asks)):
        if one.asks <= left:
            funded.append(one)
            left -= one.asks
    return Choice(tuple(funded))


def with_a_pound_too_many(asked: Round, *, with_=()) -> Choice | None:
    """A planted fault: the budget is overspent by a pound."""
    sets = [one for one in every_set(Round(asked.applications, asked.budget + 100))]
    return max(sets, key=lambda one: one.worth, default=None)


@pytest.mark.parametrize("fault", [by_ranking_only, by_points_for_a_pound, with_a_pound_too_many])
def test_a_choice_by_anything_less_is_found_out(monkeypatch, fault):
    monkeypatch.setattr(f"{__name__}.best_choice", fault)

    with pytest.raises(AssertionError):
        test_the_solver_finds_what_trying_every_set_finds()


def test_two_smaller_projects_beat_the_one_ranked_first():
    assert ids(best_choice(round_of(A, B, C, budget=90_000_000))) == "BC"


def test_the_last_penny_counts():
    assert ids(best_choice(round_of(A, C, budget=100_000_000))) == "AC"
    assert ids(best_choice(round_of(A, C, budget=99_999_999))) == "A"


def test_of_sets_with_the_same_points_the_cheapest_is_taken():
    assert ids(best_choice(round_of(C, D, budget=45_000_000))) == "C"


def test_a_minimum_brings_in_who_serves_the_field():
    assert ids(best_choice(round_of(A, B, budget=60_000_000))) == "A"
    assert ids(best_choice(round_of(A, B, budget=60_000_000, needs={"Y": 1}))) == "B"


def test_there_is_no_set_where_a_minimum_cannot_be_reached():
    assert best_choice(round_of(A, B, budget=90_000_000, needs={"Y": 2})) is None


def test_an_application_that_asks_for_more_than_the_budget_is_in_no_set():
    asked = round_of(A, budget=59_999_999)

    assert (ids(best_choice(asked)), best_choice(asked, with_=["A"])) == ("", None)


def test_with_no_application_the_best_set_is_empty_and_the_only_one():
    asked = round_of(budget=1)

    assert (best_choice(asked), another_as_good(asked, Choice(()))) == (Choice(()), None)


def test_large_sums_are_whole_numbers_still():
    most = 99_999_999_999_999
    some = [application(f"a{n}", 100_000_000, most - n) for n in range(40)]

    best = best_choice(round_of(*some, budget=most))

    assert (best.points, best.asks) == (100_000_000, most - 39)


def test_a_set_that_is_not_proven_to_be_the_best_is_not_shown(monkeypatch):
    monkeypatch.setattr(choosing, "LONGEST_SECONDS", 0.0)

    with pytest.raises(NotProven, match="could not be proven"):
        best_choice(round_of(A, B, C, budget=90_000_000))


def test_sixty_applications_are_solved_and_no_ranking_alone_does_better():
    some = [
        application(
            f"a{n}", 3000 + 97 * n % 6500, 2_000_037 * (1 + 31 * n % 29), serves="XYZ"[n % 3]
        )
        for n in range(60)
    ]
    asked = round_of(*some, budget=600_000_000, needs={"X": 3, "Y": 4, "Z": 5})

    best = best_choice(asked)

    assert keeps_to(best, asked)
    assert best.points > down_the_ranking(asked).points
