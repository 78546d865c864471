"""What a policy asks, as its page shows it: at a glance, its weightings, and every passage."""

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from charter.clauses import (
    ACCOUNTABILITY,
    ANSWER_LENGTH,
    COMPULSORY,
    DEPTHS,
    ENCOURAGED,
    EVIDENCE,
    KINDS,
    MOST_METRICS,
    OPEN,
    OPT_OUT,
    REQUIRED,
    SPLIT,
    by_section,
    codes_in,
    kind_of,
)
from charter.drafting import rule_words
from charter.models import Charter, Maturity
from charter.scope import when_in_words
from design.numbers import said

# Whoever reads a share of the quality element sees what it comes to where that takes so much.
EXAMPLE = 60
NAMED = 4


@dataclass(frozen=True)
class Weighting:
    """One weighting rule: what it asks in plain words, and the clause itself."""

    rule: dict
    words: str


@dataclass(frozen=True)
class Weightings:
    """Rules that stand together: one alone, or two that contradict each other."""

    rules: list[Weighting]
    example: str

    @property
    def contradict(self) -> bool:
        return len(self.rules) > 1


@dataclass(frozen=True)
class Passage:
    """One clause: how Tenth understands it, and its words."""

    clause: dict
    words: list[str]


@dataclass(frozen=True)
class Section:
    """The passages under one heading of the page."""

    title: str
    passages: list[Passage]
    is_open_first: bool

    @property
    def summary(self) -> str:
        """What it holds, for a reader who decides whether to open it."""
        headings = [one.clause["heading"] for one in self.passages]
        named, more = headings[:NAMED], len(headings) - NAMED
        return "; ".join(named) + (f"; and {more} more" if more > 0 else "")


def at_a_glance(charter: Charter) -> list[tuple[str, list[str]]]:
    """What the policy asks that can be said in a line, by kind; nothing where that is one row."""
    rows: dict[str, list[str]] = {}
    for each in weightings(charter):
        told = rows.setdefault("Weighting", [])
        told.extend(one.words for one in each.rules)
        if each.contradict:
            told.append("These two contradict each other")
    for _, clauses in by_section(charter.clauses):
        for clause in clauses:
            told = rows.setdefault(kind_of(clause).label, [])
            if clause.get("facts") or clause.get("kind") in WHETHER:
                told.extend(words for words in in_words(clause) if words not in told)
    said_of = [(label, told) for label, told in rows.items() if told]
    return said_of if len(said_of) > 1 else []


def weightings(charter: Charter) -> list[Weightings]:
    """The weighting rules in their order, those that contradict each other side by side."""
    found, placed = [], set()
    rules = {one["id"]: one for one in charter.rules}
    for name, rule in rules.items():
        if name in placed:
            continue
        together = [rule, *[rules[other] for other in _against(rule, rules)]]
        placed.update(one["id"] for one in together)
        found.append(
            Weightings(
                [Weighting(one, weighting_words(one)) for one in together], _example(together)
            )
        )
    return found


def _against(rule: dict, rules: dict[str, dict]) -> list[str]:
    other = rule.get("contradicts")
    return [other] if other in rules else []


def weighting_words(rule: dict) -> str:
    """ "At least 10% of the quality element, for contracts over £100,000"."""
    scope = when_in_words(rule.get("when", {}))
    return raised(rule_words(rule)) + (f", {scope}" if scope else "")


def _example(rules: list[dict]) -> str:
    """What two rules on different bases come to; empty where there is nothing to compare."""
    if len({one["basis"] for one in rules}) == 1:
        return ""
    first, second = [f"{said(_of_the_whole(one))}%" for one in rules]
    return (
        f"Where the quality element is {EXAMPLE}% of the score, the first comes to {first} of "
        f"the whole score and the second to {second}."
    )


def _of_the_whole(rule: dict) -> Fraction:
    share = 100 if rule["basis"] == "overall" else EXAMPLE
    return Fraction(rule["minimum_percent"]) * share / 100


def sections(charter: Charter) -> list[Section]:
    """Every passage under its heading; for a draft, what is still open comes first."""
    is_draft = charter.maturity == Maturity.DRAFT
    found = [
        Section(
            title,
            [Passage(one, in_words(one)) for one in clauses],
            is_open_first=is_draft and title == OPEN,
        )
        for title, clauses in by_section(charter.clauses)
    ]
    return sorted(found, key=lambda one: not one.is_open_first)


def in_words(clause: dict) -> list[str]:
    """What Tenth understands of a clause, in plain lines; none where it reads nothing out of it."""
    scope = when_in_words(clause.get("when", {}))
    say = SAYINGS.get(clause.get("kind", ""))
    facts = clause.get("facts", {})
    lines = say(facts) if say and facts else []
    if len(lines) == 1 and scope:
        # What is said after a semicolon is said of these contracts as well.
        asked, semicolon, besides = lines[0].partition(";")
        return [f"{asked}, {scope}{semicolon}{besides}"]
    if clause.get("kind") in WHETHER:
        return [raised(scope or "for every contract")]
    return [*([raised(scope)] if scope else []), *lines]


def _percent(number: str) -> str:
    return f"{said(Decimal(number))}%"


def raised(words: str) -> str:
    """As the beginning of a line."""
    return words[:1].upper() + words[1:]


def _opt_out(facts: dict) -> list[str]:
    approval = facts.get("approval") or "the policy does not say"
    return [f"What must be shown: {facts['evidence']}", f"Who approves it: {approval}"]


def _publication(facts: dict) -> list[str]:
    subject = f", subject to {facts['subject_to']}" if "subject_to" in facts else ""
    return [raised(facts["when"]) + subject]


def split_words(facts: Mapping[str, str]) -> str:
    """ "price 70%, quality 15%, social value 15%"."""
    names = [fact.name for fact in KINDS[SPLIT].facts]
    return ", ".join(f"{name.replace('_', ' ')} {_percent(facts[name])}" for name in names)


def _compulsory(facts: dict) -> list[str]:
    *first, last = codes_in(facts["among"])
    codes = f"{', '.join(first)} or {last}" if first else last
    asked = f"At least {_counted(facts['at_least'], 'metric')} of {codes} must be asked"
    return [f"{asked}; {facts['waiver']} may waive it in writing" if "waiver" in facts else asked]


def _counted(number: str, thing: str) -> str:
    return f"{said(int(number))} {thing}{'' if number == '1' else 's'}"


def _who(facts: dict) -> list[str]:
    return [raised(facts["who"])]


# Kinds that say only whether social value is asked for, and of which contracts.
WHETHER = (REQUIRED, ENCOURAGED)
# How the facts of each kind of clause are said.
SAYINGS = {
    SPLIT: lambda facts: [raised(split_words(facts))],
    MOST_METRICS: lambda facts: [f"At most {_counted(facts['most'], 'metric')}"],
    COMPULSORY: _compulsory,
    ANSWER_LENGTH: lambda facts: [f"Answers of at most {_counted(facts['words'], 'word')}"],
    EVIDENCE: lambda facts: [dict(DEPTHS)[facts["depth"]]],
    OPT_OUT: _opt_out,
    ACCOUNTABILITY: _who,
    "spend-aim": lambda facts: [
        f"At least {_percent(facts['percent'])} of {facts['of']}, with {facts['with']}"
    ],
    "delivery": _who,
    "governance": _who,
    "publication": _publication,
    "report": lambda facts: [f"By {facts['by']}"],
    "review": lambda facts: [f"Every year in {month_name[int(facts['month'])]}"],
}
