"""A rising line from plain values, with a dot where something is said of it."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from design.charts import anchored, in_words
from design.drawing import INK, PINE, QUIET, RULE, Chart, Dot, Line, Words, across, share
from design.numbers import Number

TOP, FOOT, TALL = 26, 206, 240
Point = tuple[Number, Number]


def curve(
    *,
    title: str,
    description: str,
    points: Sequence[Point],
    marked: Point | None,
    axis: str,
    amount: Callable[[Number], str],
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Chart:
    """Values against what they are paid for, from 0; the marked one is said on the picture."""
    widest = max((x for x, _ in points), default=0)
    tallest = max((y for _, y in points), default=0)

    def place(point: Point) -> tuple[str, int]:
        height = share(point[1], tallest) * (FOOT - TOP)
        return across(share(point[0], widest)), FOOT - int(height + Fraction(1, 2))

    placed = [place(point) for point in points]
    shapes: list = [Line("0%", FOOT, "100%", FOOT, RULE, 2), Line("0%", TOP, "100%", TOP, RULE, 1)]
    shapes += [
        Line(one[0], one[1], after[0], after[1], PINE, 3)
        for one, after in zip(placed, placed[1:], strict=False)
    ]
    words = [
        Words("0%", TOP - 8, amount(tallest), size=15, fill=QUIET),
        Words("0%", FOOT + 18, "0", size=15, fill=QUIET),
        Words("100%", FOOT + 18, in_words(widest), "end", 15, fill=QUIET),
        Words("50%", FOOT + 34, axis, "middle", 15, fill=QUIET),
    ]
    if marked is not None:
        across_at, down = place(marked)
        at = share(marked[0], widest)
        shapes += [Line(across_at, down, across_at, FOOT, INK), Dot(across_at, down, 6, INK)]
        # Above the line to its left, where the rising line leaves the room free.
        side = "end" if at > Fraction(3, 10) else anchored(at)
        words.append(Words(across_at, max(down - 12, TOP + 14), amount(marked[1]), side, 16, True))
    return Chart(
        title=title,
        description=description,
        height=TALL,
        shapes=shapes,
        words=words,
        keys=[],
        head=head,
        rows=rows,
    )
