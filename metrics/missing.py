"""Targets that are missing: how they are told from others, and how many are left."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from charter.models import Charter
from charter.states import CharterStatus
from metrics.attainment import is_undetermined, read_measure
from metrics.models import FlagKind, Metric

# The source of a note that Tenth itself put beside a metric of a draft.
OURS = "Noted by Tenth while the draft was edited"
# Notes that follow from what a metric says. Nobody adds them or takes them away by hand.
AUTOMATIC = frozenset({FlagKind.TARGET_NOT_SET, FlagKind.LEFT_OPEN, FlagKind.EVIDENCE_MISSING})
# Those, and the one that has pages of its own.
NOT_BY_HAND = AUTOMATIC | {FlagKind.HELD_BACK}


def is_left_open(metric: Metric) -> bool:
    """Whether the authority has decided that evaluators mark the answer."""
    return any(flag.kind == FlagKind.LEFT_OPEN for flag in metric.flags.all())


def needs_resolution(metric: Metric) -> bool:
    """Whether its target may be set only by a recorded route.

    So it is where the source leaves the target out, and where an earlier version was published
    without one. A target that nobody has entered yet is simply entered.
    """
    if not is_undetermined(read_measure(metric.measure)):
        return False
    if is_left_open(metric):
        return True
    flags = [flag for flag in metric.flags.all() if flag.kind == FlagKind.TARGET_NOT_SET]
    is_from_source = any(flag.source != OURS for flag in flags)
    return is_from_source or Metric.objects.filter(lineage=metric.lineage).count() > 1


@dataclass(frozen=True)
class Step:
    """One version of a charter: its missing targets, and metrics that no tender is offered."""

    charter: Charter
    total: int
    not_set: int
    left_open: int
    held_back: int

    @property
    def name(self) -> str:
        is_draft = self.charter.status == CharterStatus.DRAFT
        return f"Version {self.charter.version}{', a draft' if is_draft else ''}"


def steps_of(versions: QuerySet[Charter]) -> list[Step]:
    """A step for each of these versions, in their order."""
    counted = versions.annotate(
        total=Count("metrics", distinct=True),
        not_set=_flagged(FlagKind.TARGET_NOT_SET),
        left_open=_flagged(FlagKind.LEFT_OPEN),
        held_back=_flagged(FlagKind.HELD_BACK),
    )
    return [Step(one, one.total, one.not_set, one.left_open, one.held_back) for one in counted]


def was_missing(steps: Iterable[Step]) -> bool:
    """Whether any of these versions has a target that is missing."""
    return any(step.not_set or step.left_open for step in steps)


def burn_down(charter: Charter) -> list[Step]:
    """Every version of a charter, oldest first."""
    versions = Charter.objects.filter(authority=charter.authority_id, code=charter.code)
    return steps_of(versions.order_by("version"))


def _flagged(kind: FlagKind) -> Count:
    return Count("metrics", filter=Q(metrics__flags__kind=kind), distinct=True)
