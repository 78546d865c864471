"""Which words can be read on a colour: the contrast of WCAG 2, exact to the last digit shown."""

from decimal import Decimal

BLACK, WHITE = "#000000", "#FFFFFF"
# What WCAG 2 asks of words of ordinary size.
READABLE = Decimal("4.5")


def luminance(colour: str) -> Decimal:
    """How light a colour such as #1A2B3C is, from 0 for black to 1 for white."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue


def contrast(one: str, other: str) -> Decimal:
    """From 1 for the same colour twice to 21 for black on white."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + Decimal("0.05")) / (dark + Decimal("0.05"))


def readable_on(fill: str) -> str:
    """Black or white, whichever stands out more from this colour."""
    return max((BLACK, WHITE), key=lambda words: contrast(words, fill))


def _linear(part: int) -> Decimal:
    share = Decimal(part) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
