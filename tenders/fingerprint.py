"""What was published, as bytes that anybody can make again, and their SHA-256."""

import hashlib
import json
from collections.abc import Mapping

from metrics.grammar import FREE_TEXT, Refused, plain, quote, read_number
from tenders.published import read_published

NUMBERS = frozenset(
    {"price", "quality", "social_value", "quality_element", "social_value_share"}
    | {"weight", "max_mark", "step", "full_at", "zero_at", "at_least", "percent"}
    | {"value", "per", "unit_value", "minimum_percent"}
)


def canonical(case: Mapping[str, object]) -> bytes:
    """The case without its bids: keys sorted, no spaces, numbers at their shortest."""
    read_published(case)
    whole = {
        key: _settle_bases(value) if key == "bases" else settled(key, value)
        for key, value in case.items()
        if key != "bids"
    }
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("a label or note holds half a character (a lone surrogate)") from None


def case_hash(case: Mapping[str, object]) -> str:
    """The SHA-256 shown on the tender, on every receipt and in the award report."""
    return hashlib.sha256(canonical(case)).hexdigest()


def settled(key: str, value: object) -> object:
    """A value of a case under its key, every number in it at its shortest."""
    if key in FREE_TEXT:
        if not isinstance(value, str):
            raise Refused(f"{quote(key)} is published, so it must be text")
        return value
    if isinstance(value, Mapping):
        return {name: settled(name, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [settled(key, inner) for inner in value]
    return plain(read_number(value)) if key in NUMBERS else value


def _settle_bases(bases: object) -> object:
    if not isinstance(bases, Mapping):
        return bases
    return {
        name: settled(name, value) if name in FREE_TEXT else plain(read_number(value))
        for name, value in bases.items()
    }
