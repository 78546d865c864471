"""The document of a bid as it is received, spelt one way, and its SHA-256: pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID

ALTERNATIVE = "alternative"


def spelt(content: Mapping[str, object]) -> bytes:
    """Sorted keys, no spaces, UTF-8: equal content has equal bytes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def canonical(
    *, bid: UUID, version: int, document: Mapping[str, object], price: Decimal, tender_hash: str
) -> bytes:
    """A bid as it is received: this content, of this bid, in this version, for this tender.

    These bytes are what is sealed, what its firm can download, and what the receipt's hash is of.
    """
    return spelt(
        {
            "bid": str(bid),
            "version": version,
            "document": document,
            "price": f"{price:.2f}",
            "tender": tender_hash,
        }
    )


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in 64 characters."""
    return hashlib.sha256(content).hexdigest()


def answer_to(document: Mapping, code: str) -> dict | None:
    """The line of a received document that answers the criterion of this code."""
    return next((line for line in document["answers"] if line["criterion"] == code), None)


def files_in(document: Mapping) -> Iterator[dict]:
    """Every file received with the bid: id, name, size, SHA-256."""
    for line in document["answers"]:
        yield from line["files"]


def quantities_in(document: Mapping) -> dict[str, str]:
    """Every quantity committed, by its id."""
    return {
        name: number for line in document["answers"] for name, number in line["quantities"].items()
    }


def blind_alternative(line: Mapping) -> dict[str, str]:
    """A measure of the bidder's own without its quantity.

    Whether it counts as equal is decided without knowing how much is offered.
    """
    return {part: said for part, said in line.get(ALTERNATIVE, {}).items() if part != "quantity"}


def words_in(text: str) -> int:
    return len(text.split())
