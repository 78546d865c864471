"""What each page of a draft shows for changing, by the names of its fields.

A page carries the fingerprint of what it was drawn from; a save is refused when that has
changed meanwhile.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from charter.clauses import KINDS, OF_A_CONTRACT, PERCENT, WHOLE
from charter.models import Charter, Principle, Quadrant
from charter.scope import DAYS, LABELS, MONTHS, SUMS

WORDS = (
    *("title", "place", "ambition", "purpose", "adoption"),
    *("source", "mappings_source", "maturity"),
)
# How what is kept as text stands in a field.
NUMBERS = {PERCENT: Decimal, WHOLE: int}
CONDITIONS = {
    **dict.fromkeys(SUMS, Decimal),
    **dict.fromkeys(MONTHS, int),
    "kinds": list,
    **dict.fromkeys(DAYS, date.fromisoformat),
}
LONGEST_OPENING = 60
OPENING_ENDS = re.compile(r" [–—-] |[,;:.]")


def words_of(charter: Charter) -> dict:
    """The words of a charter as a whole."""
    return {name: getattr(charter, name) for name in WORDS}


def quadrant_state(quadrant: Quadrant) -> dict:
    """A field of action."""
    return {"title": quadrant.title, "source": quadrant.source}


def principle_state(principle: Principle) -> dict:
    """A principle and the field of action it stands in."""
    names = ("code", "short_title", "text", "opening")
    return {
        **{name: getattr(principle, name) for name in names},
        "quadrant": principle.quadrant.code,
    }


def when_state(entry: dict) -> dict:
    """To which contracts a rule or clause speaks; None for each condition it does not set."""
    when = entry.get("when", {})
    return {f"when_{key}": CONDITIONS[key](when[key]) if key in when else None for key in LABELS}


def rule_state(rule: dict) -> dict:
    """A weighting rule and its clause."""
    return {
        "minimum_percent": Decimal(rule["minimum_percent"]),
        "basis": rule["basis"],
        **rule["clause"],
        "contradicts": rule.get("contradicts", ""),
        "note": rule.get("note", ""),
        **when_state(rule),
    }


def clause_state(clause: dict) -> dict:
    """A clause with what is read out of it and, if it speaks of contracts, of which."""
    kind = KINDS.get(clause.get("kind", ""))
    types = {fact.name: fact.type for fact in kind.facts} if kind else {}
    return {
        "kind": clause.get("kind", ""),
        **{name: clause[name] for name in ("heading", "document", "paragraph", "text")},
        "note": clause.get("note", ""),
        **{
            f"fact_{name}": NUMBERS.get(types.get(name, ""), str)(value)
            for name, value in clause.get("facts", {}).items()
        },
        **(when_state(clause) if clause.get("kind") in OF_A_CONTRACT else {}),
    }


def with_id(entries: Iterable[dict], wanted: str) -> dict | None:
    """The rule or clause of this name."""
    return next((one for one in entries if one["id"] == wanted), None)


def opening_of(sentence: str) -> str:
    """The words a sentence begins with: up to its first pause, or as many as are easily read."""
    line = sentence.split("\n")[0]
    pause = OPENING_ENDS.search(line)
    opening = line[: pause.start()] if pause else line
    if len(opening) > LONGEST_OPENING:
        opening = opening[: LONGEST_OPENING + 1].rpartition(" ")[0] or opening[:LONGEST_OPENING]
    return opening.strip() or line[:LONGEST_OPENING]
