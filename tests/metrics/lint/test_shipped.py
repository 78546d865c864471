"""What a check finds in the policies that ship, as a whole."""

from collections import Counter
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
    words_of,
)


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("text-run-together", [9]),
        ("wording-differs", [12]),
        ("period-differs", [9, 10, 18]),
        ("needs-baseline", [7, 8, 10]),
        ("standard-unclear", [11]),
        ("local-preference", [1, 2, 3, 13, 14, 15, 17, 18, 19]),
        ("check-still-offered", [17]),
        ("base-unclear", [4, 13, 14, 15, 16, 17, 18, 19]),
    ],
)
def test_a_fault_that_no_list_names_is_found_where_it_is(code, numbers):
    assert numbers_with(code) == numbers


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (
            NELC,
            {
                **dict.fromkeys(
                    [
                        *("contradiction", "sum-itself", "no-approver", "spend-aim"),
                        *("owner-not-named", "sensitivity-undecided", "month-not-said"),
                        *("expectation-unscored", "own-name", "date-unclear"),
                        "decision-not-recorded",
                    ],
                    1,
                ),
                "vat-not-said": 4,
            },
        ),
        (
            LEICESTER,
            {
                "left-undecided": 11,
                "month-not-said": 1,
                "own-name": 1,
                "decision-not-recorded": 1,
            },
        ),
        (
            WEST_OF_ENGLAND,
            {
                "left-undecided": 7,
                "scope-wider": 1,
                "date-unclear": 1,
                "decision-not-recorded": 1,
            },
        ),
    ],
)
def test_all_that_is_found_in_a_policy_without_metrics(code, found):
    assert Counter(one.code for one in found_in(code)) == found


def test_what_concerns_the_whole_catalogue_is_about_no_single_metric():
    whole = [one for one in found_in(SSLEP) if one.subject == "The whole catalogue"]

    assert [(one.code, one.numbers) for one in whole] == [("boundary", ()), ("base-unclear", ())]


# Faults that people who read the paper have noted beside it, and how the check calls them.
OTHER_NAME = {
    (10, "unit-mismatch"): (10, "period-differs"),
}
# Only the authority answers it, so it is put to nobody else.
NO_FAULT = {(16, "measures-authority")}


def test_every_note_made_by_hand_is_found_by_the_check_too():
    found = {(number, one.code) for one in found_in(SSLEP) for number in one.numbers}
    noted = {
        (metric.number, flag["kind"])
        for metric in metrics_of(SSLEP)
        for flag in metric.flags
        if flag["kind"] != "boundary"  # found once for the whole catalogue
    }

    missed = {OTHER_NAME.get(one, one) for one in noted - NO_FAULT} - found
    assert missed == set()


def test_a_few_metrics_are_compared_with_each_other_only():
    few = [asdict(one) for one in metrics_of(SSLEP) if one.number in (18, 20, 21)]

    found = check(metrics=few, rules=(), clauses=())

    between = [(one.code, one.numbers) for one in found if len(one.numbers) > 1]
    assert between == [("overlap", (20, 21))]
    assert not {"evidence-swapped", "evidence-copied"} & {one.code for one in found}


@pytest.mark.parametrize("code", ALL)
def test_every_finding_quotes_a_place_and_says_what_to_do(code):
    assert [
        one
        for one in found_in(code)
        if not one.clauses
        or not one.remedy
        or not one.words
        or any(not place["document"] or not place["text"] for place in one.clauses)
    ] == []


@pytest.mark.parametrize("code", ALL)
def test_what_is_quoted_stands_in_the_pack(code):
    words = words_of(code)
    texts = {
        *[one["text"] for one in words.clauses],
        *[one["clause"]["text"] for one in words.rules],
        *[words.published, words.adoption, ", ".join(words.principle_codes), "(blank)"],
    }
    for one in metrics_of(code):
        texts |= {one.wording, one.target_text, one.evidence_text}

    quoted = {place["text"] for one in found_in(code) for place in one.clauses}
    assert quoted - texts == set()


@pytest.mark.parametrize("code", ALL)
def test_no_two_findings_are_the_same(code):
    marks = [one.fingerprint for one in found_in(code)]

    assert len(set(marks)) == len(marks)


def test_errors_come_first():
    severities = [one.severity for one in found_in(SSLEP)]

    assert severities == [ERROR] * 2 + [WARNING] * (len(severities) - 2)
