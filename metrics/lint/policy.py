"""Faults in what a policy asks of contracts: its weights, its limits and whom they reach."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from charter.clauses import (
    ACCOUNTABILITY,
    COMPULSORY,
    ENCOURAGED,
    EVIDENCE,
    MOST_METRICS,
    OPT_OUT,
    REQUIRED,
    unknown_codes,
    wrong_total,
)
from charter.proportion import ANY_CONTRACT, WEIGHTING, Duty, contradictions, duties_of
from charter.sayings import compared, minimum_words, split_words
from charter.scope import LABELS, PENNY, highest, lowest, may_meet, wrong_when
from design.numbers import pounds
from design.words import lowered, raised
from metrics.lint.findings import ERROR, WARNING, Finding, place_of

OF_WHAT = re.compile(r"% of\b|% \w+ of\b", re.IGNORECASE)
GUIDANCE = re.compile(r"\bguidance\b|\bpolicy note\b|\bPPN\b", re.IGNORECASE)
OVER = re.compile(r"\b(over|above|more than|exceeding)\b", re.IGNORECASE)
BELOW = re.compile(r"\b(below|under|less than)\b", re.IGNORECASE)
# What a policy must say once for each contract: the kind of clause, the fact, the question.
ONE_ANSWER = (
    (ACCOUNTABILITY, "who", "who is accountable"),
    (OPT_OUT, "approval", "who approves leaving social value out"),
    (EVIDENCE, "depth", "how deep evidence goes"),
)


def faults_in_policy(
    rules: Sequence[Mapping], clauses: Sequence[Mapping], codes: frozenset[str] | None
) -> Iterator[Finding]:
    """Contradictions, limits that cannot be kept, percentages of nothing in particular.

    `codes` are those of the fields of action and principles; None where they are not known.
    """
    for pair in contradictions(rules, clauses):
        yield _contradicting(*pair)
    duties = duties_of(ANY_CONTRACT, rules=rules, clauses=clauses)
    for duty in duties:
        yield from _about_reach(duty)
        yield from _about_facts(duty, codes)
    for first, second in combinations(duties, 2):
        if may_meet(first.when, second.when):
            yield from _about_two(first, second)
        if {first.kind, second.kind} == {REQUIRED, ENCOURAGED}:
            yield from _about_the_sum_itself(first, second)
    for rule in rules:
        yield from _about_rule(rule)


def _about_rule(rule: Mapping) -> Iterator[Finding]:
    text = rule["clause"]["text"]
    if "%" in text and not OF_WHAT.search(text):
        yield Finding(
            "basis-not-said",
            WARNING,
            "A weighting rule",
            "The clause gives a percentage and does not say of what.",
            "Say whether it is of the whole score or of the quality element.",
            (rule["clause"],),
        )
    if GUIDANCE.search(text):
        yield Finding(
            "guidance-quoted",
            WARNING,
            "A weighting rule",
            "The clause quotes guidance. Guidance binds only those it is written for, and central "
            "government’s does not bind other authorities.",
            "Say in a new version that you ask for this by your own choice; never call it a legal "
            "duty.",
            (rule["clause"],),
        )


def _about_reach(duty: Duty) -> Iterator[Finding]:
    if wrong := wrong_when(duty.when):
        key, why = wrong
        yield _error(
            duty,
            "no-contract",
            f"It can speak of no contract: “{LABELS.get(key, key).lower()}” {why}.",
            "Change the contracts that it is for.",
        )


def _about_facts(duty: Duty, codes: frozenset[str] | None) -> Iterator[Finding]:
    if duty.kind == WEIGHTING:
        return
    unknown = "" if codes is None else unknown_codes(duty.kind, duty.facts, codes)
    if unknown:
        yield _error(
            duty,
            "names-nothing",
            f"It asks for metrics of what the charter does not have: {unknown}.",
            "Name fields of action or principles by the codes that the charter gives them.",
        )
    if duty.kind == MOST_METRICS and int(duty.facts["most"]) == 0:
        yield _error(
            duty,
            "cap-of-nothing",
            "It allows no metric at all.",
            "Allow at least one, or say when social value is left out.",
        )
    if wrong := wrong_total(duty.kind, duty.facts):
        yield _error(
            duty,
            "split-not-whole",
            f"{raised(wrong)}.",
            "Change them so that they come to 100%.",
        )


def _contradicting(first: Duty, second: Duty) -> Finding:
    are_rules = first.kind == second.kind == WEIGHTING
    told = "Only one of them can be followed."
    if are_rules:
        example = compared(first.facts, second.facts)
        told = f"These are different amounts. {example}".rstrip()
    return Finding(
        "contradiction",
        WARNING,
        "Two weighting rules" if are_rules else "Weights that do not agree",
        f"One {_asks(first)}, the other {_asks(second)}. {told}",
        "Each tender records which of the two it follows, and why.",
        (place_of(first.clause), place_of(second.clause)),
    )


def _about_two(first: Duty, second: Duty) -> Iterator[Finding]:
    """Two that reach some contract both."""
    if {first.kind, second.kind} == {MOST_METRICS, COMPULSORY}:
        yield from _about_too_many(*sorted((first, second), key=lambda one: one.kind))
    for kind, fact, question in ONE_ANSWER:
        if first.kind == second.kind == kind and _differ(first, second, fact):
            yield Finding(
                "two-answers",
                WARNING,
                f"{first.heading}, and {lowered(second.heading)}",
                f"Two clauses say {question} for the same contracts, and they do not agree: "
                f"{first.facts[fact]}, and {second.facts[fact]}.",
                "Keep one of them in a new version; until then the first one counts.",
                (place_of(first.clause), place_of(second.clause)),
            )


def _asks(duty: Duty) -> str:
    words = minimum_words if duty.kind == WEIGHTING else split_words
    return f"asks for {words(duty.facts)}"


def _differ(first: Duty, second: Duty, fact: str) -> bool:
    """Whether neither is the more particular of the two, and they say different things."""
    answers = [one.facts.get(fact) for one in (first, second)]
    return lowest(first.when) == lowest(second.when) and all(answers) and answers[0] != answers[1]


def _about_too_many(compulsory: Duty, cap: Duty) -> Iterator[Finding]:
    if int(compulsory.facts["at_least"]) > int(cap.facts["most"]):
        yield Finding(
            "cannot-be-kept",
            ERROR,
            compulsory.heading,
            f"It asks for at least {compulsory.facts['at_least']} metrics of one kind, where "
            f"another clause allows no more than {cap.facts['most']} in all.",
            "Ask for fewer, or allow more.",
            (place_of(compulsory.clause), place_of(cap.clause)),
        )


def _about_the_sum_itself(first: Duty, second: Duty) -> Iterator[Finding]:
    """One says "over", the other "below", and neither names a contract of exactly the sum."""
    required, encouraged = (first, second) if first.kind == REQUIRED else (second, first)
    limit = lowest(required.when) - PENNY
    meets = highest(encouraged.when) in (limit, limit - PENNY)
    texts = required.clause["text"], encouraged.clause["text"]
    if "over" in required.when and meets and OVER.search(texts[0]) and BELOW.search(texts[1]):
        yield Finding(
            "sum-itself",
            WARNING,
            f"{required.heading}, and {lowered(encouraged.heading)}",
            f"One clause speaks of contracts over {pounds(limit)}, the other of those below it. A "
            "contract of exactly that sum is in neither.",
            "Say in a new version on which side the sum itself lies.",
            (place_of(required.clause), place_of(encouraged.clause)),
        )


def _error(duty: Duty, code: str, words: str, remedy: str) -> Finding:
    return Finding(code, ERROR, duty.heading, words, remedy, (place_of(duty.clause),))
