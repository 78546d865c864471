"""What an approval paper is made of: plain values, so that it can be frozen and drawn again.

A part is a heading with blocks under it. Every block is words by then: nothing in a frozen paper
is worked out when it is drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from charter.proportion import Duty
from design.drawing import Chart, Dot, Line, Rect, Words

Block = dict[str, object]
SHAPES = {"rect": Rect, "line": Line, "dot": Dot}


def part(heading: str, *blocks: Block | None) -> dict:
    """A heading and what stands under it."""
    return {"heading": heading, "blocks": [one for one in blocks if one]}


def words(text: str) -> Block | None:
    """A paragraph; nothing where there are no words."""
    return {"kind": "words", "text": text} if text else None


def items(found: Iterable[str]) -> Block | None:
    """A list of points."""
    told = list(found)
    return {"kind": "items", "items": told} if told else None


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Block | None:
    """Rows whose first cell names them; `head` is empty for a list of facts."""
    told = [[str(cell) for cell in row] for row in rows]
    if not told:
        return None
    return {"kind": "table", "caption": caption, "head": list(head), "rows": told}


def clause(duty: Duty, says: str = "") -> Block:
    """A clause of the policy in its own words, with its place, and what it comes to here."""
    return {"kind": "clause", "says": says, **{key: duty.clause[key] for key in PLACE}}


PLACE = ("document", "paragraph", "text")


def picture(chart: Chart | None) -> Block | None:
    """A chart with all its numbers, and the table that says the same."""
    if chart is None:
        return None
    shapes = [{"shape": _name(one), **asdict(one)} for one in chart.shapes]
    kept = {"title": chart.title, "description": chart.description, "height": chart.height}
    told = {"head": list(chart.head), "rows": [list(row) for row in chart.rows]}
    lettering = [asdict(one) for one in chart.words]
    return {"kind": "picture", **kept, **told, "shapes": shapes, "words": lettering}


def drawn(kept: Mapping) -> Chart:
    """The chart that was kept."""
    shapes = [
        SHAPES[one["shape"]](**{name: value for name, value in one.items() if name != "shape"})
        for one in kept["shapes"]
    ]
    return Chart(
        title=kept["title"],
        description=kept["description"],
        height=kept["height"],
        shapes=shapes,
        words=[Words(**one) for one in kept["words"]],
        keys=[],
        head=kept["head"],
        rows=kept["rows"],
    )


def shown(content: Mapping) -> dict:
    """Frozen content, its pictures ready to be drawn."""
    parts = [
        {**one, "blocks": [_shown(block) for block in one["blocks"]]} for one in content["parts"]
    ]
    return {**content, "parts": parts}


def _shown(block: Mapping) -> dict:
    return {"kind": "picture", "chart": drawn(block)} if block["kind"] == "picture" else {**block}


def _name(shape: Rect | Line | Dot) -> str:
    return next(name for name, kind in SHAPES.items() if isinstance(shape, kind))
