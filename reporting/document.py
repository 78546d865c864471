"""A report as page and PDF both print it: words, rows and pictures, from the snapshot alone."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from delivery.progress import LATEST
from design import charts
from design.drawing import Chart
from design.numbers import said
from design.templatetags.format import london, money
from reporting.before_part import BeforePart, before_part
from reporting.own_part import OwnPart, own_part
from reporting.words import EMPTY, amount, day

# The paper the board reads stays short; beyond these rows the pages of Tenth list the rest.
MOST_ROWS, MOST_BARS = 60, 15


@dataclass(frozen=True)
class Listing:
    """The rows that are printed, and how many more there are."""

    rows: list
    more: int


@dataclass(frozen=True)
class Document:
    """Everything printed, numbers already in words."""

    authority: str
    period: str
    first_day: str
    last_day: str
    as_at: str
    measured_to: str
    headline: str
    five: list[dict]
    procurements: Listing
    weights: Chart | None
    quadrants: list[dict]
    commitments: Chart | None
    delivery: Listing
    delivered: list[Chart]
    behind: Listing
    contracts: Listing
    beforehand: BeforePart | None
    own: OwnPart | None
    charters: list[dict]
    doubts: list[str]


def document_of(figures: dict) -> Document:
    """The snapshot put in words and pictures."""
    return Document(
        authority=figures["authority"],
        period=figures["period"],
        first_day=day(figures["from"]),
        last_day=day(figures["to"]),
        as_at=london(datetime.fromisoformat(figures["as_at"])),
        measured_to=day(figures["measured_to"]),
        headline=figures["headline"],
        five=[five_line(one) for one in figures["five"]],
        procurements=listing([procurement_row(one) for one in figures["procurements"]]),
        weights=weights_chart(figures["procurements"][:MOST_BARS]),
        quadrants=[quadrant_part(one) for one in figures["quadrants"]],
        commitments=commitments_chart(figures["quadrants"]),
        delivery=listing([delivery_row(one) for one in figures["delivery"]]),
        delivered=delivered_charts(figures["delivery"], day(figures["measured_to"])),
        behind=behind_listing(figures),
        contracts=listing([contract_row(one) for one in figures["contracts"]]),
        beforehand=before_part(figures),
        own=own_part(figures),
        charters=[charter_part(one) for one in figures["charters"]],
        doubts=figures["doubts"],
    )


def listing(rows: list) -> Listing:
    return Listing(rows[:MOST_ROWS], max(len(rows) - MOST_ROWS, 0))


def behind_listing(figures: dict) -> Listing:
    """What is furthest behind; the snapshot itself holds no more than the worst."""
    rows = [behind_row(one) for one in figures["behind"][:MOST_ROWS]]
    return Listing(rows, figures["behind_in_all"] - len(rows))


def five_line(one: dict) -> dict:
    value = said(one["value"])
    return {**one, "words": value if one["of"] is None else f"{value} of {said(one['of'])}"}


def procurement_row(one: dict) -> dict:
    weights = {group: amount(weight, "%") for group, weight in one["weights"].items()}
    return {
        **one,
        "value": money(Decimal(one["value"])),
        "published_on": day(one["published_on"]),
        "weights": weights,
        "chosen": amount(one["chosen_percent"], "%"),
        "effective": amount(one["effective_percent"], "%"),
    }


def quadrant_part(one: dict) -> dict:
    rows = [
        {
            **row,
            "committed": amount(row["committed"], row["unit"]),
            "new": amount(row["new"], row["unit"]),
        }
        for row in one["rows"]
    ]
    return {**one, "rows": rows}


def delivery_row(one: dict) -> dict:
    stages = ("committed", "due", "claimed", "accepted", "accepted_in_year")
    sign = one["unit"] if one["unit"] in {"£", "%"} else ""
    words = {stage: amount(one[stage], sign) for stage in stages}
    if one["is_lower_better"]:
        words["due"] = EMPTY
    return {**one, **words, "counts_latest": one["counting"] == LATEST}


def behind_row(one: dict) -> dict:
    return {
        **one,
        "due": amount(one["due"], one["unit"]),
        "accepted": amount(one["accepted"], one["unit"]),
        "claimed": amount(one["claimed"], one["unit"]),
    }


def contract_row(one: dict) -> dict:
    return {
        **one,
        "price": money(Decimal(one["price"])),
        "starts_on": day(one["starts_on"]),
        "ends_on": day(one["ends_on"]),
    }


def weights_chart(procurements: list[dict]) -> Chart | None:
    """Price, quality and social value as shares of the whole score, one bar a procurement."""
    if not procurements:
        return None
    groups = ("price", "quality", "social_value")
    return charts.stacked_bars(
        title="What each procurement counts, as a share of the whole score",
        description=(
            "One bar for each procurement: price, quality and social value. Social value is "
            "shown by its effective share of the whole, whatever it was stated as a share of."
        ),
        series=["Price", "Quality", "Social value"],
        rows=[
            (f"{one['title']} ({one['reference']})", [Decimal(one["weights"][g]) for g in groups])
            for one in procurements
        ],
    )


def commitments_chart(quadrants: list[dict]) -> Chart | None:
    """How many promises there are in each quadrant."""
    if not quadrants:
        return None
    return charts.bars(
        title="Promises by field of action",
        description=(
            "How many promises suppliers have made in each field of the charter, and how many of "
            "those in this year. Promises are counted, because their units cannot be added."
        ),
        series=["Made so far", "Made in this year"],
        rows=[(one["title"], [one["promises"], one["new"]]) for one in quadrants],
    )


def delivered_charts(delivery: list[dict], measured_to: str) -> list[Chart]:
    """Committed, due, claimed and accepted by metric, each bar on its own scale and unit."""
    rows = [one for one in delivery if not one["is_lower_better"]]
    if not rows:
        return []
    numbers = Counter(one["number"] for one in rows)
    return [
        charts.bullet_bars(
            title="Delivered against committed, by metric",
            description=(
                f"To {measured_to}. Each bar has its own scale, in its own unit. Verified means "
                "accepted by the contract manager on evidence."
            ),
            rows=[
                charts.Bullet(
                    label=short(one, numbers),
                    committed=Decimal(one["committed"]),
                    due=Decimal(one["due"]),
                    claimed=Decimal(one["claimed"]),
                    verified=Decimal(one["accepted"]),
                    unit=one["unit"],
                )
                for one in rows[:MOST_BARS]
            ],
        )
    ]


def short(one: dict, numbers: Counter) -> str:
    """The metric's short title; with the unit where it asks for several quantities."""
    unit = f" ({one['unit']})" if numbers[one["number"]] > 1 else ""
    return f"{one['number']} {one['title']}{unit}"


def missing_in_words(not_set: int, left_open: int) -> str:
    """4 have no target yet; those left open on purpose are counted apart."""
    if not left_open:
        return f"{not_set} have no target yet"
    return f"{not_set} have no target yet and {left_open} are left open for evaluators to judge"


def charter_part(one: dict) -> dict:
    """One charter: its principles in use by quadrant, and the targets still not set."""
    quadrants = one["quadrants"]
    in_use = [sum(p["is_in_use"] for p in quadrant["principles"]) for quadrant in quadrants]
    whole = [len(quadrant["principles"]) for quadrant in quadrants]
    not_set = len(one["targets_not_set"])
    # A report made before targets could be left open says nothing of them.
    left_open = len(one.get("targets_left_open", []))
    return {
        **one,
        "principles_in_use": sum(in_use),
        "principles": sum(whole),
        "not_set": not_set,
        "left_open": left_open,
        "principles_chart": charts.bars(
            title="Principles of the charter in use",
            description="How many principles of each field a metric was asked for in the year.",
            series=["In use", "In the charter"],
            rows=[
                (quadrant["title"], [used, total])
                for quadrant, used, total in zip(quadrants, in_use, whole, strict=True)
            ],
        ),
        "targets_chart": charts.progress(
            title="Metrics whose target is set",
            description=f"Of {one['metrics']} metrics, {missing_in_words(not_set, left_open)}.",
            done=one["metrics"] - not_set - left_open,
            total=one["metrics"],
        ),
    }
