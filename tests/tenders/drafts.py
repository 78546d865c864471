"""A tender that lacks nothing, and the people of its team, for tests of this app."""

from datetime import UTC, datetime
from decimal import Decimal

from accounts.roles import Role
from tenders import actions
from tenders.checking import reliance_of
from tenders.models import Method, Tender, WarningReason
from tests.factories.accounts import UserFactory, person_in
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import (
    CriterionFactory,
    ScaleStepFactory,
    TenderFactory,
    team_member,
)

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
OPENS = datetime(2026, 6, 8, 8, tzinfo=UTC)
CLOSES = datetime(2026, 7, 6, 11, tzinfo=UTC)


def officer_of(tender: Tender):
    """An officer of this tender."""
    return team_member(tender, Role.OFFICER)


def colleague_of(tender: Tender, role: Role = Role.EVALUATOR):
    """Somebody of the same authority who is not on the team."""
    return person_in(tender.authority, role)


def complete_draft(**fields) -> Tender:
    """A draft that may be published at NOW; its officer is in `officer`."""
    fields = {"opens_at": OPENS, "closes_at": CLOSES, **fields}
    tender = TenderFactory(**fields)
    CriterionFactory(tender=tender, code="q1")
    metric = MetricFactory(charter=tender.charter, number=5)
    CriterionFactory(
        tender=tender,
        code=metric.code,
        group="social_value",
        metric=metric,
        method=Method.TARGET,
    )
    for mark in range(6):
        ScaleStepFactory(tender=tender, mark=Decimal(mark), label=f"Mark {mark}")
    for role in (Role.EVALUATOR, Role.CHAIR, Role.APPROVER):
        team_member(tender, role)
    with_reasons(tender)
    return tender


def with_reasons(tender: Tender) -> None:
    """Somebody has given a reason for everything that the check of its wording warns of."""
    WarningReason.objects.bulk_create(
        WarningReason(
            tender=tender,
            fingerprint=one.fingerprint,
            subject=one.subject,
            words=one.words,
            reason="Read by the legal team.",
            given_by=UserFactory(),
            given_at=NOW,
        )
        for one in reliance_of(tender, NOW).unanswered
    )


def answer(tender: Tender, *, reason: str = "Read by the legal team.", by=None) -> None:
    """An officer gives one reason for all that the check warns of and nobody has answered."""
    left = [one.fingerprint for one in reliance_of(tender, NOW).unanswered]
    by = by or officer_of(tender)
    if left:
        actions.give_reasons(tender=tender, fingerprints=left, reason=reason, by=by, at=NOW)


def published_tender(**fields) -> Tender:
    """A tender published at NOW by its officer."""
    tender = complete_draft(**fields)
    return actions.publish_tender(tender=tender, by=officer_of(tender), at=NOW)
