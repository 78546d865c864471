"""A charter that holds something of everything, and who may change it, for tests of its life."""

from datetime import UTC, date, datetime

from accounts.models import Organisation
from accounts.roles import Role
from charter.decisions import Decision
from charter.models import Charter, Principle
from metrics.actions import give_reasons
from metrics.actions.reasons import keep_reasons
from metrics.models import FlagKind, KnownWarning
from metrics.reliance import reliance_of
from tests.factories.accounts import person_in
from tests.factories.charter import (
    CharterFactory,
    MappingFactory,
    PrincipleFactory,
    QuadrantFactory,
    ThemeFactory,
)
from tests.factories.metrics import MetricFactory, MetricFlagFactory

# Noon in London, in summer.
NOW = datetime(2026, 6, 1, 11, tzinfo=UTC)
LATER = datetime(2026, 7, 1, 11, tzinfo=UTC)
CLAUSE = {
    "id": "review",
    "kind": "review",
    "heading": "Every spring",
    "document": "Policy",
    "paragraph": "12",
    "text": "The policy is reviewed every April.",
    "facts": {"month": "4"},
}


def administrator_of(authority: Organisation):
    """Somebody who may adopt, change and publish there."""
    return person_in(authority, Role.ADMINISTRATOR)


def decision(**fields) -> Decision:
    """A sound decision at NOW."""
    told = {
        "body": "Cabinet",
        "decided_on": date(2026, 5, 20),
        "minute_reference": "CB.12/26",
        "effective_from": date(2026, 6, 1),
    }
    return Decision(**{**told, **fields})


def whole_charter(**fields) -> Charter:
    """A charter in force: two quadrants, three principles, three metrics, two of them overlap."""
    charter = CharterFactory(
        **{"ambition": "To thrive.", "clauses": [CLAUSE, {**CLAUSE, "id": "audit"}], **fields}
    )
    work, green = [QuadrantFactory(charter=charter, code=code) for code in ("ES", "GS")]
    jobs = PrincipleFactory(quadrant=work, code="ES1", short_title="Jobs")
    PrincipleFactory(quadrant=work, code="ES2", short_title="Skills")
    energy = PrincipleFactory(quadrant=green, code="GS1", short_title="Energy")
    MappingFactory(principle=jobs, theme=ThemeFactory(number=1))
    MappingFactory(principle=energy, theme=ThemeFactory(number=3))
    hours = MetricFactory(charter=charter, principle=jobs, number=1)
    staff = MetricFactory(charter=charter, principle=jobs, number=2, share_of_headcount=True)
    unset = MetricFactory(charter=charter, principle=energy, number=3, target_not_set=True)
    MetricFlagFactory(metric=hours, kind=FlagKind.COMPOUND)
    staff.overlaps.add(unset)
    with_reasons(charter)
    return charter


def with_reasons(charter: Charter) -> list[KnownWarning]:
    """Somebody has given a reason for everything that a check warns of in it."""
    warnings = reliance_of(charter).warnings
    by = administrator_of(charter.authority)
    return keep_reasons(charter, warnings, reason="Read by the board.", by=by, at=NOW)


def answer(draft: Charter, *, reason: str = "Read by the board.", by=None) -> list[KnownWarning]:
    """An administrator gives one reason for all the warnings of a draft that have none."""
    left = [one.fingerprint for one in reliance_of(draft).unanswered]
    by = by or administrator_of(draft.authority)
    return give_reasons(charter=draft, fingerprints=left, reason=reason, by=by, at=NOW)


def empty_draft(**fields) -> Charter:
    """A draft with one principle, so that it may be published."""
    charter = CharterFactory(draft=True, **fields)
    PrincipleFactory(quadrant__charter=charter)
    return charter


def principles_of(charter: Charter):
    """Its principles in the order of their codes."""
    return Principle.objects.filter(quadrant__charter=charter).order_by("code")
