"""The rules and clauses of a draft in words, where they are changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from charter.clauses import KINDS, by_section, fact_in_words
from charter.proportion import WEIGHTING, Duty
from charter.proportion import contradictions as contradicting
from charter.sayings import minimum_words, split_words
from charter.scope import when_in_words
from design.words import raised

# A clause loaded before clauses had kinds.
UNSORTED = "Kind not chosen yet"


@dataclass(frozen=True)
class ShownRule:
    """A weighting rule, what it asks for and when."""

    rule: dict
    words: str
    scope: str


def shown_rules(rules: Sequence[dict]) -> list[ShownRule]:
    """The weighting rules in their own order, in words."""
    return [ShownRule(one, minimum_words(one), _scope(one)) for one in rules]


def _scope(entry: dict) -> str:
    """For which contracts it is; nothing where it is for every one."""
    return raised(when_in_words(entry.get("when", {})))


@dataclass(frozen=True)
class Side:
    """One of two that contradict each other: what it asks for, and where it stands."""

    words: str
    clause: dict


def contradictions(rules: Sequence[dict], clauses: Sequence[dict]) -> list[tuple[Side, Side]]:
    """Rules and splits that cannot both be meant where both reach a contract."""
    return [(_side(one), _side(other)) for one, other in contradicting(rules, clauses)]


def _side(duty: Duty) -> Side:
    words = minimum_words(duty.facts) if duty.kind == WEIGHTING else split_words(duty.facts)
    return Side(words, duty.clause)


@dataclass(frozen=True)
class ShownClause:
    """A clause, the name of its kind, what is read out of it, and for which contracts it is."""

    clause: dict
    kind: str
    facts: list[tuple[str, str]]
    scope: str


def shown_clauses(clauses: Sequence[dict]) -> list[tuple[str, list[ShownClause]]]:
    """The clauses under the headings of a page; those without a kind come last."""
    sorted_ones = [one for one in clauses if one.get("kind") in KINDS]
    rest = [one for one in clauses if one.get("kind") not in KINDS]
    groups = [*by_section(sorted_ones), *([(UNSORTED, rest)] if rest else [])]
    return [(section, [_shown(one) for one in found]) for section, found in groups]


def _shown(clause: dict) -> ShownClause:
    kind = KINDS.get(clause.get("kind", ""))
    told = clause.get("facts", {})
    facts = [
        (one.label, fact_in_words(one, told[one.name]))
        for one in (kind.facts if kind else ())
        if one.name in told
    ]
    return ShownClause(clause, kind.label if kind else "", facts, _scope(clause))
