"""How much of a target is reached, as a percentage: pure."""

from fractions import Fraction

from design.numbers import said


def percent_reached(fraction: Fraction) -> Fraction:
    """Cut off, never rounded up to the whole: 99.9% is not yet all of it."""
    return Fraction(fraction * 1000 // 1, 10)


def reached_in_words(fraction: Fraction) -> str:
    """The same as a page says it."""
    return f"{said(percent_reached(fraction))}%"
