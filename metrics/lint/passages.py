"""Faults in the words of a policy's clauses, each kind of clause by what it should say."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from charter.clauses import (
    ACCOUNTABILITY,
    ANSWER_LENGTH,
    ENCOURAGED,
    EVIDENCE,
    MOST_METRICS,
    OPT_OUT,
    REQUIRED,
)
from charter.scope import SUMS
from metrics.lint.findings import WARNING, Finding, place_of

GUIDE_ONLY = re.compile(r"\bBS 8950\b")
COMPARED = re.compile(r"\bcompar|\bscor|\bsame criteri|\bmethod", re.IGNORECASE)
DECIDED = re.compile(r"\b(decides?|decided by|approves?|approved by|approval)\b", re.IGNORECASE)
NOT_SCORED = re.compile(
    r"\bscor|\bpass or fail\b|\bterms? of (the|each|every) contract\b|\baward criteri",
    re.IGNORECASE,
)
MONTH = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
SOMEBODY = re.compile(r"\b(those|that|each|individual|relevant) ", re.IGNORECASE)
CHANGES = re.compile(r"\bset in stone\b|\bmetrics\b.{0,300}\bchange over time\b", re.IGNORECASE)
SUGGESTED = re.compile(
    r"\b(perhaps|possible opportunities|could be built|might be to|could consider)\b",
    re.IGNORECASE,
)
WIDER = re.compile(
    r"\bbusiness cases?\b|\bcase review\b|\bgrants?\b"
    r"|\bfunding (decisions?|allocation|evaluation|calls?)\b",
    re.IGNORECASE,
)
BUYING = re.compile(r"procur|\bcontracts?\b", re.IGNORECASE)
# A body or a paper that one authority calls by a name of its own.
OWN_NAME = re.compile(
    r"\b(?!The\b)[A-Z][a-z]+,? (?:(?:and |for |of )?[A-Z][a-z]+,? ){0,10}"
    r"(?:Group|Commission|Committee|Panel|Forum|Task Force|Toolkit)\b"
    r"|\bPortfolio Holder(?: [A-Z][a-z]+)*|\b[A-Z][a-z]+ Team\b"
)
ON_SCALE = frozenset({MOST_METRICS, ANSWER_LENGTH, EVIDENCE})
TOLD_OF_BODIES = (REQUIRED, ENCOURAGED, OPT_OUT, ACCOUNTABILITY, "delivery", "governance", "report")


@dataclass(frozen=True)
class Doubt:
    """What makes a clause of some kinds doubtful, and what to say of it."""

    code: str
    # None where it may stand in a clause of any kind.
    kinds: tuple[str, ...] | None
    is_in: Callable[[Mapping], object]
    words: str
    remedy: str
    # Where all such clauses make one finding: what that is about, and what to name of each.
    together: str = ""
    names: re.Pattern | None = None

    def places(self, clauses: Sequence[Mapping]) -> list[Mapping]:
        """The clauses it is found in."""
        return [
            one
            for one in clauses
            if (self.kinds is None or one.get("kind", "use") in self.kinds) and self.is_in(one)
        ]


def _names_sum(clause: Mapping) -> bool:
    return any(key in clause.get("when", {}) for key in SUMS)


def _fact(clause: Mapping, name: str) -> str:
    return clause.get("facts", {}).get(name, "")


DOUBTS = (
    Doubt(
        "left-undecided",
        ("open",),
        lambda clause: True,
        "The papers leave this open.",
        "Decide it in a new version, or have each tender decide and publish it.",
    ),
    Doubt(
        "only-suggested",
        ("use", "engagement", "education"),
        lambda clause: SUGGESTED.search(clause["text"]),
        "It names what could be done, and decides nothing.",
        "Decide it in a new version, or rely on none of it.",
    ),
    Doubt(
        "vat-not-said",
        None,
        lambda clause: _names_sum(clause) and "VAT" not in clause["text"],
        "The clause gives a sum and does not say whether VAT is in it. Here it is held against "
        "the value without VAT.",
        "Say so in a new version; until then ask whoever decides.",
    ),
    Doubt(
        "no-approver",
        (OPT_OUT,),
        lambda clause: not _fact(clause, "approval"),
        "Nobody is named who may approve leaving social value out.",
        "Name who approves it.",
    ),
    Doubt(
        "spend-aim",
        ("spend-aim",),
        lambda clause: not NOT_SCORED.search(clause["text"]),
        "It is an aim for all spending of a year. No contract and no bid can meet or miss it.",
        "Report it by the year. Never make it an award criterion or a condition of one contract.",
    ),
    Doubt(
        "owner-not-named",
        ("delivery",),
        lambda clause: SOMEBODY.search(_fact(clause, "who") or "that one"),
        "Who sees that promises are kept differs from contract to contract.",
        "Name the person when a contract is awarded: before that nobody asks for the first return.",
    ),
    Doubt(
        "alternative-not-compared",
        ("alternative",),
        lambda clause: not COMPARED.search(clause["text"]),
        "Bidders may offer other measures, and nothing says how those are compared with the rest.",
        "Publish it with each tender: the same criterion and scale, neither refused nor preferred.",
    ),
    Doubt(
        "sensitivity-undecided",
        ("publication",),
        lambda clause: _fact(clause, "subject_to") and not DECIDED.search(clause["text"]),
        "Some of it may be kept back, and nobody is named who decides that.",
        "Name who decides. It is never the bidder alone, and each one kept back needs its reason.",
    ),
    Doubt(
        "month-not-said",
        ("report", "review"),
        lambda clause: not _fact(clause, "month") and not MONTH.search(clause["text"]),
        "It names no month. A review of the policy, a report on results and a contract’s own year "
        "can each be what is meant by a year.",
        "Say in which month it is due, and what it covers.",
    ),
    Doubt(
        "change-not-ruled",
        None,
        lambda clause: CHANGES.search(clause["text"]),
        "Metrics are to change over time. Who changes them, and from when, is not said.",
        "Change them in a new version with its first day. What is published keeps its own.",
    ),
    Doubt(
        "guide-only",
        None,
        lambda clause: GUIDE_ONLY.search(clause["text"]),
        "The standard is a guide: nobody can be certified to it.",
        "Ask how a bidder works towards it, never for a certificate.",
    ),
    Doubt(
        "expectation-unscored",
        ("expectation",),
        lambda clause: not NOT_SCORED.search(clause["text"]),
        "Nothing says what follows where it is not met. It is neither scored nor a pass mark.",
        "Keep it out of the score. Put it into the terms of each contract, or say how it counts.",
        "What is expected of suppliers",
    ),
    Doubt(
        "scope-wider",
        ("use", "lever"),
        lambda clause: (
            WIDER.search(clause["text"])
            or (clause.get("kind") == "lever" and not BUYING.search(clause["text"]))
        ),
        "It is about more than tenders: grants, business cases, or the authority’s own part.",
        "Say in a new version how social value is judged there. Standstill and assessment "
        "summaries belong to procurements alone.",
        "More than tenders",
    ),
    Doubt(
        "own-name",
        TOLD_OF_BODIES,
        lambda clause: OWN_NAME.search(clause["text"]),
        "It gives bodies and papers the names that they have in one authority",
        "If you are that authority, check that each still exists. If not, put your own in their "
        "place.",
        "Bodies by their own names",
        OWN_NAME,
    ),
)
OUT_OF_PROPORTION = Doubt(
    "proportion-not-said",
    ("proportionality",),
    lambda clause: True,
    "It asks for proportion, and no clause gives a sum, a number of metrics, a length or a depth "
    "of evidence to go by.",
    "Say in a new version how many metrics, how long an answer and how much evidence is enough.",
)


def faults_in_passages(clauses: Sequence[Mapping]) -> Iterator[Finding]:
    """Everything doubtful in the words of the clauses."""
    has_scale = any(one.get("kind") in ON_SCALE for one in clauses)
    for doubt in DOUBTS if has_scale else (*DOUBTS, OUT_OF_PROPORTION):
        places = doubt.places(clauses)
        if not doubt.together:
            yield from (_of(doubt, one["heading"], [one]) for one in places)
        elif places:
            yield _of(doubt, doubt.together, places)


def _of(doubt: Doubt, subject: str, clauses: Sequence[Mapping]) -> Finding:
    places: list[Mapping[str, str]] = []
    for one in map(place_of, clauses):
        if one not in places:
            places.append(one)
    words = doubt.words
    if doubt.names:
        named = [it[0] for one in places for it in doubt.names.finditer(one["text"])]
        words = f"{words}: {'; '.join(dict.fromkeys(named))}."
    return Finding(doubt.code, WARNING, subject, words, doubt.remedy, tuple(places))
