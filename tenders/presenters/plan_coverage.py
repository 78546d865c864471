"""Before money is committed: how far a year's plan asks for social value, in figures that open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accounts.models import Organisation
from design import charts
from design.drawing import Chart
from design.numbers import pounds
from tenders.plan_rows import ASKED, HAS, OPT_OUT, WITHOUT, names_in
from tenders.planned import Demand, Line
from tenders.presenters.plan import plan_address

Address = Callable[..., str]


@dataclass(frozen=True)
class Step:
    """How many contracts the policy asks so much of, and what they are worth together."""

    demand: Demand
    count: int
    value: Decimal
    share: Fraction
    href: str


@dataclass(frozen=True)
class Thought:
    """One thing a contract may have: how many have it and how many do not, each with its rows."""

    words: str
    having: int
    lacking: int
    having_href: str
    lacking_href: str


@dataclass(frozen=True)
class Served:
    """A target group or a programme, and the contracts that could serve it."""

    name: str
    lines: list[Line]
    href: str


@dataclass(frozen=True)
class Coverage:
    """What the board sees of a year's plan."""

    headline: str
    asked_href: str
    unasked_href: str
    share: Fraction
    steps: list[Step]
    thoughts: list[Thought]
    chart: Chart
    groups: list[Served]
    programmes: list[Served]
    # Required by the policy, and found unsuitable.
    opt_outs: list[Line]
    opt_outs_href: str


def coverage_of(lines: Sequence[Line], authority: Organisation, year: int) -> Coverage | None:
    """The figures of a plan; nothing where nothing is planned."""
    if not lines:
        return None

    def address(**asked: str) -> str:
        return plan_address(authority, year, **asked) + "#contracts"

    steps = [_step(demand, lines, address) for demand in Demand]
    asked = [line for line in lines if line.will_be_asked]
    opt_outs = [line for line in lines if line.needs_opt_out]
    return Coverage(
        headline=_headline(asked, lines),
        asked_href=address(which=ASKED),
        unasked_href=address(which=f"{WITHOUT}{ASKED}"),
        share=_percent(_worth(asked), _worth(lines)),
        steps=steps,
        thoughts=[_thought(key, lines, address) for key in HAS],
        chart=_chart(steps, lines),
        groups=_served(lines, "group", lambda line: line.planned.target_groups, address),
        programmes=_served(lines, "programme", lambda line: line.planned.programmes, address),
        opt_outs=opt_outs,
        opt_outs_href=address(which=OPT_OUT),
    )


def _headline(asked: Sequence[Line], lines: Sequence[Line]) -> str:
    contracts = "planned contract" if len(lines) == 1 else "planned contracts"
    return (
        f"Social value will be asked for in {len(asked)} of {len(lines)} {contracts}, "
        f"{pounds(_worth(asked))} of {pounds(_worth(lines))}."
    )


def _worth(lines: Sequence[Line]) -> Decimal:
    return sum((line.planned.contract_value for line in lines), Decimal(0))


def _percent(part: Decimal | int, whole: Decimal | int) -> Fraction:
    return Fraction(part) * 100 / Fraction(whole)


def _step(demand: Demand, lines: Sequence[Line], address: Address) -> Step:
    found = [line for line in lines if line.demand == demand]
    worth = _worth(found)
    share = _percent(worth, _worth(lines))
    return Step(demand, len(found), worth, share, address(demand=demand.value))


def _thought(key: str, lines: Sequence[Line], address: Address) -> Thought:
    words, holds = HAS[key]
    having = sum(holds(line) for line in lines)
    lacking = len(lines) - having
    return Thought(words, having, lacking, address(which=key), address(which=f"{WITHOUT}{key}"))


def _chart(steps: Sequence[Step], lines: Sequence[Line]) -> Chart:
    counted = [_percent(step.count, len(lines)) for step in steps]
    return charts.stacked_bars(
        title="What the policy asks of the plan, in per cent",
        description="By the number of contracts, and by what they are worth.",
        series=[step.demand.label for step in steps],
        rows=[("By number", counted), ("By value", [step.share for step in steps])],
    )


def _served(
    lines: Sequence[Line], kind: str, names: Callable[[Line], list[str]], address: Address
) -> list[Served]:
    serving: dict[str, list[Line]] = {}
    for line in lines:
        for folded in dict.fromkeys(map(str.casefold, names(line))):
            serving.setdefault(folded, []).append(line)
    named = names_in(map(names, lines)).items()
    return [Served(name, serving[folded], address(**{kind: folded})) for folded, name in named]
