"""Thirty things in the papers that somebody would get wrong, each found or kept apart."""

from dataclasses import asdict

import pytest

from metrics.lint import ERROR, WARNING, check
from tests.metrics.lint.shipped import (
    ALL,
    LEICESTER,
    NELC,
    SSLEP,
    WEST_OF_ENGLAND,
    faults_of,
    found_in,
    metrics_of,
    numbers_with,
    paragraphs_with,
    words_of,
    words_with,
)


def test_domain_12_01_question_marks_are_no_number():
    printed = [one.clauses[0]["text"] for one in found_in(SSLEP) if one.code == "target-not-set"]

    assert printed == [
        "??% of energy usage in ? units",
        "?? metric tonnes",
        "?? metric tonnes CO2 equivalents (MTCDE)",
        "?? miles per annum",
    ]


def test_domain_12_02_two_bases_in_one_document():
    assert paragraphs_with(NELC, "contradiction") == [
        ["Objectives, 3", "Delivery and Reporting, 2"]
    ]
    assert words_with(NELC, "contradiction") == [
        "One asks for at least 10% of the quality element, the other asks for at least 10% of the "
        "whole score. These are different amounts. Where the quality element is 60% of the score, "
        "the first comes to 6% of the whole score and the second to 10%."
    ]


def test_domain_12_02_a_tenth_of_what_is_not_said():
    assert paragraphs_with(SSLEP, "basis-not-said") == [["9"]]


def test_domain_12_03_threshold_or_weight_is_open():
    [found] = [
        one for one in found_in(SSLEP) if one.subject == "A threshold, or one part of the whole?"
    ]

    assert found.code == "left-undecided"
    assert "threshold" in found.clauses[0]["text"]


def test_domain_12_04_business_response_is_the_lever_and_not_the_bidder():
    own = [one.number for one in metrics_of(SSLEP) if one.answered_by == "policy"]

    assert own == [16]
    assert "measures-authority" not in faults_of(16)
    assert "local-preference" not in faults_of(16)


def test_domain_12_05_corrupted_and_exchanged_cells():
    assert numbers_with("evidence-swapped") == [18, 19]
    assert numbers_with("evidence-copied") == [21, 22]
    assert numbers_with("evidence-missing") == [7]
    assert numbers_with("text-cut-off") == [3]
    assert "unit-mismatch" in faults_of(4)


def test_domain_12_06_other_measures_are_not_compared():
    assert paragraphs_with(SSLEP, "alternative-not-compared") == [["19"]]


def test_domain_12_07_nobody_approves_leaving_it_out():
    [found] = [one for one in found_in(NELC) if one.code == "no-approver"]

    assert "will require evidence" in found.clauses[0]["text"]
    assert found.severity == WARNING


def test_domain_12_08_the_sum_itself_is_named_by_neither_clause():
    assert paragraphs_with(NELC, "sum-itself") == [
        [
            "Delivery and Reporting, 1, first sentence",
            "Delivery and Reporting, 1, second sentence",
        ]
    ]


def test_domain_12_08_vat_is_not_mentioned():
    subjects = [one.subject for one in found_in(NELC) if one.code == "vat-not-said"]

    assert subjects == [
        "Required over £100,000",
        "Wherever possible below that",
        "The Leadership Team",
        "Cabinet",
    ]


def test_domain_12_09_the_legal_minimum_is_no_benefit():
    assert numbers_with("legal-minimum") == [2]


def test_domain_12_10_a_quarter_of_spending_is_no_score():
    assert paragraphs_with(NELC, "spend-aim") == [["Objectives, 4"]]


def test_domain_12_11_nobody_decides_what_is_sensitive():
    assert paragraphs_with(NELC, "sensitivity-undecided") == [["Delivery and Reporting, 4"]]


@pytest.mark.parametrize(
    ("code", "places"),
    [(SSLEP, [["6 f"]]), (NELC, [["Governance, 5"]]), (LEICESTER, [["4, last point"]])],
)
def test_domain_12_12_a_year_means_two_things(code, places):
    assert paragraphs_with(code, "month-not-said") == places


def test_domain_12_12_the_review_in_april_has_its_month():
    [review] = [one for one in words_of(NELC).clauses if one["kind"] == "review"]

    assert review["facts"] == {"month": "4"}
    assert review["heading"] not in [
        one.subject for one in found_in(NELC) if one.code == "month-not-said"
    ]


def test_domain_12_13_metrics_change_and_nothing_says_how():
    assert paragraphs_with(SSLEP, "change-not-ruled") == [["18"]]


def test_domain_12_14_the_mapping_is_to_an_edition_that_ended():
    assert len(words_with(SSLEP, "edition-replaced")) == 1
    assert words_with(NELC, "edition-replaced") == []


def test_domain_12_14_guidance_for_others_is_no_duty():
    assert paragraphs_with(SSLEP, "guidance-quoted") == [["9"]]


def test_domain_12_15_local_means_several_things_in_one_table():
    assert words_with(SSLEP, "boundary") == [
        "“Local” has 4 meanings: Stoke-on-Trent and Staffordshire (“S&S”), by local authority "
        "geography of residence (metrics 1, 2 and 3); Local (metric 5); LEP postcodes (metrics "
        "13, 17, 18 and 19); The LEP area, or projects that directly benefit it (metrics 14 and "
        "15)."
    ]


def test_domain_12_16_part_of_fifty_is_not_said():
    assert numbers_with("rounding") == [17, 18, 19]
    assert {17, 18, 19} <= set(numbers_with("base-unclear"))


def test_domain_12_17_past_hours_would_do():
    assert numbers_with("past-or-future") == [5, 20, 21, 22, 25]


def test_domain_12_18_and_or_and_by_2030():
    assert numbers_with("dated-target") == [11]
    assert {9, 11} <= set(numbers_with("compound"))


def test_domain_12_19_pounds_with_a_percentage_of_something():
    assert {13, 14, 15, 24} <= set(numbers_with("unit-mismatch"))
    [found] = [one for one in found_in(SSLEP) if one.code == "base-unclear" and not one.numbers]
    assert found.words == (
        "Shares of money are taken of 5 different totals: Value of the contract (metrics 9 and "
        "24); Total contract costs (metric 13); Total investment in schemes related to local "
        "growth (metric 14); Total investment in schemes related to local business support "
        "(metric 15); Cost of the staffing and resources used (metric 16)."
    )


def test_domain_12_20_one_activity_under_two_metrics():
    pairs = [one.numbers for one in found_in(SSLEP) if one.code == "overlap"]

    assert sorted(pairs) == [(13, 15), (18, 19), (20, 21), (20, 25), (21, 25)]


def test_domain_12_21_six_expectations_are_not_scored():
    assert paragraphs_with(NELC, "expectation-unscored") == [
        [f"Defining Social Value, suppliers are expected to, {it}" for it in range(1, 7)]
    ]


def test_domain_12_21_a_guide_is_no_certificate():
    assert paragraphs_with(SSLEP, "guide-only") == [["16"]]


def test_domain_12_22_more_than_tenders():
    assert paragraphs_with(SSLEP, "scope-wider") == [["6 b", "3", "14", "21", "23"]]


def test_domain_12_23_proportion_without_a_measure_of_it():
    assert paragraphs_with(SSLEP, "proportion-not-said") == [["Taking Action"], ["15"]]


def test_domain_12_24_nobody_is_named_before_the_award():
    assert paragraphs_with(NELC, "owner-not-named") == [["Delivery and Reporting, 3"]]


def test_domain_12_25_goals_are_kept_by_number():
    served = [
        (one.code, it.number)
        for quadrant in words_of(SSLEP).quadrants
        for one in quadrant.principles
        for it in one.mappings
        if it.framework == "sdg" and it.is_primary and it.number in (3, 17)
    ]

    assert served == [("ES3", 17), ("CO2", 17), ("CO3", 17), ("CO4", 3)]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (SSLEP, ["They leave their own date to be confirmed."]),
        (NELC, ["They print the day of a review, which is no day on which they begin or end."]),
        (LEICESTER, []),
        (WEST_OF_ENGLAND, ["They print a day without its year."]),
    ],
)
def test_domain_12_27_no_missing_year_is_filled_in(code, words):
    assert words_with(code, "date-unclear") == words


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (
            NELC,
            "Procurement for Social Value Toolkit; Leadership Team; Social Value Advisory Group; "
            "Portfolio Holder Resources",
        ),
        (LEICESTER, "Economic Development, Transport and Tourism Scrutiny Commission"),
    ],
)
def test_domain_12_28_names_of_one_authority(code, names):
    assert words_with(code, "own-name") == [
        f"It gives bodies and papers the names that they have in one authority: {names}."
    ]


def test_domain_12_29_counts_would_do():
    assert numbers_with("personal-data") == [1, 2, 3, 17, 18, 19, 21]


@pytest.mark.parametrize("code", ALL)
def test_domain_12_30_nobody_is_named_and_nobody_can_be_called(code):
    assert words_with(code, "contact-details") == []


def test_domain_12_30_a_planted_address_is_found_in_a_shipped_metric():
    planted = asdict(metrics_of(SSLEP)[23]) | {"evidence_text": "Ask jo.field@council.example"}

    found = check(metrics=[planted], rules=(), clauses=())

    assert [(one.code, one.numbers) for one in found if one.code == "contact-details"] == [
        ("contact-details", (24,))
    ]


def test_only_what_cannot_be_relied_on_is_an_error():
    errors = [(code, one.code) for code in ALL for one in found_in(code) if one.severity == ERROR]

    assert errors == [(SSLEP, "text-cut-off"), (SSLEP, "evidence-missing")]
