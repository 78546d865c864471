"""What a policy asks of one contract, line by line: each line with the duty it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from charter.clauses import (
    ACCOUNTABILITY,
    ANSWER_LENGTH,
    COMPULSORY,
    ENCOURAGED,
    EVIDENCE,
    KINDS,
    MOST_METRICS,
    OPT_OUT,
    REQUIRED,
    SPLIT,
)
from charter.proportion import WEIGHTING, Asked, Duty
from charter.sayings import minimum_words, words_of_clause
from design.words import raised

# What decides about a tender comes first, then everything else the policy says of contracts.
ORDER = (
    REQUIRED,
    ENCOURAGED,
    WEIGHTING,
    SPLIT,
    COMPULSORY,
    MOST_METRICS,
    ANSWER_LENGTH,
    EVIDENCE,
    ACCOUNTABILITY,
    OPT_OUT,
)
LABELS = {WEIGHTING: "The least weighting", REQUIRED: "Social value", ENCOURAGED: "Social value"}


@dataclass(frozen=True)
class Row:
    """One thing that is asked, in a line, and the duty that asks it."""

    label: str
    words: str
    duty: Duty


def told(asked: Asked, instead: Mapping[str, str] | None = None) -> list[Row]:
    """What binds the contract; `instead` are better words for some duties, by their keys."""
    better, rows = instead or {}, []
    for duty in _in_order([one for one in asked.binding if not outdone_by(asked, one)]):
        words = better.get(duty.key) or words_of(duty)
        rows.append(Row(label_of(duty.kind), raised(words), duty))
    return rows


def untold(asked: Asked) -> list[Row]:
    """What does not bind it: it does not reach it, or another of its kind speaks instead."""
    outdone = [one for one in asked.binding if outdone_by(asked, one)]
    found = _in_order([*asked.silent, *outdone])
    return [Row(label_of(one.kind), words_of(one), one) for one in found]


def outdone_by(asked: Asked, duty: Duty) -> Duty | None:
    """The duty that speaks instead of one that reaches the contract too."""
    speaks = {
        ACCOUNTABILITY: asked.accountable,
        OPT_OUT: asked.opt_out,
        EVIDENCE: asked.evidence,
        MOST_METRICS: asked.most_metrics,
        ANSWER_LENGTH: asked.most_words,
    }.get(duty.kind)
    return speaks if speaks and speaks.key != duty.key else None


def label_of(kind: str) -> str:
    """What a line of this kind is about."""
    return LABELS.get(kind) or KINDS[kind].label


def words_of(duty: Duty) -> str:
    """What the duty asks, in plain words; its heading where there is nothing to be read."""
    if say := OF_A_DUTY.get(duty.kind):
        return raised(say(duty.facts))
    return words_of_clause(duty.kind, duty.facts) or duty.heading


def _in_order(duties: list[Duty]) -> list[Duty]:
    places = {kind: place for place, kind in enumerate(ORDER)}
    return sorted(duties, key=lambda one: places.get(one.kind, len(ORDER)))


def _opt_out(facts: Mapping[str, str]) -> str:
    named = f"; approved by {facts['approval']}" if facts.get("approval") else ""
    return f"Only with evidence {facts['evidence']}{named}"


# Of a contract these are said otherwise than of the policy as a whole.
OF_A_DUTY: dict[str, Callable[[Mapping[str, str]], str]] = {
    WEIGHTING: minimum_words,
    REQUIRED: lambda facts: "Required: it must be part of the scoring",
    ENCOURAGED: lambda facts: "Wherever possible: nothing is required",
    OPT_OUT: _opt_out,
}
