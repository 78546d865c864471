"""To which contracts a rule or a clause speaks: by value, length, kind and day.

`when` is a table all of whose conditions must hold; a rule without one is for every contract:
"over", "at_least", "up_to", "under" (pounds: the first and last leave the sum itself out),
"months_over", "months_up_to" (whole months), "kinds" (of KINDS_OF_CONTRACT), "from", "until"
(days, both included: the day on which the procurement begins).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from design.numbers import pounds

KINDS_OF_CONTRACT = {"goods": "goods", "services": "services", "works": "works"}
SUMS = {
    "over": ("over", lambda value, limit: value > limit),
    "at_least": ("at least", lambda value, limit: value >= limit),
    "up_to": ("no more than", lambda value, limit: value <= limit),
    "under": ("under", lambda value, limit: value < limit),
}
MONTHS = {
    "months_over": ("longer than", lambda months, limit: months > limit),
    "months_up_to": ("no longer than", lambda months, limit: months <= limit),
}
DAYS = {
    "from": ("on or after", lambda day, limit: day >= limit),
    "until": ("on or before", lambda day, limit: day <= limit),
}
# What is said where such a condition does not hold, in fewer nots.
INSTEAD = {
    "at_least": "under",
    "up_to": "over",
    "months_up_to": "longer than",
    "from": "before",
    "until": "after",
}
FROM_BELOW, FROM_ABOVE = ("over", "at_least"), ("up_to", "under")
A_SUM = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")
SOME_MONTHS = re.compile(r"[0-9]{1,3}")
# The most that three digits say.
MOST_MONTHS = 999
PENNY = Decimal("0.01")
# What each condition is called where it is asked for.
LABELS = {
    "over": "Value over",
    "at_least": "Value of at least",
    "up_to": "Value up to and including",
    "under": "Value under",
    "months_over": "Length over",
    "months_up_to": "Length up to and including",
    "kinds": "Kinds of contract",
    "from": "First day it holds",
    "until": "Last day it holds",
}


@dataclass(frozen=True)
class Contract:
    """What is known of a contract when its policy is asked.

    `value` in pounds, as the authority reckons it; `on` the day its procurement begins; `months`
    None and `kind` empty where nobody has said yet. A business case or a funding round buys
    nothing, so it is of no kind, and that is known.
    """

    value: Decimal
    on: date
    months: int | None = None
    kind: str = ""
    is_bought: bool = True


@dataclass(frozen=True)
class Test:
    """One condition held against one contract; None where the contract does not say enough."""

    words: str
    is_met: bool | None


def tests_of(when: Mapping, contract: Contract) -> tuple[Test, ...]:
    """Every condition of a `when`, with what it comes to in this contract."""
    found = [_of_sum(key, when[key], contract.value) for key in SUMS if key in when]
    found += [_of_months(key, when[key], contract.months) for key in MONTHS if key in when]
    if "kinds" in when:
        found.append(_of_kind(when["kinds"], contract))
    return tuple(found + [_of_day(key, when[key], contract.on) for key in DAYS if key in when])


def reaches(tests: tuple[Test, ...]) -> bool | None:
    """Whether all conditions hold; None where that hangs on what nobody has said."""
    answers = {test.is_met for test in tests}
    if False in answers:
        return False
    return None if None in answers else True


def _of_sum(key: str, limit: str, value: Decimal) -> Test:
    words, holds = SUMS[key]
    is_met = holds(value, Decimal(limit))
    told = f"the value, {pounds(value)}, {_is(key, words, is_met)} {pounds(Decimal(limit))}"
    return Test(told, is_met)


def _of_months(key: str, limit: str, months: int | None) -> Test:
    words, holds = MONTHS[key]
    if months is None:
        return Test(f"whether it is {words} {months_in_words(int(limit))} is not known", None)
    is_met = holds(months, int(limit))
    length = months_in_words(months)
    told = f"the length, {length}, {_is(key, words, is_met)} {months_in_words(int(limit))}"
    return Test(told, is_met)


def _of_kind(kinds: list[str], contract: Contract) -> Test:
    wanted, kind = " or ".join(KINDS_OF_CONTRACT[one] for one in kinds), contract.kind
    if not contract.is_bought:
        return Test(f"nothing is bought, so it is not for {wanted}", False)
    if not kind:
        return Test(f"whether it is for {wanted} is not known", None)
    is_met = kind in kinds
    not_ = "" if is_met else f", not for {wanted}"
    return Test(f"it is for {KINDS_OF_CONTRACT[kind]}{not_}", is_met)


def _of_day(key: str, limit: str, day: date) -> Test:
    words, holds = DAYS[key]
    is_met = holds(day, date.fromisoformat(limit))
    begins = f"the procurement begins on {day_in_words(day)}, "
    told = words if is_met else INSTEAD[key]
    return Test(f"{begins}{told} {day_in_words(date.fromisoformat(limit))}", is_met)


def _is(key: str, words: str, holds: bool) -> str:
    """ "is over", "is not over"; for what is "no more than" a sum, "is over" where it is not."""
    if holds:
        return f"is {words}"
    return f"is {INSTEAD[key]}" if key in INSTEAD else f"is not {words}"


def day_in_words(day: date) -> str:
    """21 November 2026."""
    return f"{day.day} {day:%B %Y}"


def months_in_words(months: int) -> str:
    """36 months; 1 month."""
    return f"{months} month{'' if months == 1 else 's'}"


def when_in_words(when: Mapping) -> str:
    """ "for contracts over £100,000, for services, from 1 April 2026"; empty for every contract."""
    sums = [f"{_limit_words(key)} {pounds(Decimal(when[key]))}" for key in SUMS if key in when]
    told = [" and ".join(sums)] if sums else []
    told += [f"{MONTHS[key][0]} {months_in_words(int(when[key]))}" for key in MONTHS if key in when]
    if told:
        told[0] = f"for contracts {told[0]}"
    if "kinds" in when:
        told.append(f"for {' or '.join(KINDS_OF_CONTRACT[one] for one in when['kinds'])}")
    told += [f"{key} {day_in_words(date.fromisoformat(when[key]))}" for key in DAYS if key in when]
    return ", ".join(told)


def _limit_words(key: str) -> str:
    """In a range a reader sees at once whether the sum itself is in it."""
    return {"at_least": "of at least", "up_to": "up to and including"}.get(key, key)


def wrong_when(when: Mapping) -> tuple[str, str] | None:
    """The first condition that cannot be read or leaves no contract, and why; None when sound."""
    for key, value in when.items():
        if key not in READERS:
            return key, "is no condition that is known"
        if why := READERS[key](value):
            return key, why
    for pair in (FROM_BELOW, FROM_ABOVE):
        if all(key in when for key in pair):
            return pair[1], f"stands beside “{LABELS[pair[0]].lower()}”; keep one of them"
    if lowest(when) > highest(when):
        return _named(when, FROM_ABOVE), "leaves no sum that a contract could have; raise it"
    if "months_up_to" in when and int(when["months_up_to"]) <= int(when.get("months_over", 0)):
        return "months_up_to", "leaves no length that a contract could have; raise it"
    if "from" in when and "until" in when and when["until"] < when["from"]:
        return "until", "is before the first day; choose a later one"
    return None


def _named(when: Mapping, keys: tuple[str, ...]) -> str:
    return next(key for key in keys if key in when)


def _wrong_sum(value: object) -> str:
    if isinstance(value, str) and A_SUM.fullmatch(value):
        return ""
    return 'must be a sum in plain digits, such as "100000"'


def _wrong_months(value: object) -> str:
    if isinstance(value, str) and SOME_MONTHS.fullmatch(value):
        return ""
    return 'must be a number of months, such as "24"'


def _wrong_kinds(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        told = set(value)
        if len(told) == len(value) and told <= set(KINDS_OF_CONTRACT):
            return ""
    return f"must list some of {', '.join(KINDS_OF_CONTRACT)}, each once"


def _wrong_day(value: object) -> str:
    try:
        # Only the written form whose order is also the order of the days.
        is_day = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        is_day = False
    return "" if is_day else "must be a day written as 2026-03-31"


READERS: dict[str, Callable[[object], str]] = {
    **dict.fromkeys(SUMS, _wrong_sum),
    **dict.fromkeys(MONTHS, _wrong_months),
    "kinds": _wrong_kinds,
    **dict.fromkeys(DAYS, _wrong_day),
}


def lowest(when: Mapping) -> Decimal:
    """The smallest sum that it reaches, in pounds; no contract is worth nothing."""
    if "over" in when:
        return Decimal(when["over"]) + PENNY
    return max(PENNY, Decimal(when.get("at_least", 0)))


def highest(when: Mapping) -> Decimal:
    """The largest sum that it reaches; beyond any contract where it names none."""
    if "under" in when:
        return Decimal(when["under"]) - PENNY
    return Decimal(when.get("up_to", "Infinity"))


def may_meet(one: Mapping, other: Mapping) -> bool:
    """Whether some contract lies in the reach of both."""
    shorter = [int(it["months_up_to"]) for it in (one, other) if "months_up_to" in it]
    longer = [int(it["months_over"]) for it in (one, other) if "months_over" in it]
    starts = [it["from"] for it in (one, other) if "from" in it]
    ends = [it["until"] for it in (one, other) if "until" in it]
    kinds = [set(it["kinds"]) for it in (one, other) if "kinds" in it]
    return (
        max(lowest(one), lowest(other)) <= min(highest(one), highest(other))
        and (not shorter or not longer or max(longer) < min(shorter))
        and (not starts or not ends or max(starts) <= min(ends))
        and (not kinds or bool(set.intersection(*kinds)))
    )
