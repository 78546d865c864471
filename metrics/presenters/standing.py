"""How far a charter may be relied on, as its own people see it and deal with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from charter.models import Charter
from charter.states import CharterStatus
from metrics.lint import Finding
from metrics.models import FlagKind, Metric, MetricFlag
from metrics.presenters.checks import Checked
from metrics.presenters.reasons import Group, groups_of
from metrics.reliance import Reliance, errors_by_metric, reliance_of


@dataclass(frozen=True)
class Held:
    """A metric held back, why, and what is still wrong with it."""

    metric: Metric
    note: MetricFlag
    errors: Sequence[Finding]


@dataclass(frozen=True)
class Standing:
    """What a check finds in a version, sorted as somebody deals with it."""

    charter: Charter
    reliance: Reliance
    metrics: Sequence[Metric]

    @property
    def is_draft(self) -> bool:
        return self.charter.status == CharterStatus.DRAFT

    @property
    def groups(self) -> list[Group]:
        return groups_of(self.reliance)

    @property
    def checked(self) -> Checked:
        return Checked(self.reliance.found)

    @property
    def errors(self) -> list[tuple[Finding, list[Metric]]]:
        """What is to be mended, with the metrics that could be held back instead."""
        by_number = {one.number: one for one in self.metrics}
        return [
            (one, [by_number[number] for number in one.numbers if number in by_number])
            for one in self.reliance.errors
        ]

    @property
    def held(self) -> list[Held]:
        """The metrics that no tender is offered until they are mended."""
        notes = {
            metric.pk: flag
            for metric in self.metrics
            for flag in metric.flags.all()
            if flag.kind == FlagKind.HELD_BACK
        }
        if not notes:
            return []
        errors = errors_by_metric(self.metrics)
        return [
            Held(one, notes[one.pk], errors.get(one.number, []))
            for one in self.metrics
            if one.pk in notes
        ]


def standing_of(charter: Charter, metrics: Sequence[Metric]) -> Standing:
    """How far a version may be relied on, with its metrics as the reader may see them."""
    return Standing(charter, reliance_of(charter, metrics), metrics)
