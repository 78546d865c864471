"""What the check of a tender's wording finds, and where each of it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from charter.proportion import Asked, Duty
from metrics.lint import Finding
from metrics.presenters.checks import named as named_of_a_charter
from metrics.presenters.reasons import Group, groups_of
from metrics.reliance import Reliance
from tenders.checking import reliance_of, reliance_under
from tenders.models import Criterion, Tender, WarningReason

# What only the check of a tender finds.
OWN_KINDS = {
    "held-back": "Held back since it was chosen",
    "target-needed": "Scored by a target that is not set",
    "left-out": "Social value left out",
}


@dataclass(frozen=True)
class Place:
    """Where an officer mends something."""

    words: str
    href: str


@dataclass(frozen=True)
class Wording:
    """What is found in a tender, sorted as an officer deals with it."""

    tender: Tender
    asked: Asked
    reliance: Reliance

    @property
    def groups(self) -> list[Group]:
        return groups_of(self.reliance, named)

    @property
    def contradictions(self) -> Sequence[tuple[Duty, Duty]]:
        """Rules of the policy of which this tender has not said which it follows."""
        return self.asked.unsettled

    @property
    def errors(self) -> list[tuple[Finding, list[Place]]]:
        """What is to be mended, and where."""
        return [(one, self.places_of(one)) for one in self.reliance.errors]

    def places_of(self, finding: Finding) -> list[Place]:
        criteria = [one for one in self.tender.criteria.all() if _is_about(finding, one)]
        return [place for one in criteria for place in _places(self.tender, one)]


def wording_of(tender: Tender, asked: Asked) -> Wording:
    """What the check finds in a tender whose policy asks this."""
    return Wording(tender, asked, reliance_under(tender, asked))


def reasons_that_count(tender: Tender, now: datetime) -> list[WarningReason]:
    """The reasons given for what the check warns of now, in the order in which it is found."""
    reliance = reliance_of(tender, now)
    kept = reliance.reasons
    return [kept[one.fingerprint] for one in reliance.warnings if one.fingerprint in kept]


def named(code: str) -> str:
    """A kind of fault in words."""
    return OWN_KINDS.get(code) or named_of_a_charter(code)


def _is_about(finding: Finding, criterion: Criterion) -> bool:
    return criterion.metric is not None and criterion.metric.number in finding.numbers


def _places(tender: Tender, criterion: Criterion) -> list[Place]:
    told = (
        ("Change what is asked", "tenders:edit_criterion"),
        ("Remove it from this tender", "tenders:remove_criterion"),
    )
    return [Place(words, reverse(name, args=[tender.pk, criterion.pk])) for words, name in told]
