"""The part of a report on what came before the bids: words and rows, from the snapshot."""

from dataclasses import dataclass
from decimal import Decimal

from design import charts
from design.drawing import Chart
from design.templatetags.format import money
from reporting.words import EMPTY, day


@dataclass(frozen=True)
class BeforePart:
    """Who was asked before each procurement, what was left out, and which rule was followed."""

    published: list[dict]
    with_record: int
    progress: Chart
    opt_outs: list[dict]
    opt_outs_to_come: int
    choices: list[dict]


def before_part(figures: dict) -> BeforePart | None:
    """None for a report made before any of this was kept."""
    if "beforehand" not in figures:
        return None
    found = figures["beforehand"]
    published = found["published"]
    with_record = sum(one["record"] is not None for one in published)
    return BeforePart(
        published=[_thought(one) for one in published],
        with_record=with_record,
        progress=charts.progress(
            title="Procurements with a pre-procurement record",
            description=f"Of {len(published)} procurements published in the year.",
            done=with_record,
            total=len(published),
        ),
        opt_outs=[_opt_out(one) for one in found["opt_outs"]],
        opt_outs_to_come=found["opt_outs_to_come"],
        choices=[{**one, "chosen_on": day(one["chosen_on"])} for one in found["choices"]],
    )


def _thought(one: dict) -> dict:
    record = one["record"]
    return {
        **one,
        "published_on": day(one["published_on"]),
        "consulted": _consulted(record) if record else EMPTY,
        "agreed_on": day(record["agreed_on"]) if record and record["agreed_on"] else EMPTY,
    }


def _consulted(record: dict) -> str:
    told = [_times(one["audience"], one["times"]) for one in record["consulted"]]
    return "; ".join(told) or "Nobody is recorded"


def _times(audience: str, times: int) -> str:
    return audience if times == 1 else f"{audience} ({times} times)"


def _opt_out(one: dict) -> dict:
    return {
        **one,
        "value": money(Decimal(one["value"])),
        "decision": "Approved" if one["is_approved"] else "Turned down",
        "decided_on": day(one["decided_on"]) if one["decided_on"] else EMPTY,
    }
