"""A draft held against the published priorities, for its own company: what it reaches and lacks.

Marks that people give are never foretold. Points are told only where a published method gives
them for a commitment alone, whatever other bids say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import prefetch_related_objects
from django.urls import reverse

from bids.contents import Draft
from bids.deliverability import Hint, odd_bases
from bids.drafts import (
    answer_needs,
    bases_known,
    bases_missing,
    criteria_of,
    measure_of,
    price_missing,
    quantities_asked,
    reach_of,
)
from bids.guidance import circumstances_of, hints_on, hints_on_all
from bids.models import Bid
from bids.reach import Reach
from bids.shortfall import Step, ways_to_reach
from design.charts import bars
from design.drawing import Chart
from design.words import raised
from metrics.attainment import read_measure
from metrics.grammar import Refused, read_number
from metrics.units import with_unit
from tenders.models import Criterion, Group, Method, Tender
from tenders.presenters.asked import how_words, price_words
from tenders.presenters.gates import Minimum, minimums_of
from tenders.weights import resolve

WHOLE = 100


@dataclass(frozen=True)
class Checked:
    """One question: what the draft reaches, what it lacks, what it earns by formula alone."""

    criterion: Criterion
    href: str
    needs: tuple[str, ...]
    reach: Reach | None
    # Each way that reaches the target in full; empty where it is reached or cannot be told.
    ways: tuple[str, ...]
    hints: tuple[str, ...]
    how: str
    points: Fraction | None
    # None where people mark the answer.
    earned: Fraction | None
    minimums: tuple[Minimum, ...]

    @property
    def is_complete(self) -> bool:
        return not self.needs


@dataclass(frozen=True)
class Points:
    """Out of 100: what people give, what formulas give to a commitment alone, what the rest is."""

    by_people: Fraction
    by_formula: Fraction
    earned: Fraction
    for_price: Fraction
    price_words: str


@dataclass(frozen=True)
class Practice:
    """Everything the page says."""

    needs: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Checked, ...]], ...]
    hints: tuple[str, ...]
    chart: Chart | None
    points: Points | None

    @property
    def complete(self) -> int:
        return sum(one.is_complete for _, group in self.groups for one in group)

    @property
    def total(self) -> int:
        return sum(len(group) for _, group in self.groups)


@dataclass(frozen=True)
class Against:
    """What a draft is held against: the bases its targets rest on, weights and minimums."""

    bases: Mapping[str, str]
    weights: Mapping[str, Fraction]
    minimums: Mapping[str, Minimum]

    def points(self, criterion: Criterion) -> Fraction | None:
        """What the answer to one question can earn, out of 100."""
        if criterion.group not in self.weights:
            return None
        return self.weights[criterion.group] * Fraction(criterion.weight) / WHOLE

    def least(self, criterion: Criterion) -> tuple[Minimum, ...]:
        """The minimums of a question, its own and its group's."""
        named = (self.minimums.get(name) for name in (criterion.code, criterion.group))
        return tuple([one for one in named if one])


def practice_of(bid: Bid, draft: Draft) -> Practice:
    """The draft of a bid, checked."""
    tender, criteria = bid.tender, criteria_of(bid.tender)
    prefetch_related_objects([tender], "gates__criterion")
    around = circumstances_of(tender, criteria, draft.bases, draft.price)
    against = Against(bases_known(tender, draft), _weights(tender), minimums_of(tender))
    odd = {one.pk: hints_on(one, draft.answer_to(one).quantities, around) for one in criteria}
    checked = [_checked(bid, one, draft, against, odd[one.pk]) for one in criteria]
    metrics = [(one, draft.answer_to(one).quantities) for one in criteria if one.metric_id]
    told = {hint for hints in odd.values() for hint in hints}
    beside = (*odd_bases(around), *hints_on_all(metrics, around))
    return Practice(
        needs=tuple(_needs_beside(tender, criteria, draft)),
        groups=tuple(_grouped(checked)),
        hints=tuple([hint.words for hint in beside if hint not in told]),
        chart=_chart(checked),
        points=_points(tender, against.weights, checked) if against.weights else None,
    )


def _needs_beside(tender: Tender, criteria: Sequence[Criterion], draft: Draft) -> Iterable[str]:
    """What is missing outside the answers."""
    yield from bases_missing(criteria, draft.bases)
    yield from price_missing(tender, draft.price)


def _weights(tender: Tender) -> Mapping[str, Fraction]:
    """The points of price, quality and social value; nothing while they do not make a whole."""
    try:
        return resolve(tender.weights)
    except Refused:
        return {}


def _checked(
    bid: Bid, criterion: Criterion, draft: Draft, against: Against, hints: Iterable[Hint]
) -> Checked:
    answer, bases = draft.answer_to(criterion), against.bases
    reach = reach_of(criterion, answer.quantities, bases) if criterion.metric_id else None
    begins = f"{criterion.title}: "
    needs = [need.removeprefix(begins) for need in answer_needs(criterion, answer)]
    points = against.points(criterion)
    return Checked(
        criterion=criterion,
        href=reverse("bids:answer", args=[bid.pk, criterion.pk]),
        needs=tuple([raised(need) for need in needs]),
        reach=reach,
        ways=_ways(criterion, answer.quantities, bases),
        hints=tuple([hint.words for hint in hints]),
        how=how_words(bid.tender, criterion),
        points=points,
        earned=_earned(criterion, reach, points),
        minimums=against.least(criterion),
    )


def _earned(criterion: Criterion, reach: Reach | None, points: Fraction | None) -> Fraction | None:
    """The points of a commitment by its published formula; a target not known earns none yet."""
    if criterion.method == Method.MARKS or reach is None or points is None:
        return None
    fraction = reach.fraction or Fraction(0)
    if criterion.method == Method.MEETS_TARGET:
        return points if fraction == 1 else Fraction(0)
    return points * fraction


def _ways(
    criterion: Criterion, quantities: Mapping[str, str], bases: Mapping[str, str]
) -> tuple[str, ...]:
    """What would reach the target in full, a sentence for each way."""
    if criterion.metric_id is None:
        return ()
    asked = {one.id: one for one in quantities_asked(criterion)}
    ways = ways_to_reach(
        read_measure(measure_of(criterion)),
        {name: read_number(number) for name, number in quantities.items()},
        {name: read_number(number) for name, number in bases.items()},
        {name: one.unit for name, one in asked.items()},
    )
    steps = ([_step(one, asked[one.id].label, asked[one.id].unit) for one in way] for way in ways)
    return tuple([f"{' and '.join(way)}." for way in steps])


def _step(step: Step, label: str, unit: str) -> str:
    """12 apprenticeships for “Apprentices”, 3 more than now."""
    to = f"{with_unit(step.to, unit)} for “{label}”"
    if step.before is None:
        return to
    more = "more" if step.to > step.before else "less"
    return f"{to}, {with_unit(step.difference, unit)} {more} than now"


def _grouped(checked: Sequence[Checked]) -> Iterable[tuple[str, tuple[Checked, ...]]]:
    """Metrics by the principle they serve, then all else."""
    metrics = [one for one in checked if one.criterion.metric_id]
    principles = dict.fromkeys(one.criterion.metric.principle for one in metrics)
    for principle in principles:
        ours = [one for one in metrics if one.criterion.metric.principle == principle]
        yield principle.text, tuple(ours)
    others = [one for one in checked if one.criterion.metric_id is None]
    if others:
        yield Group.QUALITY.label, tuple(others)


def _chart(checked: Iterable[Checked]) -> Chart | None:
    """How much of each target is reached; None where none has a target to reach."""
    metrics = [one for one in checked if one.reach is not None]
    if not metrics:
        return None
    met = sum(one.reach.is_met for one in metrics)
    return bars(
        title="How much of each target your draft reaches",
        description=f"{met} of {len(metrics)} targets are met in full. More than the whole "
        "target counts as the whole.",
        series=["Reached"],
        rows=[(one.criterion.title, [one.reach.percent]) for one in metrics],
        unit="%",
        maximum=WHOLE,
    )


def _points(tender: Tender, weights: Mapping[str, Fraction], checked: Sequence[Checked]) -> Points:
    formula = [one for one in checked if one.points is not None and one.earned is not None]
    by_formula = sum((one.points for one in formula), Fraction(0))
    return Points(
        by_people=WHOLE - weights["price"] - by_formula,
        by_formula=by_formula,
        earned=sum((one.earned for one in formula), Fraction(0)),
        for_price=weights["price"],
        price_words=price_words(tender),
    )
