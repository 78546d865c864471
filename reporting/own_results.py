"""What the authority itself did, and every result of the year by lever, for the snapshot.

Results are counted and listed. Quantities of different metrics are never added.
"""

from collections.abc import Iterable, Mapping, Sequence

from accounts.models import Organisation
from design.year import FinancialYear
from metrics.models import AnsweredBy, Lever, Metric, OwnResult
from metrics.own_answers import (
    Answer,
    answers_among,
    counted_as,
    reached,
    results_of,
    taken_apart,
)
from reporting.promises import Kept, text


def own_results(
    authority: Organisation, catalogue: Iterable[Metric], period: FinancialYear
) -> dict:
    """Each metric the authority answers, with what stands recorded for the year, or nothing."""
    metrics = [one for one in catalogue if one.answered_by != AnsweredBy.PROCUREMENT]
    answers = answers_among(metrics, results_of(authority, period))
    return {
        "asked": len(answers),
        "recorded": sum(bool(one.results) for one in answers),
        "answers": [_answer(one) for one in answers],
    }


def _answer(answer: Answer) -> dict:
    metric = answer.metric
    return {
        "metric": str(metric.pk),
        "number": metric.number,
        "title": metric.short_title,
        "quadrant": metric.principle.quadrant.title,
        "target": metric.target_text,
        "results": [_result(one, len(answer.earlier[one])) for one in answer.results],
    }


def _result(result: OwnResult, corrections: int) -> dict:
    metric, against, account = result.metric, reached(result), taken_apart(result.account)
    return {
        "lever": result.lever,
        "role": result.get_lever_display(),
        "target": metric.target_text,
        "done": _numbers(result.quantities, counted_as(metric)),
        "bases": _numbers(result.bases, metric.bases),
        "state": against.state,
        "reached": against.words,
        "percent": None if against.percent is None else text(against.percent),
        "account": account.text,
        "no_file": account.no_file,
        "evidence": len(result.evidence.all()),
        "corrections": corrections,
    }


def _numbers(numbers: Mapping[str, str], asked: Sequence[Mapping]) -> list[dict]:
    return [
        {"label": one["label"], "unit": one["unit"], "amount": numbers[one["id"]]}
        for one in asked
        if one["id"] in numbers
    ]


def by_lever(own: dict, kept: Sequence[Kept]) -> list[dict]:
    """The three levers, what was recorded by each, and what contracts delivered by the first."""
    return [_lever(lever, own, kept) for lever in Lever]


def _lever(lever: Lever, own: dict, kept: Sequence[Kept]) -> dict:
    answered = [
        {"number": one["number"], "title": one["title"]}
        for one in own["answers"]
        if any(result["lever"] == lever for result in one["results"])
    ]
    told = {"lever": str(lever), "role": lever.label, "answered": answered, "contracts": None}
    if lever != Lever.COMMISSIONER:
        return told
    return {**told, "contracts": delivered_by_contracts(kept)}


def delivered_by_contracts(kept: Sequence[Kept]) -> dict:
    """How many promises had something accepted in the year, in how many contracts."""
    delivered = [one for one in kept if one.accepted_in_year > 0]
    metrics = {one.metric: (one.number, one.metric_title) for one in delivered}
    return {
        "promises": len(delivered),
        "contracts": len({one.contract for one in delivered}),
        "metrics": [{"number": n, "title": title} for n, title in sorted(metrics.values())],
    }
