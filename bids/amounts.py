"""How much of a target is reached, in words: pure."""

from fractions import Fraction

from design.numbers import said


def reached_in_words(fraction: Fraction) -> str:
    """A percentage that is cut off, never rounded up to the whole: 99.9% is not yet all of it."""
    per_mille = fraction * 1000
    return f"{said(Fraction(per_mille.numerator // per_mille.denominator, 10))}%"
