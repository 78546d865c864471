"""An award makes a contract; its promises are the bid's, word for word."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Conflict
from accounts.roles import Role
from delivery import actions
from delivery.models import Contract, Promise
from delivery.progress import ADDED_UP
from records.clock import database_time
from records.models import AuditEvent
from tenders.models import Assignment
from tenders.states import Stage
from tests.factories.delivery import LATER, ContractFactory, recommended_award
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db


def approve(award, by=None):
    by = by or team_member(award.tender, Role.APPROVER)
    return actions.approve_award(award=award, by=by, at=database_time())


def test_approving_makes_the_contract_in_the_same_moment():
    award = recommended_award()

    contract = approve(award)

    award.refresh_from_db()
    award.tender.refresh_from_db()
    assert award.approved_at == contract.made_at
    assert award.tender.stage == Stage.AWARDED
    assert contract.supplier == award.bid.supplier
    assert contract.manager == award.contract_manager
    assert contract.price == Decimal("950000.00")


def test_a_contract_runs_for_the_months_published():
    award = recommended_award(months=36)

    contract = approve(award)

    assert contract.starts_on == award.tender.starts_on
    assert (contract.ends_on + timedelta(days=1)).isoformat() == "2030-04-01"


def test_promises_are_the_commitments_received_byte_for_byte():
    text = "Visits to 6 schools –\r\n  “twice” a year;  no more…\n\n\t😀 <b>"
    award = recommended_award(text=text, quantity="36.000000001")
    line = award.bid.submissions.get().document["answers"][1]

    promise = approve(award).promises.get()

    assert promise.method_statement == text == line["text"]
    assert str(promise.answer_id) == line["id"]
    assert promise.quantity == Decimal("36.000000001")
    assert promise.counting == ADDED_UP


def test_a_later_draft_of_the_bid_does_not_change_the_promise():
    award = recommended_award()
    award.bid.answers.all().delete()

    assert approve(award).promises.get().quantity == 36


def test_a_commitment_of_nothing_is_a_promise_of_nothing():
    assert approve(recommended_award(quantity="0")).promises.get().quantity == 0


def test_the_named_manager_joins_the_team_once():
    award = recommended_award()
    award.tender.assignments.filter(person=award.contract_manager).delete()

    approve(award)

    role = Assignment.objects.get(tender=award.tender, person=award.contract_manager).role
    assert role == Role.CONTRACT_MANAGER


def test_approving_leaves_an_audit_event_with_every_promise():
    award = recommended_award()

    contract = approve(award)

    event = AuditEvent.objects.get(verb="contract.made")
    assert event.target_id == str(contract.pk)
    assert event.details["promises"] == {contract.promises.get().quantity_id: "36"}
    assert event.details["content_hash"] == award.bid.last_received.content_hash


def test_whoever_recommended_cannot_approve_and_no_contract_is_made():
    award = recommended_award()

    with pytest.raises(PermissionDenied):
        approve(award, by=award.recommended_by)

    assert Contract.objects.count() == Promise.objects.count() == 0


def test_an_award_is_approved_once():
    award = recommended_award()
    approve(award)

    with pytest.raises(Conflict):
        approve(award)

    assert Contract.objects.count() == 1


def test_the_manager_starts_the_contract():
    contract = ContractFactory()
    manager = team_member(contract.tender, Role.CONTRACT_MANAGER)

    actions.start_contract(contract=contract, by=manager, at=LATER)

    contract.refresh_from_db()
    contract.tender.refresh_from_db()
    assert contract.started_at == LATER
    assert contract.tender.stage == Stage.LIVE
    assert AuditEvent.objects.filter(verb="contract.started").count() == 1


def test_a_contract_starts_once():
    contract = ContractFactory()
    manager = team_member(contract.tender, Role.CONTRACT_MANAGER)
    actions.start_contract(contract=contract, by=manager, at=LATER)

    with pytest.raises(Conflict, match="already started"):
        actions.start_contract(contract=contract, by=manager, at=LATER)


def test_an_officer_does_not_start_the_contract():
    contract = ContractFactory()

    with pytest.raises(PermissionDenied):
        actions.start_contract(
            contract=contract, by=team_member(contract.tender, Role.OFFICER), at=LATER
        )
