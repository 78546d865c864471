"""Warnings as a person answers them: kind by kind, so that one reason does for several."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from metrics.lint import Finding
from metrics.presenters.checks import CONTRADICTION, named
from metrics.reliance import Reason, Reliance

# The code of the form that is for every kind at once.
EVERYTHING = "everything"


@dataclass(frozen=True)
class Group:
    """The warnings of one kind, with the reasons that were given."""

    code: str
    title: str
    warnings: Sequence[Finding]
    reasons: dict[str, Reason]

    @property
    def left(self) -> list[Finding]:
        return [one for one in self.warnings if one.fingerprint not in self.reasons]

    @property
    def in_order(self) -> list[Finding]:
        """Those without a reason first."""
        return sorted(self.warnings, key=lambda one: one.fingerprint in self.reasons)

    @cached_property
    def words(self) -> str:
        """What is wrong, in the words of most of these warnings."""
        return Counter(one.words for one in self.warnings).most_common(1)[0][0]

    @cached_property
    def remedy(self) -> str:
        return Counter(one.remedy for one in self.warnings).most_common(1)[0][0]

    @property
    def contradicts(self) -> bool:
        """Whether its places are to be read side by side."""
        return self.code == CONTRADICTION

    @property
    def labels(self) -> list[tuple[str, str]]:
        """Each warning's fingerprint and what a tick beside it is for."""
        return [(one.fingerprint, self.label(one)) for one in self.in_order]

    def label(self, finding: Finding) -> str:
        """What a warning is about, and what it says where most say something else."""
        told = [finding.subject, *self.otherwise(finding)]
        if self.left and finding.fingerprint in self.reasons:
            told.append("A reason is given already")
        return ". ".join(one.rstrip(".") for one in told)

    def otherwise(self, finding: Finding) -> list[str]:
        """What a warning says that most of its kind do not."""
        told = ((finding.words, self.words), (finding.remedy, self.remedy))
        return [words for words, usual in told if words != usual]

    @property
    def hints(self) -> dict[str, str]:
        """Where each stands, word for word."""
        return {one.fingerprint: self.hint(one) for one in self.warnings}

    def hint(self, finding: Finding) -> str:
        return " / ".join(_place(one) for one in finding.clauses)

    @property
    def told(self) -> list[tuple[Finding, list[str]]]:
        """Each warning with what it says that most of its kind do not."""
        return [(one, self.otherwise(one)) for one in self.warnings]

    @property
    def given(self) -> list[tuple[Reason, list[Finding]]]:
        """The reasons given, each once, with what it is for."""
        by_reason: dict[tuple, tuple[Reason, list[Finding]]] = {}
        for one in self.warnings:
            if kept := self.reasons.get(one.fingerprint):
                key = (kept.reason, kept.given_by, kept.given_at)
                by_reason.setdefault(key, (kept, []))[1].append(one)
        return list(by_reason.values())


def _place(clause) -> str:
    where = ", ".join(filter(None, (clause["document"], clause["paragraph"])))
    return f"“{clause['text']}” ({where})"


def groups_of(reliance: Reliance, name: Callable[[str], str] = named) -> list[Group]:
    """The warnings kind by kind, in the order in which the check finds them."""
    by_code: dict[str, list[Finding]] = {}
    for one in reliance.warnings:
        by_code.setdefault(one.code, []).append(one)
    kept = dict(reliance.reasons)
    return [Group(code, name(code), found, kept) for code, found in by_code.items()]


def next_place(groups: Iterable[Group]) -> str:
    """The part of the page with the next kind that has no reason yet."""
    return next((f"#{quote(one.code)}" for one in groups if one.left), "")
