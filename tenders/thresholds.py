"""The thresholds of procurement law for authorities that are not central government.

Sums count VAT in. They are set for two years at a time; outside the years kept here, nothing is
said. All of them were read in summaries by law firms and not in the law itself. Light-touch
services have a threshold of their own, and Tenth does not ask whether a service is one of them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

GOODS_AND_SERVICES, WORKS = "goods and services", "works"
KINDS = {"goods": GOODS_AND_SERVICES, "services": GOODS_AND_SERVICES, "works": WORKS}


@dataclass(frozen=True)
class Threshold:
    """The sum from which procurement law holds in full."""

    amount: Decimal
    words: str


@dataclass(frozen=True)
class Period:
    """The years for which sums were set."""

    first: date
    last: date
    sums: dict[str, Decimal]
    source: str


PERIODS = (
    Period(
        date(2024, 1, 1),
        date(2025, 12, 31),
        {GOODS_AND_SERVICES: Decimal(214904), WORKS: Decimal(5372609)},
        ", as law firms report it",
    ),
    Period(
        date(2026, 1, 1),
        date(2027, 12, 31),
        {GOODS_AND_SERVICES: Decimal(207720), WORKS: Decimal(5193000)},
        ", SI 2025/1200",
    ),
)


def threshold_for(kind: str, on: date) -> Threshold | None:
    """The threshold for what is bought, on a day; None where it is not known."""
    period = next((one for one in PERIODS if one.first <= on <= one.last), None)
    what = KINDS.get(kind)
    if period is None or what is None:
        return None
    years = f"{period.first.year} and {period.last.year}"
    words = f"for {what} of councils and other local bodies in {years}{period.source}"
    if kind == "services":
        words += " (light-touch services have another)"
    return Threshold(period.sums[what], words)
