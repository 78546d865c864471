"""Every row of the board paper's table, with all that a check finds in it and nothing else."""

import pytest

from metrics.lint import ERROR
from tests.metrics.lint.shipped import SSLEP, faults_of, found_in, metrics_of, paragraphs_with

HOURS = ("compound", "flat-target", "past-or-future")
ROWS = {
    "01-a-share-of-fte": ("local-preference", "personal-data", "unit-mismatch"),
    "02-a-wage-the-law-sets": (
        *("legal-minimum", "local-preference", "personal-data", "unit-mismatch"),
    ),
    "03-nothing-to-compare-with": (
        *("local-preference", "personal-data", "text-cut-off", "unit-mismatch"),
    ),
    "04-a-count-with-a-share": ("base-unclear", "unit-mismatch"),
    "05-hours-in-twelve-months": HOURS,
    "06-no-target-and-no-unit": ("target-not-set", "unit-not-set"),
    "07-no-target-and-no-evidence": ("evidence-missing", "needs-baseline", "target-not-set"),
    "08-no-target-and-no-baseline": ("needs-baseline", "target-not-set"),
    "09-hours-and-or-money": (
        *("compound", "period-differs", "text-run-together", "unit-mismatch"),
    ),
    "10-no-target-for-miles": ("needs-baseline", "period-differs", "target-not-set"),
    "11-a-step-in-2030": ("compound", "dated-target", "standard-unclear", "unit-mismatch"),
    "12-sustainable-or-ethical": ("measures-authority", "wording-differs"),
    "13-pounds-with-a-share-of-costs": (
        *("base-unclear", "local-preference", "overlap", "unit-mismatch"),
    ),
    "14-pounds-with-a-share-of-investment": (
        *("base-unclear", "local-preference", "measures-authority", "unit-mismatch"),
    ),
    "15-pounds-with-a-share-of-support": (
        *("base-unclear", "local-preference", "measures-authority", "overlap", "unit-mismatch"),
    ),
    # Its lever is the authority's policy, so nobody asks a bidder for it.
    "16-the-authoritys-own": ("base-unclear", "unit-mismatch"),
    "17-one-trainee-in-fifty": (
        *("base-unclear", "check-still-offered", "local-preference", "personal-data", "rounding"),
    ),
    "18-weeks-a-year-for-fifty": (
        *("base-unclear", "evidence-swapped", "local-preference", "overlap", "period-differs"),
        *("personal-data", "rounding"),
    ),
    "19-one-apprentice-in-fifty": (
        *("base-unclear", "evidence-swapped", "local-preference", "overlap", "personal-data"),
        "rounding",
    ),
    "20-hours-for-young-people": (*HOURS[:2], "overlap", "overlap", HOURS[2]),
    "21-hours-with-copied-evidence": (
        *("compound", "evidence-copied", "flat-target", "overlap", "overlap", "past-or-future"),
        "personal-data",
    ),
    "22-hours-of-advice": ("compound", "evidence-copied", "flat-target", "past-or-future"),
    "23-contracts-or-companies": ("conditional", "unit-mismatch"),
    "24-pounds-with-a-share-of-value": ("unit-mismatch",),
    "25-hours-that-overlap": (*HOURS[:2], "overlap", "overlap", HOURS[2]),
}


@pytest.mark.parametrize(
    ("number", "faults"),
    list(enumerate(ROWS.values(), start=1)),
    ids=[f"domain-0.2-{it}" for it in ROWS],
)
def test_a_row_of_the_table_has_these_faults_and_no_other(number, faults):
    assert faults_of(number) == list(faults)


def test_domain_0_2_there_are_twenty_five_rows():
    assert (
        [one.number for one in metrics_of(SSLEP)]
        == list(range(1, 26))
        == [int(row[:2]) for row in ROWS]
    )


def test_domain_0_2_only_two_of_them_must_be_mended():
    errors = [(one.numbers, one.code) for one in found_in(SSLEP) if one.severity == ERROR]

    assert errors == [((3,), "text-cut-off"), ((7,), "evidence-missing")]


def test_domain_0_2_responses_are_fourteen_ten_and_one():
    levers = [one.answered_by for one in metrics_of(SSLEP)]

    assert [levers.count(it) for it in ("procurement", "both", "policy")] == [14, 10, 1]


# What the paper's prose says of the table, and of the rules in it that leave something out.


def test_domain_0_3_metrics_that_are_not_set_in_stone():
    assert paragraphs_with(SSLEP, "change-not-ruled") == [["18"]]


def test_domain_0_3_other_measures_of_a_bidders_own():
    assert paragraphs_with(SSLEP, "alternative-not-compared") == [["19"]]


def test_domain_0_3_a_review_in_no_month():
    assert paragraphs_with(SSLEP, "month-not-said") == [["6 f"]]
