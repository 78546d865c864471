"""Faults that show in the target of one metric."""

import re
from collections.abc import Iterator, Mapping

from metrics.attainment import AllOf, AnyOf, Measure, Single, is_undetermined, leaves, read_measure
from metrics.lint.findings import ERROR, TARGET, WARNING, Finding, found_in

UNSAID_BASE = re.compile(
    r"\b(workforce|people employed|contract costs|related schemes)\b(?! on the contract)",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"\band/or\b| or planned\b|\(and \d", re.IGNORECASE)
A_PERIOD = re.compile(r"\bper (annum|year|month)\b", re.IGNORECASE)
PAST_OR_PLANNED = re.compile(r"previous \d+ months or planned", re.IGNORECASE)
SOME_ONLY = re.compile(r"\bwith (\d[\d,]*) or more\b", re.IGNORECASE)
BY_A_YEAR = re.compile(r"\bby 20\d\d\b")
COUNTS = re.compile(
    r"^(number|people|full-time|total amount|value) |\((£|fte|headcount)", re.IGNORECASE
)
UNIT_OPEN = re.compile(r"(?<![?\w])\?(?!\?)\s+units?\b", re.IGNORECASE)
RETURN = re.compile(r"\breturn on\b", re.IGNORECASE)


def flags_of(metric: Mapping) -> set[str]:
    """The kinds of note that stand beside a metric."""
    return {flag["kind"] for flag in metric["flags"]}


def faults_of_target(metric: Mapping) -> Iterator[Finding]:
    """Everything doubtful about the target of one metric."""
    measure = read_measure(metric["measure"])
    target = metric["target_text"]
    kinds = {leaf.target.kind for leaf in leaves(measure) if leaf.target}
    if is_undetermined(measure) and "left-open" not in flags_of(metric):
        yield found_in(
            metric,
            TARGET,
            "target-not-set",
            "The source prints question marks where a number should stand."
            if "?" in target
            else "No number is given.",
            "Resolve the target, or leave it open with a reason.",
        )
        if UNIT_OPEN.search(target):
            yield found_in(
                metric,
                TARGET,
                "unit-not-set",
                "The source prints a question mark where a unit should stand.",
                "Say what is counted when the target is set.",
            )
    if COUNTS.search(metric["wording"]) and ("%" in target or "share" in kinds):
        yield found_in(
            metric,
            TARGET,
            "unit-mismatch",
            "The metric counts or adds up; the target is a share of something else.",
            "Ask for both numbers, the count and what it is a share of.",
        )
    if isinstance(measure, AnyOf | AllOf) or SEVERAL.search(target):
        yield found_in(
            metric,
            TARGET,
            "compound",
            "Several targets stand in one.",
            "Say in the tender whether one of them is enough.",
        )
    if A_PERIOD.search(target) and not A_PERIOD.search(metric["wording"]):
        yield found_in(
            metric,
            TARGET,
            "period-differs",
            "The target is for each year or month; the metric names no period.",
            "Say over what time it is counted.",
        )
    if UNSAID_BASE.search(target):
        yield found_in(
            metric,
            TARGET,
            "base-unclear",
            "The target is a share of, or so many for, something it does not pin down.",
            "Say what is included: on this contract, or in the whole firm.",
        )
    if RETURN.search(target):
        yield found_in(
            metric,
            TARGET,
            "base-unclear",
            "A return of so much can be all that comes back, or what is left after the cost.",
            "Say which of the two is meant, and what the cost includes.",
        )
    yield from _about_time(metric, target)
    yield from _about_size(metric, measure)


def _about_time(metric: Mapping, target: str) -> Iterator[Finding]:
    if PAST_OR_PLANNED.search(target):
        yield found_in(
            metric,
            TARGET,
            "past-or-future",
            "What was done before would meet the target without any promise.",
            "Keep the track record apart: only what is planned is a commitment.",
        )
    if BY_A_YEAR.search(target):
        missing = not metric["later_measures"]
        yield found_in(
            metric,
            TARGET,
            "dated-target",
            "The target changes from a year on.",
            "Add the later amount with its first day."
            if missing
            else "The target in force on the contract's first day is the one that counts.",
            ERROR if missing else WARNING,
        )


def _about_size(metric: Mapping, measure: Measure) -> Iterator[Finding]:
    target = metric["target_text"]
    singles = [leaf for leaf in leaves(measure) if leaf.target]
    if _has(singles, "ratio") and "part of" not in target:
        yield found_in(
            metric,
            TARGET,
            "rounding",
            "So many for every so many people: the source does not say what part of that counts.",
            "Publish how it is rounded. Rounding up asks most of small firms.",
        )
    if _has(singles, "absolute") and metric["answered_by"] != "policy":
        yield found_in(
            metric,
            TARGET,
            "flat-target",
            "The same amount is asked of a firm of five and of five hundred.",
            "Scale it to the size of the firm or the value of the contract.",
        )
    if SOME_ONLY.search(target):
        missing = not metric["applies_to"]
        yield found_in(
            metric,
            TARGET,
            "conditional",
            "The target is meant only for some.",
            "Say whom the metric is about." if missing else "Tell the others that it is not asked.",
            ERROR if missing else WARNING,
        )


def _has(singles: list[Single], kind: str) -> bool:
    return any(leaf.target is not None and leaf.target.kind == kind for leaf in singles)
