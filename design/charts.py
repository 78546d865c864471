"""Charts from plain values. Every value shown is also in words on the picture or its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from design.drawing import (
    COLOURS,
    FAINT,
    INK,
    PAPER,
    PINE,
    QUIET,
    RULE,
    TINT,
    Chart,
    Dot,
    Key,
    Line,
    Rect,
    Words,
    across,
    label,
    room_for,
    share,
    words_on,
)
from design.numbers import Number, said

BAR, GAP, PLACES = 28, 18, 2
ROOM_FOR_A_NAME = Fraction(60, 100)


def in_words(value: Number, places: int = PLACES) -> str:
    """A value as it stands on a picture."""
    return said(value, places)


def stacked_bars(
    *,
    title: str,
    description: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Number]]],
    maximum: Number = 100,
) -> Chart:
    """One bar a row, made of its parts, with the total at the end of its name."""
    shapes: list = []
    words: list[Words] = []
    table = []
    top = 0
    for name, values in rows:
        named, y = label(name, in_words(sum(values)), top)
        words += named
        shapes.append(Rect("0%", y, "100%", BAR, FAINT))
        start: Number = 0
        for place, value in enumerate(values):
            at, wide = share(start, maximum), share(value, maximum)
            fill = COLOURS[place % len(COLOURS)]
            shapes.append(Rect(across(at), y, across(wide), BAR, fill, PAPER))
            if wide >= room_for(in_words(value)):
                middle = across(at + wide / 2)
                words.append(
                    Words(middle, y + 20, in_words(value), "middle", 15, fill=words_on(fill))
                )
            elif place == len(values) - 1 and at + wide < Fraction(85, 100):
                beside = across(at + wide + Fraction(1, 100))
                words.append(Words(beside, y + 20, in_words(value), size=15))
            start += value
        table.append([name, *(in_words(value) for value in values), in_words(sum(values))])
        top = y + BAR + GAP
    return Chart(
        title=title,
        description=description,
        height=max(top - GAP, 1),
        shapes=shapes,
        words=words,
        keys=legend(series),
        head=["", *series, "Total"],
        rows=table,
    )


def bars(
    *,
    title: str,
    description: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Number | None]]],
    unit: str = "",
    maximum: Number | None = None,
) -> Chart:
    """A group of bars a row, each with its value; None is said, not drawn as nothing."""
    known = [value for _, values in rows for value in values if value is not None]
    whole = maximum or max(known, default=0)
    names = [f" ({one})" for one in series] if len(series) > 1 else [""]
    # The longest words that can stand after a bar leave it this much of a phone's width.
    amounts = [with_unit(value, unit) for value in known]
    longest = max(amounts, key=len, default="") + max(names, key=len)
    widest = min(max(1 - room_for(longest), Fraction(2, 10)), Fraction(7, 10))
    shapes: list = []
    words: list[Words] = []
    top = 0
    for name, values in rows:
        named, y = label(name, "", top)
        words += named
        for place, value in enumerate(values):
            wide = share(value or 0, whole) * widest
            colour = COLOURS[place % len(COLOURS)]
            if value is not None:
                shapes.append(Rect("0%", y, across(wide) if wide else "1", 20, colour))
            amount = "not known" if value is None else with_unit(value, unit)
            said_of = amount + names[place]
            words.append(Words(across(wide + Fraction(1, 100)), y + 15, said_of, size=15))
            y += 24
        top = y + GAP - 4
    return Chart(
        title=title,
        description=description,
        height=max(top - GAP + 4, 1),
        shapes=shapes,
        words=words,
        keys=legend(series) if len(series) > 1 else [],
        head=["", *series],
        rows=[
            [name, *("not known" if v is None else with_unit(v, unit) for v in values)]
            for name, values in rows
        ],
    )


def winner_band(
    *,
    title: str,
    description: str,
    published: Number,
    spans: Sequence[tuple[str, Number, Number]],
    axis: str = "Weight of social value",
    here: str = "Published",
) -> Chart:
    """Who would win at each weight from 0 to 100 %, with the weight that decides marked."""
    names = list(dict.fromkeys(name for name, _, _ in spans))
    shapes: list = []
    words: list[Words] = []
    for name, low, high in spans:
        place = names.index(name)
        at, wide = share(low, 100), share(high, 100) - share(low, 100)
        fill = COLOURS[place % len(COLOURS)]
        shapes.append(Rect(across(at), 30, across(wide), 46, fill, PAPER))
        number = str(place + 1)
        short = len(name) <= 20
        inside = f"{number}  {name}" if short and wide >= ROOM_FOR_A_NAME else number
        if wide >= room_for(number):
            middle = across(at + wide / 2)
            words.append(Words(middle, 59, inside, "middle", 17, True, words_on(fill)))
    at = share(published, 100)
    shapes += [
        Line(across(at), 22, across(at), 34, INK, 3),
        Line(across(at), 72, across(at), 84, INK, 3),
    ]
    words.append(Words(across(at), 17, f"{here}: {in_words(published)}%", anchored(at), bold=True))
    words += axis_words(axis, y=100)
    keys = [
        Key(f"{place + 1}  {name}", COLOURS[place % len(COLOURS)])
        for place, name in enumerate(names)
    ]
    return Chart(
        title=title,
        description=description,
        height=126,
        shapes=shapes,
        words=words,
        keys=keys,
        head=["Weight from", "to", "Winner"],
        rows=[[f"{in_words(low, 4)}%", f"{in_words(high, 4)}%", name] for name, low, high in spans],
    )


def axis_words(axis: str, *, y: int) -> list[Words]:
    """0, 50 and 100 % below a band, and what they measure."""
    return [
        Words("0%", y, "0%", fill=QUIET, size=15),
        Words("50%", y, "50%", "middle", fill=QUIET, size=15),
        Words("100%", y, "100%", "end", fill=QUIET, size=15),
        Words("50%", y + 20, axis, "middle", fill=QUIET, size=15),
    ]


@dataclass(frozen=True)
class Marks:
    """Everyone's marks for one answer and, once there is one, the agreed mark."""

    label: str
    marks: Sequence[int]
    agreed: int | None = None


def dot_plot(*, title: str, description: str, maximum: int, rows: Sequence[Marks]) -> Chart:
    """One line a row from 0 to the highest mark, a dot for each mark, a ring for the agreed."""
    shapes: list = []
    words: list[Words] = []
    table = []
    top = 0
    for row in rows:
        listed = ", ".join(str(mark) for mark in sorted(row.marks)) or "no marks yet"
        named, y = label(row.label, listed, top)
        words += named
        tallest = max((row.marks.count(mark) for mark in row.marks), default=1)
        line = y + 14 + 19 * (tallest - 1)
        shapes.append(Line("3%", line, "97%", line, RULE, 2))
        for mark in range(maximum + 1):
            at = across(share(mark, maximum), 3, 97)
            shapes.append(Line(at, line - 4, at, line + 4, RULE, 2))
            words.append(Words(at, line + 26, str(mark), "middle", 15, fill=QUIET))
            for layer in range(row.marks.count(mark)):
                shapes.append(Dot(at, line - 19 * layer, 8, PINE, PAPER))
        if row.agreed is not None:
            at = across(share(row.agreed, maximum), 3, 97)
            shapes.append(Dot(at, line, 12, "none", "#a4462a"))
        agreed = "" if row.agreed is None else str(row.agreed)
        table.append([row.label, listed, agreed])
        top = line + 30 + GAP
    keys = [Key("A mark", PINE, "dot"), Key("The agreed mark", "#a4462a", "ring")]
    return Chart(
        title=title,
        description=description,
        height=max(top - GAP + 4, 1),
        shapes=shapes,
        words=words,
        keys=keys if any(row.agreed is not None for row in rows) else keys[:1],
        head=["", "Marks", "Agreed mark"],
        rows=table,
    )


@dataclass(frozen=True)
class Bullet:
    """One promise: what was committed, and how much of it is due, claimed and verified."""

    label: str
    committed: Number
    due: Number
    claimed: Number
    verified: Number
    unit: str = ""


def bullet_bars(*, title: str, description: str, rows: Sequence[Bullet]) -> Chart:
    """Each promise against its own commitment: verified within claimed, and a line at due."""
    shapes: list = []
    words: list[Words] = []
    top = 0
    for row in rows:
        whole = max(row.committed, row.due, row.claimed, row.verified)
        so_far = f"{in_words(row.verified)} of {with_unit(row.committed, row.unit)}"
        named, y = label(row.label, so_far, top)
        words += named
        shapes.append(Rect("0%", y, across(share(row.committed, whole)), BAR, FAINT, RULE))
        shapes.append(Rect("0%", y, across(share(row.claimed, whole)), BAR, TINT))
        shapes.append(Rect("0%", y + 8, across(share(row.verified, whole)), BAR - 16, PINE))
        due = across(share(row.due, whole))
        shapes.append(Line(due, y - 3, due, y + BAR + 3, INK, 3))
        late = row.due - row.verified
        note = f"due {in_words(row.due)}, claimed {in_words(row.claimed)}"
        note += f", {in_words(late)} behind" if late > 0 else ", on track"
        words.append(Words("0%", y + BAR + 18, note, size=15, fill=QUIET))
        top = y + BAR + 24 + GAP
    return Chart(
        title=title,
        description=description,
        height=max(top - GAP, 1),
        shapes=shapes,
        words=words,
        keys=[
            Key("Verified", PINE),
            Key("Claimed", TINT),
            Key("Committed", FAINT),
            Key("Due by now", INK, "line"),
        ],
        head=["", "Due", "Claimed", "Verified", "Committed"],
        rows=[
            [
                row.label,
                *(in_words(value) for value in (row.due, row.claimed, row.verified)),
                with_unit(row.committed, row.unit),
            ]
            for row in rows
        ],
    )


def progress(*, title: str, description: str, done: int, total: int) -> Chart:
    """So many of so many."""
    shapes: list = [
        Rect("0%", 0, "100%", 14, FAINT),
        Rect("0%", 0, across(share(done, total)), 14, PINE),
    ]
    words = [Words("0%", 36, f"{done} of {total}", bold=True)]
    return Chart(
        title=title,
        description=description,
        height=42,
        shapes=shapes,
        words=words,
        keys=[],
        head=["Done", "Of"],
        rows=[[str(done), str(total)]],
    )


def legend(series: Sequence[str]) -> list[Key]:
    """A line of the legend for each series, in order."""
    return [Key(name, COLOURS[place % len(COLOURS)]) for place, name in enumerate(series)]


def with_unit(value: Number, unit: str) -> str:
    """The value and its unit: "£" stands before, anything else after."""
    if unit == "£":
        return f"£{in_words(value)}"
    joint = "" if unit in {"", "%"} else " "
    return f"{in_words(value)}{joint}{unit}"


def anchored(at: Fraction) -> str:
    """Which end of some words stands at a place, so that they stay inside the picture."""
    if at < Fraction(2, 10):
        return "start"
    return "end" if at > Fraction(8, 10) else "middle"
