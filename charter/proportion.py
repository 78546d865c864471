"""What a policy asks of one contract, and why: each duty with its clause and its conditions.

Pure and dated. A charter's rules and clauses go in as they are kept, a contract beside them;
out comes every duty that reaches it, every one that does not, and the condition that decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from charter.clauses import (
    ACCOUNTABILITY,
    ANSWER_LENGTH,
    COMPULSORY,
    ENCOURAGED,
    EVIDENCE,
    MOST_METRICS,
    OF_A_CONTRACT,
    OPT_OUT,
    REQUIRED,
    SPLIT,
)
from charter.scope import PENNY, SUMS, Contract, Test, lowest, may_meet, reaches, tests_of
from design.numbers import pounds
from design.words import raised

WEIGHTING = "weighting"
# Any contract will do where only the rules themselves are compared.
ANY_CONTRACT = Contract(PENNY, date.min)


@dataclass(frozen=True)
class Duty:
    """One thing a policy says of contracts, held against one of them."""

    # "rule:<id>" or "clause:<id>": unique within a charter.
    key: str
    kind: str
    heading: str
    # Where it stands and its words: {"document", "paragraph", "text"}.
    clause: Mapping[str, str]
    note: str
    facts: Mapping[str, str]
    when: Mapping
    contradicts: str
    tests: tuple[Test, ...]

    @property
    def applies(self) -> bool | None:
        """Whether it reaches the contract; None where nobody has said enough to tell."""
        return reaches(self.tests)

    @property
    def because(self) -> str:
        """Why it reaches the contract, or what keeps it away."""
        told = [test.words for test in self.tests if test.is_met is self.applies]
        return " and ".join(told) or "it is for every contract"


@dataclass(frozen=True)
class Asked:
    """Everything a policy says of one contract."""

    contract: Contract
    duties: tuple[Duty, ...]
    # Keys of duties that this contract is let off: a rule set aside, a clause waived.
    leave: frozenset[str] = frozenset()

    @cached_property
    def reaching(self) -> list[Duty]:
        """The duties that reach the contract, those it is let off among them."""
        return [one for one in self.duties if one.applies]

    @cached_property
    def binding(self) -> list[Duty]:
        """The duties that the contract is held to."""
        return [one for one in self.reaching if one.key not in self.leave]

    @property
    def silent(self) -> list[Duty]:
        """The duties that do not reach the contract."""
        return [one for one in self.duties if one.applies is False]

    @property
    def unknown(self) -> list[Duty]:
        """The duties of which nobody can tell until more is said of the contract."""
        return [one for one in self.duties if one.applies is None]

    def of(self, kind: str) -> list[Duty]:
        """The binding duties of a kind."""
        return [one for one in self.binding if one.kind == kind]

    def with_key(self, key: str) -> Duty | None:
        """The duty of this name."""
        return next((one for one in self.duties if one.key == key), None)

    @property
    def minimums(self) -> list[Duty]:
        """The weighting rules; each of them must be met."""
        return self.of(WEIGHTING)

    @property
    def splits(self) -> list[Duty]:
        """The clauses that fix how the score is split."""
        return self.of(SPLIT)

    @property
    def is_required(self) -> bool:
        """Whether social value must be asked for."""
        shares = [one.facts["minimum_percent"] for one in self.minimums]
        shares += [one.facts["social_value"] for one in self.splits]
        return any(map(Decimal, shares)) or bool(self.of(REQUIRED) or self.compulsory)

    @property
    def is_encouraged(self) -> bool:
        """Whether social value should be asked for, and need not be."""
        return not self.is_required and bool(self.of(ENCOURAGED))

    @property
    def most_metrics(self) -> Duty | None:
        """The clause that allows the fewest metrics."""
        return min(self.of(MOST_METRICS), key=lambda one: int(one.facts["most"]), default=None)

    @property
    def most_words(self) -> Duty | None:
        """The clause that allows the shortest answers."""
        return min(self.of(ANSWER_LENGTH), key=lambda one: int(one.facts["words"]), default=None)

    @property
    def compulsory(self) -> list[Duty]:
        """The clauses that name metrics which must be among those asked."""
        return self.of(COMPULSORY)

    @property
    def evidence(self) -> Duty | None:
        """How deep evidence goes: the clause whose band begins highest."""
        return self._narrowest(EVIDENCE)

    @property
    def accountable(self) -> Duty | None:
        """Who answers for the contract: the clause whose band begins highest."""
        return self._narrowest(ACCOUNTABILITY)

    @property
    def opt_out(self) -> Duty | None:
        """How social value may be left out: the clause whose band begins highest."""
        return self._narrowest(OPT_OUT)

    def _narrowest(self, kind: str) -> Duty | None:
        return max(self.of(kind), key=lambda one: lowest(one.when), default=None)

    @property
    def approves_opt_out(self) -> str:
        """Who approves leaving social value out: named for it, or accountable; may be empty."""
        named = self.opt_out.facts.get("approval", "") if self.opt_out else ""
        return named or (self.accountable.facts["who"] if self.accountable else "")

    @property
    def is_approver_named(self) -> bool:
        """Whether the policy itself says who approves leaving social value out."""
        return bool(self.opt_out and self.opt_out.facts.get("approval"))

    @cached_property
    def conflicts(self) -> list[tuple[Duty, Duty]]:
        """Rules that reach the contract and cannot both be meant."""
        weighty = [one for one in self.reaching if one.kind in (WEIGHTING, SPLIT)]
        return [pair for pair in combinations(weighty, 2) if contradict(*pair)]

    @property
    def unsettled(self) -> list[tuple[Duty, Duty]]:
        """Contradictions of which neither rule is set aside."""
        return [
            (one, other)
            for one, other in self.conflicts
            if one.key not in self.leave and other.key not in self.leave
        ]


def contradict(one: Duty, other: Duty) -> bool:
    """Whether two rules on weights cannot both be meant where both reach a contract."""
    splits = [it for it in (one, other) if it.kind == SPLIT]
    if len(splits) == 2:
        return _shares(one) != _shares(other)
    if splits:
        return _falls_short(splits[0], other if splits[0] is one else one)
    if one.facts["basis"] != other.facts["basis"]:
        return True
    return f"rule:{one.contradicts}" == other.key or f"rule:{other.contradicts}" == one.key


def _shares(split: Duty) -> dict[str, Decimal]:
    return {name: Decimal(share) for name, share in split.facts.items()}


def _falls_short(split: Duty, minimum: Duty) -> bool:
    """Whether a split gives social value less than a minimum asks."""
    of = Decimal(100)
    if minimum.facts["basis"] != "overall":
        of -= Decimal(split.facts["price"])
    return (
        Decimal(split.facts["social_value"]) < Decimal(minimum.facts["minimum_percent"]) * of / 100
    )


def contradictions(rules: Sequence[Mapping], clauses: Sequence[Mapping]) -> list[tuple[Duty, Duty]]:
    """Rules and splits that cannot both be meant and may both reach some contract."""
    duties = duties_of(ANY_CONTRACT, rules=rules, clauses=clauses)
    weighty = [one for one in duties if one.kind in (WEIGHTING, SPLIT)]
    return [
        (one, other)
        for one, other in combinations(weighty, 2)
        if may_meet(one.when, other.when) and contradict(one, other)
    ]


def asked_of(
    contract: Contract,
    *,
    rules: Sequence[Mapping],
    clauses: Sequence[Mapping],
    leave: frozenset[str] = frozenset(),
) -> Asked:
    """What a policy asks of a contract; `leave` names the duties it is let off."""
    return Asked(contract, tuple(duties_of(contract, rules=rules, clauses=clauses)), leave)


def duties_of(
    contract: Contract, *, rules: Sequence[Mapping], clauses: Sequence[Mapping]
) -> list[Duty]:
    """Every rule and clause that speaks of contracts, in the order of the policy."""
    return [
        *[_duty_of_rule(one, contract) for one in rules],
        *[_duty_of_clause(one, contract) for one in clauses if one.get("kind") in OF_A_CONTRACT],
    ]


def _duty_of_rule(rule: Mapping, contract: Contract) -> Duty:
    when = rule.get("when", {})
    return Duty(
        key=f"rule:{rule['id']}",
        kind=WEIGHTING,
        heading="The least that social value counts",
        clause=rule["clause"],
        note=rule.get("note", ""),
        facts={key: rule[key] for key in ("minimum_percent", "basis")},
        when=when,
        contradicts=rule.get("contradicts", ""),
        tests=tests_of(when, contract),
    )


def _duty_of_clause(clause: Mapping, contract: Contract) -> Duty:
    when = clause.get("when", {})
    return Duty(
        key=f"clause:{clause['id']}",
        kind=clause["kind"],
        heading=clause["heading"],
        clause={key: clause[key] for key in ("document", "paragraph", "text")},
        note=clause.get("note", ""),
        facts=clause.get("facts", {}),
        when=when,
        contradicts="",
        tests=(*tests_of(when, contract), *_of_price(clause, contract)),
    )


def _of_price(clause: Mapping, contract: Contract) -> tuple[Test, ...]:
    """Weightings that the policy fixes bind no score without a price."""
    if clause["kind"] != SPLIT or contract.is_bought:
        return ()
    return (Test("nothing is bought, so no price is weighed", False),)


@dataclass(frozen=True)
class Band:
    """A range of contract values within which the policy asks the same."""

    words: str
    # The least value that lies in it, in pounds.
    sample: Decimal


def bands(rules: Sequence[Mapping], clauses: Sequence[Mapping]) -> list[Band]:
    """The values, cut at every sum that the policy names; one band where it names none."""
    cuts = sorted(
        {
            (Decimal(one["when"][key]), key in ("over", "up_to"))
            for one in [*rules, *[it for it in clauses if it.get("kind") in OF_A_CONTRACT]]
            for key in SUMS
            if key in one.get("when", {})
        }
    )
    # "over £100" and "at least £100.01" cut in one place, and nothing lies below a penny.
    edges: dict[Decimal, Edge] = {PENNY: None}
    for cut in cuts:
        edges.setdefault(max(PENNY, _least(cut)), cut)
    samples = list(edges)
    limits = [*edges.values(), None]
    return [
        Band(_between(low, high), sample)
        for sample, low, high in zip(samples, limits, limits[1:], strict=False)
    ]


def band_of(value: Decimal, cut: Sequence[Band]) -> Band:
    """The band in which a value above nothing lies: the last that begins no higher."""
    return [one for one in cut if one.sample <= value][-1]


Edge = tuple[Decimal, bool] | None


def _least(cut: tuple[Decimal, bool]) -> Decimal:
    """The least value above a cut; its sum is in the band below where that includes it."""
    limit, is_below = cut
    return limit + PENNY if is_below else limit


def _between(low: Edge, high: Edge) -> str:
    told = []
    if low:
        told.append(f"{'over' if low[1] else 'from'} {pounds(low[0])}")
    if high:
        told.append(f"{'up to and including' if high[1] else 'under'} {pounds(high[0])}")
    words = ", ".join(told) or "every value"
    return raised(words)
