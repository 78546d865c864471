"""Fifteen defects that readers of the papers noted, each found where it is."""

from dataclasses import asdict

import pytest

from metrics.lint import ERROR, WARNING, check
from tests.metrics.lint.shipped import (
    ALL,
    LEICESTER,
    NELC,
    SSLEP,
    WEST_OF_ENGLAND,
    found_in,
    metrics_of,
    numbers_with,
    paragraphs_with,
    words_of,
    words_with,
)


def test_product_d01_four_targets_are_question_marks():
    words = words_of(SSLEP)

    assert numbers_with("target-not-set") == [6, 7, 8, 10]
    assert numbers_with("unit-not-set") == [6]
    counted = (len(metrics_of(SSLEP)), len(words.principle_codes), len(words.quadrants))
    assert counted == (25, 15, 4)


def test_product_d02_no_evidence_for_waste():
    [found] = [one for one in found_in(SSLEP) if one.code == "evidence-missing"]

    assert (found.numbers, found.severity) == ((7,), ERROR)


def test_product_d03_placements_and_apprenticeships_are_exchanged():
    assert numbers_with("evidence-swapped") == [18, 19]


def test_product_d04_evidence_copied_from_the_next_row():
    assert numbers_with("evidence-copied") == [21, 22]


def test_product_d05_metric_and_target_differ_in_unit():
    rows = [1, 2, 3, 4, 9, 11, 13, 14, 15, 16, 23, 24]

    assert numbers_with("unit-mismatch") == rows


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        pytest.param("compound", [5, 9, 11, 20, 21, 22, 25], id="several in one"),
        pytest.param("dated-target", [11], id="a step on a date"),
        pytest.param("rounding", [17, 18, 19], id="one for every fifty"),
        pytest.param("conditional", [23], id="fifty employees or more"),
        pytest.param("target-not-set", [6, 7, 8, 10], id="undetermined"),
    ],
)
def test_product_d06_compound_targets(code, numbers):
    assert numbers_with(code) == numbers


def test_product_d07_a_track_record_mixed_with_a_promise():
    assert numbers_with("past-or-future") == [5, 20, 21, 22, 25]


def test_product_d08_rows_that_measure_the_authority():
    assert numbers_with("measures-authority") == [12, 14, 15]


def test_product_d08_the_row_for_policy_only_is_found_once_it_is_put_to_bidders():
    [own] = [asdict(one) for one in metrics_of(SSLEP) if one.answered_by == "policy"]
    asked = own | {"answered_by": "both"}

    found = [[one.code for one in check(metrics=[it], rules=(), clauses=())] for it in (own, asked)]

    assert own["number"] == 16
    assert [it for it in found[1] if it not in found[0]] == ["measures-authority"]


def test_product_d09_the_national_living_wage_is_the_law():
    assert numbers_with("legal-minimum") == [2]


def test_product_d09_a_discretionary_living_wage_is_not():
    texts = [one["text"] for one in words_of(NELC).clauses]

    assert any("Discretionary Living Wage" in text for text in texts)
    assert words_with(NELC, "legal-minimum") == []


def test_product_d10_two_tenths_that_contradict():
    [found] = [one for one in found_in(NELC) if one.code == "contradiction"]

    assert found.severity == WARNING
    assert [place["paragraph"] for place in found.clauses] == [
        "Objectives, 3",
        "Delivery and Reporting, 2",
    ]
    assert found.remedy == "Each tender records which of the two it follows, and why."


@pytest.mark.parametrize(
    ("code", "places"),
    [
        pytest.param(
            "vat-not-said",
            [
                ["Delivery and Reporting, 1, first sentence"],
                ["Delivery and Reporting, 1, second sentence"],
                ["Governance"],
                ["Governance"],
            ],
            id="three sums without VAT",
        ),
        pytest.param(
            "no-approver", [["Delivery and Reporting, 1, last sentence"]], id="leaving it out"
        ),
        pytest.param(
            "sensitivity-undecided", [["Delivery and Reporting, 4"]], id="commercial sensitivity"
        ),
        pytest.param("spend-aim", [["Objectives, 4"]], id="a quarter of spending"),
        pytest.param("month-not-said", [["Governance, 5"]], id="reports, unlike the April review"),
    ],
)
def test_product_d11_routing_opt_out_redaction_and_spending(code, places):
    assert paragraphs_with(NELC, code) == places


def test_product_d12_mapped_to_an_edition_that_has_ended():
    [found] = [one for one in found_in(SSLEP) if one.code == "edition-replaced"]

    assert found.words == (
        "It is to Social Value Model, PPN 06/20, which has been replaced: those it binds may begin "
        "no procurement under it from 1 October 2025 on."
    )
    assert found.clauses[0]["text"].split(", ") == words_of(SSLEP).principle_codes


def test_product_d12_goals_are_joined_by_number_whatever_a_paper_calls_them():
    [goals] = [one for one in words_of(SSLEP).frameworks if one.code == "sdg"]
    titles = {one.number: one.title for one in goals.themes}
    served = {
        it.number
        for quadrant in words_of(SSLEP).quadrants
        for one in quadrant.principles
        for it in one.mappings
        if it.framework == "sdg"
    }

    assert [titles[it] for it in (3, 17)] == [
        "Good Health and Well-being",
        "Partnerships for the Goals",
    ]
    assert served <= set(titles)


def test_product_d13_flat_targets_and_blocks_of_fifty():
    assert numbers_with("flat-target") == [5, 20, 21, 22, 25]
    assert numbers_with("rounding") == [17, 18, 19]


def test_product_d14_the_boards_open_questions():
    assert paragraphs_with(SSLEP, "left-undecided") == [
        ["22, first sentence"],
        ["22, second sentence"],
        ["22, last sentence"],
        ["16"],
    ]
    assert paragraphs_with(SSLEP, "alternative-not-compared") == [["19"]]
    assert paragraphs_with(SSLEP, "month-not-said") == [["6 f"]]


def test_product_d14_past_decisions_and_surgeries_are_only_suggested():
    assert paragraphs_with(SSLEP, "only-suggested") == [["21"], ["24"]]


@pytest.mark.parametrize("code", [LEICESTER, WEST_OF_ENGLAND])
def test_product_d15_whatever_a_draft_leaves_open_is_found(code):
    left = [[one["paragraph"]] for one in words_of(code).clauses if one["kind"] == "open"]

    assert paragraphs_with(code, "left-undecided") == left
    assert len(left) == {LEICESTER: 11, WEST_OF_ENGLAND: 7}[code]


def test_product_d15_two_of_three_levers_are_no_tender():
    assert paragraphs_with(WEST_OF_ENGLAND, "scope-wider") == [["6, lever 2", "6, lever 3"]]


def test_product_d15_packs_are_as_far_as_their_papers():
    assert [words_of(code).maturity for code in ALL] == [
        *("whole", "principles-only", "draft", "draft"),
    ]
