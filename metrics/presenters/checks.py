"""What a check finds, as a page shows it: what to mend first, then metric by metric."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from design import charts
from metrics.checking import findings_in_pack
from metrics.lint import ERROR, Finding
from metrics.models import FlagKind
from metrics.presenters.packs import Pack

CONTRADICTION = "contradiction"
# What no note beside a source is called after.
OTHER_KINDS = {
    CONTRADICTION: "Rules that contradict",
    "two-answers": "Two answers to one question",
    "basis-not-said": "Percentage of what is not said",
    "guidance-quoted": "Quotes guidance",
    "no-contract": "Speaks of no contract",
    "names-nothing": "Names what is not there",
    "cap-of-nothing": "Allows no metric",
    "cannot-be-kept": "Cannot be kept",
    "split-not-whole": "Shares do not come to 100%",
    "sum-itself": "Over and below, but not the sum itself",
    "vat-not-said": "VAT not mentioned",
    "no-approver": "No approver named",
    "owner-not-named": "Nobody named to see to it",
    "sensitivity-undecided": "Nobody decides what is kept back",
    "own-name": "Names of one authority",
    "spend-aim": "Aim for all spending",
    "proportion-not-said": "Proportion without a measure",
    "expectation-unscored": "Expected, and not scored",
    "alternative-not-compared": "Other measures not compared",
    "scope-wider": "About more than tenders",
    "change-not-ruled": "Changes without a rule",
    "month-not-said": "No month named",
    "left-undecided": "Left undecided",
    "only-suggested": "Only suggested",
    "guide-only": "A guide, not a certificate",
    "date-unclear": "Date unclear",
    "decision-not-recorded": "No decision on record",
    "edition-replaced": "Mapped to an edition that ended",
    "contact-details": "Names a person, or contact details",
    "unit-not-set": "Unit not set",
    "period-differs": "Metric and target differ in period",
    "local-preference": "Prefers one place",
}


@dataclass(frozen=True)
class Subject:
    """A metric, or a part of the policy, with what is doubtful about it."""

    name: str
    findings: Sequence[Finding]

    @property
    def kinds(self) -> list[str]:
        """What is doubtful, each kind once, for a reader who decides whether to open it."""
        return list(dict.fromkeys(named(one.code) for one in self.findings))

    @property
    def places(self) -> list[Mapping[str, str]]:
        """Where it stands, each place once however much is found in it."""
        found: list[Mapping[str, str]] = []
        for one in self.findings:
            found += [place for place in one.clauses if place not in found]
        return found

    @property
    def contradicts(self) -> bool:
        """Whether its places are to be read side by side."""
        return any(one.code == CONTRADICTION for one in self.findings)


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
        """The warnings by what they are about: policy and catalogue, then metric by metric."""
        by_name: dict[str, list[Finding]] = {}
        for one in sorted(self.warnings, key=lambda one: one.numbers):
            by_name.setdefault(one.subject, []).append(one)
        return [Subject(name, findings) for name, findings in by_name.items()]

    @property
    def parts(self) -> list[tuple[str, list[Subject]]]:
        """The warnings about the policy as a whole, and those about single metrics."""
        policy = [one for one in self.subjects if not one.findings[0].numbers]
        metrics = [one for one in self.subjects if one.findings[0].numbers]
        both = (("The policy and the whole catalogue", policy), ("Metric by metric", metrics))
        return [(title, subjects) for title, subjects in both if subjects]

    @property
    def chart(self) -> charts.Chart:
        """How often each kind of fault is found; those found once are counted together."""
        counts = Counter(one.code for one in self.found).most_common()
        often = [(named(code), [count]) for code, count in counts if count > 1]
        once = sum(count == 1 for _, count in counts)
        return charts.bars(
            title="What is found",
            description="How many times each kind of fault is found.",
            series=["Found"],
            rows=[*often, *([("Kinds found only once", [once])] if once else [])],
        )


def named(code: str) -> str:
    """A kind of fault in words."""
    return OTHER_KINDS.get(code) or FlagKind(code).label


def check_pack(pack: Pack) -> Checked:
    """Check a policy that ships, before anyone adopts it."""
    return Checked(findings_in_pack(pack.words, [one.data for one in pack.metrics]))
