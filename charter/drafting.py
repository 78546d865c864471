"""What each page of a draft shows for changing, by the names of its fields.

A page carries the fingerprint of what it was drawn from; a save is refused when that has
changed meanwhile.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from charter.clauses import KINDS, MONEY, PERCENT
from charter.models import Charter, Principle, Quadrant

WORDS = (
    *("title", "place", "ambition", "purpose", "adoption"),
    *("source", "mappings_source", "maturity"),
)
BASES = {"overall": "the total score", "quality_element": "the quality element"}
NUMBERS = (MONEY, PERCENT)
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


def rule_state(rule: dict) -> dict:
    """A weighting rule and its clause."""
    over = rule.get("applies_over")
    return {
        "minimum_percent": Decimal(rule["minimum_percent"]),
        "basis": rule["basis"],
        "applies_over": None if over is None else Decimal(over),
        **{
            name: date.fromisoformat(rule[key]) if rule.get(key) else None
            for name, key in (("first_day", "from"), ("last_day", "until"))
        },
        **rule["clause"],
        "contradicts": rule.get("contradicts", ""),
        "note": rule.get("note", ""),
    }


def clause_state(clause: dict) -> dict:
    """A clause with what is read out of it."""
    kind = KINDS.get(clause.get("kind", ""))
    numbers = {fact.name for fact in kind.facts if fact.type in NUMBERS} if kind else set()
    return {
        "kind": clause.get("kind", ""),
        **{name: clause[name] for name in ("heading", "document", "paragraph", "text")},
        "note": clause.get("note", ""),
        **{
            f"fact_{name}": Decimal(value) if name in numbers else value
            for name, value in clause.get("facts", {}).items()
        },
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


def rule_words(rule: dict) -> str:
    """What a rule asks for: "at least 10% of the total score"."""
    return f"at least {rule['minimum_percent']}% of {BASES[rule['basis']]}"
