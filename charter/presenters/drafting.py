"""The rules and clauses of a draft in words, where they are changed."""

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from charter.clauses import KINDS, MONEY, MONTH, PERCENT, by_section
from charter.drafting import rule_words
from design.templatetags.format import london_date, money, percent

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
    return [ShownRule(one, rule_words(one), _scope(one)) for one in rules]


def _scope(rule: dict) -> str:
    """For which contracts and when a rule holds; nothing where it is for all and always."""
    over = rule.get("applies_over")
    parts = [
        *([f"For contracts over {money(Decimal(over))}."] if over else []),
        *(
            f"{words} {london_date(date.fromisoformat(rule[key]))}."
            for words, key in (("From", "from"), ("Until the end of", "until"))
            if rule.get(key)
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
        return money(Decimal(value))
    if type_ == PERCENT:
        return percent(Decimal(value))
    return month_name[int(value)] if type_ == MONTH else value
