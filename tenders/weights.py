"""What a tender's weights come to, and whether its authority's policy allows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from metrics.grammar import (
    Refused,
    naming,
    plain,
    quote,
    read_number,
    read_object,
    read_word,
)

GROUPS = ("price", "quality", "social_value")
BASES: dict[str, tuple[str, ...]] = {
    "overall": GROUPS,
    "quality_element": ("price", "quality_element", "social_value_share"),
}
RULE_NEEDS = ("id", "clause", "minimum_percent", "basis")
RULE_MAY = ("applies_over", "from", "until", "contradicts")
HUNDRED = Fraction(100)


def resolve(weights: object) -> dict[str, Fraction]:
    """Each group's weight as a percentage of the whole score."""
    if not isinstance(weights, Mapping):
        raise Refused(f"weights are an object, not {quote(weights)}")
    basis = read_word(weights.get("basis"), tuple(BASES), "basis of weights")
    read_object(weights, needs=("basis", *BASES[basis]))
    values = {name: _read_weight(name, weights[name]) for name in BASES[basis]}
    share = values.pop("social_value_share", None)
    total = sum(values.values(), Fraction(0))
    if total != HUNDRED:
        raise Refused(f"weights total {plain(total)}, not 100")
    if share is None:
        return values
    if share > HUNDRED:
        raise Refused("weights: social_value_share must be from 0 to 100")
    social_value = values["quality_element"] * share / 100
    return {
        "price": values["price"],
        "quality": values["quality_element"] - social_value,
        "social_value": social_value,
    }


def _read_weight(name: str, value: object) -> Fraction:
    with naming(f"weights, {name}"):
        weight = read_number(value)
        if weight < 0:
            raise Refused("a weight may not be below 0")
        return weight


@dataclass(frozen=True)
class Requirement:
    """One rule in force, and what it asks of these weights."""

    rule: str
    clause: Mapping[str, str]
    basis: str
    minimum_percent: Fraction
    effective_overall_minimum: Fraction
    is_met: bool

    @property
    def words(self) -> str:
        """What the clause asks for, for a page or a message."""
        of = {"overall": "the overall score", "quality_element": "the quality element"}
        return (
            f"{self.clause['document']}, paragraph {self.clause['paragraph']}, "
            f"asks for at least {plain(self.minimum_percent)} % of {of[self.basis]}, which is "
            f"{plain(self.effective_overall_minimum)} % overall."
        )


@dataclass(frozen=True)
class PolicyAnswer:
    """What policy requires, what the tender chose, and whether the two agree."""

    required: tuple[Requirement, ...]
    chosen_basis: str
    chosen_percent: Fraction
    effective_overall_percent: Fraction
    conflicts: tuple[tuple[Requirement, Requirement], ...]

    @property
    def broken(self) -> tuple[Requirement, ...]:
        """The rules these weights do not meet."""
        return tuple([one for one in self.required if not one.is_met])

    @property
    def is_allowed(self) -> bool:
        """Whether every rule in force is met."""
        return not self.broken


def check_policy(
    *, rules: Sequence[object], value: Decimal, on: date, weights: object
) -> PolicyAnswer:
    """Hold a tender's weights against the rules in force for its value and date."""
    resolved = resolve(weights)
    assert isinstance(weights, Mapping)
    basis = str(weights["basis"])
    chosen = "social_value" if basis == "overall" else "social_value_share"
    read = [_read_rule(rule) for rule in rules]
    required = tuple(
        [_require(rule, resolved) for rule in read if _is_in_force(rule, Fraction(value), on)]
    )
    return PolicyAnswer(
        required=required,
        chosen_basis=basis,
        chosen_percent=read_number(weights[chosen]),
        effective_overall_percent=resolved["social_value"],
        conflicts=tuple(
            [
                (first, second)
                for at, first in enumerate(required)
                for second in required[at + 1 :]
                if first.basis != second.basis
            ]
        ),
    )


@dataclass(frozen=True)
class _Rule:
    id: str
    clause: Mapping[str, str]
    basis: str
    minimum_percent: Fraction
    applies_over: Fraction | None
    first_day: date | None
    last_day: date | None


def _read_rule(value: object) -> _Rule:
    fields = read_object(value, needs=RULE_NEEDS, may=RULE_MAY)
    with naming(f"rule {quote(fields['id'])}"):
        clause = read_object(fields["clause"], needs=("document", "paragraph", "text"))
        minimum = read_number(fields["minimum_percent"])
        if not 0 <= minimum <= HUNDRED:
            raise Refused("minimum_percent must be from 0 to 100")
        over = fields.get("applies_over")
        return _Rule(
            id=str(fields["id"]),
            clause={key: str(text) for key, text in clause.items()},
            basis=read_word(fields["basis"], tuple(BASES), "basis of weights"),
            minimum_percent=minimum,
            applies_over=None if over is None else read_number(over),
            first_day=_read_day(fields.get("from")),
            last_day=_read_day(fields.get("until")),
        )


def _read_day(value: object) -> date | None:
    if value is None:
        return None
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Refused(f"{quote(value)} is not a day written as 2026-03-31")


def _is_in_force(rule: _Rule, value: Fraction, on: date) -> bool:
    if rule.applies_over is not None and value <= rule.applies_over:
        return False
    if rule.first_day is not None and on < rule.first_day:
        return False
    return rule.last_day is None or on <= rule.last_day


def _require(rule: _Rule, resolved: Mapping[str, Fraction]) -> Requirement:
    quality_element = HUNDRED - resolved["price"]
    of = HUNDRED if rule.basis == "overall" else quality_element
    minimum = rule.minimum_percent * of / 100
    return Requirement(
        rule=rule.id,
        clause=rule.clause,
        basis=rule.basis,
        minimum_percent=rule.minimum_percent,
        effective_overall_minimum=minimum,
        is_met=resolved["social_value"] >= minimum,
    )
