"""The test of a small or medium-sized enterprise in law, step by step and exact.

Procurement Act 2023, section 123: fewer than 250 staff, and a turnover of £44 million or
less, or a balance sheet total of £38 million or less. It draws no line between micro,
small and medium-sized, so neither does Tenth.
"""

from dataclasses import dataclass
from decimal import Decimal

from design.numbers import pounds

STAFF_BELOW = 250
TURNOVER_AT_MOST = Decimal(44_000_000)
BALANCE_SHEET_AT_MOST = Decimal(38_000_000)


@dataclass(frozen=True)
class Verdict:
    """Whether it is one, None while a figure is wanting, and why, one line for each step."""

    is_sme: bool | None
    steps: tuple[str, ...]


def verdict_on(
    *, staff: int | None, turnover: Decimal | None, balance_sheet: Decimal | None
) -> Verdict:
    """Go through the test as far as the figures carry."""
    if staff is None:
        return Verdict(None, ())
    counted = f"{staff:,} staff"
    if staff >= STAFF_BELOW:
        return Verdict(False, (f"{counted} is not fewer than {STAFF_BELOW}.",))
    steps = [f"{counted} is fewer than {STAFF_BELOW}."]
    of_money = (
        ("Turnover", turnover, TURNOVER_AT_MOST),
        ("Balance sheet total", balance_sheet, BALANCE_SHEET_AT_MOST),
    )
    for name, amount, most in of_money:
        if amount is not None:
            is_within = amount <= most
            steps.append(f"{name} of {pounds(amount)} is {_compared(is_within)} {_millions(most)}.")
            if is_within:
                return Verdict(True, tuple(steps))
    is_settled = turnover is not None and balance_sheet is not None
    return Verdict(False if is_settled else None, tuple(steps))


def _compared(is_within: bool) -> str:
    return "not more than" if is_within else "more than"


def _millions(amount: Decimal) -> str:
    return f"£{amount / 1_000_000:f} million"
