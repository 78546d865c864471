"""Names that are not taken yet. Pure."""

from collections.abc import Container
from itertools import chain, count


def free_name(stem: str, taken: Container[str], *, joint: str = "-") -> str:
    """The stem, or the stem with the first number that makes it new."""
    tries = chain([stem], (f"{stem}{joint}{number}" for number in count(2)))
    return next(name for name in tries if name not in taken)
