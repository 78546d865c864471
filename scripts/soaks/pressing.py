"""Bidders who press Submit, look for their receipt, and note it down."""

import http.client
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from scripts.soaks.ledger import Receipt, line_of
from scripts.soaks.visitor import Answer, Visitor, hidden_fields

NUMBER = re.compile(r'tenth-receipt__number">([^<]+)<')
HASH = re.compile(r'tenth-hash">([0-9a-f]{64})<')
NO_ANSWER = (OSError, http.client.HTTPException)
PRESSES = 3


@dataclass
class Notes:
    """What all of them noted: a ledger on disk, the times of their submits, how they went."""

    ledger: Path
    seconds: list[float] = field(default_factory=list)
    ended: Counter = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, receipt: Receipt) -> None:
        with self.lock, self.ledger.open("a") as ledger:
            ledger.write(line_of(receipt))

    def count(self, how: str) -> None:
        with self.lock:
            self.ended[how] += 1

    def took(self, answer: Answer) -> None:
        with self.lock:
            self.seconds.append(answer.seconds)


def form_of(bid: UUID, visitor: Visitor) -> dict[str, str]:
    """The last page before a submit, with the box ticked."""
    return {**hidden_fields(visitor.get(f"/bids/{bid}/submit/").page), "agreed": "on"}


def press(bid: UUID, visitor: Visitor, form: dict[str, str], notes: Notes) -> Answer | None:
    """What came of it; where no answer came, it is pressed again, with the same key."""
    for _ in range(PRESSES):
        try:
            answer = visitor.post(f"/bids/{bid}/submit/", form)
        except NO_ANSWER:
            notes.count("got no answer and pressed again")
        else:
            notes.took(answer)
            return answer
    return None


def leads_to_a_receipt(answer: Answer | None) -> bool:
    return answer is not None and answer.status == 302 and answer.location.endswith("/receipt/")


def receipt_of(tender: UUID, bid: UUID, visitor: Visitor, key: str) -> Receipt | None:
    """What the bidder's own page of the receipt says, if there is one."""
    page = visitor.get(f"/bids/{bid}/receipt/").page
    number, sha256 = NUMBER.search(page), HASH.search(page)
    if number is None or sha256 is None:
        return None
    return Receipt(str(tender), str(bid), key, number[1], sha256[1])
