"""Missing targets as their pages show them: a row for each, and how many were left when."""

from collections.abc import Iterable
from dataclasses import dataclass

from design.charts import bars
from design.drawing import Chart
from metrics.attainment import is_undetermined, read_measure
from metrics.missing import Step, is_left_open
from metrics.models import Metric, TargetResolution

NOT_SET, LEFT_OPEN, RESOLVED = "Not set", "Left open", "Set"
COLOURS = {NOT_SET: "yellow", LEFT_OPEN: "blue", RESOLVED: "green"}


@dataclass(frozen=True)
class Row:
    """One target that is or was missing, and what has become of it."""

    metric: Metric
    printed: str
    state: str
    colour: str
    resolution: TargetResolution | None


def rows_of(metrics: Iterable[Metric], resolutions: Iterable[TargetResolution]) -> list[Row]:
    """A row for each metric whose target is missing or was resolved, by number.

    The resolutions come in the order of their recording: the last of a metric stands.
    """
    last = {one.metric.lineage: one for one in resolutions}
    rows = []
    for metric in metrics:
        resolution = last.get(metric.lineage)
        is_missing = is_undetermined(read_measure(metric.measure))
        if not is_missing and resolution is None:
            continue
        state = RESOLVED
        if is_missing:
            state = LEFT_OPEN if is_left_open(metric) else NOT_SET
        printed = resolution.printed if resolution else metric.target_text
        rows.append(Row(metric, printed, state, COLOURS[state], resolution))
    return rows


def burn_down_chart(steps: list[Step]) -> Chart:
    """How many targets are missing, from version to version."""
    return bars(
        title="Targets still missing",
        description="How many targets of each version are not set, and how many are left open "
        "on purpose.",
        series=["Not set", "Left open"],
        rows=[(_counted(one), [one.not_set, one.left_open]) for one in steps],
    )


def _counted(step: Step) -> str:
    return f"{step.name}, {step.total} metric{'' if step.total == 1 else 's'}"
