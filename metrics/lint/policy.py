"""Faults in a policy's rules and clauses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from metrics.lint.findings import ERROR, WARNING, Finding

OF_WHAT = re.compile(r"% of\b|% \w+ of\b", re.IGNORECASE)
GUIDE_ONLY = re.compile(r"\bBS 8950\b")
IN_WORDS = {"overall": "the whole score", "quality_element": "the quality element"}


def faults_in_policy(rules: Sequence[Mapping], clauses: Sequence[Mapping]) -> Iterator[Finding]:
    """Contradicting weights, sums without their tax, openings nobody has closed."""
    yield from _about_rules(rules)
    for clause in clauses:
        yield from _about_clause(clause)


def _about_rules(rules: Sequence[Mapping]) -> Iterator[Finding]:
    for first, second in combinations(rules, 2):
        if first["basis"] != second["basis"] and _may_meet(first, second):
            yield Finding(
                "contradiction",
                ERROR,
                "Two weighting rules",
                f"One asks for {first['minimum_percent']}% of {IN_WORDS[first['basis']]}, the "
                f"other for {second['minimum_percent']}% of {IN_WORDS[second['basis']]}. These "
                "are different amounts.",
                "Keep one of them in a new version. Until then a tender is held to both.",
                (first["clause"], second["clause"]),
            )
    for rule in rules:
        if "%" in rule["clause"]["text"] and not OF_WHAT.search(rule["clause"]["text"]):
            yield Finding(
                "basis-not-said",
                WARNING,
                "A weighting rule",
                "The clause gives a percentage and does not say of what.",
                "Say whether it is of the whole score or of the quality element.",
                (rule["clause"],),
            )


def _may_meet(first: Mapping, second: Mapping) -> bool:
    """Whether some day lies in the time of both."""
    starts = [rule["from"] for rule in (first, second) if rule.get("from")]
    ends = [rule["until"] for rule in (first, second) if rule.get("until")]
    return not starts or not ends or max(starts) <= min(ends)


def _about_clause(clause: Mapping) -> Iterator[Finding]:
    facts = clause.get("facts", {})
    if clause.get("kind") == "open":
        yield _of(
            clause,
            "left-undecided",
            "The papers leave this open.",
            "Decide it in a new version, or have each tender decide and publish it.",
        )
    if ("over" in facts or "up_to" in facts) and "VAT" not in clause["text"]:
        yield _of(
            clause,
            "vat-not-said",
            "The clause gives a sum and does not say whether VAT is in it.",
            "Say so in a new version; until then ask whoever decides.",
        )
    if clause.get("kind") == "opt-out" and not facts.get("approval"):
        yield _of(
            clause,
            "no-approver",
            "Nobody is named who may approve leaving social value out.",
            "Name who approves it.",
        )
    if GUIDE_ONLY.search(clause["text"]):
        yield _of(
            clause,
            "guide-only",
            "The standard is a guide: nobody can be certified to it.",
            "Ask how a bidder works towards it, never for a certificate.",
        )


def _of(clause: Mapping, code: str, words: str, remedy: str) -> Finding:
    place = {key: clause[key] for key in ("document", "paragraph", "text")}
    return Finding(code, WARNING, clause["heading"], words, remedy, (place,))
