"""What a policy asks, as its page shows it: at a glance, its weightings, and every passage."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from charter.clauses import OPEN, by_section, kind_of
from charter.models import Charter, Maturity
from design.numbers import said
from design.templatetags.format import london_date, money

OF_THE = {"overall": "the whole score", "quality_element": "the quality element"}
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
    """ "At least 10% of the quality element, over £100,000 (…)"."""
    words = f"At least {_percent(rule['minimum_percent'])} of {OF_THE[rule['basis']]}"
    if over := rule.get("applies_over"):
        words += f", for contracts {_lowered(_over(over))}"
    for key, when in (("from", "from"), ("until", "until")):
        if day := rule.get(key):
            words += f", {when} {london_date(date.fromisoformat(day))}"
    return words


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
    """What Tenth understands of a clause, in plain lines; none where it holds no fact."""
    facts = clause.get("facts", {})
    say = SAYINGS.get(clause.get("kind", ""))
    return [line for line in say(facts) if line] if say and facts else []


def _over(pounds: str) -> str:
    sum_ = money(Decimal(pounds))
    return f"Over {sum_} (a contract of exactly {sum_} is not over it)"


def _percent(number: str) -> str:
    return f"{said(Decimal(number))}%"


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _opt_out(facts: dict) -> list[str]:
    approval = facts.get("approval") or "the policy does not say"
    return [f"What must be shown: {facts['evidence']}", f"Who approves it: {approval}"]


def _publication(facts: dict) -> list[str]:
    subject = f", subject to {facts['subject_to']}" if "subject_to" in facts else ""
    return [_raised(facts["when"]) + subject]


def _who(facts: dict) -> list[str]:
    return [_raised(facts["who"])]


# How the facts of each kind of clause are said.
SAYINGS = {
    "required": lambda facts: [_over(facts["over"])],
    "encouraged": lambda facts: [f"Up to and including {money(Decimal(facts['up_to']))}"],
    "spend-aim": lambda facts: [
        f"At least {_percent(facts['percent'])} of {facts['of']}, with {facts['with']}"
    ],
    "opt-out": _opt_out,
    "accountability": lambda facts: [f"{facts['who']}: {_lowered(_over(facts['over']))}"],
    "delivery": _who,
    "governance": _who,
    "publication": _publication,
    "report": lambda facts: [f"By {facts['by']}"],
    "review": lambda facts: [f"Every year in {date(2000, int(facts['month']), 1):%B}"],
}
