"""The scale of marks: which marks there are. Pure: no database, no Django."""

from decimal import Decimal
from fractions import Fraction


def plain(mark: Decimal) -> str:
    """A mark as people write it: 4, 3.5."""
    return f"{mark.normalize():f}" if mark else "0"


def marks_on(max_mark: Decimal, step: Decimal) -> list[Decimal]:
    """Every mark of the scale, from 0 up."""
    return [step * place for place in range(int(max_mark / step) + 1)]


def is_on(mark: Decimal, *, max_mark: Decimal, step: Decimal) -> bool:
    """Whether this is a mark of the scale: from 0 to the highest, and on a step."""
    return 0 <= mark <= max_mark and Fraction(mark) % Fraction(step) == 0


def in_words(max_mark: Decimal, step: Decimal) -> str:
    """The scale in words, for messages."""
    steps = "whole marks" if step == 1 else f"steps of {plain(step)}"
    return f"0 to {plain(max_mark)} in {steps}"


def are_far_apart(marks: list[Decimal], step: Decimal) -> bool:
    """Whether individual marks differ by more than one step, and so want discussion."""
    return bool(marks) and max(marks) - min(marks) > step
