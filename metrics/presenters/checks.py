"""What a check finds, as a page shows it: what to mend first, then metric by metric."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from charter.models import Charter
from design import charts
from metrics.content import content_of
from metrics.lint import ERROR, Finding, check
from metrics.models import FlagKind, Metric
from metrics.presenters.packs import Pack

# What no note beside a source is called after.
OTHER_KINDS = {
    "contradiction": "Rules that contradict",
    "basis-not-said": "Percentage of what is not said",
    "period-differs": "Metric and target differ in period",
    "local-preference": "Prefers one place",
    "left-undecided": "Left undecided",
    "vat-not-said": "VAT not mentioned",
    "no-approver": "No approver named",
    "guide-only": "A guide, not a certificate",
}


@dataclass(frozen=True)
class Subject:
    """A metric, or a part of the policy, with what is doubtful about it."""

    name: str
    findings: Sequence[Finding]


@dataclass(frozen=True)
class Checked:
    """Everything found, in the order in which somebody would deal with it."""

    found: Sequence[Finding]

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.found if one.severity == ERROR]

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self.found if one.severity != ERROR]

    @property
    def subjects(self) -> list[Subject]:
        """The warnings by what they are about: the policy, the catalogue, then each metric."""
        by_name: dict[str, list[Finding]] = {}
        for one in sorted(self.warnings, key=_place):
            by_name.setdefault(one.subject, []).append(one)
        return [Subject(name, findings) for name, findings in by_name.items()]

    @property
    def chart(self) -> charts.Chart:
        """How often each kind of fault is found."""
        counts = Counter(one.code for one in self.found)
        return charts.bars(
            title="What is found",
            description="How many times each kind of fault is found.",
            series=["Found"],
            rows=[(named(code), [count]) for code, count in counts.most_common()],
        )


def named(code: str) -> str:
    """A kind of fault in words."""
    return OTHER_KINDS.get(code) or FlagKind(code).label


def check_charter(charter: Charter, metrics: Iterable[Metric]) -> Checked:
    """Check one version of a charter with its metrics."""
    told = [content_of(one) for one in metrics]
    return _checked(told, charter.rules, charter.clauses)


def check_pack(pack: Pack) -> Checked:
    """Check a policy that ships, before anyone adopts it."""
    told = [asdict(one.data) for one in pack.metrics]
    return _checked(told, pack.words.rules, pack.words.clauses)


def _checked(
    metrics: Sequence[Mapping], rules: Sequence[Mapping], clauses: Sequence[Mapping]
) -> Checked:
    return Checked(check(metrics=metrics, rules=rules, clauses=clauses))


def _place(finding: Finding) -> tuple[int, ...]:
    """Policy before catalogue before metrics, each metric after the one before it."""
    return finding.numbers if len(finding.numbers) <= 2 else ()
