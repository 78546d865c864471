"""What was thought and planned before a tender, for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from django.core.files.base import ContentFile

from records.models import StoredFile
from tenders.choices import Audience, ContractKind, Suitability
from tenders.models import Consultation, Groundwork, GroundworkFile, PlannedContract
from tests.factories.accounts import AuthorityFactory, UserFactory
from tests.factories.charter import CharterFactory

BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)


class PlannedContractFactory(factory.django.DjangoModelFactory):
    """A contract that nobody has thought about further, in the plan that begins in April 2026."""

    class Meta:
        model = PlannedContract

    class Params:
        thought_through = factory.Trait(
            responsible="Housing procurement lead",
            target_groups=["Care leavers"],
            programmes=["Apprenticeship hub"],
            suitability=Suitability.SUITABLE,
        )
        unsuitable = factory.Trait(
            suitability=Suitability.UNSUITABLE,
            suitability_reason="The market has one supplier, abroad.",
        )

    authority = factory.SubFactory(AuthorityFactory)
    charter = factory.SubFactory(CharterFactory, authority=factory.SelfAttribute("..authority"))
    year = 2026
    title = factory.Sequence(lambda n: f"Planned repairs {n}")
    kind = ContractKind.WORKS
    contract_value = Decimal("250000.00")
    months = 24
    begins_on = date(2026, 9, 1)
    added_by = factory.SubFactory(UserFactory)
    added_at = BEGUN


class GroundworkFactory(factory.django.DjangoModelFactory):
    """A record just begun, unless a trait says that its parts are answered."""

    class Meta:
        model = Groundwork

    class Params:
        answered = factory.Trait(
            economic="Six apprentices in homes we own.",
            social="Tenants choose the order of the works.",
            environmental="Old kitchens are mended or given away.",
            learned="Ask for apprentices; leave volunteering out.",
            agreed="One apprentice for each £500,000.",
            agreed_on=date(2026, 3, 20),
        )

    authority = factory.SubFactory(AuthorityFactory)
    title = factory.Sequence(lambda n: f"Repairs thought through {n}")
    begun_by = factory.SubFactory(UserFactory)
    begun_at = BEGUN
    changed_at = BEGUN


class ConsultationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consultation

    groundwork = factory.SubFactory(GroundworkFactory)
    audience = Audience.RESIDENTS
    who = factory.Sequence(lambda n: f"Tenants of block {n}")
    how = "A public meeting"
    held_on = date(2026, 3, 9)
    people = 14
    learned = "They want one visit, not five."


class GroundworkFileFactory(factory.django.DjangoModelFactory):
    """A file with something in it."""

    class Meta:
        model = GroundworkFile

    class Params:
        words = "notes"

    groundwork = factory.SubFactory(GroundworkFactory)
    about = "Notes of the meeting"

    @factory.lazy_attribute
    def file(self):
        stored = StoredFile(
            name="notes.csv",
            content_type="text/csv",
            size=len(self.words),
            sha256="b" * 64,
            stored_at=BEGUN,
        )
        stored.file.save("kept", ContentFile(self.words.encode()), save=False)
        stored.save()
        return stored
