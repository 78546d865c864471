"""People and organisations for tests."""

from datetime import UTC, datetime, timedelta

import factory
from django.utils import timezone

from accounts.models import (
    ColleagueInvitation,
    Dealing,
    Membership,
    Organisation,
    OrganisationKind,
    User,
)
from accounts.roles import Role

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    created_at = LONG_AGO


class AuthorityFactory(OrganisationFactory):
    name = factory.Sequence(lambda n: f"Authority {n}")
    kind = OrganisationKind.AUTHORITY


class SupplierFactory(OrganisationFactory):
    name = factory.Sequence(lambda n: f"Company {n}")
    kind = OrganisationKind.SUPPLIER


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"  # nobody signs in with it; tests use force_login


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(AuthorityFactory)
    role = Role.OFFICER
    since = LONG_AGO


class DealingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dealing

    authority = factory.SubFactory(AuthorityFactory)
    supplier = factory.SubFactory(SupplierFactory)
    since = LONG_AGO


class ColleagueInvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ColleagueInvitation

    company = factory.SubFactory(SupplierFactory)
    full_name = "Grace Hopper"
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    sent_by = factory.SubFactory(UserFactory)
    sent_at = LONG_AGO
    answer_until = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


def person_in(organisation: Organisation, *roles: Role) -> User:
    """A person who holds these roles in this organisation."""
    person = UserFactory()
    for role in roles:
        MembershipFactory(user=person, organisation=organisation, role=role)
    return person


def bidder_of(company: Organisation) -> User:
    """A person who bids for this company."""
    return person_in(company, Role.BIDDER)
