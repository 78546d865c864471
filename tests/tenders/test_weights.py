"""What weights come to, and whether the authority's policy allows them."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from charter.proportion import asked_of
from charter.scope import Contract
from metrics.grammar import Refused, plain
from tenders.weights import check_weights, resolve

GOLDEN = sorted((Path(__file__).parent.parent / "golden_policy").glob("*.json"))
OVERALL = {"basis": "overall", "price": "40", "quality": "50", "social_value": "10"}
ELEMENT = {
    "basis": "quality_element",
    "price": "40",
    "quality_element": "60",
    "social_value_share": "10",
}
RULE = {
    "id": "overall-10",
    "clause": {"document": "Policy", "paragraph": "2", "text": "At least 10 %."},
    "minimum_percent": "10",
    "basis": "overall",
}
SPLIT = {
    "id": "split",
    "kind": "split",
    "heading": "How the score is split",
    "document": "Policy",
    "paragraph": "3",
    "text": "Cost 70 %, quality 15 %, social value 15 %.",
    "facts": {"price": "70", "quality": "15", "social_value": "15"},
}


def ask(case):
    """The answer to a case as it is written in the golden files."""
    try:
        asked = asked_of(
            Contract(value=Decimal(case["value"]), on=date.fromisoformat(case["on"])),
            rules=case["rules"],
            clauses=[],
            leave=frozenset(case.get("leave", [])),
        )
        answer = check_weights(case["weights"], asked)
    except Refused:
        return {"refused": True}
    return {
        "is_allowed": answer.is_allowed,
        "required": [
            {
                "rule": one.duty.key,
                "basis": one.duty.facts["basis"],
                "minimum_percent": one.duty.facts["minimum_percent"],
                "effective_overall_minimum": plain(one.effective_overall_minimum),
            }
            for one in answer.required
        ],
        "chosen_basis": answer.chosen_basis,
        "chosen_percent": plain(answer.chosen_percent),
        "effective_overall_percent": plain(answer.effective_overall_percent),
        "broken": [one.duty.key for one in answer.broken],
        "unsettled": [[one.key, other.key] for one, other in answer.unsettled],
    }


def check(rules, weights=OVERALL, clauses=()):
    """The policy check on an ordinary day and value."""
    contract = Contract(value=Decimal(250_000), on=date(2026, 4, 1))
    return check_weights(weights, asked_of(contract, rules=rules, clauses=clauses))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_policy_golden_file_is_answered_exactly(path):
    golden = json.loads(path.read_text(encoding="utf-8"))

    assert ask(golden["case"]) == golden["answer"]


def test_weights_of_the_whole_are_taken_as_they_stand():
    assert resolve(OVERALL) == {"price": 40, "quality": 50, "social_value": 10}


def test_a_share_is_taken_of_the_quality_element():
    assert resolve(ELEMENT) == {"price": 40, "quality": 54, "social_value": 6}


@pytest.mark.parametrize(("share", "social_value"), [("0", 0), ("100", 60), ("33.333333333", None)])
def test_a_share_may_be_anything_from_0_to_100(share, social_value):
    resolved = resolve({**ELEMENT, "social_value_share": share})

    expected = Fraction(share) * 60 / 100 if social_value is None else social_value
    assert resolved["social_value"] == expected
    assert sum(resolved.values()) == 100


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        (None, "weights are an object"),
        (["overall"], "weights are an object"),
        ({}, "basis of weights"),
        ({**OVERALL, "basis": "whole"}, "basis of weights"),
        ({**OVERALL, "basis": ["overall"]}, "basis of weights"),
        ({**OVERALL, "social_value": "11"}, "total 101, not 100"),
        ({**OVERALL, "social_value": "9.999999999"}, "total 99.999999999, not 100"),
        (
            {**OVERALL, "price": "-10", "quality": "100"},
            "price: a weight may not be below 0",
        ),
        ({**OVERALL, "price": 40}, "price: a JSON number is not a number here"),
        ({**OVERALL, "quality_element": "50"}, '"quality_element" means nothing'),
        ({**ELEMENT, "social_value": "6"}, '"social_value" means nothing'),
        ({"basis": "overall", "price": "50", "quality": "50"}, '"social_value" is missing'),
        ({**ELEMENT, "price": "41"}, "total 101, not 100"),
        ({**ELEMENT, "social_value_share": "100.000000001"}, "from 0 to 100"),
        ({**ELEMENT, "social_value_share": "-0.000000001"}, "below 0"),
        ({**ELEMENT, "price": "-1", "quality_element": "101"}, "below 0"),
    ],
)
def test_weights_of_any_other_form_are_refused(weights, words):
    with pytest.raises(Refused, match=words):
        resolve(weights)


def test_a_broken_rule_says_where_it_stands_and_what_it_comes_to_of_the_whole():
    rule = {**RULE, "basis": "quality_element"}

    [broken] = check([rule], {**OVERALL, "quality": "59", "social_value": "1"}).broken

    assert (broken.clause, broken.effective_overall_minimum) == (RULE["clause"], 6)


SPLIT_WEIGHTS = {"basis": "overall", "price": "70", "quality": "15", "social_value": "15"}


def test_a_split_is_met_by_its_own_weights_and_by_no_others():
    met = [
        check([], weights, [SPLIT]).is_allowed
        for weights in (
            SPLIT_WEIGHTS,
            {**SPLIT_WEIGHTS, "price": "70.000000001", "quality": "14.999999999"},
            {**SPLIT_WEIGHTS, "quality": "14", "social_value": "16"},
            OVERALL,
        )
    ]

    assert met == [True, False, False, False]


def test_a_split_is_met_on_either_basis():
    weights = {
        "basis": "quality_element",
        "price": "70",
        "quality_element": "30",
        "social_value_share": "50",
    }

    assert check([], weights, [SPLIT]).is_allowed


def test_a_split_below_a_minimum_is_in_dispute_and_breaks_nothing_yet():
    answer = check([{**RULE, "minimum_percent": "20"}], SPLIT_WEIGHTS, [SPLIT])

    assert [[one.key, other.key] for one, other in answer.unsettled] == [
        ["rule:overall-10", "clause:split"]
    ]
    assert (answer.is_allowed, answer.broken) == (False, ())


def test_rules_with_the_same_basis_do_not_conflict():
    answer = check([RULE, {**RULE, "id": "overall-5", "minimum_percent": "5"}])

    assert answer.unsettled == ()


def test_a_rule_may_name_the_rule_of_its_own_policy_that_it_contradicts():
    element = {**RULE, "id": "element-10", "basis": "quality_element"}

    answer = check([{**RULE, "contradicts": "element-10"}, {**element, "contradicts": RULE["id"]}])

    assert [tuple(one.key for one in pair) for pair in answer.unsettled] == [
        ("rule:overall-10", "rule:element-10")
    ]


def test_an_answer_without_its_broken_rules_would_be_allowed():
    answer = check([RULE], {**OVERALL, "quality": "59", "social_value": "1"})

    assert not answer.is_allowed
    assert replace(answer, required=()).is_allowed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"minimum_percent": "101"}, "from 0 to 100"),
        ({"minimum_percent": "-1"}, "from 0 to 100"),
        ({"minimum_percent": 10}, "not a number here"),
        ({"basis": "price"}, "basis of weights"),
    ],
)
def test_a_rule_of_any_other_form_is_refused(change, words):
    with pytest.raises(Refused, match=words):
        check([{**RULE, **change}])
