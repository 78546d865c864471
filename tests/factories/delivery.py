"""Contracts, promises and returns for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import factory

from accounts.models import User
from accounts.roles import Role
from delivery.models import Contract, Decision, Promise, Return, ReturnLine
from evaluations.cases import scoring_case
from evaluations.models import AgreedMark, Award, Result
from evaluations.scoring import score
from metrics.models import Metric
from tenders.cases import case_without_bids
from tenders.fingerprint import case_hash
from tenders.models import Criterion, Group, Method, Tender
from tests.factories.accounts import SupplierFactory, UserFactory, bidder_of
from tests.factories.bids import received_bid
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory, team_member

AWARDED = datetime(2026, 3, 20, 12, tzinfo=UTC)
BEGINS, ENDS = date(2026, 4, 1), date(2029, 3, 31)
# A day after the first two quarters of the contract.
LATER = datetime(2026, 10, 20, 12, tzinfo=UTC)


class ResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Result

    tender = factory.SubFactory(TenderFactory, locked=True)
    case = factory.LazyFunction(dict)
    result = factory.LazyFunction(lambda: {"bids": {}})
    computed_at = AWARDED


class AwardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Award

    bid = factory.LazyAttribute(lambda it: received_bid(tender=it.tender, won_at=AWARDED))
    tender = factory.SubFactory(TenderFactory, awarded=True)
    result = factory.SubFactory(ResultFactory, tender=factory.SelfAttribute("..tender"))
    reason = "It ranked first."
    contract_manager = factory.SubFactory(UserFactory)
    recommended_by = factory.SubFactory(UserFactory)
    recommended_at = AWARDED
    approved_by = factory.SubFactory(UserFactory)
    approved_at = AWARDED


class ContractFactory(factory.django.DjangoModelFactory):
    """A contract that runs for three years from April 2026; `live` once it has started."""

    class Meta:
        model = Contract

    class Params:
        live = factory.Trait(
            tender=factory.SubFactory(TenderFactory, live=True, starts_on=BEGINS, months=36),
            started_at=AWARDED,
        )

    tender = factory.SubFactory(TenderFactory, awarded=True, starts_on=BEGINS, months=36)
    award = factory.SubFactory(AwardFactory, tender=factory.SelfAttribute("..tender"))
    supplier = factory.SelfAttribute("award.bid.supplier")
    manager = factory.SelfAttribute("award.contract_manager")
    price = Decimal("950000.00")
    starts_on = BEGINS
    ends_on = ENDS
    made_at = AWARDED


def live_contract(**fields) -> Contract:
    """A contract that has started, whose manager is on the tender's team."""
    contract = ContractFactory(live=True, **fields)
    contract.manager = team_member(contract.tender, Role.CONTRACT_MANAGER)
    contract.save()
    return contract


def promise_of(
    contract: Contract, quantity: str = "36", metric: Metric | None = None, **fields
) -> Promise:
    """A promise under a metric that the tender asked."""
    metric = metric or MetricFactory(charter=contract.tender.charter)
    criterion = Criterion.objects.filter(tender=contract.tender, metric=metric).first()
    criterion = criterion or CriterionFactory(
        tender=contract.tender,
        group=Group.SOCIAL_VALUE,
        metric=metric,
        code=metric.code,
        title=metric.short_title,
    )
    return Promise.objects.create(
        **{
            "contract": contract,
            "answer_id": uuid4(),
            "criterion": criterion,
            "metric": metric,
            "quantity_id": metric.code,
            "label": f"Hours under metric {metric.number}",
            "unit": metric.unit,
            "quantity": Decimal(quantity),
            "method_statement": "One visit a term.",
            **fields,
        }
    )


def returned(
    promise: Promise,
    quantity: str,
    *,
    period_from: date = BEGINS,
    period_to: date = date(2026, 6, 30),
    decision: Decision = Decision.WAITING,
    by: User | None = None,
) -> ReturnLine:
    """One line of a return of its own."""
    contract = promise.contract
    sent = Return.objects.create(
        contract=contract,
        period_from=period_from,
        period_to=period_to,
        sent_by=by or bidder_of(contract.supplier),
        sent_at=LATER,
    )
    decided = {} if decision == Decision.WAITING else {
        "decided_by": contract.manager,
        "decided_at": LATER,
        "decision_reason": "Which school?" if decision == Decision.QUERIED else "",
    }  # fmt: skip
    return ReturnLine.objects.create(
        part_of=sent,
        promise=promise,
        quantity=Decimal(quantity),
        decision=decision,
        narrative="Three visits.",
        **decided,
    )


def recommended_award(*, text: str = "We will visit.", quantity: str = "36", **fields) -> Award:
    """A recommendation that waits for approval, with a result the engine really gave."""
    tender: Tender = TenderFactory(locked=True, **fields)
    question = CriterionFactory(tender=tender, code="q1")
    metric = MetricFactory(charter=tender.charter)
    asked = CriterionFactory(
        tender=tender,
        code=metric.code,
        group=Group.SOCIAL_VALUE,
        metric=metric,
        method=Method.TARGET,
        measure=metric.measure,
        title=metric.short_title,
    )
    bid = received_bid(
        tender=tender,
        supplier=SupplierFactory(name="Trent Vale Homes Ltd"),
        answers=[
            _line(question, "We will run it well.", {}),
            _line(asked, text, {metric.code: quantity}),
        ],
    )
    AgreedMark.objects.create(
        bid=bid,
        criterion=question,
        value=4,
        reason="Sound.",
        agreed_by=team_member(tender, Role.CHAIR),
        agreed_at=AWARDED,
        individual_marks=[],
    )
    tender.published_case = case_without_bids(tender)
    tender.case_hash = case_hash(tender.published_case)
    tender.save()
    case = scoring_case(tender)
    return Award.objects.create(
        tender=tender,
        bid=bid,
        result=Result.objects.create(
            tender=tender, case=case, result=score(case), computed_at=AWARDED
        ),
        reason="It ranked first.",
        contract_manager=team_member(tender, Role.CONTRACT_MANAGER),
        recommended_by=team_member(tender, Role.OFFICER),
        recommended_at=AWARDED,
    )


def _line(criterion: Criterion, text: str, quantities: dict) -> dict:
    return {
        "id": str(uuid4()),
        "criterion": criterion.code,
        "text": text,
        "quantities": quantities,
        "files": [],
    }
