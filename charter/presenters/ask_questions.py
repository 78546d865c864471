"""The questions that people ask of a policy, and how its duties answer each of them."""

from collections.abc import Callable
from dataclasses import dataclass

from charter.clauses import (
    ACCOUNTABILITY,
    ANSWER_LENGTH,
    COMPULSORY,
    ENCOURAGED,
    EVIDENCE,
    MOST_METRICS,
    OPT_OUT,
    REQUIRED,
    SPLIT,
)
from charter.presenters.duties import words_of
from charter.proportion import WEIGHTING, Asked, Duty

Told = list[tuple[str, Duty]]


@dataclass(frozen=True)
class Question:
    """One thing people ask of a policy, the kinds of duty that answer it, and how."""

    label: str
    kinds: frozenset[str]
    answers: Callable[[Asked], Told]
    # What holds where nothing in the policy answers it.
    otherwise: Callable[[Asked], str]
    # What a duty comes to that hangs on what nobody has said; its own words where empty.
    hangs: str = ""


def _social_value(asked: Asked) -> Told:
    if not asked.is_required:
        return [("Wherever possible; nothing is required", one) for one in asked.of(ENCOURAGED)]
    requires = [*asked.of(REQUIRED), *asked.minimums, *asked.splits, *asked.compulsory]
    return [("Required", requires[0])]


def _words_of_all(kinds: frozenset[str]) -> Callable[[Asked], Told]:
    return lambda asked: [(words_of(one), one) for one in asked.binding if one.kind in kinds]


def _words_of_one(find: Callable[[Asked], Duty | None]) -> Callable[[Asked], Told]:
    return lambda asked: [(words_of(one), one) for one in [find(asked)] if one]


def _approver(asked: Asked) -> Told:
    if not asked.is_required or asked.opt_out is None:
        return []
    who = asked.approves_opt_out
    if not who:
        return [("The policy names nobody", asked.opt_out)]
    if asked.is_approver_named:
        return [(who, asked.opt_out)]
    return [(f"{who}, being accountable: the policy names nobody for it", asked.accountable)]


def _no_opt_out(asked: Asked) -> str:
    return "The policy has no opt-out" if asked.is_required else "Not needed: nothing is required"


WEIGHTS = frozenset({WEIGHTING, SPLIT})
ASKING = frozenset({REQUIRED, WEIGHTING, SPLIT, COMPULSORY})
QUESTIONS = (
    Question(
        "Is social value required?",
        ASKING,
        _social_value,
        lambda asked: "Not asked for",
        hangs="required",
    ),
    Question(
        "Minimum weighting, and of what",
        WEIGHTS,
        _words_of_all(WEIGHTS),
        lambda asked: "None",
    ),
    Question(
        "Metrics that must be asked",
        frozenset({COMPULSORY}),
        _words_of_all(frozenset({COMPULSORY})),
        lambda asked: "None",
    ),
    Question(
        "Metrics at most",
        frozenset({MOST_METRICS}),
        _words_of_one(lambda asked: asked.most_metrics),
        lambda asked: "No limit",
    ),
    Question(
        "Length of an answer at most",
        frozenset({ANSWER_LENGTH}),
        _words_of_one(lambda asked: asked.most_words),
        lambda asked: "No limit",
    ),
    Question(
        "Evidence",
        frozenset({EVIDENCE}),
        _words_of_one(lambda asked: asked.evidence),
        lambda asked: "The policy does not say how deep it goes",
    ),
    Question(
        "Accountable",
        frozenset({ACCOUNTABILITY}),
        _words_of_one(lambda asked: asked.accountable),
        lambda asked: "The policy names nobody",
    ),
    Question("Opt-out approved by", frozenset({OPT_OUT}), _approver, _no_opt_out),
)
# The kinds to which the table gives an answer; the rest stands beside it.
ANSWERED = frozenset().union(*[one.kinds for one in QUESTIONS], {ENCOURAGED})
