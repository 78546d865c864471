"""What each page of a draft shows for changing, by the names of its fields.

A page carries the fingerprint of what it was drawn from; a save is refused when that has
changed meanwhile.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from charter.clauses import KINDS, MONEY, MONTH, PERCENT, by_section
from charter.models import Charter, Principle, Quadrant

WORDS = (
    *("title", "place", "ambition", "purpose", "adoption"),
    *("source", "mappings_source", "maturity"),
)
BASES = {"overall": "the total score", "quality_element": "the quality element"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
NUMBERS = (MONEY, PERCENT)
# A clause loaded before clauses had kinds.
UNSORTED = "Kind not chosen yet"
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


@dataclass(frozen=True)
class ShownRule:
    """A weighting rule, what it asks for and when."""

    rule: dict
    words: str
    scope: str


def shown_rules(rules: Sequence[dict]) -> list[ShownRule]:
    """The weighting rules in their own order, in words."""
    return [ShownRule(one, rule_words(one), _scope(one)) for one in rules]


def _scope(rule: dict) -> str:
    """For which contracts and when a rule holds; nothing where it is for all and always."""
    over = rule.get("applies_over")
    parts = [
        *([f"For contracts over £{Decimal(over):,f}."] if over else []),
        *(
            f"{words} {day.day} {day:%B %Y}."
            for words, key in (("From", "from"), ("Until the end of", "until"))
            if rule.get(key) and (day := date.fromisoformat(rule[key]))
        ),
    ]
    return " ".join(parts)


def contradictions(rules: Sequence[ShownRule]) -> list[tuple[ShownRule, ShownRule]]:
    """Rules that reckon on different things, or are said to contradict each other."""
    return [
        (first, second)
        for at, first in enumerate(rules)
        for second in rules[at + 1 :]
        if first.rule["basis"] != second.rule["basis"]
        or first.rule.get("contradicts") == second.rule["id"]
    ]


@dataclass(frozen=True)
class ShownClause:
    """A clause, the name of its kind and what is read out of it."""

    clause: dict
    kind: str
    facts: list[tuple[str, str]]


def shown_clauses(clauses: Sequence[dict]) -> list[tuple[str, list[ShownClause]]]:
    """The clauses under the headings of a page; those without a kind come last."""
    sorted_ones = [one for one in clauses if one.get("kind") in KINDS]
    rest = [one for one in clauses if one.get("kind") not in KINDS]
    groups = [*by_section(sorted_ones), *([(UNSORTED, rest)] if rest else [])]
    return [(section, [_shown(one) for one in found]) for section, found in groups]


def _shown(clause: dict) -> ShownClause:
    kind = KINDS.get(clause.get("kind", ""))
    told = clause.get("facts", {})
    return ShownClause(
        clause,
        kind.label if kind else "",
        [(one.label, _said(one.type, told[one.name])) for one in kind.facts if one.name in told]
        if kind
        else [],
    )


def _said(type_: str, value: str) -> str:
    if type_ == MONEY:
        return f"£{Decimal(value):,f}"
    if type_ == PERCENT:
        return f"{value}%"
    return MONTHS[int(value) - 1] if type_ == MONTH else value
