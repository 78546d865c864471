"""A later deadline approved while the present one passes: before it, or not at all.

Real transactions on real connections. The twins take the lock away and must move a deadline
that has passed, or refuse a bid that came in time.
"""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from accounts.access import Conflict
from accounts.roles import Role
from bids import actions
from bids.actions import sending, telling
from bids.models import Submission
from bids.refusals import TooLate
from records.clock import database_time
from tenders.models import Extension, Tender
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, tender_with_questions
from tests.factories.conversations import ExtensionFactory
from tests.factories.tenders import team_member
from tests.races import on_own_connection

TO_DEADLINE = 0.8
AFTER = timedelta(seconds=0.3)


class Boundary:
    """A bid, and a later deadline waiting for approval, shortly before the present one."""

    def __init__(self):
        self.tender = tender_with_questions()
        self.bid = complete_draft(tender=self.tender)
        self.bidder = bidder_of(self.bid.supplier)
        self.approver = team_member(self.tender, Role.APPROVER)
        self.old = database_time() + timedelta(seconds=TO_DEADLINE)
        Tender.objects.filter(pk=self.tender.pk).update(closes_at=self.old)
        self.tender.refresh_from_db()
        self.extension = ExtensionFactory(tender=self.tender)

    def submit(self):
        return actions.submit_bid(bid=self.bid, idempotency_key=uuid.uuid4(), by=self.bidder)

    def approve(self):
        return actions.decide_extension(
            extension=self.extension, is_approved=True, by=self.approver
        )


def wait_until(moment):
    time.sleep(max((moment - database_time()).total_seconds(), 0))


def paused(monkeypatch, module, name):
    """Stop one act at this step: the event that it has come there, and the one that lets it go."""
    step, is_there, may_go = getattr(module, name), threading.Event(), threading.Event()

    def stopping(*args, **kwargs):
        is_there.set()
        may_go.wait(4)
        return step(*args, **kwargs)

    monkeypatch.setattr(module, name, stopping)
    return is_there, may_go


def approval_behind_a_bid(monkeypatch):
    """A bid just in time is still being kept when its deadline passes; meanwhile an approval."""
    at = Boundary()
    is_there, may_go = paused(monkeypatch, sending, "_keep_version")
    with ThreadPoolExecutor(2) as pool:
        bid = pool.submit(on_own_connection, at.submit)
        is_there.wait(4)
        approval = pool.submit(on_own_connection, at.approve)
        wait_until(at.old + AFTER)
        may_go.set()
        return at, bid.result(), approval.result()


@pytest.mark.django_db(transaction=True)
def test_an_approval_that_gets_its_turn_after_the_deadline_moves_nothing(monkeypatch):
    at, bid, approval = approval_behind_a_bid(monkeypatch)

    at.tender.refresh_from_db()
    assert approval is Conflict
    assert at.tender.closes_at == at.old
    assert bid.received_at < at.old


def without_the_tender_s_lock(tender):
    return Tender.objects.select_related("authority", "charter").get(pk=tender.pk)


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_a_deadline_that_has_passed_is_moved(monkeypatch):
    monkeypatch.setattr(telling, "hold_tender", without_the_tender_s_lock)

    at, _, approval = approval_behind_a_bid(monkeypatch)

    at.tender.refresh_from_db()
    assert isinstance(approval, Extension)
    assert at.tender.closes_at > at.old


def bid_behind_an_approval(monkeypatch):
    """An approval just in time is still being kept when the deadline passes; meanwhile a bid."""
    at = Boundary()
    is_there, may_go = paused(monkeypatch, telling, "_record_decision")
    with ThreadPoolExecutor(2) as pool:
        approval = pool.submit(on_own_connection, at.approve)
        is_there.wait(4)
        bid = pool.submit(on_own_connection, at.submit)
        wait_until(at.old + AFTER)
        may_go.set()
        return at, bid.result(), approval.result()


@pytest.mark.django_db(transaction=True)
def test_a_bid_that_waited_for_the_approval_has_until_the_new_deadline(monkeypatch):
    at, bid, approval = bid_behind_an_approval(monkeypatch)

    at.tender.refresh_from_db()
    assert isinstance(bid, Submission)
    assert approval.decided_at < at.old < bid.received_at < at.tender.closes_at


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_the_bid_is_judged_by_a_deadline_about_to_move(monkeypatch):
    monkeypatch.setattr(sending, "share_tender", lambda tender: wait_until(tender.closes_at))

    at, bid, _ = bid_behind_an_approval(monkeypatch)

    assert bid is TooLate


@pytest.mark.django_db
def test_a_bid_read_before_the_deadline_moved_is_taken_by_the_new_one():
    bid = complete_draft()
    bid.tender.closes_at = database_time()

    received = actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=bidder_of(bid.supplier))

    assert received.version == 1
