"""Targets in plain words, for whoever reads or answers a metric."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.urls import reverse

from charter.presenters import mapping
from design.templatetags.format import london_date, number
from design.words import lowered
from metrics.attainment import AllOf, AnyOf, Single, Target, leaves, read_measure
from metrics.bases import FIXED
from metrics.loading import UNSET
from metrics.models import Metric
from metrics.units import with_unit

BLOCKS = {
    "floor": "Only each full {per} counts.",
    "ceil": "Part of {per} counts as {per}.",
    "pro_rata": "Part of {per} counts in proportion.",
}


@dataclass(frozen=True)
class InWords:
    """A target as sentences; where it is several in one, the intro says how they combine."""

    intro: str
    lines: list[str]

    @property
    def whole(self) -> str:
        """All of it in one breath."""
        return " ".join(filter(None, [self.intro, *self.lines]))


def crumbs_to(metric: Metric) -> list[dict[str, str]]:
    """The way down to a metric: its charter, then the catalogue."""
    catalogue = catalogue_of(metric.charter_id)
    return [*mapping.crumbs_to(metric.charter), {"text": "Metrics", "href": catalogue}]


def catalogue_of(charter: UUID) -> str:
    """The address of a charter's metrics."""
    return f"{reverse('metrics:list')}?charter={charter}"


def target_in_words(measure: dict, metric: Metric) -> InWords:
    """What a measure asks for, with the labels of its metric."""
    read = read_measure(measure)
    if isinstance(read, Single):
        return InWords("", [_sentence(read, metric)])
    return InWords(_intro(read), [_sentence(leaf, metric) for leaf in leaves(read)])


def later_targets(metric: Metric) -> list[tuple[str, InWords]]:
    """The targets that follow from a date: the date, and what is asked from then on."""
    return [
        (
            london_date(date.fromisoformat(step["from"])),
            target_in_words(step["measure"], metric),
        )
        for step in metric.later_measures
    ]


def direction_in_words(metric: Metric) -> str:
    """Whether more or less of what is counted is better."""
    lower = [leaf.lower_is_better for leaf in leaves(read_measure(metric.measure))]
    if not any(lower):
        return "More is better"
    return "Less is better" if all(lower) else "More of some and less of others is better"


def whom_in_words(metric: Metric) -> str:
    """Whom a metric is about."""
    applies = metric.applies_to
    if not applies:
        return "Everyone"
    size = with_unit(Fraction(applies["at_least"]), applies["unit"])
    who = "Bidders" if applies["who"] == "bidder" else "Only those counted"
    return f"{applies['words']}\n{who} of at least {size}"


def track_record_in_words(metric: Metric) -> str:
    """What was done before, which stands beside a promise."""
    past = metric.track_record
    if not past:
        return "Not asked for"
    return (
        f"{past['label']} ({past['unit']}, over {past['months']} months)\n"
        "Asked for beside the promise and never added to it"
    )


def _intro(measure: AnyOf | AllOf) -> str:
    if isinstance(measure, AnyOf):
        return "Any one of these; the one best met counts."
    return "All of these; the one least met counts."


def _sentence(measure: Single, metric: Metric) -> str:
    target = measure.target
    if target is None or target.kind == "undetermined":
        if UNSET in metric.target_text:
            return f"Not set yet. The source prints “{metric.target_text}”."
        return "Left open: no number is asked for, and evaluators mark the answer."
    bound = "No more than" if measure.lower_is_better else "At least"
    return f"{bound} {_amount(target, _unit(measure, metric), metric)}"


def _amount(target: Target, unit: str, metric: Metric) -> str:
    if target.kind == "share":
        return f"{number(target.amount)}% of {_base(target.base, metric)}."
    amount = with_unit(target.amount, unit)
    if target.kind == "ratio":
        per = number(target.per)
        years = f", times {_base(target.years, metric)}" if target.years else ""
        blocks = BLOCKS[target.blocks].format(per=per)
        return f"{amount} for every {per} of {_base(target.base, metric)}{years}. {blocks}"
    if target.kind == "period":
        return f"{amount}, times {_base(target.base, metric)}."
    return f"{amount}."


def _unit(measure: Single, metric: Metric) -> str:
    """The unit of what is counted; a sum of several is worth money."""
    if len(measure.parts) > 1:
        return "£"
    wanted = measure.parts[0].id
    return next(
        (quantity["unit"] for quantity in metric.quantities if quantity["id"] == wanted),
        metric.unit,
    )


def _base(name: str | None, metric: Metric) -> str:
    known = (*metric.bases, *FIXED)
    label = next((base["label"] for base in known if base["id"] == name), str(name))
    return f"the {lowered(label)}"


def facts_of(metric: Metric) -> dict[str, str]:
    """What a page says of a metric beside its words, each in a sentence."""
    return {
        "direction": direction_in_words(metric),
        "whom": whom_in_words(metric),
        "track_record": track_record_in_words(metric),
    }
