"""Why the best set is what it is: each sentence is true when every set is tried."""

import pytest
from hypothesis import HealthCheck, given, settings

from evaluations import swaps
from evaluations.choosing import NotProven, best_choice, within
from evaluations.programme import Choice, as_json, down_the_ranking
from evaluations.swaps import answer, left_out, what_minimums_do, with_it_in
from tests.evaluations.rounds import application, best_of_every_set, keeps_to, round_of, rounds

A = application("A", 9000, 60_000_000, serves="X")
B = application("B", 7000, 50_000_000, serves="Y")
C = application("C", 6000, 40_000_000, serves="X")
D = application("D", 5690, 40_000_000, serves="Y")
SEARCH = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def words_of(asked) -> dict[str, str]:
    return {one.application.name: one.words for one in answer(asked).left_out}


def test_leaving_out_the_first_is_explained_by_what_it_would_cost():
    assert words_of(round_of(A, B, C, budget=90_000_000)) == {
        "A": "With A in, the best set would be A: 90.00 points, 40.00 fewer, because A asks for "
        "£600,000 of £900,000."
    }


def test_only_those_ranked_above_a_funded_one_need_a_reason():
    asked = round_of(A, B, C, budget=60_000_000)

    assert (answer(asked).best.ids, words_of(asked)) == ({"A"}, {})


def test_more_than_the_whole_budget_is_said():
    assert words_of(round_of(A, C, budget=40_000_000)) == {
        "A": "A asks for £600,000, more than all of £400,000."
    }


def test_a_minimum_that_leaves_the_first_out_is_named():
    asked = round_of(A, B, D, budget=90_000_000, needs={"Y": 2})

    assert words_of(asked) == {"A": "No set with A in it serves Field Y twice within £900,000."}


def test_a_minimum_beside_another_that_can_be_kept_is_named_alone():
    asked = round_of(A, B, C, D, budget=130_000_000, needs={"X": 1, "Y": 2})

    assert words_of(asked) == {
        "A": "No set with A in it serves Field Y twice and keeps the other minimums within "
        "£1,300,000."
    }


def test_two_minimums_that_stand_against_it_together_are_both_named():
    first = application("A", 9000, 60, serves="Z")
    x, y = application("B", 100, 40, serves="X"), application("C", 90, 40, serves="Y")
    asked = round_of(first, x, y, budget=100, needs={"X": 1, "Y": 1})

    assert words_of(asked) == {
        "A": "No set with A in it serves Field X once and Field Y once within £1."
    }


def test_minimums_that_fail_with_it_whichever_is_dropped_are_named_together():
    first = application("A", 9000, 90, serves="")
    others = [application(name, 90, 30, serves=name) for name in "XYZ"]
    asked = round_of(first, *others, budget=100, needs={"X": 1, "Y": 1, "Z": 1})

    assert words_of(asked) == {"A": "No set with A in it keeps to all minimums within £1."}


def test_where_the_minimums_and_not_the_money_cost_it_its_place_that_is_the_cause():
    first, second = application("A", 5000, 50), application("B", 4000, 50, serves="X")
    both = application("C", 100, 50, serves="XY")
    asked = round_of(first, second, both, budget=100, needs={"X": 1, "Y": 1})

    assert (answer(asked).best.ids, words_of(asked)) == ({"A", "C"}, {
        "B": "With B in, the best set would be B and C: 41.00 points, 10.00 fewer, because the "
        "fields of action must be served as published."
    })  # fmt: skip


def test_as_many_points_for_more_money_is_said():
    dear = application("B", 6000, 45_000_000)
    asked = round_of(dear, application("C", 6000, 40_000_000), budget=50_000_000)

    best = answer(asked).best

    assert with_it_in(asked, best, dear) == (
        "With B in, the best set would be B: as many points, for £50,000 more."
    )


def test_as_many_points_for_as_much_money_is_said():
    twin = application("B", 6000, 40_000_000)
    asked = round_of(application("A", 6000, 40_000_000), twin, budget=50_000_000)

    best = Choice(asked.applications[:1])

    assert with_it_in(asked, best, twin) == (
        "With B in, the best set would be B: as many points for as much money."
    )


def test_a_tie_of_points_and_money_is_no_only_answer():
    twins = application("A", 6000, 4), application("B", 6000, 4)

    tied, single = answer(round_of(*twins, budget=5)), answer(round_of(*twins, budget=8))

    assert (tied.is_only, single.is_only) == (False, True)
    assert {tied.best.ids, tied.another.ids} == {frozenset("A"), frozenset("B")}


def test_it_says_whose_place_a_minimum_takes():
    asked = round_of(A, B, C, budget=100_000_000, needs={"Y": 1})

    assert answer(asked).minimums == (
        "Without the minimum for Field Y, A would take the place of B: 20.00 points more.",
    )


def test_a_minimum_that_changes_nothing_says_so():
    asked = round_of(A, C, budget=100_000_000, needs={"X": 1})

    assert answer(asked).minimums == (
        "The minimum for Field X alone changes nothing: no set would be better.",
    )


def test_minimums_that_only_together_change_something_say_so():
    both = application("B", 100, 50, serves="XY")
    asked = round_of(application("A", 9000, 60), both, budget=60, needs={"X": 1, "Y": 1})

    assert answer(asked).minimums == (
        "The minimum for Field X alone changes nothing: no set would be better.",
        "The minimum for Field Y alone changes nothing: no set would be better.",
        "Without any minimum, A would take the place of B: 89.00 points more.",
    )


def test_a_minimum_that_costs_money_and_no_points_says_so():
    cheap, dear = application("A", 6000, 40), application("B", 6000, 45, serves="Y")
    free = application("C", 0, 5, serves="Y")

    assert answer(round_of(cheap, dear, budget=50, needs={"Y": 1})).minimums == (
        "Without the minimum for Field Y, A would take the place of B: as many points, for £0.05 "
        "less.",
    )
    assert answer(round_of(cheap, free, budget=50, needs={"Y": 1})).minimums == (
        "Without the minimum for Field Y, C would not be in: as many points, for £0.05 less.",
    )


def test_the_ranking_alone_passes_over_whoever_does_not_fit():
    assert down_the_ranking(round_of(A, B, C, budget=100_000_000)).ids == {"A", "C"}


@pytest.mark.parametrize(
    ("applications", "budget", "needs", "words"),
    [
        ((A, C), 100_000_000, {}, "That is the best set too."),
        (
            (A, B, C),
            90_000_000,
            {},
            "That would fund A: 90.00 points for £600,000, 40.00 fewer than the best set.",
        ),
        (
            (A, B, C),
            100_000_000,
            {"Y": 1},
            "That would fund A and C: 150.00 points for £1,000,000, 20.00 more than the best set. "
            "It does not keep to the published minimums: Field Y is served by 0, not 1.",
        ),
        (
            (application("E", 1000, 10), application("F", 3000, 30), application("G", 4000, 45)),
            45,
            {},
            "That would fund G: 40.00 points for £0.45, as many points as the best set, for £0.05 "
            "more.",
        ),
    ],
)
def test_the_best_set_stands_beside_the_ranking(applications, budget, needs, words):
    asked = round_of(*applications, budget=budget, needs=needs)

    assert answer(asked).by_ranking_words == words


@pytest.mark.parametrize(
    ("applications", "needs", "words"),
    [
        ((A, C), {"Y": 1}, ["No ranked application serves Field Y, and 1 must be funded."]),
        ((A, B), {"Y": 2}, ["Only 1 ranked application serves Field Y, and 2 must be funded."]),
        (
            (A, C),
            {"X": 2},
            [
                "Field X must be served twice. That takes at least £1,000,000, and the budget is "
                "£900,000."
            ],
        ),
        (
            (A, B),
            {"X": 1, "Y": 1},
            [
                "The minimum for Field X (1) cannot be reached beside the others for £900,000. "
                "Without it the others can.",
                "The minimum for Field Y (1) cannot be reached beside the others for £900,000. "
                "Without it the others can.",
            ],
        ),
        (
            tuple(application(name, 90, 50_000_000, serves=name) for name in "XYZ"),
            {"X": 1, "Y": 1, "Z": 1},
            [
                "No set reaches the minimums together for £900,000, whichever one of them is left "
                "out."
            ],
        ),
    ],
)
def test_it_says_why_there_is_no_set(applications, needs, words):
    found = answer(round_of(*applications, budget=90_000_000, needs=needs))

    assert (found.best, found.is_only, list(found.why_none)) == (None, False, words)


@SEARCH
@given(rounds(most=7))
def test_every_reason_is_what_trying_every_set_says(asked):
    found = answer(asked)
    if found.best is None:
        assert best_of_every_set(asked) == [] and found.why_none
        return

    for one in found.left_out:
        forced = best_of_every_set(asked, with_=one.application.id)
        assert ("the best set would be" in one.words) == bool(forced)
        lost = bool(forced) and found.best.points - forced[0].points
        assert (" fewer, because" in one.words) == bool(lost)
    for minimum, words in zip(asked.minimums, found.minimums, strict=False):
        free = best_of_every_set(asked.without(minimum.field))[0]
        assert ("changes nothing" in words) == (free.worth == found.best.worth)


def test_what_is_kept_of_a_question_names_nobody():
    kept = as_json(round_of(A, budget=90_000_000, needs={"X": 1}))

    assert kept == {
        "budget": 90_000_000,
        "places": 2,
        "minimums": {"X": 1},
        "applications": [
            {"id": "A", "rank": 1, "points": 9000, "asks": 60_000_000, "serves": ["X"]}
        ],
    }


def test_a_set_over_the_budget_or_below_a_minimum_does_not_keep_to_the_rules():
    asked = round_of(A, B, C, budget=100_000_000, needs={"Y": 1})

    kept = {ids: keeps_to(asked.choice(frozenset(ids)), asked) for ids in ("AB", "AC", "BC")}

    assert kept == {"AB": False, "AC": False, "BC": True}


def test_who_is_not_ranked_is_in_no_set():
    with pytest.raises(ValueError, match="not ranked: Z"):
        round_of(A, budget=1).choice(frozenset("Z"))


def test_reasons_for_which_no_time_is_left_are_said_to_be_unproven():
    """A hard round has hundreds of reasons, each of which may take as long as the best set."""
    asked = round_of(A, B, C, budget=90_000_000, needs={"X": 1, "Y": 1})
    best = best_choice(asked)

    with within(0):
        said = [one.words for one in left_out(asked, best)] + what_minimums_do(asked, best)

    late = "could not be proven in the time allowed."
    assert said == [
        f"What A would change {late}",
        f"What the minimum for Field X changes {late}",
        f"What the minimum for Field Y changes {late}",
        f"What the minimums change together {late}",
    ]
    assert late not in answer(asked).left_out[0].words


def test_all_that_finds_the_best_set_has_its_time_together(monkeypatch):
    monkeypatch.setattr(swaps, "LONGEST_SECONDS", 0)

    with pytest.raises(NotProven):
        answer(round_of(A, budget=60_000_001))
