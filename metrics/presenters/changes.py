"""What differs between two versions of a charter with its metrics, in plain words.

A metric is the same in both versions when its lineage is, whatever its number and its title.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from charter.models import Charter
from charter.presenters.changes import compare_charters
from charter.presenters.differences import (
    ADDED,
    CHANGED,
    REMOVED,
    Held,
    Item,
    Section,
    compare,
    text,
)
from design.templatetags.format import london_date
from metrics.attainment import AllOf, AnyOf, Measure, Single, read_measure
from metrics.grammar import plain
from metrics.models import Metric
from metrics.presenters.targets import target_in_words

METRICS = "Metrics"
GIVEN_BY = {"authority": "given by the authority", "bidder": "given by the bidder"}


@dataclass(frozen=True)
class Comparison:
    """Two versions, and every change from the one to the other."""

    before: Charter
    after: Charter
    sections: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same."""
        return not any(section.changes for section in self.sections)

    @property
    def counts(self) -> dict[str, int]:
        """How many parts were added, removed and changed."""
        kinds = [change.kind for section in self.sections for change in section.changes]
        return {kind: kinds.count(kind) for kind in (ADDED, REMOVED, CHANGED)}


def compare_versions(before: Charter, after: Charter) -> Comparison:
    """Every change from one version of a charter to another; asks the database anew."""
    earlier, later = [_whole(one) for one in (before, after)]
    metrics = Section(METRICS, compare(_metrics(earlier), _metrics(later)))
    sections = [*compare_charters(earlier, later), metrics]
    return Comparison(earlier, later, tuple([one for one in sections if one.changes]))


def _whole(charter: Charter) -> Charter:
    found = Charter.objects.select_related("authority").prefetch_related(
        "quadrants__principles__mappings__theme__framework",
        "quadrants__principles__mappings__element",
        "metrics__principle",
        "metrics__flags",
        "metrics__overlaps",
    )
    return found.get(pk=charter.pk)


def _metrics(charter: Charter) -> dict[UUID, Item]:
    return {
        one.lineage: Item(f"Metric {one}", {**_printed(one), **_read(one), **_notes(one)})
        for one in charter.metrics.all()
    }


def _printed(metric: Metric) -> dict[str, Held]:
    """What a person reads as it is."""
    overlaps = sorted(metric.overlaps.all(), key=lambda other: other.number)
    return {
        "Number": text(str(metric.number)),
        "Short title": text(metric.short_title),
        "Principle": Held(metric.principle.code, str(metric.principle), metric.principle.code),
        "Metric as printed": text(metric.wording),
        "Who answers": Held(metric.answered_by, metric.get_answered_by_display()),
        "Target as printed": text(metric.target_text),
        "Evidence": text(metric.evidence_text),
        "Unit": text(metric.unit),
        "Where it comes from": text(metric.source),
        "Where it counts": text(metric.geography),
        "What that place is": text(metric.geography_definition),
        "May be counted twice with": Held(
            {other.lineage for other in overlaps}, "\n".join(f"Metric {one}" for one in overlaps)
        ),
    }


def _read(metric: Metric) -> dict[str, Held]:
    """What Tenth reads out of a metric, put back into words."""
    measure = read_measure(metric.measure)
    steps = [(step["from"], read_measure(step["measure"])) for step in metric.later_measures]
    return {
        "Target": Held(measure, _target(metric.measure, metric), _exactly(measure)),
        "Later targets": Held(
            steps,
            "\n".join(_step(step, metric) for step in metric.later_measures),
            "; ".join(f"{day}: {_exactly(then)}" for day, then in steps),
        ),
        "Numbers asked for": Held(
            metric.quantities,
            "\n".join(f"{one['label']} ({one['unit']})" for one in metric.quantities),
            ", ".join(one["id"] for one in metric.quantities),
        ),
        "What targets are worked out from": Held(
            metric.bases,
            "\n".join(
                f"{one['label']} ({one['unit']}), {GIVEN_BY[one['stated_by']]}"
                for one in metric.bases
            ),
            ", ".join(one["id"] for one in metric.bases),
        ),
        "Whom it is about": _condition(metric.applies_to),
        "What was done before": _past(metric.track_record),
    }


def _notes(metric: Metric) -> dict[str, Held]:
    """Each note under its kind; a second of one kind is numbered."""
    notes: dict[str, Held] = {}
    for flag in metric.flags.all():
        label, count = f"Note: {flag.get_kind_display()}", 1
        while label in notes:
            count += 1
            label = f"Note: {flag.get_kind_display()} ({count})"
        notes[label] = Held((flag.words, flag.source), flag.words, flag.source or "no source")
    return notes


def _target(measure: Mapping, metric: Metric) -> str:
    words = target_in_words(measure, metric)
    return "\n".join([line for line in (words.intro, *words.lines) if line])


def _step(step: Mapping, metric: Metric) -> str:
    day = london_date(date.fromisoformat(step["from"]))
    return f"From {day}: {_target(step['measure'], metric)}"


def _condition(told: Mapping) -> Held:
    size = f"{told['at_least']} {told['unit']} or more, {told['who']}" if told else ""
    return Held(told, told.get("words", ""), size)


def _past(told: Mapping) -> Held:
    if not told:
        return Held(told, "")
    return Held(told, f"{told['label']} ({told['unit']}, over {told['months']} months)")


def _exactly(measure: Measure) -> str:
    """The ids that are counted and what each is worth, where two targets read alike."""
    if isinstance(measure, Single):
        parts = " + ".join(f"{part.id} at {plain(part.unit_value)}" for part in measure.parts)
        based = measure.target.bases if measure.target else []
        return ", ".join([parts, *based])
    joint = {AnyOf: " or ", AllOf: " and "}[type(measure)]
    return joint.join(f"({_exactly(inner)})" for inner in measure.measures)
