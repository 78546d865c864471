"""What every supplier must deliver: accepted with the bid, promised at award, then reported."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from bids import actions as bids
from bids.unsealing import is_intact
from delivery import actions
from delivery.models import Promise
from design.year import FinancialYear
from records.clock import database_time
from reporting.promises import kept
from tenders.models import Condition
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, received, tender_with_questions
from tests.factories.delivery import ContractFactory, recommended_award
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db


def held_to(tender, measure=None, **fields):
    """A condition of a published tender; 36 hours unless told otherwise."""
    metric = MetricFactory(charter=tender.charter, short_title="School visits", **fields)
    asked = measure or metric.measure
    return Condition.objects.create(tender=tender, metric=metric, reason="All must.", measure=asked)


def test_a_bid_takes_along_what_it_accepts_and_its_receipt_holds(client):
    tender = tender_with_questions()
    condition = held_to(tender, number=9)
    bid = complete_draft(tender=tender)
    bidder = bidder_of(bid.supplier)
    client.force_login(bidder)
    asked = client.get(reverse("bids:submit", args=[bid.pk])).content.decode()

    sent = bids.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=bidder)
    receipt = client.get(reverse("bids:receipt", args=[bid.pk])).content.decode()

    assert "At least 36 hours: Hours planned" in asked
    assert "Accepted as a condition of the contract: School visits" in receipt
    assert received(sent).document["conditions"] == [
        {
            "metric": condition.metric.code,
            "title": "School visits",
            "quantity": "m9",
            "label": "Hours planned",
            "bound": "at least",
            "amount": "36",
            "unit": "hours",
        }
    ]
    assert is_intact(sent, received(sent))


def test_a_bid_for_a_tender_without_conditions_is_spelt_as_ever():
    bid = complete_draft()

    sent = bids.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=bidder_of(bid.supplier))

    assert received(sent).document.keys() == {"answers", "bases", "company", "salt"}


@pytest.fixture
def contract():
    """Of a tender with one scored metric and one condition: 15 hours a month."""
    award = recommended_award(months=36)
    each_month = {"id": "h", "target": {"kind": "period", "value": "15", "base": "months"}}
    quantities = [{"id": "h", "label": "Hours with schools", "unit": "hours"}]
    held_to(award.tender, each_month, quantities=quantities)
    by = team_member(award.tender, Role.APPROVER)
    return actions.approve_award(award=award, by=by, at=database_time())


def test_a_condition_becomes_a_promise_that_no_answer_offered(contract):
    promise = contract.promises.get(criterion=None)

    assert contract.promises.count() == 2
    assert (promise.quantity_id, promise.label, promise.unit, promise.quantity) == (
        "h",
        "Hours with schools",
        "hours",
        Decimal(540),
    )
    assert (promise.answer_id, promise.method_statement) == (None, "")


def test_a_promise_is_called_what_its_quantity_is_at_its_longest():
    award = recommended_award()
    longest = "Hours with schools " + "and colleges " * 20 + "of the town"
    held_to(award.tender, number=9, quantities=[{"id": "m9", "label": longest, "unit": "hours"}])
    by = team_member(award.tender, Role.APPROVER)

    contract = actions.approve_award(award=award, by=by, at=database_time())

    assert len(longest) <= 300
    assert contract.promises.get(criterion=None).label == longest


def test_the_pages_of_a_contract_name_it_a_condition(client, contract):
    client.force_login(contract.manager)

    page = client.get(reverse("delivery:contract", args=[contract.pk])).content.decode()
    notice = client.get(reverse("delivery:notice", args=[contract.tender_id])).content.decode()

    assert page.count("A condition of the contract<") == 1
    assert notice.count("A condition of the contract<") == 1


def test_a_report_counts_it_among_the_promises(contract):
    year = FinancialYear(2026)

    found = kept([contract], date(2027, 3, 31), year)

    assert [(one.label, one.criterion) for one in found if one.label == "Hours with schools"] == [
        ("Hours with schools", "")
    ]
    assert len(found) == 2


def test_where_less_is_better_a_report_calls_nothing_due():
    contract = ContractFactory(made_at=datetime(2026, 4, 1, tzinfo=UTC))
    less = {"id": "t", "direction": "lower", "target": {"kind": "absolute", "value": "5"}}
    condition = held_to(contract.tender, less)
    Promise.objects.create(
        contract=contract,
        metric=condition.metric,
        quantity_id="t",
        label="Tonnes",
        unit="tonnes",
        quantity=5,
    )

    found = kept([contract], date(2027, 3, 31), FinancialYear(2026))[-1]

    assert (found.is_lower_better, found.is_due) == (True, False)
