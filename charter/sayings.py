"""What rules and clauses ask, in plain words: each fact is said in one way wherever it is read.

Pure. `facts` are those of a clause (charter.clauses.KINDS), or the percentage and basis of a
weighting rule.
"""

from calendar import month_name
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from charter.clauses import (
    ACCOUNTABILITY,
    ANSWER_LENGTH,
    BASES,
    COMPULSORY,
    DEPTHS,
    EVIDENCE,
    KINDS,
    MOST_METRICS,
    SPLIT,
    codes_in,
)
from design.numbers import said
from design.words import raised

Facts = Mapping[str, str]
# Whoever reads a share of the quality element sees what it comes to where that takes so much.
EXAMPLE = 60


def percent(number: str | Decimal) -> str:
    """12.5%; 10% for what is kept as "10.00"."""
    return f"{said(Decimal(number))}%"


def minimum_words(rule: Facts) -> str:
    """What a weighting rule asks for: "at least 10% of the whole score"."""
    return f"at least {percent(rule['minimum_percent'])} of {BASES[rule['basis']]}"


def compared(first: Facts, second: Facts) -> str:
    """What two minimums on different bases come to; empty where there is nothing to compare."""
    if first["basis"] == second["basis"]:
        return ""
    one, other = [f"{said(_of_the_whole(rule))}%" for rule in (first, second)]
    return (
        f"Where the quality element is {EXAMPLE}% of the score, the first comes to {one} of "
        f"the whole score and the second to {other}."
    )


def _of_the_whole(rule: Facts) -> Fraction:
    share = 100 if rule["basis"] == "overall" else EXAMPLE
    return Fraction(rule["minimum_percent"]) * share / 100


def split_words(facts: Facts) -> str:
    """ "price 70%, quality 15%, social value 15%"."""
    names = [fact.name for fact in KINDS[SPLIT].facts]
    return ", ".join(f"{name.replace('_', ' ')} {percent(facts[name])}" for name in names)


def words_of_clause(kind: str, facts: Facts) -> str:
    """What a clause of some kind says in a line; empty where nothing is read out of it."""
    say = SAYINGS.get(kind)
    return say(facts) if say and facts else ""


def _compulsory(facts: Facts) -> str:
    *first, last = codes_in(facts["among"])
    codes = f"{', '.join(first)} or {last}" if first else last
    asked = f"At least {_counted(facts['at_least'], 'metric')} of {codes} must be asked"
    return f"{asked}; {facts['waiver']} may waive it in writing" if "waiver" in facts else asked


def _publication(facts: Facts) -> str:
    subject = f", subject to {facts['subject_to']}" if "subject_to" in facts else ""
    return raised(facts["when"]) + subject


def _counted(number: str, thing: str) -> str:
    return f"{said(int(number))} {thing}{'' if number == '1' else 's'}"


def _who(facts: Facts) -> str:
    return raised(facts["who"])


SAYINGS: dict[str, Callable[[Facts], str]] = {
    SPLIT: lambda facts: raised(split_words(facts)),
    MOST_METRICS: lambda facts: f"At most {_counted(facts['most'], 'metric')}",
    COMPULSORY: _compulsory,
    ANSWER_LENGTH: lambda facts: f"Answers of at most {_counted(facts['words'], 'word')}",
    EVIDENCE: lambda facts: dict(DEPTHS)[facts["depth"]],
    ACCOUNTABILITY: _who,
    "spend-aim": lambda facts: (
        f"At least {percent(facts['percent'])} of {facts['of']}, with {facts['with']}"
    ),
    "delivery": _who,
    "governance": _who,
    "publication": _publication,
    "report": lambda facts: f"By {facts['by']}",
    "review": lambda facts: f"Every year in {month_name[int(facts['month'])]}",
}
