"""Exact numbers in words a person reads. No floats in, none made on the way."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Number = int | Decimal | Fraction


def exact(value: Number) -> Decimal:
    """The value as a Decimal; a fraction is rounded at the ninth place, for the eye only."""
    if isinstance(value, Fraction):
        nearest = int(abs(value) * 10**9 + Fraction(1, 2))
        return Decimal(-nearest if value < 0 else nearest).scaleb(-9)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"{value!r} is not an exact number")
    return Decimal(value)


def said(value: Number, places: int | None = None) -> str:
    """Thousands separated, no trailing zeros, rounded only if `places` says so."""
    amount = exact(value)
    if places is not None:
        amount = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(amount):,f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"−{digits}" if amount < 0 and digits != "0" else digits


def plain_digits(number: Decimal) -> str:
    """12.5, not 12.50 and not 1.25E+1: as numbers are kept, and typed into a box."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def pounds(value: Number) -> str:
    """£1,250,000, or £1,250,000.50 when there are pence."""
    amount = exact(value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    digits = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"{'−' if amount < 0 else ''}£{digits}"
