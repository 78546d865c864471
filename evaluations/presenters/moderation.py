"""The panel's marks side by side, the widest disagreement first. Nothing is worked out of them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import User
from bids.models import Bid
from evaluations import scales
from evaluations.cases import conflicted_people, rests_on_none_of
from evaluations.models import AgreedMark, Mark
from evaluations.presenters.marking import marked_criteria, received_bids
from evaluations.presenters.people import names_of_evaluators
from tenders.models import Criterion, Tender

WIDTH, EDGE, RADIUS, LAYER = 200, 12, 6, 18


@dataclass(frozen=True)
class Dots:
    """A small picture of marks along the scale; equal marks stand on each other."""

    height: int
    line: int
    ticks: list[Decimal]
    dots: list[tuple[Decimal, int]]
    ring: Decimal | None
    width: int = WIDTH
    radius: int = RADIUS


@dataclass(frozen=True)
class Row:
    """One answer of one bid: every mark given, and the agreed one."""

    bid: Bid
    criterion: Criterion
    marks: list[Mark]
    agreed: AgreedMark | None
    is_agreed: bool
    far_apart: bool
    dots: Dots

    @property
    def values(self) -> list[str]:
        return [scales.plain(mark.value) for mark in self.marks]

    @property
    def spread(self) -> Decimal:
        values = [mark.value for mark in self.marks]
        return max(values) - min(values) if values else Decimal(0)


@dataclass(frozen=True)
class Panel:
    """All answers the panel agrees on."""

    rows: list[Row]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def agreed(self) -> int:
        return sum(row.is_agreed for row in self.rows)

    @property
    def far_apart(self) -> int:
        return sum(row.far_apart for row in self.rows)

    @property
    def is_complete(self) -> bool:
        return self.agreed == self.total > 0

    @property
    def next(self) -> Row | None:
        return next((row for row in self.rows if not row.is_agreed), None)


def panel_of(tender: Tender, viewer: User) -> Panel:
    """Every answer with the marks this person may see; what is open and widest comes first."""
    marks = defaultdict(list)
    seen = Mark.objects.visible_to(viewer).filter(bid__tender=tender).counted().latest()
    for mark in seen.order_by("value"):
        marks[mark.bid_id, mark.criterion_id].append(mark)
    visible = AgreedMark.objects.visible_to(viewer).filter(bid__tender=tender)
    agreed = {(one.bid_id, one.criterion_id): one for one in visible}
    conflicted = conflicted_people(tender)
    criteria = marked_criteria(tender)
    rows = [
        _row(tender, bid, one, marks[bid.pk, one.pk], agreed.get((bid.pk, one.pk)), conflicted)
        for bid in received_bids(tender)
        for one in criteria
    ]
    return Panel(sorted(rows, key=lambda row: (row.is_agreed, -row.spread)))


def _row(
    tender: Tender,
    bid: Bid,
    criterion: Criterion,
    marks: list[Mark],
    agreed: AgreedMark | None,
    conflicted: set[str],
) -> Row:
    values = [mark.value for mark in marks]
    return Row(
        bid=bid,
        criterion=criterion,
        marks=marks,
        agreed=agreed,
        is_agreed=agreed is not None and rests_on_none_of(agreed, conflicted),
        far_apart=scales.are_far_apart(values, tender.mark_step),
        dots=_dots(tender, values, agreed.value if agreed else None),
    )


def _dots(tender: Tender, values: list[Decimal], agreed: Decimal | None) -> Dots:
    def across(mark: Decimal) -> Decimal:
        whole = Decimal(WIDTH - 2 * EDGE)
        return (EDGE + whole * mark / tender.max_mark).quantize(Decimal("0.1"))

    tallest = max((values.count(value) for value in values), default=1)
    line = EDGE + LAYER * (tallest - 1)
    layers: dict[Decimal, int] = defaultdict(int)
    dots = []
    for value in values:
        dots.append((across(value), line - LAYER * layers[value]))
        layers[value] += 1
    return Dots(
        height=line + EDGE,
        line=line,
        ticks=[across(Decimal(whole)) for whole in range(int(tender.max_mark) + 1)],
        dots=dots,
        ring=None if agreed is None else across(agreed),
    )


@dataclass(frozen=True)
class GivenMark:
    """One evaluator's mark as the viewer may see it."""

    name: str
    value: str
    reason: str
    version: int
    earlier: list[Mark]


def marks_side_by_side(
    tender: Tender, bid: Bid, criterion: Criterion, viewer: User
) -> list[GivenMark]:
    """Every counted mark for one answer with its reason, and what stood there before."""
    names = names_of_evaluators(tender, viewer)
    seen = Mark.objects.visible_to(viewer).filter(bid=bid, criterion=criterion).counted()
    versions = defaultdict(list)
    for mark in seen.order_by("version"):
        versions[str(mark.evaluator_id)].append(mark)
    return [
        GivenMark(
            name=names.get(key, "Evaluator"),
            value=scales.plain(given[-1].value),
            reason=given[-1].reason,
            version=given[-1].version,
            earlier=given[:-1],
        )
        for key, given in sorted(versions.items(), key=lambda item: names.get(item[0], ""))
    ]
