"""What an authority itself did, for tests."""

from datetime import UTC, datetime

import factory

from metrics.models import AnsweredBy, Lever, OwnResult, ResultEvidence
from records.models import StoredFile
from tests.factories.accounts import UserFactory
from tests.factories.metrics import MetricFactory

# Two quarters of the year that began in April 2026 are over.
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
YEAR = 2026


class OwnMetricFactory(MetricFactory):
    """A metric that the authority answers beside bidders: 36 hours."""

    answered_by = AnsweredBy.BOTH


class OwnResultFactory(factory.django.DjangoModelFactory):
    """18 of 36 hours, as an employer, in the year that began in April 2026."""

    class Meta:
        model = OwnResult

    metric = factory.SubFactory(OwnMetricFactory)
    authority = factory.LazyAttribute(lambda it: it.metric.charter.authority)
    year = YEAR
    lever = Lever.EMPLOYER
    quantities = factory.LazyAttribute(lambda it: {it.metric.code: "18"})
    account = "Staff visited six schools."
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class ResultEvidenceFactory(factory.django.DjangoModelFactory):
    """A file beside a result, known by its name alone."""

    class Meta:
        model = ResultEvidence

    result = factory.SubFactory(OwnResultFactory)
    file = factory.LazyFunction(
        lambda: StoredFile.objects.create(
            name="visits.pdf",
            content_type="application/pdf",
            size=40,
            sha256="a" * 64,
            stored_at=NOW,
        )
    )
