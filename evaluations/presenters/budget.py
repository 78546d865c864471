"""The budget of a round as a picture: each funded project takes its part after the one before."""

from collections.abc import Sequence
from fractions import Fraction

from design.charts import BAR, GAP
from design.drawing import COLOURS, FAINT, PAPER, TINT, Chart, Rect, Words, across, label, share
from design.numbers import pounds
from evaluations.programme import Application

LEFT = "Left"


def budget_chart(funded: Sequence[Application], budget: int) -> Chart:
    """One bar for the whole budget, unrolled: a row for each project, and what is left."""
    left = budget - sum(one.asks for one in funded)
    parts = [(one.name, one.asks) for one in funded] + [(LEFT, left)]
    shapes: list[Rect] = []
    words: list[Words] = []
    table = []
    taken = top = 0
    for place, (name, asks) in enumerate(parts):
        named, y = label(name, money(asks), top)
        words += named
        fill = TINT if name is LEFT else COLOURS[place % 2]
        at, wide = across(share(taken, budget)), across(share(asks, budget))
        shapes += [Rect("0%", y, "100%", BAR, FAINT), Rect(at, y, wide, BAR, fill, PAPER)]
        taken += asks
        table.append([name, money(asks), money(taken)])
        top = y + BAR + GAP
    return Chart(
        title="What becomes of the budget",
        description=f"{money(budget)} from left to right: each project takes its part after the "
        "one before.",
        height=max(top - GAP, 1),
        shapes=shapes,
        words=words,
        keys=[],
        head=["", "Takes", "Taken so far"],
        rows=table,
    )


def money(pence: int) -> str:
    """Pence as pounds, as a person reads them."""
    return pounds(Fraction(pence, 100))
