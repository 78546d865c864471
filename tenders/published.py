"""The part of a scoring case that is published with a tender and frozen: read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from metrics.attainment import bases_used, measure_ids
from metrics.grammar import (
    Refused,
    half_up,
    naming,
    plain,
    quote,
    read_list,
    read_named,
    read_named_numbers,
    read_number,
    read_object,
    read_word,
)
from tenders.criteria import Criterion, read_criteria
from tenders.weights import GROUPS, HUNDRED, resolve

PUBLISHED_KEYS = ("bases", "gates", "rounding", "tie_break")
LEVELS, RANK_ON = ("total", "line"), ("rounded", "exact")
TIE_BREAKS = ("social_value", "quality", "price", "lower_price")
MOST_PLACES = 6


@dataclass(frozen=True)
class Gate:
    """A least percentage of one criterion, or of one group; below it a bid is not ranked."""

    id: str
    minimum_percent: Fraction
    criteria: tuple[Criterion, ...]
    is_of_group: bool


@dataclass(frozen=True)
class Rounding:
    """Where points are rounded half up, and what ranking compares."""

    places: int
    level: str
    rank_on: str


@dataclass(frozen=True)
class Published:
    """Everything about the scoring that bidders are told before they bid."""

    weights: Mapping[str, Fraction]
    criteria: tuple[Criterion, ...]
    bases: Mapping[str, Fraction]
    gates: tuple[Gate, ...]
    rounding: Rounding
    tie_break: tuple[str, ...]

    @property
    def needs_price(self) -> bool:
        """Whether a bid without a price cannot be scored."""
        return any(criterion.group == "price" for criterion in self.criteria)

    @property
    def marked(self) -> dict[str, Criterion]:
        """The criteria for which a panel agrees a mark."""
        return {one.id: one for one in self.criteria if one.method == "marks"}

    @property
    def measured(self) -> dict[str, list[str]]:
        """Every quantity a bid must state, and the criteria that use it."""
        users: dict[str, list[str]] = {}
        for criterion in self.criteria:
            if criterion.measure is not None:
                for name in measure_ids(criterion.measure):
                    users.setdefault(name, []).append(criterion.id)
        return users

    @property
    def bases_used(self) -> dict[str, str]:
        """The bases that targets are worked out from, and a criterion that uses each."""
        return users_of_bases(self.criteria)


def users_of_bases(criteria: Sequence[Criterion]) -> dict[str, str]:
    """Every base that some target uses, in a fixed order, with the first criterion."""
    users: dict[str, str] = {}
    for criterion in criteria:
        if criterion.measure is not None:
            for name in sorted(bases_used(criterion.measure)):
                users.setdefault(name, criterion.id)
    return users


def read_published(case: object) -> Published:
    """A case without its bids, or `Refused` with the reason."""
    needs = ("weights", "criteria")
    fields = read_object(case, needs=needs, may=(*PUBLISHED_KEYS, "bids"))
    weights = resolve(fields["weights"])
    criteria = read_criteria(read_list(fields["criteria"]), weights)
    return Published(
        weights=weights,
        criteria=criteria,
        bases=_read_bases(fields.get("bases", {}), criteria),
        gates=_read_gates(read_list(fields.get("gates", [])), criteria),
        rounding=_read_rounding(fields.get("rounding", {}), criteria),
        tie_break=_read_tie_break(fields.get("tie_break", [])),
    )


def _read_bases(value: object, criteria: Sequence[Criterion]) -> dict[str, Fraction]:
    users = users_of_bases(criteria)
    with naming("bases"):
        bases = read_named_numbers(value, users)
        if "price" in bases:
            raise Refused('"price" is each bid\'s own and cannot be fixed')
        for name, criterion in users.items():
            if name in bases and bases[name] <= 0:
                user = f"criterion {quote(criterion)} is worked out from it"
                raise Refused(f"{quote(name)} must be above 0: {user}")
    return bases


def _read_gates(items: Sequence[object], criteria: Sequence[Criterion]) -> tuple[Gate, ...]:
    gates = []
    for name, fields in read_named(items, "gate"):
        with naming(f"gate {quote(name)}"):
            gates.append(_read_gate(name, fields, criteria))
    return tuple(gates)


def _read_gate(name: str, fields: Mapping[str, object], criteria: Sequence[Criterion]) -> Gate:
    read_object(fields, needs=("id", "minimum_percent"), may=("criterion", "group"))
    if ("criterion" in fields) == ("group" in fields):
        raise Refused("it must rest on exactly one of criterion and group")
    is_of_group = "group" in fields
    if is_of_group:
        group = read_word(fields["group"], GROUPS, "group")
        behind = tuple([one for one in criteria if one.group == group])
    else:
        behind = tuple([one for one in criteria if one.id == fields["criterion"]])
    if not behind:
        raise Refused("there is no criterion behind it")
    minimum = read_number(fields["minimum_percent"])
    if not 0 <= minimum <= HUNDRED:
        raise Refused("minimum_percent must be from 0 to 100")
    for criterion in behind:
        if criterion.is_relative:
            raise Refused(
                f"it rests on criterion {quote(criterion.id)}, whose method "
                f"{criterion.method} is relative; a gate needs absolute methods"
            )
    return Gate(name, minimum, behind, is_of_group)


def _read_rounding(value: object, criteria: Sequence[Criterion]) -> Rounding:
    with naming("rounding"):
        fields = read_object(value, may=("places", "level", "rank_on"))
        places = fields.get("places", 2)
        if not isinstance(places, int) or isinstance(places, bool):
            raise Refused("places is a JSON integer")
        if not 0 <= places <= MOST_PLACES:
            raise Refused(f"places must be from 0 to {MOST_PLACES}")
        level = read_word(fields.get("level", "total"), LEVELS, "level")
        rank_on = read_word(fields.get("rank_on", "rounded"), RANK_ON, "rule to rank on")
        whole = sum(half_up(criterion.full, places) for criterion in criteria)
        if level == "line" and whole != 100 * 10**places:
            total = plain(Fraction(whole, 10**places))
            raise Refused(f"the rounded full marks of all lines total {total}, not 100")
    return Rounding(places, level, rank_on)


def _read_tie_break(value: object) -> tuple[str, ...]:
    with naming("tie_break"):
        return tuple([read_word(rule, TIE_BREAKS, "tie-break rule") for rule in read_list(value)])
