"""Funding rounds and business cases for tests, marked and locked."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from accounts.models import User
from accounts.roles import Role
from bids.models import Bid
from evaluations import actions
from evaluations.cases import scoring_case
from evaluations.models import AgreedMark, Programme, Result
from evaluations.scoring import score
from tenders.cases import case_without_bids
from tenders.fingerprint import case_hash
from tenders.models import Case, Criterion, Gate, Group, Method, Opportunity, Tender
from tests.factories.accounts import SupplierFactory
from tests.factories.bids import received_bid
from tests.factories.charter import PrincipleFactory, QuadrantFactory
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory, team_member

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIELDS = {"LG": "Local growth", "SK": "Skills"}


@dataclass(frozen=True)
class Project:
    """What one applicant offers: its mark of 5, what it asks for, hours of 36 for each field."""

    name: str
    mark: int
    asks: str
    hours: dict = field(default_factory=dict)


# In points: A 80, B 50, C 50; A and C serve local growth, B serves skills.
THREE = (
    Project("A", 5, "600000.00", {"LG": "36", "SK": "0"}),
    Project("B", 3, "500000.00", {"LG": "0", "SK": "36"}),
    Project("C", 2, "400000.00", {"LG": "36", "SK": "0"}),
)


@dataclass
class Locked:
    """A locked round, its people and its bids in the order they were given."""

    tender: Tender
    officer: User
    approver: User
    manager: User
    chair: User
    bids: list[Bid]

    @property
    def result(self) -> Result:
        return self.tender.results.live().get()

    def refresh(self) -> Tender:
        return Tender.objects.select_related("authority").get(pk=self.tender.pk)


def funding_round(
    *projects: Project,
    budget: str = "900000.00",
    coverage: dict | None = None,
    least_mark: int = 0,
    opportunity: Opportunity = Opportunity.FUNDING_ROUND,
    **fields,
) -> Locked:
    """Marked projects: 50 points by mark, 30 for hours of local growth, 20 for those of skills."""
    half = Decimal(50)
    weights = {"price_weight": Decimal(0), "quality_weight": half, "social_value_weight": half}
    tender = TenderFactory(
        locked=True,
        opportunity=opportunity,
        kind="",
        contract_value=Decimal(budget),
        coverage=coverage or {},
        **weights,
        **fields,
    )
    question, metrics = _asked(tender)
    if least_mark:
        Gate.objects.create(
            tender=tender, criterion=question, minimum_percent=Decimal(20 * least_mark)
        )
    tender.published_case = case_without_bids(tender)
    tender.case_hash = case_hash(tender.published_case)
    tender.save()
    made = Locked(
        tender=tender,
        officer=team_member(tender, Role.OFFICER),
        approver=team_member(tender, Role.APPROVER),
        manager=team_member(tender, Role.CONTRACT_MANAGER),
        chair=team_member(tender, Role.CHAIR),
        bids=[],
    )
    made.bids = [_bid(made, question, metrics, one) for one in projects or THREE]
    case = scoring_case(tender)
    Result.objects.create(tender=tender, case=case, result=score(case), computed_at=AT)
    return made


def business_cases(*projects: Project, budget: str = "1000000.00", **fields) -> Locked:
    """Business cases: the question belongs to the management case, the metrics to the strategic."""
    return funding_round(*projects, budget=budget, opportunity=Opportunity.BUSINESS_CASE, **fields)


def _asked(tender: Tender) -> tuple[Criterion, dict[str, Criterion]]:
    is_of_cases = tender.opportunity == Opportunity.BUSINESS_CASE
    question = CriterionFactory(
        tender=tender, code="q1", title="Running it", case=Case.MANAGEMENT if is_of_cases else ""
    )
    metrics = {}
    for (code, title), weight in zip(FIELDS.items(), (60, 40), strict=True):
        quadrant = QuadrantFactory(charter=tender.charter, code=code, title=title)
        metric = MetricFactory(
            charter=tender.charter, principle=PrincipleFactory(quadrant=quadrant)
        )
        metrics[code] = CriterionFactory(
            tender=tender,
            code=metric.code,
            title=f"Hours for {title.lower()}",
            group=Group.SOCIAL_VALUE,
            metric=metric,
            measure=metric.measure,
            method=Method.TARGET,
            weight=Decimal(weight),
        )
    return question, metrics


def _bid(made: Locked, question: Criterion, metrics: dict, project: Project) -> Bid:
    hours = {"LG": "0", "SK": "0", **project.hours}
    quantities = {one.code: {one.code: hours[field]} for field, one in metrics.items()}
    bid = received_bid(
        tender=made.tender,
        supplier=SupplierFactory(name=project.name),
        price=project.asks,
        answers=[
            {
                "id": str(uuid4()),
                "criterion": one.code,
                "text": f"Our answer on {one.title.lower()}.",
                "quantities": quantities.get(one.code, {}),
                "files": [],
            }
            for one in (question, *metrics.values())
        ],
    )
    AgreedMark.objects.create(
        bid=bid,
        criterion=question,
        value=project.mark,
        reason="The panel agreed on the strength of the plan.",
        agreed_by=made.chair,
        agreed_at=AT,
        individual_marks=[],
    )
    return bid


def recommended_round(
    *projects: Project, fund: tuple = (1, 2), **fields
) -> tuple[Locked, Programme]:
    """A funding round with a recommendation that waits: B and C, the best set, unless told."""
    made = funding_round(*projects, **fields)
    programme = actions.recommend_programme(
        tender=made.tender,
        funded=[made.bids[place] for place in fund],
        reason="They are the best set.",
        contract_manager=made.manager,
        by=made.officer,
        at=AT,
    )
    return made, programme


def recommended_cases(*projects: Project, fund: tuple = (0,), **fields) -> tuple[Locked, Programme]:
    """Business cases with a recommendation that waits: the first is to be funded, unless told."""
    made = business_cases(*projects, **fields)
    programme = actions.recommend_on_cases(
        tender=made.tender,
        decisions={bid: (place in fund, f"Reason {place}.") for place, bid in enumerate(made.bids)},
        contract_manager=made.manager,
        by=made.officer,
        at=AT,
    )
    return made, programme
