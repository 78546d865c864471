"""What bidders were promised: one line of a file for each receipt that one of them saw."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


class Torn(ValueError):
    """A line that is not whole: what it promised is not known, so nothing is proved."""


@dataclass(frozen=True)
class Receipt:
    """What the page said that the bidder saw, and the key that was pressed with."""

    tender: str
    bid: str
    key: str
    number: str
    sha256: str


def line_of(receipt: Receipt) -> str:
    return f"{json.dumps(asdict(receipt))}\n"


def read(lines: Iterable[str]) -> list[Receipt]:
    """Every receipt, in the order they were seen; refuses the whole ledger for one torn line."""
    return [_read(number, line) for number, line in enumerate(lines, start=1)]


def _read(number: int, line: str) -> Receipt:
    try:
        if not line.endswith("\n"):
            raise ValueError
        return Receipt(**json.loads(line))
    except (ValueError, TypeError):
        raise Torn(f"Line {number} of the ledger is not whole: {line!r}") from None
