"""Whether something may be relied on: what a check finds in it, and the reasons given to go on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from accounts.models import User
from charter.models import Charter
from charter.refusals import Unfit
from metrics.checking import findings_in_charter
from metrics.content import content_of
from metrics.lint import ERROR, Finding, check
from metrics.models import FlagKind, Metric


class Reason(Protocol):
    """Why somebody went on although they knew of a warning."""

    fingerprint: str
    reason: str
    given_by: User
    given_at: datetime


@dataclass(frozen=True)
class Reliance:
    """What a check finds, and the reasons that were given for its warnings."""

    found: Sequence[Finding]
    # By the fingerprint of what each is for; those that are for nothing found do not count.
    reasons: Mapping[str, Reason]

    @cached_property
    def errors(self) -> list[Finding]:
        return [one for one in self.found if one.severity == ERROR]

    @cached_property
    def warnings(self) -> list[Finding]:
        return [one for one in self.found if one.severity != ERROR]

    @cached_property
    def unanswered(self) -> list[Finding]:
        """The warnings for which nobody has given a reason."""
        return [one for one in self.warnings if one.fingerprint not in self.reasons]

    @property
    def needs(self) -> list[str]:
        """What keeps it from being published, in sentences."""
        told = []
        if self.errors:
            places = "; ".join(dict.fromkeys(one.subject for one in self.errors))
            told.append(f"{number_of(len(self.errors), 'error')} to mend: {places}.")
        if self.unanswered:
            count = len(self.unanswered)
            told.append(
                f"{number_of(count, 'warning')} without a reason: give one for "
                f"{'it' if count == 1 else 'each, or one for several'}."
            )
        return told

    def pick(self, fingerprints: Collection[str]) -> list[Finding]:
        """The warnings of these fingerprints, refused where one of them is found no longer."""
        if not fingerprints:
            raise Unfit("warnings", "Tick the warnings that the reason is for.")
        known = {one.fingerprint: one for one in self.warnings}
        gone = sum(one not in known for one in set(fingerprints))
        if gone:
            raise Unfit(
                None,
                f"{number_of(gone, 'warning')} you chose {'is' if gone == 1 else 'are'} no longer "
                "found in these words: something was changed meanwhile. Nothing is saved. What "
                "you wrote is still here. Look at the warnings as they are now, then save again.",
            )
        return [known[one] for one in dict.fromkeys(fingerprints)]


def number_of(count: int, thing: str) -> str:
    """ "1 warning", "3 warnings"."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def reliance_of(charter: Charter, metrics: Iterable[Metric] | None = None) -> Reliance:
    """How far a charter may be relied on, with these metrics or with all it has in the database."""
    every = charter.metrics.with_content() if metrics is None else metrics
    found = findings_in_charter(charter, every)
    kept = charter.known_warnings.select_related("given_by")
    return Reliance(found, {one.fingerprint: one for one in kept})


def errors_by_metric(metrics: Iterable[Metric]) -> dict[int, list[Finding]]:
    """The errors of metrics by their numbers, also of those that are held back."""
    told = [_as_if_offered(content_of(one)) for one in metrics]
    by_number: dict[int, list[Finding]] = {}
    for finding in check(metrics=told, rules=(), clauses=()):
        if finding.severity == ERROR:
            for number in finding.numbers:
                by_number.setdefault(number, []).append(finding)
    return by_number


def _as_if_offered(content: dict) -> dict:
    flags = [one for one in content["flags"] if one["kind"] != FlagKind.HELD_BACK]
    return {**content, "flags": flags}
