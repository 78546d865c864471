"""The editions of one scheme drawn against the years, with the same in a table."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from charter.models import Framework
from design.drawing import (
    INK,
    PINE,
    QUIET,
    RULE,
    TINT,
    Chart,
    Key,
    Line,
    Rect,
    Words,
    across,
    label,
)
from design.templatetags.format import london_date

BAR, GAP, FOOT = 20, 16, 26
UNKNOWN = "not known"


def timeline(editions: Sequence[Framework], today: date) -> Chart | None:
    """When procurements could, had to and could no longer commence under each; None of none."""
    dated = [one for one in editions if one.applies_from]
    if not dated:
        return None
    scale = _Scale(dated, today)
    shapes: list = [Line(scale.at(day), 0, scale.at(day), 0, RULE) for day in scale.years]
    words: list[Words] = []
    top = 0
    for one in dated:
        named, y = label(one.edition or one.title, "", top)
        words += named
        shapes += _bar(one, _overtaken(one, dated), scale, y)
        top = y + BAR + GAP
    shapes = [_down_to(shape, top) for shape in shapes]
    shapes.append(Line(scale.at(today), 0, scale.at(today), top, INK, 3))
    for place, day in enumerate(scale.years):
        if place % scale.every == 0:
            words.append(Words(scale.at(day), top + 18, str(day.year), "middle", 15, fill=QUIET))
    return Chart(
        title="Editions and their dates",
        description=f"The line marks today, {london_date(today)}.",
        height=top + FOOT,
        shapes=shapes,
        words=words,
        keys=[Key("May be used", TINT), Key("Stands", PINE), Key("Today", INK, "line")],
        head=["Edition", "May be used from", "Required from", "No longer from"],
        rows=[[str(one.edition or one.title), *_days(one)] for one in dated],
    )


class _Scale:
    """Where a day lies across the picture, from New Year to New Year."""

    def __init__(self, dated: Sequence[Framework], today: date):
        days = [day for one in dated for day in (one.applies_from, one.applies_to) if day]
        self.first = date(min([*days, today]).year, 1, 1)
        self.last = date(max([*days, today]).year + 1, 1, 1)
        self.years = [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)][1:-1]
        # A phone has room for four years.
        self.every = 1 + len(self.years) // 5

    def share(self, day: date) -> Fraction:
        return Fraction((day - self.first).days, (self.last - self.first).days)

    def at(self, day: date) -> str:
        return across(self.share(day))


def _overtaken(one: Framework, dated: Sequence[Framework]) -> date | None:
    """The day from which a later edition is the one required."""
    later = [other.required_from for other in dated if other.applies_from > one.applies_from]
    return min([day for day in later if day], default=None)


def _bar(one: Framework, overtaken: date | None, scale: _Scale, y: int) -> list[Rect]:
    """Light where the edition may be used, dark where it is the one to use."""
    ends = one.applies_to or scale.last
    required = one.required_from or ends
    gives_way = min(ends, overtaken or ends)
    parts = [
        (one.applies_from, required, TINT),
        (required, gives_way, PINE),
        (max(required, gives_way), ends, TINT),
    ]
    return [
        Rect(scale.at(begin), y, across(scale.share(end) - scale.share(begin)), BAR, fill)
        for begin, end, fill in parts
        if begin < end
    ]


def _down_to(shape: Rect | Line, foot: int) -> Rect | Line:
    if isinstance(shape, Line):
        return Line(shape.x1, shape.y1, shape.x2, foot, shape.stroke, shape.width)
    return shape


def _days(one: Framework) -> list[str]:
    days = (one.applies_from, one.required_from, one.applies_to)
    return [london_date(day) if day else UNKNOWN for day in days]
