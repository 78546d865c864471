"""Across a deadline: whatever got a receipt was seen at opening, and stamped before it.

Real transactions on real connections. The twins at the end take the lock away and must
lose bids, or the tests above them would prove nothing.
"""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from django.db import connection

from accounts.access import Conflict
from accounts.roles import Role
from bids import actions
from bids.actions import sending
from bids.models import Submission
from bids.refusals import TooLate
from records.clock import database_time
from records.models import AuditEvent
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, tender_with_questions
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db(transaction=True)

BIDS = 30
AT_ONCE = 10
SLOW = 0.15
# As long as the busiest machine may need for what is bound to come.
PATIENCE = 20


class Race:
    """Many bidders submit while an officer and the chair open as soon as they may."""

    def __init__(self, *, bids, seconds_to_deadline):
        self.tender = tender_with_questions()
        self.bids = [complete_draft(tender=self.tender) for _ in range(bids)]
        self.people = {bid.pk: bidder_of(bid.supplier) for bid in self.bids}
        self.team = [team_member(self.tender, role) for role in (Role.OFFICER, Role.CHAIR)]
        self.tender.closes_at = database_time() + timedelta(seconds=seconds_to_deadline)
        self.tender.save()
        self.receipts, self.late, self.other = [], [], []
        self.seen, self.opened = None, threading.Event()

    def run(self):
        with ThreadPoolExecutor(AT_ONCE + 1) as pool:
            opening = pool.submit(self._on_own_connection, self._open)
            for number, bid in enumerate(self.bids):
                pool.submit(self._on_own_connection, self._submit, bid, number)
            opening.result()

    def _on_own_connection(self, work, *args):
        try:
            work(*args)
        finally:
            connection.close()

    def _submit(self, bid, number):
        # Spread over the deadline: most before, some after.
        start = self.tender.closes_at - timedelta(seconds=0.9 - number * 1.2 / len(self.bids))
        time.sleep(max((start - database_time()).total_seconds(), 0))
        try:
            received = actions.submit_bid(
                bid=bid, idempotency_key=uuid.uuid4(), by=self.people[bid.pk]
            )
        except TooLate:
            self.late.append(bid.pk)
        except Exception as error:
            self.other.append(error)
        else:
            self.receipts.append(received.receipt_number)

    def _open(self):
        for person in self.team:
            while True:
                try:
                    actions.open_bids(tender=self.tender, by=person)
                except Conflict:
                    time.sleep(0.005)
                else:
                    break
        self.seen = set(Submission.objects.values_list("receipt_number", flat=True))
        self.opened.set()


def test_no_receipt_is_unseen_at_opening_or_stamped_after_the_deadline(monkeypatch):
    before_keeping(monkeypatch, lambda: time.sleep(SLOW))
    race = Race(bids=BIDS, seconds_to_deadline=1.2)

    race.run()

    recorded = AuditEvent.objects.get(verb="bids.opened").details["received"]
    stamps = Submission.objects.values_list("received_at", flat=True)
    assert race.other == []
    assert len(race.receipts) + len(race.late) == BIDS
    assert race.receipts and race.late
    assert set(race.receipts) == race.seen == {one["receipt"] for one in recorded}
    assert [stamp for stamp in stamps if stamp >= race.tender.closes_at] == []


def test_twin_without_the_lock_a_bid_with_a_receipt_is_missed_by_the_opening(monkeypatch):
    monkeypatch.setattr(sending, "share_tender", lambda tender: None)
    race = Race(bids=BIDS, seconds_to_deadline=1.2)
    before_keeping(monkeypatch, lambda: race.opened.wait(PATIENCE))

    race.run()

    assert set(race.receipts) - race.seen != set()


def before_keeping(monkeypatch, passing):
    """Let time pass between the clock and the commit, as a busy disk would."""
    keep = sending._keep_version

    def late(*args):
        passing()
        return keep(*args)

    monkeypatch.setattr(sending, "_keep_version", late)


class Step:
    """One submit that stops between the clock and the commit until it is told to go on."""

    def __init__(self, monkeypatch):
        self.has_read_the_clock = threading.Event()
        self.may_go_on = threading.Event()
        before_keeping(monkeypatch, self._stop)

    def _stop(self):
        self.has_read_the_clock.set()
        self.may_go_on.wait(2 * PATIENCE)


def open_during_one_submit(monkeypatch, *, seconds):
    """A bid reads the clock just in time; the bids are opened before it commits, if they can."""
    step, race = Step(monkeypatch), Race(bids=1, seconds_to_deadline=0.9)
    with ThreadPoolExecutor(2) as pool:
        pool.submit(race._on_own_connection, race._submit, race.bids[0], 0)
        step.has_read_the_clock.wait(PATIENCE)
        opening = pool.submit(race._on_own_connection, race._open)
        opened_meanwhile = bool(wait([opening], timeout=seconds).done)
        step.may_go_on.set()
        opening.result()
    return race, opened_meanwhile


def test_opening_waits_for_a_bid_that_came_just_in_time(monkeypatch):
    race, opened_meanwhile = open_during_one_submit(monkeypatch, seconds=2)

    assert opened_meanwhile is False
    assert race.seen == set(race.receipts)
    assert len(race.receipts) == 1


def test_twin_without_the_lock_opening_does_not_wait(monkeypatch):
    monkeypatch.setattr(sending, "share_tender", lambda tender: None)

    race, opened_meanwhile = open_during_one_submit(monkeypatch, seconds=PATIENCE)

    assert opened_meanwhile is True
    assert len(race.receipts) == 1
    assert race.seen == set()


def test_five_presses_at_once_with_one_key_make_one_version():
    tender = tender_with_questions()
    bid, key = complete_draft(tender=tender), uuid.uuid4()
    by, answers = bidder_of(bid.supplier), []

    def press():
        try:
            answers.append(actions.submit_bid(bid=bid, idempotency_key=key, by=by).receipt_number)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        for _ in range(5):
            pool.submit(press)

    assert len(answers) == 5
    assert set(answers) == {Submission.objects.get().receipt_number}


def test_two_keys_at_once_make_two_versions_without_a_gap():
    bid = complete_draft()
    by = bidder_of(bid.supplier)

    def press():
        try:
            actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            pool.submit(press)

    versions = Submission.objects.order_by("version").values_list("version", flat=True)
    assert list(versions) == [1, 2, 3, 4]
