"""How long a small bidder may take to answer: estimated from what is asked. Pure, no Django.

The rates are the assumptions of those who wrote Tenth: UNSOURCED, shown wherever they are used,
and meant to compare two designs of one tender rather than to foretell anybody's week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WORDS_READ_A_MINUTE = 200
WORDS_WRITTEN_A_MINUTE = 5
MINUTES_A_QUANTITY = 20
MINUTES_A_BASE = 10
MINUTES_A_PIECE_OF_EVIDENCE = 30
MINUTES_FOR_A_PRICE = 120
# What each rate is about, for the table in which anybody can check them.
RATES = (
    ("Reading", f"{WORDS_READ_A_MINUTE} words a minute"),
    ("Writing an answer as long as its word limit", f"{WORDS_WRITTEN_A_MINUTE} words a minute"),
    ("Working out one quantity to promise", f"{MINUTES_A_QUANTITY} minutes"),
    ("Looking up one fact about the business, once", f"{MINUTES_A_BASE} minutes"),
    ("Finding evidence for one metric", f"{MINUTES_A_PIECE_OF_EVIDENCE} minutes"),
    ("Putting a price together, where one is scored", f"{MINUTES_FOR_A_PRICE} minutes"),
)


@dataclass(frozen=True)
class Asked:
    """One thing that a bidder reads and answers."""

    code: str
    title: str
    words_to_read: int
    # Empty of a condition, which is read and priced but not answered.
    words_to_write: int = 0
    quantities: int = 0
    bases: frozenset[str] = frozenset()
    has_evidence: bool = False
    is_price: bool = False


@dataclass(frozen=True)
class Cost:
    """The minutes of one thing asked, and how many fewer the whole would take without it."""

    asked: Asked
    reading: Fraction
    writing: Fraction
    quantities: int
    evidence: int
    saved: Fraction


@dataclass(frozen=True)
class Burden:
    """All that is asked, what takes longest first."""

    costs: tuple[Cost, ...]
    # What is read before the first question: the summary, the scale.
    reading: Fraction
    bases: int
    minutes: Fraction

    @property
    def hours(self) -> int:
        """In whole hours, rounded up, and at least one."""
        return max(1, -(-self.minutes.numerator // (60 * self.minutes.denominator)))


def burden_of(asked: Sequence[Asked], *, words_before: int) -> Burden:
    """The estimate for a whole tender; a fact about the business is looked up once."""
    costs = sorted([_cost(one, asked) for one in asked], key=lambda cost: -cost.saved)
    reading = Fraction(words_before, WORDS_READ_A_MINUTE)
    facts = frozenset[str]().union(*(one.bases for one in asked))
    bases = MINUTES_A_BASE * len(facts)
    own = sum((_own_minutes(one) for one in asked), Fraction(0))
    return Burden(tuple(costs), reading, bases, reading + bases + own)


def _cost(one: Asked, asked: Sequence[Asked]) -> Cost:
    shared = frozenset[str]().union(*(other.bases for other in asked if other is not one))
    return Cost(
        asked=one,
        reading=Fraction(one.words_to_read, WORDS_READ_A_MINUTE),
        writing=Fraction(one.words_to_write, WORDS_WRITTEN_A_MINUTE),
        quantities=MINUTES_A_QUANTITY * one.quantities,
        evidence=MINUTES_A_PIECE_OF_EVIDENCE * one.has_evidence,
        saved=_own_minutes(one) + MINUTES_A_BASE * len(one.bases - shared),
    )


def _own_minutes(one: Asked) -> Fraction:
    return (
        Fraction(one.words_to_read, WORDS_READ_A_MINUTE)
        + Fraction(one.words_to_write, WORDS_WRITTEN_A_MINUTE)
        + MINUTES_A_QUANTITY * one.quantities
        + MINUTES_A_PIECE_OF_EVIDENCE * one.has_evidence
        + MINUTES_FOR_A_PRICE * one.is_price
    )
