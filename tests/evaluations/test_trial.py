"""Invented bids: made up the same each time, read from a table, scored by the one engine."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaluations.scoring import score, work_out
from evaluations.trial import (
    Question,
    answers_of,
    at_weight,
    bid_from,
    invented,
    read_table,
    standin,
)
from tenders.published import read_published
from tests.evaluations.scoring_strategies import cases

QUESTIONS = [
    Question("price", "Price", "price"),
    Question("mark q1", "Mark for Method", "mark"),
    Question("quantity m5", "Hours: Hours planned", "quantity"),
]
UNITS = {"headcount": "people"}


def without_bids(case):
    return {key: value for key, value in case.items() if key != "bids"}


@given(cases())
def test_invented_bids_can_be_scored_under_any_rules_and_are_the_same_each_time(case):
    rules = without_bids(case)
    published = read_published(rules)

    bids = invented(published, UNITS, Fraction(1_000_000))

    assert "refused" not in score({**rules, "bids": bids})
    assert bids == invented(published, UNITS, Fraction(1_000_000))


@given(cases())
def test_what_a_bid_states_comes_back_from_its_boxes(case):
    for bid in case["bids"]:
        answers = answers_of(bid)

        assert bid_from(answers.pop("name"), answers) == bid


@given(cases(gates=False), st.sampled_from([5, 10, 33]))
def test_another_weight_is_a_whole_score_and_leaves_the_lines_as_they_were(case, weight):
    published = read_published(case)
    assume(0 < published.weights["social_value"] < 100)
    case = {**case, "rounding": {"places": 2, "level": "total"}}

    before, after = work_out(case), work_out(at_weight(case, published, Fraction(weight)))

    assert after.published.weights["social_value"] == weight
    assert {one.bid.id: one.fractions for one in before.ranked} == {
        one.bid.id: one.fractions for one in after.ranked
    }


@given(cases(relative=False, gates=False))
def test_a_bid_that_reaches_everything_has_every_point_but_those_of_price(case):
    published = read_published(case)
    full = standin(
        published,
        name="full",
        price=Fraction(100),
        marks=dict.fromkeys(published.marked, Fraction(100)),
        reached=dict.fromkeys(published.measured, Fraction(100)),
        bases=dict.fromkeys(published.bases_used, Fraction(49)),
    )
    judged = {one.id for one in published.criteria if one.method in {"marks", "target"}}

    ranked = work_out({**case, "bids": [full]}).ranked[0]

    assert {name: ranked.fractions[name] for name in judged} == dict.fromkeys(judged, 1)


@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_table_is_read_by_its_headings_in_any_order(mark):
    text = f"Hours: Hours planned{mark}bid{mark}Price\n36{mark}Alder{mark}£900000\n\n"

    assert read_table(text, QUESTIONS) == (
        [{"quantity m5": "36", "name": "Alder", "price": "900000"}],
        [],
    )


def test_commas_inside_quotes_belong_to_the_number():
    found, problems = read_table('Bid,Price\nAlder,"900,000"', QUESTIONS)

    assert (found, problems) == ([{"name": "Alder", "price": "900,000"}], [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste a table"),
        ("Bid,Price", "There is no bid below the headings"),
        ("Bid,Cost\nAlder,3", "No question of this tender is called “Cost”"),
        ("Bid,Price\n" + "Alder,3\n" * 7, "There are 7 bids. Try at most 6"),
        ('Bid,Price\nAlder,"' + "x" * 200_000, "This is not a table"),
    ],
)
def test_a_table_that_cannot_be_read_is_answered_in_words(text, words):
    _, problems = read_table(text, QUESTIONS)

    assert [one[: len(words)] for one in problems] == [words]
