"""The pages on which publishing is checked, asked for, decided and done."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from evaluations.presenters.desk import tasks_of
from records.clock import database_time
from tenders import actions as tendering
from tenders.models import PublicationApproval
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.tenders import approved_to_publish
from tests.tenders.approvals import ask, decide, settled_draft
from tests.tenders.departures import approver_of
from tests.tenders.drafts import CLOSES, OPENS, officer_of
from tests.tenders.test_opt_out_pages import words_of

pytestmark = pytest.mark.django_db


def address(name, tender, *parts):
    return reverse(f"tenders:{name}", args=[tender.pk, *parts])


def decision(tender, **fields):
    day = database_time().date()
    return {
        "seen": tender.edits,
        "decision": "approve",
        "body": "Leadership Team",
        "decided_on_day": day.day,
        "decided_on_month": day.month,
        "decided_on_year": day.year,
        "minute_reference": "LT 7",
        **fields,
    }


def fresh_draft(value="250000.00", **fields):
    """Complete as the database's clock has it."""
    opens = database_time() + timedelta(days=7)
    return settled_draft(value, opens_at=opens, closes_at=opens + timedelta(days=30), **fields)


@pytest.mark.parametrize(
    ("value", "decides"),
    [
        ("90000.00", ""),
        ("100000.00", ""),
        ("100000.01", "Leadership Team"),
        ("350000.00", "Leadership Team"),
        ("350000.01", "Cabinet"),
        ("360000.00", "Cabinet"),
    ],
)
def test_each_size_is_led_through_its_own_approval_with_the_clause_shown(client, value, decides):
    tender = fresh_draft(value)
    client.force_login(officer_of(tender))

    page = words_of(client.get(address("check", tender)))
    client.post(address("publish", tender))

    tender.refresh_from_db()
    assert tender.is_public is not bool(decides)
    if decides:
        assert f"<strong>{decides}</strong> must approve that this tender is published" in page
        assert "over £100K will sit with the Leadership Team and above £350K" in page
        assert address("ask_approval", tender) in page
    else:
        assert "Nobody has to approve that this tender is published: the value" in page
        assert address("publish", tender) in page


def test_an_officer_asks_an_approver_decides_and_the_officer_publishes(client):
    tender = fresh_draft()
    officer, approver = officer_of(tender), approver_of(tender)
    client.force_login(officer)
    asking = client.post(address("ask_approval", tender), {"seen": tender.edits, "note": "Soon."})
    asked = PublicationApproval.objects.get()
    client.force_login(approver)
    page = words_of(client.get(address("check", tender)))
    deciding = client.post(address("decide_publication", tender, asked.pk), decision(tender))
    client.force_login(officer)
    last = words_of(client.get(address("publish", tender)))
    client.post(address("publish", tender))

    tender.refresh_from_db()
    assert [asking.url, deciding.url] == [address("check", tender)] * 2
    assert address("decide_publication", tender, asked.pk) in page
    assert "Leadership Team approved this draft on" in last
    assert tender.is_public
    inside = words_of(client.get(address("internal", tender)))
    assert "Publication approved" in inside


def test_what_was_typed_stays_when_it_is_refused(client):
    tender = fresh_draft()
    asked = ask(tender, at=database_time())
    client.force_login(approver_of(tender))

    refused = client.post(
        address("decide_publication", tender, asked.pk),
        decision(tender, decision="return", reason="", minute_reference="LT 9"),
    )
    stale = client.post(
        address("decide_publication", tender, asked.pk), decision(tender, seen=tender.edits - 1)
    )

    assert list(refused.context["form"].errors) == ["reason"]
    assert 'value="LT 9"' in words_of(refused)
    assert "This draft was changed while you were working on it." in words_of(stale)


def test_a_draft_that_changed_is_said_to_both_with_what_to_do(client):
    tender = fresh_draft()
    officer = officer_of(tender)
    asked = ask(tender, by=officer, at=database_time())
    tender.refresh_from_db()
    tendering.set_timetable(
        tender=tender,
        opens_at=OPENS.replace(year=2028),
        closes_at=CLOSES.replace(year=2028),
        by=officer,
        at=database_time(),
    )
    client.force_login(officer)
    to_officer = words_of(client.get(address("check", tender)))
    client.force_login(approver_of(tender))
    to_approver = words_of(client.get(address("decide_publication", tender, asked.pk)))

    for page in (to_officer, to_approver):
        assert "the draft was changed after it was asked for. An officer asks again" in page
    assert "No longer counts" in to_officer
    assert address("ask_approval", tender) in to_officer


def test_a_decided_request_leads_back_to_the_check(client):
    tender = fresh_draft()
    asked = ask(tender, at=database_time())
    approver = approver_of(tender)
    decide(asked, by=approver, at=database_time(), decided_on=database_time().date())
    client.force_login(approver)
    page = address("decide_publication", tender, asked.pk)

    assert client.get(page).url == address("check", tender)
    assert client.post(page, decision(tender)).status_code == 409


def test_the_request_of_another_tender_is_not_found_beneath_this_one(client):
    tender, other = fresh_draft(), fresh_draft()
    asked = ask(other, at=database_time())
    client.force_login(approver_of(tender))

    assert client.get(address("decide_publication", tender, asked.pk)).status_code == 404


def test_nobody_from_elsewhere_finds_the_pages(client):
    tender = fresh_draft()
    asked = ask(tender, at=database_time())
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER, Role.APPROVER))

    for page in ("ask_approval", "check"):
        assert client.get(address(page, tender)).status_code == 404
    assert client.get(address("decide_publication", tender, asked.pk)).status_code == 404


def test_the_approver_s_desk_lists_what_waits_for_them_and_nothing_that_lapsed(client):
    tender = fresh_draft()
    approver = approver_of(tender)
    asked = ask(tender, at=database_time())

    [task] = tasks_of(approver, database_time())
    tender.refresh_from_db()
    tender.edits += 1
    tender.save()

    assert task.href == address("decide_publication", tender, asked.pk)
    assert tasks_of(approver, database_time()) == []


def waits_for(client, tender):
    [row] = (
        client.get(reverse("tenders:desk")).context["urgent"]
        or client.get(reverse("tenders:desk")).context["others"]
    )
    return row.words, row.is_mine


def test_the_officer_s_desk_says_whose_turn_it_is(client):
    tender = fresh_draft()
    officer = officer_of(tender)
    client.force_login(officer)

    before = waits_for(client, tender)
    asked = ask(tender, by=officer, at=database_time())
    waiting = waits_for(client, tender)
    decide(asked, at=database_time(), decided_on=database_time().date())

    assert before == ("Complete: ask Leadership Team to approve it", True)
    assert waiting == ("Waits for the approval of Leadership Team", False)
    assert waits_for(client, tender) == ("Approved: check it and publish", True)


def test_the_check_page_costs_the_same_however_often_it_was_asked(client):
    tender = fresh_draft()
    client.force_login(officer_of(tender))

    def cost():
        with CaptureQueriesContext(connection) as made:
            client.get(address("check", tender))
        return len(made)

    approved_to_publish(tender)
    first = cost()
    for _ in range(2):
        approved_to_publish(tender)
    assert cost() == first
