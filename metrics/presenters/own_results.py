"""The year of an authority's own results as a page shows it: rows, words and pictures."""

from dataclasses import dataclass
from datetime import date

from design import charts
from design.drawing import Chart
from design.year import FIRST_YEAR, FinancialYear, year_of
from metrics.attainment import read_number
from metrics.models import Metric, OwnResult
from metrics.own_answers import (
    Account,
    Answer,
    Reached,
    counted_as,
    may_be_recorded,
    reached,
    taken_apart,
)
from metrics.units import with_unit

YEARS_OFFERED = 6


@dataclass(frozen=True)
class Told:
    """One result in words."""

    result: OwnResult
    lever: str
    done: list[tuple[str, str]]
    bases: list[tuple[str, str]]
    reached: Reached
    account: Account
    evidence: list
    earlier: list["Told"]


@dataclass(frozen=True)
class Row:
    """One metric of the year."""

    metric: Metric
    told: list[Told]
    may_be_recorded: bool


def rows_of(answers: list[Answer]) -> list[Row]:
    """A row for each metric the authority answers."""
    return [
        Row(
            answer.metric,
            [told(one, answer.earlier[one]) for one in answer.results],
            may_be_recorded(answer.metric),
        )
        for answer in answers
    ]


def told(result: OwnResult, earlier: tuple[OwnResult, ...] = ()) -> Told:
    """A result in words, with those it corrects."""
    return Told(
        result=result,
        lever=result.get_lever_display(),
        done=amounts(result.quantities, counted_as(result.metric)),
        bases=amounts(result.bases, result.metric.bases),
        reached=reached(result),
        account=taken_apart(result.account),
        evidence=list(result.evidence.all()),
        earlier=[told(one) for one in earlier],
    )


def amounts(numbers: dict[str, str], asked: list[dict]) -> list[tuple[str, str]]:
    """What is counted, and how much of it with its unit."""
    return [
        (one["label"], with_unit(read_number(numbers[one["id"]]), one["unit"]))
        for one in asked
        if one["id"] in numbers
    ]


def recorded_chart(rows: list[Row], period: FinancialYear) -> Chart:
    """How many of the metrics have a result."""
    done = sum(bool(row.told) for row in rows)
    return charts.progress(
        title="Metrics with a result recorded",
        description=f"Of {len(rows)} metrics that the authority answers for {period.words}.",
        done=done,
        total=len(rows),
    )


def reached_chart(rows: list[Row]) -> Chart | None:
    """How much of each target was reached; where there is none, there is no bar."""
    found = [
        (f"{row.metric.number} {row.metric.short_title} ({one.lever})", [one.reached.percent])
        for row in rows
        for one in row.told
        if one.reached.percent is not None
    ]
    if not found:
        return None
    return charts.bars(
        title="How much of each target was reached",
        description=(
            "100% is the whole target; more is not shown. Only results whose metric has a "
            "target are here."
        ),
        series=["Reached"],
        rows=found,
        unit="%",
        maximum=100,
    )


def years_offered(today: date, shown: int) -> list[tuple[FinancialYear, bool]]:
    """This year and those before, newest first, and which of them is shown."""
    latest = year_of(today).begins
    years = {*range(max(latest - YEARS_OFFERED + 1, FIRST_YEAR), latest + 1), shown}
    return [(FinancialYear(one), one == shown) for one in sorted(years, reverse=True)]
