"""A later deadline proposed: only later, for a reason, one at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from records.clock import database_time
from records.models import AuditEvent
from tenders import actions
from tenders.models import Extension
from tenders.refusals import Unfit
from tests.factories.conversations import ExtensionFactory
from tests.factories.tenders import team_member, tender_in
from tests.pages import Page
from tests.tenders.drafts import officer_of

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
YEARS_AWAY = datetime.now(UTC).date() + timedelta(days=900)


def propose(tender, *, by=None, at=None, **fields) -> Extension:
    given = {"closes_at": tender.closes_at + WEEK, "reason": "A drawing came late.", **fields}
    return actions.propose_extension(
        tender=tender, by=by or officer_of(tender), at=at or database_time(), **given
    )


def out(**fields):
    """A tender open for bids, its contract a long time ahead."""
    return tender_in("O", starts_on=YEARS_AWAY, **fields)


def test_while_it_waits_the_present_deadline_stands():
    tender = out()
    before = tender.closes_at

    extension = propose(tender)

    tender.refresh_from_db()
    assert (tender.closes_at, extension.former_closes_at) == (before, before)
    assert extension.is_approved is None
    assert AuditEvent.objects.get().verb == "tender.extension_proposed"


def test_the_approvers_of_the_tender_are_asked():
    tender = out()
    approver = team_member(tender, Role.APPROVER)

    extension = propose(tender)

    [letter] = mail.outbox
    assert letter.to == [approver.email]
    assert reverse("bids:decide_extension", args=[tender.pk, extension.pk]) in letter.body


@pytest.mark.parametrize("moved_by", [timedelta(0), -timedelta(seconds=1), -WEEK])
def test_a_deadline_is_never_brought_forward(moved_by):
    tender = out()

    with pytest.raises(Unfit, match="never brought forward") as refusal:
        propose(tender, closes_at=tender.closes_at + moved_by)

    assert refusal.value.field == "closes_at"


def test_bids_close_before_the_contract_begins():
    tender = out()

    with pytest.raises(Unfit, match="before the contract begins"):
        propose(tender, closes_at=datetime(YEARS_AWAY.year + 1, 1, 1, 12, tzinfo=UTC))


def test_a_reason_is_needed():
    with pytest.raises(Unfit) as refusal:
        propose(out(), reason=" ")

    assert refusal.value.field == "reason"


def test_one_waits_at_a_time():
    tender = out()
    propose(tender)

    with pytest.raises(Unfit, match="waiting to be decided already"):
        propose(tender)


def test_another_may_follow_one_that_was_returned():
    tender = out()
    ExtensionFactory(
        tender=tender,
        is_approved=False,
        decided_by=team_member(tender, Role.APPROVER),
        decided_at=database_time(),
    )

    assert propose(tender).is_approved is None


@pytest.mark.parametrize(
    ("present", "until", "words"),
    [
        (2, 9, "no later than the new deadline"),
        (2, 2, "in any case"),
        (None, 6, "in any case"),
        (2, 3, None),
        (2, 7, None),
        (2, None, None),
    ],
)
def test_questions_too_move_only_later_and_not_past_the_deadline(present, until, words):
    """Days after the present deadline less a week, so that the new deadline is day 7."""
    tender = out()
    zero = tender.closes_at
    tender.questions_until = present and zero - WEEK + timedelta(days=present)
    tender.save()
    wanted = until and zero + timedelta(days=until)
    if words is None:
        assert propose(tender, questions_until=wanted).questions_until == wanted
        return
    if words == "in any case" and present:
        wanted = tender.questions_until

    with pytest.raises(Unfit, match=words) as refusal:
        propose(tender, questions_until=wanted)

    assert refusal.value.field == "questions_until"


def test_at_the_very_deadline_it_is_too_late_to_propose():
    tender = out()

    with pytest.raises(Conflict, match="until it has passed"):
        propose(tender, at=tender.closes_at)


def test_the_officer_proposes_on_a_page_that_keeps_what_was_typed(client):
    tender = out()
    client.force_login(officer_of(tender))
    address = reverse("tenders:propose_extension", args=[tender.pk])
    later = tender.closes_at + WEEK
    typed = {
        "closes_at_day": later.day,
        "closes_at_month": later.month,
        "closes_at_year": later.year,
        "closes_at_time": "noon",
    }

    without = client.post(address, {**typed, "reason": ""})
    done = client.post(address, {**typed, "reason": "A drawing came late."})

    assert list(without.context["form"].errors) == ["reason"]
    assert str(later.year) in without.content.decode()
    assert done.status_code == 302
    assert Extension.objects.get().reason == "A drawing came late."


def test_the_team_s_page_leads_each_to_their_part(client):
    tender = out()
    officer, approver = officer_of(tender), team_member(tender, Role.APPROVER)
    address = reverse("tenders:internal", args=[tender.pk])
    propose_at = reverse("tenders:propose_extension", args=[tender.pk])

    client.force_login(officer)
    before = Page(client.get(address))
    extension = propose(tender, by=officer)
    after = Page(client.get(address))
    client.force_login(approver)
    decider = Page(client.get(address))

    decide_at = reverse("bids:decide_extension", args=[tender.pk, extension.pk])
    assert [propose_at in page.html for page in (before, after, decider)] == [True, False, False]
    assert [decide_at in page.html for page in (before, after, decider)] == [False, False, True]
    assert "A drawing came late." in decider.text


def test_what_was_not_decided_in_time_asks_nobody_any_more(client):
    tender = tender_in("C")
    extension = ExtensionFactory(tender=tender)
    client.force_login(team_member(tender, Role.APPROVER))

    page = Page(client.get(reverse("tenders:internal", args=[tender.pk])))

    assert reverse("bids:decide_extension", args=[tender.pk, extension.pk]) not in page.html
    assert "Later deadline proposed" in page.text
