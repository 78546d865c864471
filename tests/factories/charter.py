"""Charters for tests, in force unless told otherwise."""

from datetime import UTC, datetime, timedelta

import factory

from charter.models import (
    Charter,
    Comment,
    Framework,
    Invitation,
    Mapping,
    Partner,
    Principle,
    Quadrant,
    Theme,
)
from charter.states import CharterStatus, PartnerState
from tests.factories.accounts import AuthorityFactory, UserFactory

SIGNED = datetime(2026, 2, 2, 9, tzinfo=UTC)


class FrameworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Framework
        django_get_or_create = ["code"]

    code = "ppn-06-20"
    title = "Social Value Model"
    member = "theme"
    source = "Procurement Policy Note 06/20"


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ["framework", "number"]

    framework = factory.SubFactory(FrameworkFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Theme {n}")


class CharterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Charter

    class Params:
        draft = factory.Trait(status=CharterStatus.DRAFT, published_at=None)
        superseded = factory.Trait(status=CharterStatus.SUPERSEDED)

    authority = factory.SubFactory(AuthorityFactory)
    code = factory.Sequence(lambda n: f"charter-{n}")
    title = factory.Sequence(lambda n: f"Charter {n}")
    place = "Anytown"
    source = "The charter of Anytown"
    status = CharterStatus.PUBLISHED
    published_at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    rules = factory.LazyFunction(lambda: [ten_percent_overall()])


class QuadrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Quadrant

    charter = factory.SubFactory(CharterFactory)
    code = factory.Sequence(lambda n: f"Q{n}")
    title = factory.Sequence(lambda n: f"Quadrant {n}")
    position = factory.Sequence(lambda n: n)


class PrincipleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Principle

    quadrant = factory.SubFactory(QuadrantFactory)
    code = factory.Sequence(lambda n: f"P{n}")
    short_title = factory.Sequence(lambda n: f"Principle {n}")
    opening = "Creating good work"
    text = "Creating good work for all who live here."
    position = factory.Sequence(lambda n: n)


class MappingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mapping

    principle = factory.SubFactory(PrincipleFactory)
    theme = factory.SubFactory(ThemeFactory)
    is_primary = True


class PartnerFactory(factory.django.DjangoModelFactory):
    """A signature that waits, unless a trait says what became of it."""

    class Meta:
        model = Partner

    class Params:
        decided = factory.Trait(
            decided_by=factory.SubFactory(UserFactory),
            decided_at=SIGNED,
            decision_reason="Signed at the board meeting.",
        )
        confirmed = factory.Trait(decided=True, state=PartnerState.CONFIRMED)
        declined = factory.Trait(decided=True, state=PartnerState.DECLINED)
        withdrawn = factory.Trait(decided=True, state=PartnerState.WITHDRAWN)

    charter = factory.SubFactory(CharterFactory)
    name = factory.Sequence(lambda n: f"Partner {n}")
    statement = "We buy from our neighbours."
    contact_name = "Jo Field"
    contact_email = factory.Sequence(lambda n: f"partner{n}@example.org")
    asked_at = SIGNED


class InvitationFactory(factory.django.DjangoModelFactory):
    """An open invitation to comment on a draft."""

    class Meta:
        model = Invitation

    charter = factory.SubFactory(CharterFactory, draft=True)
    group = factory.Sequence(lambda n: f"Group {n}")
    email = factory.Sequence(lambda n: f"group{n}@example.org")
    sent_by = factory.SubFactory(UserFactory)
    sent_at = SIGNED
    answer_until = factory.LazyFunction(lambda: datetime.now(UTC) + timedelta(days=14))


class CommentFactory(factory.django.DjangoModelFactory):
    """What a colleague said of a draft, not answered yet."""

    class Meta:
        model = Comment

    class Params:
        answered = factory.Trait(
            answer="We have added it.",
            led_to_change=True,
            answered_by=factory.SubFactory(UserFactory),
            answered_at=SIGNED,
        )
        # Sent by the group itself.
        by_link = factory.Trait(
            made_by=None,
            invitation=factory.SubFactory(
                InvitationFactory, charter=factory.SelfAttribute("..charter")
            ),
        )

    charter = factory.SubFactory(CharterFactory, draft=True)
    about = "The whole charter"
    group = factory.Sequence(lambda n: f"Group {n}")
    words = "Say more of the river."
    made_by = factory.SubFactory(UserFactory)
    made_at = SIGNED


def ten_percent_overall() -> dict:
    """The usual rule: social value takes at least 10 % of the whole score."""
    return {
        "id": "ten-percent",
        "minimum_percent": "10",
        "basis": "overall",
        "clause": {
            "document": "Procurement policy",
            "paragraph": "9",
            "text": "Social value takes at least 10 % of the whole score.",
        },
    }
