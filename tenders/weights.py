"""What a tender's weights come to, and whether its authority's policy allows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from charter.clauses import SPLIT
from charter.proportion import Asked, Duty
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
    """One rule on weights that reaches the tender, and what it asks of these weights."""

    duty: Duty
    # Least percentage of the whole score for social value that the rule allows.
    effective_overall_minimum: Fraction
    is_met: bool
    # Whether it contradicts another rule and nobody has said yet which of them is followed.
    is_disputed: bool

    @property
    def clause(self) -> Mapping[str, str]:
        """Where the rule stands and its words."""
        return self.duty.clause

    @property
    def is_split(self) -> bool:
        """Whether it fixes all three weights, and not only the least of one."""
        return self.duty.kind == SPLIT


@dataclass(frozen=True)
class PolicyAnswer:
    """What policy asks of the weights, what the tender chose, and whether the two agree."""

    required: tuple[Requirement, ...]
    chosen_basis: str
    chosen_percent: Fraction
    effective_overall_percent: Fraction
    # Pairs that cannot both be meant, and of which neither is set aside.
    unsettled: tuple[tuple[Duty, Duty], ...]

    @property
    def broken(self) -> tuple[Requirement, ...]:
        """The rules these weights do not meet, but for those in dispute."""
        return tuple([one for one in self.required if not one.is_met and not one.is_disputed])

    @property
    def is_allowed(self) -> bool:
        """Whether every rule is met and none is in dispute."""
        return not self.broken and not self.unsettled


def check_weights(weights: object, asked: Asked) -> PolicyAnswer:
    """Hold a tender's weights against what its policy asks of it."""
    resolved = resolve(weights)
    assert isinstance(weights, Mapping)
    basis = str(weights["basis"])
    chosen = "social_value" if basis == "overall" else "social_value_share"
    disputed = {one.key for pair in asked.unsettled for one in pair}
    return PolicyAnswer(
        required=tuple(
            [
                _require(duty, resolved, is_disputed=duty.key in disputed)
                for duty in [*asked.minimums, *asked.splits]
            ]
        ),
        chosen_basis=basis,
        chosen_percent=read_number(weights[chosen]),
        effective_overall_percent=resolved["social_value"],
        unsettled=tuple(asked.unsettled),
    )


def _require(duty: Duty, resolved: Mapping[str, Fraction], *, is_disputed: bool) -> Requirement:
    with naming(f"rule {quote(duty.key)}"):
        if duty.kind == SPLIT:
            fixed = {group: read_number(duty.facts[group]) for group in GROUPS}
            return Requirement(duty, fixed["social_value"], resolved == fixed, is_disputed)
        basis = read_word(duty.facts["basis"], tuple(BASES), "basis of weights")
        of = HUNDRED if basis == "overall" else HUNDRED - resolved["price"]
        percent = read_number(duty.facts["minimum_percent"])
        if not 0 <= percent <= HUNDRED:
            raise Refused("minimum_percent must be from 0 to 100")
        minimum = percent * of / 100
        return Requirement(duty, minimum, resolved["social_value"] >= minimum, is_disputed)
