"""Reports for tests, and an authority with something to report."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from accounts.models import Organisation
from charter.states import CharterStatus
from delivery.models import Contract, Decision
from reporting.models import Report
from tenders.models import Group, WeightBasis
from tests.factories.accounts import AuthorityFactory, UserFactory
from tests.factories.charter import CharterFactory, PrincipleFactory, QuadrantFactory
from tests.factories.delivery import AwardFactory, ContractFactory, promise_of, returned
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory

# Two quarters of the year are over.
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
SPRING = (date(2026, 4, 1), date(2026, 6, 30))
SUMMER = (date(2026, 7, 1), date(2026, 9, 30))


class ReportFactory(factory.django.DjangoModelFactory):
    """A report somebody asked for, without a job."""

    class Meta:
        model = Report

    authority = factory.SubFactory(AuthorityFactory)
    year = 2026
    asked_by = factory.SubFactory(UserFactory)
    asked_at = NOW


def file_of(report: Report) -> bytes:
    """The bytes of a report's file."""
    with report.pdf.file.open("rb") as stored:
        return stored.read()


def authority_with_a_year() -> Organisation:
    """One contract begun in April 2026 with three promises, and a tender open for bids.

    36 hours over three years: 12 accepted, 5 waiting, 3 queried; 9 FTE; £1,000 with nothing
    returned. A metric of the charter has no target.
    """
    authority = AuthorityFactory(name="Stafford Borough <Trial>")
    charter = CharterFactory(
        authority=authority, title="Trial charter", status=CharterStatus.PUBLISHED
    )
    skills = QuadrantFactory(charter=charter, title="Employment and skills", position=1)
    green = QuadrantFactory(charter=charter, title="Green and sustainable", position=2)
    jobs = PrincipleFactory(quadrant=skills, code="ES1")
    energy = PrincipleFactory(quadrant=green, code="GS1")
    PrincipleFactory(quadrant=green, code="GS2")
    hours = MetricFactory(charter=charter, principle=jobs, number=5, short_title="School visits")
    people = MetricFactory(
        charter=charter, principle=jobs, number=1, short_title="Local jobs", unit="FTE"
    )
    money = MetricFactory(
        charter=charter, principle=energy, number=9, short_title="Green budget", unit="£"
    )
    MetricFactory(charter=charter, principle=energy, number=6, target_not_set=True)
    contract = _contract(authority, charter)
    visits = promise_of(contract, "36", hours, label="Hours in schools")
    staff = promise_of(contract, "9", people, label="People in work", counting="latest")
    promise_of(contract, "1000", money, label="Money for trees")
    returned(visits, "12", period_from=SPRING[0], period_to=SPRING[1], decision=Decision.ACCEPTED)
    returned(visits, "5", period_from=SUMMER[0], period_to=SUMMER[1])
    returned(visits, "3", period_from=SUMMER[0], period_to=SUMMER[1], decision=Decision.QUERIED)
    returned(staff, "8", period_from=SPRING[0], period_to=SPRING[1], decision=Decision.ACCEPTED)
    returned(staff, "9", period_from=SUMMER[0], period_to=SUMMER[1], decision=Decision.ACCEPTED)
    _open_tender(authority, charter, hours)
    return authority


def _contract(authority, charter) -> Contract:
    tender = TenderFactory(
        live=True,
        authority=authority,
        charter=charter,
        title="Housing repairs",
        starts_on=SPRING[0],
        months=36,
        published_at=datetime(2025, 12, 1, 12, tzinfo=UTC),
        awarded_at=datetime(2026, 3, 20, 12, tzinfo=UTC),
    )
    award = AwardFactory(tender=tender)
    return ContractFactory(
        tender=tender, award=award, started_at=datetime(2026, 4, 1, 12, tzinfo=UTC)
    )


def _open_tender(authority, charter, metric) -> None:
    tender = TenderFactory(
        open=True,
        authority=authority,
        charter=charter,
        title="Community childcare",
        contract_value=Decimal("480000.00"),
        basis=WeightBasis.QUALITY_ELEMENT,
        price_weight=Decimal(40),
        quality_weight=Decimal(60),
        social_value_weight=Decimal(20),
        published_at=datetime(2026, 9, 1, 12, tzinfo=UTC),
    )
    CriterionFactory(tender=tender, group=Group.SOCIAL_VALUE, metric=metric, code=metric.code)
