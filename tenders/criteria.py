"""The criteria of a scoring case: what each earns at most, and by which method."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from metrics.attainment import Measure, Part, Single, is_undetermined, read_measure
from metrics.grammar import (
    Refused,
    naming,
    plain,
    quote,
    read_list,
    read_named,
    read_number,
    read_object,
    read_word,
)
from tenders.weights import GROUPS, HUNDRED

# What a criterion must say under each method, and what it may say besides.
METHODS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "marks": (("max_mark",), ("step",)),
    "target": (("measure",), ()),
    "meets_target": (("measure",), ()),
    "bands": (("bands",), ("measure",)),
    "relative_to_best": ((), ("measure",)),
    "fixed_scale": (("full_at", "zero_at"), ()),
    "lowest_over_bid": ((), ()),
    "linear_from_lowest": ((), ()),
    "mean_based": ((), ()),
}
PRICE_METHODS = frozenset({"fixed_scale", "lowest_over_bid", "linear_from_lowest", "mean_based"})
RELATIVE_METHODS = frozenset(
    {"relative_to_best", "lowest_over_bid", "linear_from_lowest", "mean_based"}
)
TARGET_METHODS = frozenset({"target", "meets_target"})


@dataclass(frozen=True)
class Criterion:
    """One line of the score; `full` is what it earns at most, in points of the whole."""

    id: str
    group: str
    weight: Fraction
    full: Fraction
    method: str
    max_mark: Fraction = Fraction(0)
    step: Fraction = Fraction(1)
    full_at: Fraction = Fraction(0)
    zero_at: Fraction = Fraction(0)
    bands: tuple[tuple[Fraction, Fraction], ...] = ()
    measure: Measure | None = None

    @property
    def is_relative(self) -> bool:
        """Whether a bid's points depend on the other bids."""
        return self.method in RELATIVE_METHODS


def read_criteria(
    items: Sequence[object], weights: Mapping[str, Fraction]
) -> tuple[Criterion, ...]:
    criteria = []
    for name, fields in read_named(items, "criterion"):
        with naming(f"criterion {quote(name)}"):
            criteria.append(_read_criterion(name, fields, weights))
    for group in GROUPS:
        inside = [one.weight for one in criteria if one.group == group]
        if weights[group] and sum(inside) != HUNDRED:
            total = plain(sum(inside, Fraction(0)))
            raise Refused(f"the criteria of {group} total {total}, not 100")
    return tuple(criteria)


def _read_criterion(
    name: str, fields: Mapping[str, object], weights: Mapping[str, Fraction]
) -> Criterion:
    method = read_word(fields.get("method"), tuple(METHODS), "method")
    needs, may = METHODS[method]
    read_object(fields, needs=("id", "group", "weight", "method", *needs), may=may)
    group = read_word(fields["group"], GROUPS, "group")
    if (group == "price") != (method in PRICE_METHODS):
        where = "only for group price" if group != "price" else "not for group price"
        raise Refused(f"the method {method} is {where}")
    if not weights[group]:
        raise Refused(f"the group {group} has a weight of 0, so it has no criteria")
    weight = read_number(fields["weight"])
    if weight < 0:
        raise Refused("its weight is below 0")
    full = weight * weights[group] / 100
    line = Criterion(name, group, weight, full, method)
    if method == "marks":
        return _read_scale(line, fields)
    if method == "fixed_scale":
        return _read_price_scale(line, fields)
    if method in TARGET_METHODS:
        return _read_target_measure(line, fields)
    return line if method in PRICE_METHODS else _read_counted(line, fields)


def _read_scale(line: Criterion, fields: Mapping[str, object]) -> Criterion:
    max_mark, step = read_number(fields["max_mark"]), read_number(fields.get("step", "1"))
    if max_mark <= 0 or step <= 0:
        raise Refused("max_mark and step must be above 0")
    if (max_mark / step).denominator != 1:
        raise Refused(f"max_mark {plain(max_mark)} is not a whole number of steps")
    return replace(line, max_mark=max_mark, step=step)


def _read_price_scale(line: Criterion, fields: Mapping[str, object]) -> Criterion:
    full_at, zero_at = read_number(fields["full_at"]), read_number(fields["zero_at"])
    if full_at < 0 or full_at >= zero_at:
        raise Refused("full_at must be at least 0 and below zero_at")
    return replace(line, full_at=full_at, zero_at=zero_at)


def _read_target_measure(line: Criterion, fields: Mapping[str, object]) -> Criterion:
    measure = read_measure(fields["measure"])
    if is_undetermined(measure):
        raise Refused("its target is undetermined: the authority must set it first")
    return replace(line, measure=measure)


def _read_counted(line: Criterion, fields: Mapping[str, object]) -> Criterion:
    measure: Measure = Single((Part(line.id),))
    if "measure" in fields:
        measure = read_measure(fields["measure"], target_needed=False)
    if not isinstance(measure, Single):
        raise Refused(f"{line.method} takes one quantity or a sum_of, not several measures")
    if measure.lower_is_better:
        raise Refused(f"{line.method} counts more as better; for less, use a target")
    if is_undetermined(measure):
        raise Refused("its target is undetermined: the authority must set it first")
    if line.method != "bands":
        return replace(line, measure=measure)
    bands = tuple([_read_band(band) for band in read_list(fields["bands"])])
    if not bands:
        raise Refused("it has no bands")
    return replace(line, measure=measure, bands=bands)


def _read_band(value: object) -> tuple[Fraction, Fraction]:
    fields = read_object(value, needs=("at_least", "percent"))
    percent = read_number(fields["percent"])
    if not 0 <= percent <= HUNDRED:
        raise Refused("the percent of a band must be from 0 to 100")
    return read_number(fields["at_least"]), percent / 100
