"""Charters for tests, in force unless told otherwise."""

from datetime import UTC, datetime

import factory

from charter.models import Charter, Framework, Mapping, Principle, Quadrant, Theme
from charter.states import CharterStatus
from tests.factories.accounts import AuthorityFactory


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
