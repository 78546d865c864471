"""What a policy asks, as its page shows it: at a glance, its weightings, and every passage."""

from collections.abc import Mapping
from dataclasses import dataclass

from charter.clauses import ENCOURAGED, OPEN, OPT_OUT, REQUIRED, by_section, kind_of
from charter.models import Charter, Maturity
from charter.proportion import ANY_CONTRACT, WEIGHTING, Duty, contradictions, duties_of
from charter.sayings import compared, minimum_words, split_words, words_of_clause
from charter.scope import when_in_words
from design.words import raised

NAMED = 4


@dataclass(frozen=True)
class Weighting:
    """A weighting rule, or a split that contradicts one: what it asks, and the clause itself."""

    duty: Duty
    words: str

    @property
    def place(self) -> str:
        """Where a rule stands on the page; a split has its place among the clauses."""
        return self.duty.key.replace(":", "-") if self.duty.kind == WEIGHTING else ""


@dataclass(frozen=True)
class Weightings:
    """Rules that stand together: one alone, or those that contradict each other."""

    rules: list[Weighting]
    example: str

    @property
    def contradict(self) -> bool:
        return len(self.rules) > 1

    @property
    def which(self) -> str:
        """How a sentence about them begins; of more than two, not each contradicts all others."""
        return "These two" if len(self.rules) == 2 else "Some of these"


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
            told.append(f"{each.which} contradict each other")
    for _, clauses in by_section(charter.clauses):
        for clause in clauses:
            told = rows.setdefault(kind_of(clause).label, [])
            if clause.get("facts") or clause.get("kind") in WHETHER:
                told.extend(words for words in in_words(clause) if words not in told)
    said_of = [(label, told) for label, told in rows.items() if told]
    return said_of if len(said_of) > 1 else []


def weightings(charter: Charter) -> list[Weightings]:
    """The weighting rules in their order, each beside those that contradict it."""
    duties = duties_of(ANY_CONTRACT, rules=charter.rules, clauses=charter.clauses)
    pairs = contradictions(charter.rules, charter.clauses)
    found: list[Weightings] = []
    placed: set[str] = set()
    for rule in [one for one in duties if one.kind == WEIGHTING]:
        if rule.key not in placed:
            keys = _joined(rule.key, pairs)
            placed |= keys
            together = [one for one in duties if one.key in keys]
            told = [Weighting(one, weighting_words(one)) for one in together]
            found.append(Weightings(told, _example(together)))
    return found


def _joined(key: str, pairs: list[tuple[Duty, Duty]]) -> set[str]:
    """A rule with all that contradict it, and all that contradict those."""
    named = [{one.key, other.key} for one, other in pairs]
    keys = {key}
    while more := {it for pair in named if pair & keys for it in pair - keys}:
        keys |= more
    return keys


def weighting_words(duty: Duty) -> str:
    """ "At least 10% of the quality element, for contracts over £100,000"."""
    words = minimum_words if duty.kind == WEIGHTING else split_words
    scope = when_in_words(duty.when)
    return raised(words(duty.facts)) + (f", {scope}" if scope else "")


def _example(duties: list[Duty]) -> str:
    """What two rules on different bases come to; empty where there is nothing to compare."""
    facts = [one.facts for one in duties if one.kind == WEIGHTING]
    return compared(*facts) if len(duties) == len(facts) == 2 else ""


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
    kind, facts = clause.get("kind", ""), clause.get("facts", {})
    line = words_of_clause(kind, facts)
    lines = _opt_out(facts) if kind == OPT_OUT and facts else [line] if line else []
    if len(lines) == 1 and scope:
        # What is said after a semicolon is said of these contracts as well.
        asked, semicolon, besides = lines[0].partition(";")
        return [f"{asked}, {scope}{semicolon}{besides}"]
    if kind in WHETHER:
        return [raised(scope or "for every contract")]
    return [*([raised(scope)] if scope else []), *lines]


def _opt_out(facts: Mapping[str, str]) -> list[str]:
    approval = facts.get("approval") or "the policy does not say"
    return [f"What must be shown: {facts['evidence']}", f"Who approves it: {approval}"]


# Kinds that say only whether social value is asked for, and of which contracts.
WHETHER = (REQUIRED, ENCOURAGED)
