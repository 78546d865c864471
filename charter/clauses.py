"""The kinds of clause a policy may hold, and the facts that the system reads out of each.

A clause is the document, paragraph and words of one rule:
{"id", "kind", "heading", "document", "paragraph", "text", "note"?, "facts"?}. Its facts, such as
a sum or a percentage, are what Tenth understands of the words; each kind has its own.
"""

import re
from dataclasses import dataclass

MONEY, PERCENT, MONTH, TEXT = "money", "percent", "month", "text"
MOST_MONEY = 15
NUMBER = re.compile(rf"[0-9]{{1,{MOST_MONEY}}}(\.[0-9]{{1,2}})?")


@dataclass(frozen=True)
class Fact:
    """One thing a clause of some kind says that can be read by a program."""

    name: str
    label: str
    type: str
    is_needed: bool = False


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

OVER = Fact("over", "Over, in pounds (a contract of exactly this sum is not over it)", MONEY, True)
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
        Kind("required", "Required", APPLIES, (OVER,)),
        Kind(
            "encouraged",
            "Wherever possible",
            APPLIES,
            (Fact("up_to", "Up to and including, in pounds", MONEY),),
        ),
        Kind("proportionality", "In proportion", APPLIES),
        Kind(
            "opt-out",
            "Leaving social value out",
            APPLIES,
            (
                Fact("evidence", "What must be shown", TEXT, True),
                Fact("approval", "Who approves it", TEXT),
            ),
        ),
        Kind(
            "accountability",
            "Who is accountable",
            DECIDES,
            (OVER, Fact("who", "Who", TEXT, True)),
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


def wrong_fact(fact: Fact, value: object) -> str:
    """Why a value does not fit a fact; empty when it does."""
    if not isinstance(value, str) or not value.strip():
        return "must be a text"
    if fact.type == MONEY and not NUMBER.fullmatch(value):
        return 'must be a sum in plain digits, such as "100000"'
    if fact.type == PERCENT and not (NUMBER.fullmatch(value) and is_at_most(value, 100)):
        return 'must be a percentage from 0 to 100, such as "25"'
    if fact.type == MONTH and value not in {str(month) for month in range(1, 13)}:
        return 'must be a month from "1" to "12"'
    return ""


def is_at_most(number: str, limit: int) -> bool:
    """Whether plain digits come to no more than a whole limit, exactly."""
    whole, _, after = number.partition(".")
    return int(whole) < limit or (int(whole) == limit and not after.strip("0"))


def by_section(clauses: list[dict]) -> list[tuple[str, list[dict]]]:
    """The clauses under the headings of a page, in their own order; no empty heading."""
    return [
        (section, found)
        for section in SECTIONS
        if (found := [one for one in clauses if kind_of(one).section == section])
    ]


def kind_of(clause: dict) -> Kind:
    """What kind a clause is; those that earlier releases kept have none and say how to use it."""
    return KINDS[clause.get("kind", "use")]
