"""What was promised against what was kept: pure, and without a word of the product's code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from scripts.soaks.ledger import Receipt


@dataclass(frozen=True)
class Kept:
    """One version of a bid as the database has it."""

    bid: str
    version: int
    key: str
    number: str
    received_at: datetime
    sha256: str
    # Of what the opening wrote out; none while it is sealed.
    sha256_opened: str | None


@dataclass(frozen=True)
class Found:
    """What an independent reader found of one tender."""

    closes_at: datetime
    kept: tuple[Kept, ...]
    # Receipt numbers: in the trail of the opening, and on pages that the team can read.
    opened: frozenset[str]
    on_pages: frozenset[str]


def after_opening(promised: Iterable[Receipt], found: Found) -> dict[str, int]:
    """How often each claim about an opened tender is broken."""
    promised = list(promised)
    numbers = {one.number for one in promised}
    return {
        "acknowledged, unseen at opening": len(numbers - found.opened),
        "acknowledged, on no page of the team": len(numbers - found.on_pages),
        "stamped at or after the deadline": sum(
            one.received_at >= found.closes_at for one in found.kept
        ),
        "opened, but hash does not match": sum(
            one.sha256_opened not in {None, one.sha256} for one in found.kept
        ),
        **of_versions(promised, found.kept),
    }


def of_versions(promised: Iterable[Receipt], kept: Iterable[Kept]) -> dict[str, int]:
    """How often each claim about versions is broken, before an opening or after it."""
    kept = list(kept)
    by_number = {one.number: one for one in kept}
    keys = Counter((one.bid, one.key) for one in kept)
    return {
        "acknowledged, not kept as promised": sum(not _is_kept(one, by_number) for one in promised),
        "one press, two versions": sum(times > 1 for times in keys.values()),
        "bids whose versions have gaps": sum(
            sorted(versions) != list(range(1, len(versions) + 1))
            for versions in _versions(kept).values()
        ),
    }


def _is_kept(receipt: Receipt, by_number: Mapping[str, Kept]) -> bool:
    kept = by_number.get(receipt.number)
    promised = (receipt.bid, receipt.key, receipt.sha256)
    return kept is not None and (kept.bid, kept.key, kept.sha256) == promised


def _versions(kept: Iterable[Kept]) -> dict[str, list[int]]:
    versions = defaultdict(list)
    for one in kept:
        versions[one.bid].append(one.version)
    return versions


def share_within(seconds: list[float], share: float) -> float:
    """The time within which this share of the answers came: the 0.95 of it is p95."""
    ordered = sorted(seconds)
    return ordered[max(ceil(share * len(ordered)) - 1, 0)] if ordered else 0.0
