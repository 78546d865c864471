"""What a picture is made of. Across, everything is a percentage of the width, so that
a chart fills a phone, a screen or a page without its words changing size."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from textwrap import wrap

from design.numbers import Number

INK, QUIET, PAPER, RULE = "#0b0c0c", "#4d5150", "#ffffff", "#d9d0bf"
PINE, TINT, FAINT = "#0d4f4c", "#a9cbc7", "#f1ece1"
# Neighbours differ in lightness as well as in hue, and each stands out from the page.
OCHRE = "#bf830f"
COLOURS = (PINE, "#4c6fa6", OCHRE, "#7a2e62", "#5d6b1f", "#a4462a")


@dataclass(frozen=True)
class Rect:
    x: str
    y: int
    width: str
    height: int
    fill: str
    stroke: str = ""


@dataclass(frozen=True)
class Line:
    x1: str
    y1: int
    x2: str
    y2: int
    stroke: str = RULE
    width: int = 1


@dataclass(frozen=True)
class Dot:
    x: str
    y: int
    radius: int
    fill: str
    stroke: str = ""


@dataclass(frozen=True)
class Words:
    x: str
    y: int
    text: str
    anchor: str = "start"
    size: int = 16
    bold: bool = False
    fill: str = INK


@dataclass(frozen=True)
class Key:
    """One line of the legend: its colour, and what it stands for."""

    text: str
    fill: str
    mark: str = "box"  # box, dot, ring or line

    @property
    def colour(self) -> str:
        return NAMES[self.fill]


@dataclass(frozen=True)
class Chart:
    """A picture, its words, and the table that says the same."""

    title: str
    description: str
    height: int
    shapes: Sequence[Rect | Line | Dot]
    words: Sequence[Words]
    keys: Sequence[Key]
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    id: str = field(default="")

    def __post_init__(self):
        if not self.id:
            said = repr((self.title, self.description, self.head, self.rows)).encode()
            object.__setattr__(self, "id", f"chart-{hashlib.sha256(said).hexdigest()[:10]}")

    @property
    def rects(self):
        return [shape for shape in self.shapes if isinstance(shape, Rect)]

    @property
    def lines(self):
        return [shape for shape in self.shapes if isinstance(shape, Line)]

    @property
    def dots(self):
        return [shape for shape in self.shapes if isinstance(shape, Dot)]


# The same colours in the style sheets, for what is not drawn: `.tenth-swatch--pine`.
NAMES = {
    PINE: "pine",
    "#4c6fa6": "slate",
    OCHRE: "ochre",
    "#7a2e62": "plum",
    "#5d6b1f": "moss",
    "#a4462a": "brick",
    TINT: "tint",
    FAINT: "faint",
    INK: "ink",
}


def words_on(fill: str) -> str:
    """The colour of words that can be read on this fill."""
    return INK if fill == OCHRE else PAPER


LINE = 21
LETTERS_IN_A_LINE, FEWEST_LETTERS = 36, 16


def label(name: str, aside: str, top: int) -> tuple[list[Words], int]:
    """A row's name, wrapped to a phone's width, with a few words at the end; and its foot."""
    room = LETTERS_IN_A_LINE - (len(aside) + 2 if aside else 0)
    stands_below = room < FEWEST_LETTERS
    lines = wrap(name, LETTERS_IN_A_LINE if stands_below else room) or [""]
    words = [
        Words("0%", top + 17 + LINE * place, line, bold=True) for place, line in enumerate(lines)
    ]
    foot = top + 3 + LINE * (len(lines) + stands_below)
    if stands_below:
        words.append(Words("0%", foot - 7, aside))
    elif aside:
        words.append(Words("100%", top + 17, aside, "end"))
    return words, foot


def room_for(words: str) -> Fraction:
    """The share of the width these words need on the narrowest phone."""
    return Fraction(len(words) * 9 + 8, 320)


def share(part: Number, whole: Number) -> Fraction:
    """The part as a fraction of the whole, from 0 to 1, and 0 of nothing."""
    if not whole:
        return Fraction(0)
    return min(max(Fraction(part) / Fraction(whole), Fraction(0)), Fraction(1))


def across(place: Fraction, start: int = 0, end: int = 100) -> str:
    """A place from 0 to 1 between two percentages of the width."""
    percent = start + place * (end - start)
    hundredths = int(percent * 100 + Fraction(1, 2))
    return f"{Decimal(hundredths).scaleb(-2).normalize():f}%"
