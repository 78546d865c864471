"""Two people at one record, or at a record and its tender, at the same moment: one is told.

The twins take a lock away and must go wrong, or the tests beside them would prove nothing.
"""

import time

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from accounts.access import Conflict
from charter.refusals import Unfit
from tenders.actions import groundwork as actions
from tenders.actions import life
from tenders.models import Groundwork, Tender
from tests.factories.planning import GroundworkFactory, PlannedContractFactory
from tests.races import LONG, at_once, slowly
from tests.tenders.drafts import NOW, complete_draft, officer_of
from tests.tenders.early import draft_of, officer_at

pytestmark = pytest.mark.django_db(transaction=True)


def without_the_row_lock(self, **kwargs):
    return self.all()


def without_the_tender_s_lock(tender):
    return Tender.objects.select_related("authority", "charter").get(pk=tender.pk)


def two_records_into_one_tender(monkeypatch):
    slowly(monkeypatch, actions, "_keep")
    one = GroundworkFactory()
    two = GroundworkFactory(authority=one.authority)
    officer = officer_at(one.authority)
    draft = draft_of(officer, one.authority)
    return at_once(
        *(
            lambda record=record: actions.use_in_tender(
                groundwork=record, tender=draft, by=officer, at=NOW
            )
            for record in (one, two)
        )
    )


def test_of_two_records_put_into_one_tender_at_once_one_stands_there(monkeypatch):
    assert two_records_into_one_tender(monkeypatch).count(Unfit) == 1


def test_twin_without_the_tender_s_lock_the_second_breaks_on_the_database(monkeypatch):
    monkeypatch.setattr(actions, "hold_tender", without_the_tender_s_lock)

    assert two_records_into_one_tender(monkeypatch).count(IntegrityError) == 1


def one_record_into_two_tenders(monkeypatch):
    slowly(monkeypatch, actions, "_keep")
    record = GroundworkFactory()
    officer = officer_at(record.authority)
    drafts = [draft_of(officer, record.authority) for _ in range(2)]
    return at_once(
        *(
            lambda draft=draft: actions.use_in_tender(
                groundwork=record, tender=draft, by=officer, at=NOW
            )
            for draft in drafts
        )
    )


def test_one_record_put_into_two_tenders_at_once_stands_in_one(monkeypatch):
    assert one_record_into_two_tenders(monkeypatch).count(Conflict) == 1


def test_twin_without_its_lock_both_are_told_that_it_stands_in_theirs(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", without_the_row_lock)

    assert one_record_into_two_tenders(monkeypatch).count(Conflict) == 0


def two_records_of_one_planned_contract(monkeypatch):
    slowly(monkeypatch, actions.audit, "record")
    line = PlannedContractFactory()
    officer = officer_at(line.authority)

    def beginning():
        return actions.begin_groundwork(
            authority=line.authority, title="Repairs", by=officer, at=NOW, planned=line
        )

    return at_once(beginning, beginning)


def test_of_two_records_begun_at_once_from_one_planned_contract_one_is_made(monkeypatch):
    assert two_records_of_one_planned_contract(monkeypatch).count(Unfit) == 1


def test_twin_without_the_line_s_lock_the_second_breaks_on_the_database(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", without_the_row_lock)

    assert two_records_of_one_planned_contract(monkeypatch).count(IntegrityError) == 1


def words_at_and_after_publication(monkeypatch):
    """What a record said when its tender was published during a change, and what it says now."""
    draft = complete_draft()
    officer = officer_of(draft)
    record = GroundworkFactory(authority=draft.authority, tender=draft)
    slowly(monkeypatch, actions, "refuse_stale")
    at_publication, freeze = [], life.case_without_bids

    def noting(tender):
        at_publication.append(Groundwork.objects.get(pk=record.pk).economic)
        return freeze(tender)

    monkeypatch.setattr(life, "case_without_bids", noting)

    def publishing():
        time.sleep(LONG / 2)
        return life.publish_tender(tender=draft, by=officer, at=NOW)

    def editing():
        return actions.edit_groundwork(
            groundwork=record, part="economic", economic="Thought", by=officer, at=NOW
        )

    edited, published = at_once(editing, publishing)
    record.refresh_from_db()
    assert (edited, published) == (record, draft)
    return at_publication, record.economic


def test_a_change_under_way_is_saved_before_the_tender_is_published(monkeypatch):
    assert words_at_and_after_publication(monkeypatch) == (["Thought"], "Thought")


def test_twin_without_the_tender_s_lock_a_record_changes_after_publication(monkeypatch):
    monkeypatch.setattr(actions, "hold_tender", without_the_tender_s_lock)

    assert words_at_and_after_publication(monkeypatch) == ([""], "Thought")
