"""A draft whose consequences can be seen: a question, flat hours and people per fifty."""

from decimal import Decimal

from accounts.roles import Role
from metrics.models import Metric
from tenders.cases import case_without_bids
from tenders.models import Criterion, Method, Tender
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, ScaleStepFactory, team_member, tender_in

HEADCOUNT = {
    "id": "headcount",
    "label": "People employed on the contract (headcount)",
    "unit": "people",
    "stated_by": "bidder",
}


def people_per_fifty(charter, **fields) -> Metric:
    """One placement per fifty people employed on the contract."""
    return MetricFactory(
        **{
            "charter": charter,
            "number": 19,
            "short_title": "Apprenticeships",
            "unit": "apprenticeships",
            "measure": {
                "id": "m19",
                "target": {"kind": "ratio", "value": "1", "per": "50", "base": "headcount"},
            },
            "bases": [HEADCOUNT],
            **fields,
        }
    )


def ask(tender: Tender, metric: Metric, weight: str = "50", **fields) -> Criterion:
    """Ask bidders for a metric, scored by its target."""
    return CriterionFactory(
        **{
            "tender": tender,
            "code": metric.code,
            "group": "social_value",
            "metric": metric,
            "method": Method.TARGET,
            "title": metric.short_title,
            "weight": Decimal(weight),
            **fields,
        }
    )


def designed(state: str = "D", **fields) -> Tender:
    """A tender that can be scored: 40 price, 50 quality, 10 social value on two metrics."""
    tender = tender_in(state, **fields)
    CriterionFactory(tender=tender, code="q1", title="Running the service")
    hours = MetricFactory(charter=tender.charter, number=5, short_title="Hours with schools")
    ask(tender, hours)
    ask(tender, people_per_fifty(tender.charter))
    for mark in range(6):
        ScaleStepFactory(tender=tender, mark=Decimal(mark), label=f"Mark {mark}")
    if tender.is_public:
        tender.published_case = case_without_bids(tender)
        tender.save()
    return tender


def officer_in(client, tender: Tender):
    """Sign in an officer of this tender."""
    officer = team_member(tender, Role.OFFICER)
    client.force_login(officer)
    return officer
