"""The part of a report on the authority itself: words, rows and pictures, from the snapshot."""

from dataclasses import dataclass
from decimal import Decimal

from design import charts
from design.drawing import Chart
from reporting.words import EMPTY, amount


@dataclass(frozen=True)
class OwnPart:
    """What the authority did, what is missing, and all results by lever."""

    asked: int
    recorded: int
    rows: list[dict]
    missing: list[dict]
    progress: Chart
    reached: Chart | None
    levers: list[dict]


def own_part(figures: dict) -> OwnPart | None:
    """None for a report made before the authority's own results were kept."""
    if "own" not in figures:
        return None
    own = figures["own"]
    rows = [_row(one, result) for one in own["answers"] for result in one["results"]]
    return OwnPart(
        asked=own["asked"],
        recorded=own["recorded"],
        rows=rows,
        missing=[one for one in own["answers"] if not one["results"]],
        progress=charts.progress(
            title="Metrics the authority answered",
            description=f"Of {own['asked']} metrics that ask the authority itself.",
            done=own["recorded"],
            total=own["asked"],
        ),
        reached=_reached_chart(rows),
        levers=[_lever(one) for one in figures["levers"]],
    )


def _row(answer: dict, result: dict) -> dict:
    return {
        **answer,
        **result,
        "done": [_number(one) for one in result["done"]],
        "bases": [_number(one) for one in result["bases"]],
        "files": _files(result["evidence"]),
    }


def _number(one: dict) -> dict:
    return {**one, "words": amount(one["amount"], one["unit"])}


def _files(count: int) -> str:
    return {0: "No file", 1: "1 file"}.get(count, f"{count} files")


def _reached_chart(rows: list[dict]) -> Chart | None:
    found = [one for one in rows if one["percent"] is not None]
    if not found:
        return None
    return charts.bars(
        title="How much of its targets the authority reached",
        description="100% is the whole target; more is not shown. Only metrics with a target.",
        series=["Reached"],
        rows=[
            (f"{one['number']} {one['title']} ({one['role']})", [Decimal(one["percent"])])
            for one in found
        ],
        unit="%",
        maximum=100,
    )


def _lever(one: dict) -> dict:
    delivered = one["contracts"]
    return {
        **one,
        "results": len(one["answered"]),
        "listed": _listed(one["answered"]),
        "promises": delivered["promises"] if delivered else EMPTY,
        "in_contracts": delivered["contracts"] if delivered else EMPTY,
        "delivered": _listed(delivered["metrics"]) if delivered else EMPTY,
    }


def _listed(metrics: list[dict]) -> str:
    return "; ".join(f"{one['number']} {one['title']}" for one in metrics) or "None"
