"""Who can take part: firms of each size against a tender's targets and minimums."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from design.charts import COLOURS
from design.drawing import FAINT, INK, OCHRE, PAPER, PINE, Chart, Key, Rect, Words, across, label
from design.numbers import said
from evaluations import participation
from evaluations.participation import (
    CAN,
    CANNOT,
    DEPENDS,
    WITH_EFFORT,
    Asked,
    Firm,
    Part,
    Reach,
    Terms,
)
from evaluations.presenters.consequences import why_not_scored
from evaluations.presenters.ranking import GROUP_NAMES
from evaluations.scoring import Refused, work_out
from evaluations.trial import standin
from metrics.attainment import measure_ids, read_measure
from metrics.grammar import read_number
from metrics.models import Metric
from metrics.units import PEOPLE, with_unit
from tenders.cases import case_without_bids, fixed_bases
from tenders.models import Tender
from tenders.published import Published, read_published

PLUM = COLOURS[3]
# How each verdict stands in the picture and in the table: never by colour alone.
IN_WORDS = {
    CAN: ("✓", "Can", PINE, PAPER),
    WITH_EFFORT: ("~", "With effort", OCHRE, INK),
    CANNOT: ("✗", "Cannot", PLUM, PAPER),
    DEPENDS: ("?", "It depends", FAINT, INK),
}
WAYS = {
    "floor": "Only full blocks count",
    "ceil": "A part counts as a block",
    "pro_rata": "In proportion",
}


@dataclass(frozen=True)
class Cell:
    """One target for one firm."""

    sign: str
    verdict: str
    details: list[str]


@dataclass(frozen=True)
class TargetRow:
    """One target for every firm."""

    title: str
    cells: list[Cell]


@dataclass(frozen=True)
class FirmRow:
    """One firm, what is assumed of it, and what it comes to in words."""

    firm: Firm
    summary: str


@dataclass(frozen=True)
class GateRow:
    """One minimum, and whether each firm would pass it."""

    title: str
    passes: list[bool]


def terms_of(tender: Tender, hours: Fraction, little: Fraction, too_much: Fraction) -> Terms:
    """What the page assumes of every firm alike."""
    fixed = {name: read_number(value) for name, value in fixed_bases(tender).items()}
    return Terms(fixed, hours, little, too_much)


def asked_of(tender: Tender) -> list[Asked]:
    """Every target that bidders are held to: scored, or a condition of the contract."""
    scored = [
        (one.code, one.title, one.metric, one.measure_asked)
        for one in tender.criteria.all()
        if one.metric is not None
    ]
    bound = [
        (one.metric.code, f"{one.metric.short_title} (a condition)", one.metric, one.measure_asked)
        for one in tender.conditions.select_related("metric")
    ]
    return [_asked(*one) for one in [*scored, *bound]]


def _asked(code: str, title: str, metric: Metric, measure: dict) -> Asked:
    read = read_measure(measure)
    units = {one["id"]: one["unit"] for one in metric.quantities}
    return Asked(
        code=code,
        title=title,
        measure=read,
        units={name: units.get(name, metric.unit) for name in measure_ids(read)},
        base_units={one["id"]: one["unit"] for one in metric.bases},
    )


def reaches(firms: Sequence[Firm], asked: Sequence[Asked], terms: Terms) -> list[list[Reach]]:
    """By target, then by firm."""
    return [[participation.reach(firm, one, terms) for firm in firms] for one in asked]


def target_rows(
    firms: Sequence[Firm], asked: Sequence[Asked], found: list[list[Reach]], terms: Terms
) -> list[TargetRow]:
    """The table: what each target asks of each firm, and last what all hours come to."""
    rows = [
        TargetRow(one.title, [_cell(reach) for reach in row])
        for one, row in zip(asked, found, strict=True)
    ]
    together = [participation.all_hours(firm, asked, terms) for firm in firms]
    cells = [_cell(reach) for reach in together if reach is not None]
    return [*rows, TargetRow("All hours together, a year", cells)] if cells else rows


def _cell(reach: Reach) -> Cell:
    sign, verdict, _, _ = IN_WORDS[reach.verdict]
    return Cell(sign, verdict, [_part(part) for part in reach.parts])


def _part(part: Part) -> str:
    if part.required is None:
        return "no number known beforehand"
    amount = with_unit(_rounded(part.required), part.unit)
    if part.unit in PEOPLE and part.required.denominator > 1:
        amount += f" ({said(-(-part.required // 1))} in practice)"
    if part.share is None:
        return amount
    return f"{amount}: {_percent(part.share)} of {part.of}"


def _rounded(amount: Fraction) -> Fraction:
    return Fraction((amount * 100 + Fraction(1, 2)) // 1, 100)


def _percent(share: Fraction) -> str:
    return f"{said(participation.to_two_figures(share) if share else share)}%"


def firm_rows(firms: Sequence[Firm], found: list[list[Reach]]) -> list[FirmRow]:
    """Each firm with how many of the targets are within its reach."""
    return [
        FirmRow(firm, _summary([row[place].verdict for row in found]))
        for place, firm in enumerate(firms)
    ]


def _summary(verdicts: list[str]) -> str:
    counts = [
        (verdicts.count(CAN), "within reach"),
        (verdicts.count(WITH_EFFORT), "with effort"),
        (verdicts.count(CANNOT), "out of reach"),
        (verdicts.count(DEPENDS), "not to be told beforehand"),
    ]
    return ", ".join(f"{count} {words}" for count, words in counts if count) or "no targets"


def grid(firms: Sequence[Firm], asked: Sequence[Asked], found: list[list[Reach]]) -> Chart | None:
    """The picture: a row for each target, a box for each firm, by sign and by colour."""
    if not (firms and asked):
        return None
    wide = Fraction(1, len(firms))
    shapes: list = []
    words = [
        Words(across(wide * (place + Fraction(1, 2))), 16, firm.size, "middle", 14, True)
        for place, firm in enumerate(firms)
    ]
    top = 26
    for one, row in zip(asked, found, strict=True):
        named, y = label(one.title, "", top)
        words += named
        for place, reach in enumerate(row):
            sign, _, fill, ink = IN_WORDS[reach.verdict]
            shapes.append(Rect(across(wide * place), y, across(wide), 30, fill, PAPER))
            middle = across(wide * (place + Fraction(1, 2)))
            words.append(Words(middle, y + 21, sign, "middle", 18, True, ink))
        top = y + 42
    return Chart(
        title="Firms of each size against each target",
        description="A box for each firm, in the order of the list above; the sign says the same "
        "as the colour.",
        height=top,
        shapes=shapes,
        words=words,
        keys=[Key(f"{sign} {verdict}", fill) for sign, verdict, fill, _ in IN_WORDS.values()],
        head=["", *(firm.name for firm in firms)],
        rows=[
            [one.title, *(IN_WORDS[reach.verdict][1] for reach in row)]
            for one, row in zip(asked, found, strict=True)
        ],
    )


def gates(
    tender: Tender,
    firms: Sequence[Firm],
    asked: Sequence[Asked],
    found: list[list[Reach]],
    terms: Terms,
) -> tuple[list[GateRow], str]:
    """Whether each firm would pass each minimum, by the engine itself; or why nobody can tell."""
    case = tender.published_case if tender.is_public else case_without_bids(tender)
    try:
        published = read_published(case)
        if not published.gates:
            return [], ""
        bids = [
            _standin(published, firm, str(place), asked, [row[place] for row in found], terms)
            for place, firm in enumerate(firms)
        ]
        failed = work_out({**case, "bids": bids}).failed
    except Refused as refusal:
        return [], why_not_scored(tender, refusal)
    titles = {one["id"]: one.get("label", one["id"]) for one in case["criteria"]} | GROUP_NAMES
    return [
        GateRow(
            f"{titles.get(gate.id, gate.id)}: at least {said(gate.minimum_percent)}%",
            [gate.id not in failed.get(str(place), ()) for place in range(len(firms))],
        )
        for gate in published.gates
    ], ""


def _standin(
    published: Published,
    firm: Firm,
    name: str,
    asked: Sequence[Asked],
    row: list[Reach],
    terms: Terms,
) -> dict:
    """A bid of this firm at the contract value: its quality mark, and targets within reach."""
    reached = {
        quantity: Fraction(0 if reach.verdict == CANNOT else 100)
        for one, reach in zip(asked, row, strict=True)
        for quantity in measure_ids(one.measure)
    }
    bases = {name: Fraction(1) for name in published.bases_used}
    for one in asked:
        bases |= participation.bases_of(firm, one, terms)
    return standin(
        published,
        name=name,
        price=terms.fixed["contract_value"] if published.needs_price else None,
        marks=dict.fromkeys(published.marked, firm.quality),
        reached=reached,
        bases=bases,
    )
