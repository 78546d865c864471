"""Bids are opened by an officer and the chair, both after the deadline."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts.access import Conflict
from accounts.roles import Role
from bids.actions import open_bids
from records.models import AuditEvent
from tenders.models import Assignment, LotGroup
from tenders.states import Stage
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of
from tests.factories.bids import BidFactory, received_bid
from tests.factories.tenders import TenderFactory, team_member, tender_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("order", [(Role.OFFICER, Role.CHAIR), (Role.CHAIR, Role.OFFICER)])
def test_opening_takes_an_officer_and_the_chair_in_any_order(order):
    tender = TenderFactory(closed=True)
    first, second = (team_member(tender, role) for role in order)

    halfway = open_bids(tender=tender, by=first)
    sealed = halfway.are_bids_readable
    opened = open_bids(tender=tender, by=second)

    assert sealed is False
    assert (opened.first_opened_by, opened.opened_by) == (first, second)
    assert (opened.stage, opened.are_bids_readable) == (Stage.OPENED, True)


def test_opening_records_what_was_there():
    bid = received_bid(tender=TenderFactory(closed=True))
    received_bid(tender=bid.tender, withdrawn_at=bid.changed_at)
    BidFactory(tender=bid.tender)

    for role in (Role.OFFICER, Role.CHAIR):
        open_bids(tender=bid.tender, by=team_member(bid.tender, role))

    assert AuditEvent.objects.get(verb="bids.opened").details == {
        "received": [
            {"receipt": bid.last_received.receipt_number, "hash": bid.last_received.content_hash}
        ]
    }


def test_the_procurement_of_a_lot_is_locked_before_the_lot_as_everywhere():
    """In the other order an opening and a cancellation at one moment would wait for each other."""
    tender = TenderFactory(
        closed=True, lot_group=LotGroup.objects.create(authority=AuthorityFactory()), lot_number=1
    )
    officer = team_member(tender, Role.OFFICER)

    with CaptureQueriesContext(connection) as found:
        open_bids(tender=tender, by=officer)

    locked = [one["sql"].split('"')[1] for one in found if "FOR UPDATE" in one["sql"]]
    assert locked[:2] == ["tenders_lotgroup", "tenders_tender"]


def test_one_person_does_not_open_twice():
    tender = TenderFactory(closed=True)
    officer = team_member(tender, Role.OFFICER)
    open_bids(tender=tender, by=officer)

    with pytest.raises(Conflict):
        open_bids(tender=tender, by=officer)

    tender.refresh_from_db()
    assert tender.opened_at is None


def test_two_officers_do_not_open():
    tender = TenderFactory(closed=True)
    open_bids(tender=tender, by=team_member(tender, Role.OFFICER))

    with pytest.raises(Conflict):
        open_bids(tender=tender, by=team_member(tender, Role.OFFICER))


@pytest.mark.parametrize("state", "DPOERMALX")
@pytest.mark.parametrize("role", [Role.OFFICER, Role.CHAIR])
def test_bids_are_opened_only_after_the_deadline_and_once(state, role):
    tender = tender_in(state)

    with pytest.raises(Conflict):
        open_bids(tender=tender, by=team_member(tender, role))


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.APPROVER, Role.CONTRACT_MANAGER])
def test_others_of_the_team_do_not_open(role):
    tender = TenderFactory(closed=True)

    with pytest.raises(PermissionDenied):
        open_bids(tender=tender, by=team_member(tender, role))


def test_a_conflicted_chair_does_not_open():
    tender = TenderFactory(closed=True)

    with pytest.raises(PermissionDenied):
        open_bids(tender=tender, by=team_member(tender, Role.CHAIR, conflicted=True))


def test_a_stranger_finds_nothing_to_open():
    with pytest.raises(Http404):
        open_bids(tender=TenderFactory(closed=True), by=bidder_of(SupplierFactory()))


def test_a_second_chair_does_not_open_after_the_first():
    tender = TenderFactory(closed=True)
    first = team_member(tender, Role.CHAIR)
    open_bids(tender=tender, by=first)
    Assignment.objects.filter(person=first).update(conflicted_at=tender.closes_at)

    with pytest.raises(Conflict):
        open_bids(tender=tender, by=team_member(tender, Role.CHAIR))
