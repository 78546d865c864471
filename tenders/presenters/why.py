"""Why a tender asks what it asks: the clauses that bind it, and where each question comes from."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from charter.clauses import DEPTHS
from charter.presenters.duties import Row
from charter.proportion import Asked, Duty
from metrics.models import Metric
from tenders.models import Criterion, Tender
from tenders.policy import is_left_out, policy_day, policy_of, whole_policy
from tenders.policy_needs import is_among
from tenders.presenters.asked import Line, parts_of
from tenders.presenters.duties import told
from tenders.presenters.policy import (
    Dispute,
    LeftOut,
    answer_of,
    decisive,
    disputes_of,
    further,
    let_off,
)


@dataclass(frozen=True)
class Reason:
    """One duty that binds the tender; `anchor` is its place here, `place` that in the policy."""

    row: Row
    anchor: str
    place: str


@dataclass(frozen=True)
class Question:
    """One question of the tender, and where it comes from."""

    line: Line
    group: str
    compulsory: list[Reason]
    word_limit: Reason | None

    @property
    def criterion(self) -> Criterion:
        return self.line.criterion

    @property
    def metric(self) -> Metric | None:
        return self.line.criterion.metric


@dataclass(frozen=True)
class AnswerRules:
    """What the policy says of answers to metrics: how deep evidence goes, how long they may be."""

    depth: str
    evidence_anchor: str
    most_words: str
    words_anchor: str


def why_page(tender: Tender, now: datetime) -> dict:
    """All that the page shows."""
    on = policy_day(tender, now)
    asked = policy_of(tender, on)
    rows = told(asked, answer_of(tender, asked))
    places = _Places(tender)
    return {
        "opening": _opening(tender, asked),
        "reasons": [places.reason(row) for row in decisive(rows)],
        "further": [places.reason(row) for row in further(rows)],
        "choices": choices_of(tender, now),
        "let_off": let_off(tender, now),
        "questions": _questions(tender, asked, places),
    }


def choices_of(tender: Tender, now: datetime) -> list[Dispute]:
    """The rules that contradict each other here, and which of them the tender follows."""
    return disputes_of(tender, whole_policy(tender, policy_day(tender, now)))


def departures_told(tender: Tender, now: datetime) -> dict:
    """What a public page prints of choices between rules, of opt-outs and waivers."""
    told_of: list[LeftOut] = let_off(tender, now)
    return {"choices": choices_of(tender, now), "let_off": told_of}


def answer_rules(tender: Tender, now: datetime) -> AnswerRules:
    """What bidders are told beside an answer to a metric."""
    asked = policy_of(tender, policy_day(tender, now))
    evidence, words = asked.evidence, asked.most_words
    return AnswerRules(
        depth=dict(DEPTHS)[evidence.facts["depth"]] if evidence else "",
        evidence_anchor=anchor_of(evidence) if evidence else "",
        most_words=words.facts["words"] if words else "",
        words_anchor=anchor_of(words) if words else "",
    )


def anchor_of(duty: Duty) -> str:
    """Where a duty stands on a page."""
    return duty.key.replace(":", "-")


class _Places:
    """Where the clauses of the tender's charter stand on its own page."""

    def __init__(self, tender: Tender):
        charter = tender.charter
        self.page = reverse("charter:detail", args=[charter.pk])
        self.known = {f"rule:{one['id']}" for one in charter.rules}
        self.known |= {f"clause:{one['id']}" for one in charter.clauses}

    def reason(self, row: Row) -> Reason:
        anchor = anchor_of(row.duty)
        place = f"{self.page}#{anchor}" if row.duty.key in self.known else ""
        return Reason(row, anchor, place)


def _opening(tender: Tender, asked: Asked) -> str:
    """Whether social value is asked for at all, in a sentence."""
    if is_left_out(tender, asked):
        return "Social value is left out of this contract, on the decision below."
    if asked.is_required:
        return "The policy requires social value in this contract."
    if asked.is_encouraged:
        return "The policy asks for social value here wherever possible; it does not require it."
    if asked.unknown:
        return "Whether the policy requires social value here cannot be told yet."
    return "The policy does not ask for social value in this contract. The buyer may ask for it."


def _questions(tender: Tender, asked: Asked, places: _Places) -> list[Question]:
    rows = {row.duty.key: row for row in told(asked)}
    limit = places.reason(rows[asked.most_words.key]) if asked.most_words else None
    return [
        Question(
            line=line,
            group=part.title,
            compulsory=[
                places.reason(rows[duty.key])
                for duty in asked.compulsory
                if is_among(line.criterion, duty)
            ],
            word_limit=limit if line.criterion.metric else None,
        )
        for part in parts_of(tender)
        for line in part.lines
    ]
