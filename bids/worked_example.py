"""A worked example of a target: a made-up firm, what it promises, and how much that reaches.

Pure, and worked out by the engine that scores (`metrics.attainment`), never beside it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bids.amounts import reached_in_words
from metrics.attainment import AllOf, AnyOf, Measure, Single, attainment, leaves, required
from metrics.units import with_unit

# Round numbers a made-up firm may state; the first that makes the target a whole number is taken.
ROUND = tuple(Fraction(n) for n in (50, 100, 20, 10, 200, 1000))
ROUND_POUNDS = tuple(Fraction(n) for n in (100_000, 1_000_000))
NOTHING = Fraction(0)


@dataclass(frozen=True)
class Example:
    """What is taken as given, and a sentence on what that firm's promises reach."""

    given: str
    sentence: str

    @property
    def words(self) -> str:
        return f"{self.given} {self.sentence}".strip()


@dataclass(frozen=True)
class Names:
    """The unit of each quantity and each base, and what a base is called."""

    units: Mapping[str, str]
    base_units: Mapping[str, str]
    base_labels: Mapping[str, str]


def examples(measure: Measure, fixed: Mapping[str, Fraction], names: Names) -> tuple[Example, ...]:
    """One example for each target in a measure; none where the authority has set none.

    `fixed` is what the tender publishes (its months, its value); the rest is made up.
    """
    found = [_example(leaf, fixed, names) for leaf in leaves(measure) if _is_set(leaf)]
    return tuple(found)


def how_they_combine(measure: Measure) -> str:
    """Which of several targets counts; nothing where there is one."""
    if isinstance(measure, AnyOf):
        return "Each of these is a way to meet the target; the one best reached counts."
    if isinstance(measure, AllOf):
        return "All of these are asked for; the one least reached counts."
    return ""


def _is_set(leaf: Single) -> bool:
    return leaf.target is not None and leaf.target.kind != "undetermined" and len(leaf.parts) == 1


def _example(leaf: Single, fixed: Mapping[str, Fraction], names: Names) -> Example:
    bases = _bases(leaf, fixed, names)
    part = leaf.parts[0]
    unit = names.units.get(part.id, "")
    said = [
        (with_unit(amount, unit, 2), _reached(leaf, part.id, amount, bases))
        for amount in _promises(leaf, bases, unit)
    ]
    (needed, whole), *others = said
    rest = "".join(f"; with {amount}, {percent}" for amount, percent in others)
    beyond = "less" if leaf.lower_is_better else "more"
    return Example(
        " ".join(_given(bases, fixed, names)),
        f"Whoever promises {needed} or {beyond} reaches {whole} of the target{rest}.",
    )


def _bases(leaf: Single, fixed: Mapping[str, Fraction], names: Names) -> dict[str, Fraction]:
    """Every base of a target: as published, or a round number that makes it a whole one."""
    target = leaf.target
    assert target is not None
    made_up = [name for name in target.bases if fixed.get(name, NOTHING) <= 0]
    known = {name: fixed[name] for name in target.bases if name not in made_up}
    tried = [
        {**known, **{name: number for name in made_up}}
        for number in _round_numbers(made_up, names, target.per)
    ]
    whole = (one for one in tried if _is_whole(required(target, one)))
    return next(whole, tried[0])


def _round_numbers(made_up: list[str], names: Names, per: Fraction) -> tuple[Fraction, ...]:
    if any(names.base_units.get(name) == "£" for name in made_up):
        return ROUND_POUNDS
    return (per, *ROUND) if per > 1 else ROUND


def _is_whole(needed: Fraction) -> bool:
    return needed.denominator == 1 and needed > 0


def _promises(leaf: Single, bases: Mapping[str, Fraction], unit: str) -> list[Fraction]:
    """All that is asked for, half of it, and nothing; or, where less is better, twice as much."""
    assert leaf.target is not None
    needed = required(leaf.target, bases)
    if leaf.lower_is_better:
        return [needed, 2 * needed] if needed else [needed]
    half = needed / 2 if unit in {"£", "%"} else Fraction(needed / 2 // 1)
    return list(dict.fromkeys([needed, half, NOTHING]))


def _reached(leaf: Single, name: str, amount: Fraction, bases: Mapping[str, Fraction]) -> str:
    return reached_in_words(attainment(leaf, {name: amount}, bases))


def _given(
    bases: Mapping[str, Fraction], fixed: Mapping[str, Fraction], names: Names
) -> Iterator[str]:
    for name, amount in bases.items():
        label = names.base_labels.get(name, name)
        stated = with_unit(amount, names.base_units.get(name, ""))
        if fixed.get(name) == amount:
            yield f"In this tender “{label}” is {stated}."
        else:
            yield f"Say “{label}” is {stated}."
