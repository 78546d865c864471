"""The kinds of clause a policy may hold, and the facts that the system reads out of each.

A clause is the document, paragraph and words of one rule:
{"id", "kind", "heading", "document", "paragraph", "text", "note"?, "facts"?, "when"?}. Its facts,
such as a number or a body, are what Tenth understands of the words; each kind has its own. `when`
says to which contracts it speaks (charter.scope).
"""

import re
from calendar import month_name
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from design.numbers import said

PERCENT, MONTH, TEXT, WHOLE, CHOICE, CODES = (
    *("percent", "month", "text", "whole", "choice", "codes"),
)
MOST_DIGITS = 15
# A tender keeps who decides on it as its policy names them, and no longer.
LONGEST_FACT = 2_000
WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
A_CODE = re.compile(r"[^,\s]([^,]{0,8}[^,\s])?")
# What a percentage of the score is a percentage of.
BASES = {"overall": "the whole score", "quality_element": "the quality element"}
NUMBER = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}(\.[0-9]{{1,2}})?")


@dataclass(frozen=True)
class Fact:
    """One thing a clause of some kind says that can be read by a program."""

    name: str
    label: str
    type: str
    is_needed: bool = False
    # What a fact of the type CHOICE may be, each with its words.
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of clause: what it is called, under which heading it stands, its facts."""

    code: str
    label: str
    section: str
    facts: tuple[Fact, ...] = ()


APPLIES = "When social value is asked for"
DECIDES = "Who decides and who answers"
AIMS = "What the policy aims at"
SUPPLIERS = "What is expected of suppliers"
USE = "How it is used"
REVIEW = "Publication, report and review"
CONTEXT = "Where it comes from"
OPEN = "Still open"
# The order in which a page shows them.
SECTIONS = (AIMS, APPLIES, DECIDES, SUPPLIERS, USE, REVIEW, CONTEXT, OPEN)

# The kinds that a contract is held to; charter.proportion knows what each does.
REQUIRED, ENCOURAGED, OPT_OUT, ACCOUNTABILITY = (
    "required",
    "encouraged",
    "opt-out",
    "accountability",
)
MOST_METRICS, ANSWER_LENGTH, EVIDENCE = "most-metrics", "answer-length", "evidence"
COMPULSORY, SPLIT = "compulsory", "split"
# How far a bidder must show what an answer says.
STATEMENT, RECORDS, VERIFIED = "statement", "records", "verified"
DEPTHS = (
    (STATEMENT, "The bidder's own statement, without files"),
    (RECORDS, "The records that each metric names"),
    (VERIFIED, "Records that somebody independent has checked"),
)
KINDS = {
    kind.code: kind
    for kind in (
        Kind("outcome", "Outcome", AIMS),
        Kind("objective", "Objective", AIMS),
        Kind("lever", "Lever", AIMS),
        Kind(
            "spend-aim",
            "Aim for spending",
            AIMS,
            (
                Fact("percent", "At least, in percent", PERCENT, True),
                Fact("of", "Of what", TEXT, True),
                Fact("with", "Spent with whom", TEXT, True),
            ),
        ),
        Kind(REQUIRED, "Required", APPLIES),
        Kind(ENCOURAGED, "Wherever possible", APPLIES),
        Kind("proportionality", "In proportion", APPLIES),
        Kind(
            SPLIT,
            "How the score is split",
            APPLIES,
            (
                Fact("price", "Price, in percent", PERCENT, True),
                Fact("quality", "Quality, in percent", PERCENT, True),
                Fact("social_value", "Social value, in percent", PERCENT, True),
            ),
        ),
        Kind(
            MOST_METRICS,
            "How many metrics at most",
            APPLIES,
            (Fact("most", "At most this many metrics", WHOLE, True),),
        ),
        Kind(
            COMPULSORY,
            "Metrics that must be asked",
            APPLIES,
            (
                Fact(
                    "among",
                    "Fields of action or principles (their codes, with commas between)",
                    CODES,
                    True,
                ),
                Fact("at_least", "At least this many metrics of theirs", WHOLE, True),
                Fact("waiver", "Who may waive it in writing (nobody, if left empty)", TEXT),
            ),
        ),
        Kind(
            ANSWER_LENGTH,
            "How long an answer on social value may be",
            APPLIES,
            (Fact("words", "At most this many words", WHOLE, True),),
        ),
        Kind(
            EVIDENCE,
            "How deep evidence goes",
            APPLIES,
            (Fact("depth", "What bidders show", CHOICE, True, DEPTHS),),
        ),
        Kind(
            OPT_OUT,
            "Leaving social value out",
            APPLIES,
            (
                Fact("evidence", "What must be shown", TEXT, True),
                Fact("approval", "Who approves it", TEXT),
            ),
        ),
        Kind(
            ACCOUNTABILITY,
            "Who is accountable",
            DECIDES,
            (Fact("who", "Who", TEXT, True),),
        ),
        Kind("delivery", "Who sees that promises are kept", DECIDES, (Fact("who", "Who", TEXT),)),
        Kind("governance", "Who oversees the policy", DECIDES, (Fact("who", "Who", TEXT),)),
        Kind("expectation", "Expectation", SUPPLIERS),
        Kind("alternative", "Other measures", SUPPLIERS),
        Kind("use", "How it is used", USE),
        Kind("engagement", "Before the procurement", USE),
        Kind("education", "Helping bidders learn", USE),
        Kind(
            "publication",
            "Publication",
            REVIEW,
            (
                Fact("when", "When", TEXT, True),
                Fact("subject_to", "Subject to", TEXT),
            ),
        ),
        Kind("report", "Report", REVIEW, (Fact("by", "By whom", TEXT),)),
        Kind("review", "Review", REVIEW, (Fact("month", "Month of the year, 1 to 12", MONTH),)),
        Kind("definition", "Definition", CONTEXT),
        Kind("driver", "Policy driver", CONTEXT),
        Kind("law", "Law", CONTEXT),
        Kind("peer", "What others do", CONTEXT),
        Kind("history", "How it came about", CONTEXT),
        Kind("open", "Not decided", OPEN),
    )
}


def fact_in_words(fact: Fact, value: str) -> str:
    """A fact as a reader meets it beside its label."""
    if fact.type == PERCENT:
        return f"{said(Decimal(value))}%"
    if fact.type == MONTH:
        return month_name[int(value)]
    if fact.type == WHOLE:
        return said(int(value))
    return dict(fact.choices).get(value, value)


def wrong_fact(fact: Fact, value: object) -> str:
    """Why a value does not fit a fact; empty when it does."""
    if not isinstance(value, str) or not value.strip():
        return "must be a text"
    if len(value) > LONGEST_FACT:
        return f"has {len(value):,} characters; at most {LONGEST_FACT:,} fit"
    if fact.type == WHOLE and not WHOLE_NUMBER.fullmatch(value):
        return 'must be a whole number above 0, such as "6"'
    if fact.type == CHOICE and value not in dict(fact.choices):
        return f"must be one of {', '.join(dict(fact.choices))}"
    if fact.type == CODES and not _are_codes(codes_in(value)):
        return 'must be codes with commas between them, each once, such as "ES1, ES2"'
    if fact.type == PERCENT and not (NUMBER.fullmatch(value) and is_at_most(value, 100)):
        return 'must be a percentage from 0 to 100, such as "25"'
    if fact.type == MONTH and value not in {str(month) for month in range(1, 13)}:
        return 'must be a month from "1" to "12"'
    return ""


def _are_codes(codes: list[str]) -> bool:
    return len(set(codes)) == len(codes) and all(A_CODE.fullmatch(code) for code in codes)


def wrong_total(kind: str, facts: Mapping[str, str]) -> str:
    """Why the shares of a split do not make a whole; empty when they do."""
    total = sum(map(Decimal, facts.values())) if kind == SPLIT else 100
    return "" if total == 100 else f"price, quality and social value total {total}%, not 100%"


def codes_named(kind: str, facts: Mapping[str, str]) -> list[str]:
    """The fields of action and principles that a clause names by their codes."""
    names = [fact.name for fact in KINDS[kind].facts if fact.type == CODES]
    return [code for name in names if name in facts for code in codes_in(facts[name])]


def unknown_codes(kind: str, facts: Mapping[str, str], known: Collection[str]) -> str:
    """Which codes a clause names that its charter does not have; empty when it has them all."""
    return ", ".join(code for code in codes_named(kind, facts) if code not in known)


def codes_in(value: str) -> list[str]:
    """The codes that a fact of the type CODES lists."""
    return [code.strip() for code in value.split(",")]


def is_at_most(number: str, limit: int) -> bool:
    """Whether plain digits come to no more than a whole limit, exactly."""
    whole, _, after = number.partition(".")
    return int(whole) < limit or (int(whole) == limit and not after.strip("0"))


# The kinds that speak of single contracts: what they say is held against each of them.
OF_A_CONTRACT = frozenset(
    code
    for code, kind in KINDS.items()
    if kind.section in (APPLIES, DECIDES, SUPPLIERS) or code in ("engagement", "publication")
) - {"governance"}


def by_section(clauses: list[dict]) -> list[tuple[str, list[dict]]]:
    """The clauses under the headings of a page, in their own order; no empty heading."""
    return [
        (section, found)
        for section in SECTIONS
        if (found := [one for one in clauses if kind_of(one).section == section])
    ]


def kind_of(clause: Mapping) -> Kind:
    """What kind a clause is; those that earlier releases kept have none and say how to use it."""
    return KINDS[clause.get("kind", "use")]
