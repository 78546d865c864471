"""Tenders for tests, in every state of their life."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory

from accounts.models import User
from accounts.roles import Role
from tenders.approval import route_of
from tenders.models import (
    Assignment,
    ContractKind,
    Criterion,
    Group,
    Method,
    PublicationApproval,
    ScaleStep,
    Tender,
)
from tenders.policy import policy_day
from tenders.states import Stage
from tests.factories.accounts import (
    AuthorityFactory,
    MembershipFactory,
    UserFactory,
    person_in,
)
from tests.factories.charter import CharterFactory

CREATED = datetime(2026, 2, 2, 9, tzinfo=UTC)


def _ago(**span) -> datetime:
    return datetime.now(UTC) - timedelta(**span)


def _ahead(**span) -> datetime:
    return datetime.now(UTC) + timedelta(**span)


class TenderFactory(factory.django.DjangoModelFactory):
    """A draft, unless a trait says where it stands."""

    class Meta:
        model = Tender

    class Params:
        # Published and not yet open for bids (P), open (O), closed and sealed (C).
        published = factory.Trait(
            stage=Stage.PUBLISHED,
            published_at=CREATED,
            published_case={},
            case_hash="0" * 64,
            opens_at=factory.LazyFunction(lambda: _ahead(days=1)),
            closes_at=factory.LazyFunction(lambda: _ahead(days=30)),
        )
        open = factory.Trait(published=True, opens_at=factory.LazyFunction(lambda: _ago(days=3)))
        closed = factory.Trait(
            published=True,
            opens_at=factory.LazyFunction(lambda: _ago(days=30)),
            closes_at=factory.LazyFunction(lambda: _ago(hours=1)),
        )
        opened = factory.Trait(
            closed=True,
            stage=Stage.OPENED,
            first_opened_at=factory.LazyFunction(lambda: _ago(minutes=50)),
            opened_at=factory.LazyFunction(lambda: _ago(minutes=49)),
        )
        moderating = factory.Trait(
            opened=True,
            stage=Stage.MODERATING,
            moderation_opened_at=factory.LazyFunction(lambda: _ago(minutes=40)),
        )
        locked = factory.Trait(
            moderating=True,
            stage=Stage.LOCKED,
            locked_at=factory.LazyFunction(lambda: _ago(minutes=30)),
        )
        awarded = factory.Trait(
            locked=True,
            stage=Stage.AWARDED,
            awarded_at=factory.LazyFunction(lambda: _ago(minutes=20)),
        )
        live = factory.Trait(
            awarded=True,
            stage=Stage.LIVE,
            live_at=factory.LazyFunction(lambda: _ago(minutes=10)),
        )
        cancelled = factory.Trait(
            open=True,
            stage=Stage.CANCELLED,
            cancelled_at=factory.LazyFunction(lambda: _ago(minutes=5)),
            cancelled_because="The need has gone.",
        )

    authority = factory.SubFactory(AuthorityFactory)
    charter = factory.SubFactory(CharterFactory, authority=factory.SelfAttribute("..authority"))
    title = factory.Sequence(lambda n: f"Housing repairs {n}")
    summary = "Repairs and maintenance of homes."
    kind = ContractKind.SERVICES
    contract_value = Decimal("1000000.00")
    starts_on = date(2027, 4, 1)
    months = 36
    price_full_at = Decimal("800000.00")
    price_zero_at = Decimal("1600000.00")
    created_at = CREATED


# The letter of each state and the trait that brings a tender there.
TRAITS = {
    "D": "",
    "P": "published",
    "O": "open",
    "C": "closed",
    "E": "opened",
    "R": "moderating",
    "M": "locked",
    "A": "awarded",
    "L": "live",
    "X": "cancelled",
}


def tender_in(state: str, **fields) -> Tender:
    """A tender in the state of this letter (tenders.states.State)."""
    trait = TRAITS[state]
    return TenderFactory(**({trait: True} if trait else {}), **fields)


class CriterionFactory(factory.django.DjangoModelFactory):
    """A quality question, marked; it is the whole of its group."""

    class Meta:
        model = Criterion

    tender = factory.SubFactory(TenderFactory)
    code = factory.Sequence(lambda n: f"q{n}")
    group = Group.QUALITY
    title = factory.Sequence(lambda n: f"Quality question {n}")
    question = "How will you run the service?"
    weight = Decimal(100)
    method = Method.MARKS


class ScaleStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ScaleStep

    tender = factory.SubFactory(TenderFactory)
    mark = Decimal(0)
    label = "Unacceptable"
    descriptor = "No answer, or one that gives no confidence."


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    tender = factory.SubFactory(TenderFactory)
    role = Role.OFFICER
    assigned_at = CREATED


def approved_to_publish(tender: Tender) -> Tender:
    """Whoever its policy names has approved the draft as it stands, where the policy names one."""
    decides = route_of(tender, policy_day(tender, CREATED)).decides
    if decides:
        edits = Tender.objects.values_list("edits", flat=True).get(pk=tender.pk)
        PublicationApproval.objects.create(
            tender=tender,
            edits=edits,
            decides=decides,
            asked_by=UserFactory(),
            asked_at=CREATED,
            is_approved=True,
            decided_by=UserFactory(),
            decided_at=CREATED,
            decided_by_body=decides[:200],
            decided_on=CREATED.date(),
            minute_reference="M 1",
        )
    return tender


def approver_instead(tender: Tender, person: User) -> None:
    """Make somebody the tender's approver and nothing else on it, in the authority as well."""
    MembershipFactory(user=person, organisation=tender.authority, role=Role.APPROVER)
    tender.assignments.filter(person=person).delete()
    AssignmentFactory(tender=tender, person=person, role=Role.APPROVER)


def team_member(
    tender: Tender, role: Role, *, conflicted: bool = False, declared: bool = True
) -> User:
    """A person of the authority who holds this role on this tender."""
    home_role = Role.EVALUATOR if role == Role.CHAIR else role
    person = person_in(tender.authority, home_role)
    person.memberships.update(engaged_at=CREATED)
    AssignmentFactory(
        tender=tender,
        person=person,
        role=role,
        declared_at=_ago(days=2) if declared else None,
        conflicted_at=_ago(days=1) if conflicted else None,
    )
    return person
