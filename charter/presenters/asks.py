"""What a policy asks of any contract: a table by value, and the answer for one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from charter.default_rules import DEFAULT_RULES
from charter.models import Charter
from charter.presenters.ask_questions import ANSWERED, QUESTIONS, WEIGHTS, Question
from charter.presenters.duties import label_of, outdone_by, told, untold, words_of
from charter.proportion import WEIGHTING, Asked, Duty, asked_of, bands, contradictions
from charter.sayings import compared
from charter.scope import (
    KINDS_OF_CONTRACT,
    MONTHS,
    Contract,
    day_in_words,
    months_in_words,
    when_in_words,
)
from design.words import lowered, raised

OF_TENTH = frozenset(f"rule:{one['id']}" for one in DEFAULT_RULES)
CONTRADICTION = "These contradict each other: each tender records which it follows"


@dataclass(frozen=True)
class Said:
    """What the policy says to one question, and the duty that says it; `place` is its address."""

    words: str
    duty: Duty | None = None
    place: str = ""

    @property
    def source(self) -> str:
        """Where its clause stands, shortly."""
        if self.duty is None:
            return ""
        return self.duty.clause["document" if self.duty.key in OF_TENTH else "paragraph"]


@dataclass(frozen=True)
class Row:
    """One question, and what is said to it: in each band, or of one contract."""

    label: str
    cells: list[list[Said]]


@dataclass(frozen=True)
class Bands:
    """The questions down, the values across."""

    caption: str
    columns: list[str]
    rows: list[Row]

    @property
    def by_band(self) -> list[tuple[str, list[tuple[str, list[Said]]]]]:
        """The same, band after band, for a screen too narrow for a table."""
        return [
            (column, [(row.label, row.cells[at]) for row in self.rows])
            for at, column in enumerate(self.columns)
        ]


@dataclass(frozen=True)
class Beside:
    """A clause that decides nothing in the answer: what it says, and why it does or does not."""

    label: str
    said: Said
    why: str


@dataclass(frozen=True)
class Answer:
    """What the policy asks of one contract, what it asks besides, and what does not reach it."""

    about: str
    rows: list[Row]
    besides: list[Beside]
    unknown: list[Beside]
    silent: list[Beside]
    contradictions: list["Pair"]


@dataclass(frozen=True)
class Side:
    """One of two rules that cannot both be meant."""

    said: Said
    whom: str


@dataclass(frozen=True)
class Pair:
    """Two rules that cannot both be meant, and what each comes to where they reckon apart."""

    sides: tuple[Side, Side]
    example: str


class Policy:
    """A policy's rules and clauses, and the page on which each has its place, if there is one."""

    def __init__(self, rules: Sequence[Mapping], clauses: Sequence[Mapping], *, page: str = ""):
        self.rules = rules or DEFAULT_RULES
        self.clauses = clauses
        self.page = page

    @classmethod
    def of(cls, charter: Charter) -> "Policy":
        """That of a charter."""
        page = reverse("charter:detail", args=[charter.pk])
        return cls(charter.rules, charter.clauses, page=page)

    def asked(self, contract: Contract) -> Asked:
        """What it asks of a contract."""
        return asked_of(contract, rules=self.rules, clauses=self.clauses)

    def said(self, words: str, duty: Duty) -> Said:
        """What a duty says, with the address of its clause."""
        has_place = self.page and duty.key not in OF_TENTH
        place = f"{self.page}#{duty.key.replace(':', '-')}" if has_place else ""
        return Said(raised(words), duty, place)

    def rows(self, found: list[Asked]) -> list[Row]:
        """Every question with what is said to it in each of these."""
        return [
            Row(question.label, [self._cell(question, asked) for asked in found])
            for question in QUESTIONS
        ]

    def _cell(self, question: Question, asked: Asked) -> list[Said]:
        hanging = [
            self.said(f"{only_for(one)}: {lowered(question.hangs or words_of(one))}", one)
            for one in asked.unknown
            if one.kind in question.kinds
        ]
        told = [self.said(words, one) for words, one in question.answers(asked)]
        if question.kinds == WEIGHTS and asked.conflicts:
            told.append(Said(CONTRADICTION))
        if told:
            return hanging + told
        otherwise = question.otherwise(asked)
        return [*hanging, Said(f"Otherwise: {lowered(otherwise)}" if hanging else otherwise)]


def bands_of(policy: Policy, *, on: date, months: int | None = None, kind: str = "") -> Bands:
    """What the policy asks in each band of value, of a procurement that begins on a day."""
    cut = bands(policy.rules, policy.clauses)
    contracts = [Contract(band.sample, on, months, kind) for band in cut]
    told = [f"begins on {day_in_words(on)}", *_further(contracts[0])]
    return Bands(
        caption=f"By value, where the procurement {', '.join(told)}",
        columns=[band.words for band in cut],
        rows=policy.rows([policy.asked(contract) for contract in contracts]),
    )


def answer_to(policy: Policy, contract: Contract) -> Answer:
    """What the policy asks of one contract, clause by clause."""
    asked = policy.asked(contract)
    return Answer(
        about=about(contract),
        rows=policy.rows([asked]),
        besides=[
            Beside(one.label, policy.said(one.words, one.duty), one.duty.because)
            for one in told(asked)
            if one.duty.kind not in ANSWERED
        ],
        unknown=[
            Beside(label_of(one.kind), policy.said(words_of(one), one), _hangs_on(one))
            for one in asked.unknown
        ],
        silent=[
            Beside(one.label, policy.said(one.words, one.duty), _why_not(asked, one.duty))
            for one in untold(asked)
        ],
        contradictions=_side_by_side(policy, asked.conflicts),
    )


def contradictions_of(policy: Policy) -> list[Pair]:
    """The rules that contradict each other for some contract."""
    return _side_by_side(policy, contradictions(policy.rules, policy.clauses))


def _side_by_side(policy: Policy, pairs: Iterable[tuple[Duty, Duty]]) -> list[Pair]:
    return [
        Pair((_side(policy, one), _side(policy, other)), _example(one, other))
        for one, other in pairs
    ]


def _example(one: Duty, other: Duty) -> str:
    are_rules = one.kind == other.kind == WEIGHTING
    return compared(one.facts, other.facts) if are_rules else ""


def _side(policy: Policy, duty: Duty) -> Side:
    whom = when_in_words(duty.when) or "for every contract"
    return Side(policy.said(words_of(duty), duty), whom)


def about(contract: Contract) -> str:
    """The contract in words: "£100,000.01, 36 months, for services, beginning on …"."""
    begins = f"procurement beginning on {day_in_words(contract.on)}"
    return ", ".join([_pounds(contract), *_further(contract), begins])


def _pounds(contract: Contract) -> str:
    return f"£{contract.value:,.2f}"


def _further(contract: Contract) -> list[str]:
    """What is known beside value and day."""
    told = [] if contract.months is None else [months_in_words(contract.months)]
    return told + ([f"for {KINDS_OF_CONTRACT[contract.kind]}"] if contract.kind else [])


def only_for(duty: Duty) -> str:
    """The contracts of a value and day that it is for: "for services"."""
    conditions = {key: duty.when[key] for key in (*MONTHS, "kinds") if key in duty.when}
    return when_in_words(conditions)


def _hangs_on(duty: Duty) -> str:
    return " and ".join(test.words for test in duty.tests if test.is_met is None)


def _why_not(asked: Asked, duty: Duty) -> str:
    speaks = outdone_by(asked, duty) if duty.applies else None
    return f"“{speaks.heading}” speaks of it instead" if speaks else duty.because
