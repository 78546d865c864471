"""Two approvers, or an approver and an officer, at the same moment: one of them is told.

The twins take the tender's lock away and must go wrong, or the tests beside them would prove
nothing.
"""

import time
from functools import partial

import pytest

from accounts.access import Conflict
from records.models import AuditEvent
from tenders import actions as tendering
from tenders.actions import approvals
from tenders.approval import approved_of, route_of
from tenders.models import Tender
from tests.races import LONG, at_once, slowly
from tests.tenders.approvals import ask, decide, settled_draft
from tests.tenders.departures import LATER, approver_of
from tests.tenders.drafts import CLOSES, OPENS, officer_of

pytestmark = pytest.mark.django_db(transaction=True)


def without_the_lock(tender):
    return Tender.objects.select_related("authority", "charter").get(pk=tender.pk)


def two_approvers(monkeypatch):
    slowly(monkeypatch, approvals, "keep_decision")
    tender = settled_draft()
    asked = ask(tender)
    people = [approver_of(tender) for _ in range(2)]
    came = at_once(*(partial(decide, asked, by=person) for person in people))
    decided = AuditEvent.objects.filter(verb="tender.publication_approved").count()
    return came.count(Conflict), decided


def test_of_two_approvers_at_once_one_decides_and_one_is_told(monkeypatch):
    assert two_approvers(monkeypatch) == (1, 1)


def test_twin_without_the_tender_s_lock_both_decide(monkeypatch):
    monkeypatch.setattr(approvals, "hold_tender", without_the_lock)

    assert two_approvers(monkeypatch) == (0, 2)


def approved_while_the_officer_edits(monkeypatch):
    """How many changes the draft had when it was approved, and what the approval is of."""
    slowly(monkeypatch, approvals, "keep_decision")
    tender = settled_draft()
    asked = ask(tender)
    officer, approver = officer_of(tender), approver_of(tender)
    counted = []
    keep = approvals.keep_decision

    def counting(*what, **about):
        keep(*what, **about)
        counted.append(Tender.objects.get(pk=tender.pk).edits)

    monkeypatch.setattr(approvals, "keep_decision", counting)

    def editing():
        time.sleep(LONG / 2)
        return tendering.set_timetable(
            tender=tender, opens_at=OPENS, closes_at=CLOSES, by=officer, at=LATER
        )

    at_once(partial(decide, asked, by=approver), editing)
    tender.refresh_from_db()
    assert approved_of(tender, route_of(tender, LATER.date())) is None
    return counted == [asked.edits]


def test_nothing_is_changed_while_it_is_being_approved(monkeypatch):
    assert approved_while_the_officer_edits(monkeypatch)


def test_twin_without_the_tender_s_lock_what_is_approved_has_changed(monkeypatch):
    monkeypatch.setattr(approvals, "hold_tender", without_the_lock)

    assert not approved_while_the_officer_edits(monkeypatch)
