"""Small or medium-sized in law: fewer than 250 staff, and one of two sums not exceeded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.size import verdict_on

SUMS = st.decimals(min_value=0, max_value=10**9, places=2)


def is_sme(staff, turnover=None, balance_sheet=None):
    sums = (None if one is None else Decimal(one) for one in (turnover, balance_sheet))
    turnover, balance_sheet = sums
    return verdict_on(staff=staff, turnover=turnover, balance_sheet=balance_sheet).is_sme


@pytest.mark.parametrize(
    ("staff", "turnover", "balance_sheet", "expected"),
    [
        (0, "0", None, True),
        (249, "43999999.99", None, True),
        (249, "44000000", None, True),
        (249, "44000000.01", None, None),
        (249, "44000000.01", "37999999.99", True),
        (249, "44000000.01", "38000000", True),
        (249, "44000000.01", "38000000.01", False),
        (249, None, "38000000", True),
        (249, None, "38000000.01", None),
        (249, None, None, None),
        (250, None, None, False),
        (250, "1", "1", False),
        (None, "1", "1", None),
    ],
)
def test_the_test_at_its_boundaries(staff, turnover, balance_sheet, expected):
    assert is_sme(staff, turnover, balance_sheet) is expected


@given(st.integers(0, 1000), SUMS, SUMS)
def test_with_all_figures_the_answer_is_what_the_act_says(staff, turnover, balance_sheet):
    in_law = staff < 250 and (turnover <= 44_000_000 or balance_sheet <= 38_000_000)

    assert is_sme(staff, turnover, balance_sheet) is in_law


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        (
            (5, "300000", None),
            ("5 staff is fewer than 250.", "Turnover of £300,000 is not more than £44 million."),
        ),
        ((1250, "1", "1"), ("1,250 staff is not fewer than 250.",)),
        (
            (249, "44000000.01", "38000000.01"),
            (
                "249 staff is fewer than 250.",
                "Turnover of £44,000,000.01 is more than £44 million.",
                "Balance sheet total of £38,000,000.01 is more than £38 million.",
            ),
        ),
    ],
)
def test_every_step_is_told_in_words(figures, why):
    staff, turnover, balance_sheet = figures

    found = verdict_on(
        staff=staff,
        turnover=Decimal(turnover),
        balance_sheet=Decimal(balance_sheet) if balance_sheet else None,
    )

    assert found.steps == why
