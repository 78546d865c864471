"""Questions, followers and later deadlines for tests."""

from datetime import UTC, datetime, timedelta

import factory

from accounts.roles import Role
from tenders.models import Extension, Follower, Question
from tests.factories.accounts import SupplierFactory, UserFactory, bidder_of
from tests.factories.tenders import TenderFactory, team_member

ASKED = datetime(2026, 3, 2, 9, tzinfo=UTC)


class QuestionFactory(factory.django.DjangoModelFactory):
    """A question that waits, unless it is `answered`."""

    class Meta:
        model = Question

    class Params:
        answered = factory.Trait(
            public_text="May bidders visit the site?",
            answer="On Mondays.",
            answered_by=factory.SubFactory(UserFactory),
            answered_at=ASKED + timedelta(days=1),
        )

    tender = factory.SubFactory(TenderFactory, open=True)
    asked_for = factory.SubFactory(SupplierFactory)
    asked_by = factory.LazyAttribute(lambda question: bidder_of(question.asked_for))
    asked_at = ASKED
    text = "May we visit the site?"


class FollowerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Follower

    tender = factory.SubFactory(TenderFactory, open=True)
    person = factory.SubFactory(UserFactory)
    since = ASKED


class ExtensionFactory(factory.django.DjangoModelFactory):
    """A week more, proposed and not decided."""

    class Meta:
        model = Extension

    tender = factory.SubFactory(TenderFactory, open=True)
    former_closes_at = factory.SelfAttribute("tender.closes_at")
    closes_at = factory.LazyAttribute(lambda one: one.former_closes_at + timedelta(days=7))
    reason = "A drawing came late."
    proposed_by = factory.LazyAttribute(lambda one: team_member(one.tender, Role.OFFICER))
    proposed_at = ASKED
