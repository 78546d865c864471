"""Check the words of a tender before anyone bids: what cannot stand, and what is doubtful.

Pure: what bidders are asked comes as `Ask`, metrics as `metrics.content.content_of` gives them.
Only the metrics that are asked are looked at; what is doubtful elsewhere in the charter harms no
bidder of this tender. Contradicting rules are for `tenders.policy_needs` to tell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from charter.clauses import ENCOURAGED
from charter.proportion import Asked
from charter.scope import Contract
from design.numbers import pounds
from metrics.lint import ERROR, WARNING, Finding, check
from metrics.lint.findings import about, place_of, printed
from metrics.lint.pairs import terms
from tenders.thresholds import threshold_for

HELD_BACK, POLICY = "held-back", "policy"
LOCAL_PREFERENCE = "local-preference"
ROUNDING = "rounding"
# What only a comparison with the whole catalogue shows; the charter keeps a note of it.
OF_EVIDENCE = ("evidence-swapped", "evidence-copied")
REMOVE = (
    "Remove it from this tender, or ask an administrator to mend it in a new version of the "
    "charter and begin a tender from that."
)
OF_ONE = (
    r"(each|every|all|your|any|individual|named?) (of your )?(\w+ ){0,2}"
    r"(employees?|workers?|staff|apprentices?|trainees?|people|person|persons|participants?"
    r"|volunteers?|residents?|learners?|beneficiar(?:y|ies))"
)
ABOUT_THEM = (
    r"(names?|home address(es)?|addresses|postcodes?|dates? of birth|ages?|ethnicit(y|ies)|gender"
    r"|disabilit(y|ies)|health (conditions?|records?)|criminal records?|convictions?|nationality"
    r"|nationalities|religions?|sexual orientation|salar(y|ies)|wages?|national insurance numbers?"
    r"|c\.?v\.?s?|contact details)"
)
PERSONAL = re.compile(
    rf"\b{ABOUT_THEM}\b[^.?!]{{0,60}}\b(of|for) {OF_ONE}\b|\b{OF_ONE}[’']?s?\b[^.?!]{{0,30}}"
    rf"\b{ABOUT_THEM}\b|\b(list|state|give|send|provide|include)\b[^.?!]{{0,30}}\b(the )?"
    r"(names?|home addresses|dates of birth|national insurance numbers?|c\.?v\.?s)\b"
    r"|\bbroken down by\b[^.?!]{0,300}\b(person|name)\b",
    re.IGNORECASE,
)
A_PERCENTAGE = re.compile(r"(?<!\d)(\d+(?:\.\d+)?)\s?(?:%|per\s?cent)", re.IGNORECASE)
# How many telling words of an aim a question shares before it is taken to ask for that aim.
ALIKE = 3


@dataclass(frozen=True)
class Ask:
    """One thing that bidders are asked: a question, or a metric with its question."""

    title: str
    question: str
    metric: Mapping | None = None
    # Whether its answer is scored against a target, and whether there is one on the first day.
    needs_target: bool = False
    has_target: bool = True
    # Whether this contract asks for a target of its own, which says how it is rounded.
    has_own_target: bool = False

    @property
    def subject(self) -> str:
        return about(self.metric) if self.metric else f"The question “{self.title}”"

    @property
    def place(self) -> dict[str, str]:
        """Where its own words stand."""
        return {"document": "This tender", "paragraph": self.title, "text": self.question}

    @property
    def numbers(self) -> tuple[int, ...]:
        return (self.metric["number"],) if self.metric else ()

    @property
    def held_back(self) -> Mapping | None:
        """The note that says why it is held back, if it is."""
        return self.note(HELD_BACK)

    def note(self, kind: str) -> Mapping | None:
        flags = self.metric["flags"] if self.metric else ()
        return next((one for one in flags if one["kind"] == kind), None)


@dataclass(frozen=True)
class Wording:
    """Everything of a tender that its check reads."""

    asks: Sequence[Ask]
    social_value_weight: Decimal
    # Whether social value is left out as a whole, on an approved opt-out.
    is_left_out: bool
    # The clauses that give an aim for the spending of a year.
    spend_aims: Sequence[Mapping]


def faults_of_tender(wording: Wording, asked: Asked) -> list[Finding]:
    """Everything found, errors first: in metrics, in questions, in what is left out."""
    found = [
        *_of_metrics(wording.asks, asked.contract),
        *(fault for ask in wording.asks for fault in _of_one(ask)),
        *_of_aims(wording),
        *_of_leaving_out(wording, asked),
    ]
    return sorted(found, key=lambda one: one.severity != ERROR)


def _of_metrics(asks: Sequence[Ask], contract: Contract) -> Iterator[Finding]:
    """What the check of the charter finds in the metrics asked, told for this tender."""
    held = {number for ask in asks if ask.held_back for number in ask.numbers}
    own = {number for ask in asks if ask.has_own_target for number in ask.numbers}
    metrics = [_as_if_offered(ask.metric) for ask in asks if ask.metric]
    found = check(metrics=metrics, rules=(), clauses=())
    found = [one for one in found if one.code != ROUNDING or not own & set(one.numbers)]
    for one in found:
        if one.severity == ERROR:
            # Of a metric held back it is said once: that it is held back, and why.
            if not held & set(one.numbers):
                yield replace(one, remedy=REMOVE)
        elif one.code == LOCAL_PREFERENCE:
            yield replace(one, words=f"{one.words}{_of_threshold(contract)}")
        else:
            yield one
    told = {(one.code, number) for one in found for number in one.numbers}
    for ask in asks:
        for kind in OF_EVIDENCE:
            note = ask.note(kind)
            if note and (kind, ask.numbers[0]) not in told:
                yield _of_note(ask, kind, note)


def _as_if_offered(metric: Mapping) -> Mapping:
    return {**metric, "flags": [one for one in metric["flags"] if one["kind"] != HELD_BACK]}


def _of_note(ask: Ask, kind: str, note: Mapping) -> Finding:
    """What the charter itself notes about the evidence of a metric."""
    metric = ask.metric or {}
    return Finding(
        kind,
        WARNING,
        ask.subject,
        note["words"],
        "Say in the question which evidence you want.",
        (printed(metric, "Evidence", metric["evidence_text"]),),
        ask.numbers,
    )


def _of_threshold(contract: Contract) -> str:
    """On which side of the law's threshold a contract lies, as far as that is known."""
    threshold = threshold_for(contract.kind, contract.on)
    if threshold is None:
        return ""
    side, besides = "reaches", ""
    if contract.value < threshold.amount:
        side, besides = "is below", " Add VAT before you rely on that."
    return (
        f" The value entered for this contract, without VAT, {side} {pounds(threshold.amount)}, "
        f"the threshold {threshold.words}, which counts VAT in.{besides}"
    )


def _of_one(ask: Ask) -> Iterator[Finding]:
    if ask.held_back:
        yield Finding(
            HELD_BACK,
            ERROR,
            ask.subject,
            f"It is held back since it was chosen: {ask.held_back['words']}",
            REMOVE,
            (printed(ask.metric or {}, "Metric", (ask.metric or {})["wording"]),),
            ask.numbers,
        )
    if ask.metric and ask.metric["answered_by"] == POLICY:
        yield Finding(
            "measures-authority",
            ERROR,
            ask.subject,
            "Only the authority itself can answer this, and bidders are asked for it.",
            "Remove it from this tender. Answer it yourselves among your own results.",
            (printed(ask.metric, "Metric", ask.metric["wording"]),),
            ask.numbers,
        )
    if ask.metric and ask.needs_target and not ask.has_target:
        yield Finding(
            "target-needed",
            ERROR,
            ask.subject,
            "It is scored by its target, and has none on the day the contract starts.",
            "Have evaluators mark the answer instead.",
            (printed(ask.metric, "Target or standard", ask.metric["target_text"]),),
            ask.numbers,
        )
    if PERSONAL.search(ask.question):
        yield Finding(
            "personal-data",
            WARNING,
            ask.subject,
            "The question asks for something about single people.",
            "Ask for counts and bands only. Names and records stay with the bidder.",
            (ask.place,),
            ask.numbers,
        )


def _of_aims(wording: Wording) -> Iterator[Finding]:
    """An aim for all spending of a year that one contract is asked to meet."""
    for ask in wording.asks:
        words = " ".join(filter(None, (ask.title, ask.question, (ask.metric or {}).get("wording"))))
        for aim in wording.spend_aims:
            facts = aim.get("facts", {})
            names = terms(f"{facts.get('of', '')} {facts.get('with', '')}")
            shares = set(A_PERCENTAGE.findall(words))
            if facts.get("percent") in shares and len(terms(words) & names) >= ALIKE:
                yield Finding(
                    "spend-aim",
                    WARNING,
                    ask.subject,
                    f"It asks one contract for an aim that is for {facts['of']} of a year. No "
                    "single bid can meet or miss it.",
                    "Ask for what this contract can do, and report the aim by the year.",
                    (ask.place, place_of(aim)),
                    ask.numbers,
                )


def _of_leaving_out(wording: Wording, asked: Asked) -> Iterator[Finding]:
    """Social value left out where the policy asks for it wherever possible."""
    if asked.is_encouraged and not wording.social_value_weight and not wording.is_left_out:
        clauses = asked.of(ENCOURAGED)
        yield Finding(
            "left-out",
            WARNING,
            "Social value",
            "It counts for nothing in this tender, and your policy asks for it wherever possible.",
            "Weigh it and choose a metric, or say why it is not possible here.",
            tuple(place_of(one.clause) for one in clauses),
        )
