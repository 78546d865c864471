"""The policies that ship with the product, as a page shows them before anyone adopts one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from charter.clauses import by_section
from charter.models import Maturity
from charter.pack import CharterData, QuadrantData, pack_codes
from metrics.attainment import is_undetermined, read_measure
from metrics.loading import MetricData, read_pack
from metrics.models import AnsweredBy
from metrics.presenters.targets import InWords, target_in_words

COLOURS = {
    Maturity.WHOLE: "green",
    Maturity.PRINCIPLES_ONLY: "blue",
    Maturity.DRAFT: "yellow",
}
# The kind of clause that says what the papers leave undecided.
OPEN = "open"


@dataclass(frozen=True)
class PackMetric:
    """A metric of a pack with its target in words."""

    data: MetricData
    target: InWords
    is_target_set: bool

    @property
    def who_answers(self) -> str:
        return str(AnsweredBy(self.data.answered_by).label)


@dataclass(frozen=True)
class Pack:
    """A shipped policy, whole."""

    words: CharterData
    metrics: Sequence[PackMetric]

    @property
    def maturity(self) -> str:
        return Maturity(self.words.maturity).label

    @property
    def colour(self) -> str:
        return COLOURS[Maturity(self.words.maturity)]

    @property
    def is_draft(self) -> bool:
        """Whether its papers leave open what is asked for."""
        return self.words.maturity == Maturity.DRAFT

    @property
    def quadrants(self) -> Sequence[QuadrantData]:
        return self.words.quadrants

    @property
    def principles(self) -> int:
        return len(self.words.principle_codes)

    @property
    def targets_not_set(self) -> int:
        return sum(not metric.is_target_set for metric in self.metrics)

    @property
    def left_open(self) -> list[dict]:
        """The clauses that say what is not decided."""
        return [clause for clause in self.words.clauses if clause["kind"] == OPEN]

    @property
    def sections(self) -> list[tuple[str, list[dict]]]:
        return by_section(list(self.words.clauses))


@cache
def shipped() -> tuple[Pack, ...]:
    """Every pack, the most complete first, read once: the files change only with the program."""
    packs = [_pack(code) for code in pack_codes()]
    return tuple(sorted(packs, key=lambda one: Maturity.values.index(one.words.maturity)))


def pack_called(code: str) -> Pack | None:
    """The pack of this code, if there is one."""
    return next((pack for pack in shipped() if pack.words.code == code), None)


def _pack(code: str) -> Pack:
    words, metrics = read_pack(code)
    return Pack(
        words,
        tuple(
            [
                PackMetric(
                    data=one,
                    target=target_in_words(one.measure, one),
                    is_target_set=not is_undetermined(read_measure(one.measure)),
                )
                for one in metrics
            ]
        ),
    )
