"""Hints and worked examples for the questions of a tender, from what a bid says and no more.

A draft or a received document will do: nothing here asks whose it is, or who reads it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bids.deliverability import (
    NO_MARK_DEPENDS_ON_IT,
    Circumstances,
    Hint,
    Promise,
    Stated,
    hints,
    hints_together,
    odd_bases,
)
from bids.drafts import (
    FIXED_UNITS,
    bases_asked,
    bases_fixed,
    criteria_of,
    measure_of,
    quantities_asked,
)
from bids.worked_example import Example, Names, examples, how_they_combine
from metrics.attainment import read_measure
from metrics.bases import FIXED
from metrics.grammar import Refused, read_number
from tenders.models import Criterion, Tender

FIXED_LABELS = {base["id"]: base["label"] for base in FIXED}


@dataclass(frozen=True)
class Worked:
    """What a target asks, worked out for a made-up firm; and how several targets combine."""

    intro: str
    examples: tuple[Example, ...]


def circumstances_of(
    tender: Tender,
    criteria: Iterable[Criterion],
    bases: Mapping[str, str],
    price: Decimal | None = None,
) -> Circumstances:
    """What the promises of one bid are held against."""
    published = _numbers(bases_fixed(tender))
    stated = _numbers(bases)
    asked = [base for base in bases_asked(criteria) if base.id in stated]
    own = {base.id: Stated(base.label, base.unit, stated[base.id]) for base in asked}
    fixed = {
        name: Stated(FIXED_LABELS.get(name, name), FIXED_UNITS.get(name, ""), amount)
        for name, amount in published.items()
    }
    return Circumstances(
        bases={**own, **fixed},
        months=published.get("months"),
        value=published.get("contract_value"),
        price=None if price is None else Fraction(price),
    )


def hints_on(
    criterion: Criterion, quantities: Mapping[str, str], around: Circumstances
) -> tuple[Hint, ...]:
    """What looks odd in the answer to one criterion; nothing in that to a quality question."""
    measure = measure_of(criterion)
    return () if measure is None else hints(_promise(criterion, quantities), around)


def hints_on_bases(tender: Tender, bases: Mapping[str, str]) -> tuple[Hint, ...]:
    """What looks odd in the numbers a firm states of itself."""
    return odd_bases(circumstances_of(tender, criteria_of(tender), bases))


def hints_on_all(
    answers: Iterable[tuple[Criterion, Mapping[str, str]]], around: Circumstances
) -> tuple[Hint, ...]:
    """What looks odd in each of several answers, and when they are read together."""
    promises = [_promise(criterion, numbers) for criterion, numbers in answers]
    alone = [hint for promise in promises for hint in hints(promise, around)]
    return (*dict.fromkeys(alone), *hints_together(promises, around))


def said(found: Iterable[Hint]) -> dict:
    """Hints as a page shows them and its script is told them."""
    return {
        "heading": "Worth checking",
        "lines": [hint.words for hint in found],
        "note": NO_MARK_DEPENDS_ON_IT,
    }


def worked_out(criterion: Criterion) -> Worked | None:
    """The worked example of a criterion; none where it has no target."""
    if criterion.metric is None:
        return None
    measure = read_measure(measure_of(criterion))
    bases = {base["id"]: base for base in criterion.metric.bases}
    names = Names(
        units={asked.id: asked.unit for asked in quantities_asked(criterion)},
        base_units={**{name: base["unit"] for name, base in bases.items()}, **FIXED_UNITS},
        base_labels={**{name: base["label"] for name, base in bases.items()}, **FIXED_LABELS},
    )
    found = examples(measure, _numbers(bases_fixed(criterion.tender)), names)
    return Worked(how_they_combine(measure), found) if found else None


def _promise(criterion: Criterion, quantities: Mapping[str, str]) -> Promise:
    return Promise(
        measure=read_measure(measure_of(criterion), target_needed=False),
        quantities=_numbers(quantities),
        units={asked.id: asked.unit for asked in quantities_asked(criterion)},
    )


def _numbers(texts: Mapping[str, str]) -> dict[str, Fraction]:
    """Those that can be read; another check refuses the rest."""
    numbers = {}
    for name, text in texts.items():
        try:
            numbers[name] = read_number(text)
        except Refused:
            continue
    return numbers
