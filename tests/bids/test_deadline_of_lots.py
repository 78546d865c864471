"""The lots of a procurement close together: one decision moves the deadline of all, or of none."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.roles import Role
from bids import actions
from records.clock import database_time
from records.models import AuditEvent
from tenders.actions import propose_extension
from tenders.models import Extension, Tender
from tenders.refusals import Unfit
from tests.factories.conversations import ExtensionFactory, FollowerFactory
from tests.factories.tenders import AssignmentFactory, TenderFactory, team_member
from tests.pages import Page
from tests.tenders.drafts import officer_of
from tests.tenders.test_lots import beside

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
YEARS_AWAY = datetime.now(UTC).date() + timedelta(days=900)


def two_lots(**fields):
    """Two lots open until the same moment."""
    first = TenderFactory(open=True, starts_on=YEARS_AWAY)
    lot = beside(first, "50000.00", **{"open": True, "closes_at": first.closes_at, **fields})
    return lot, lot.lot_group.lots.get(lot_number=2)


def in_both(role, *lots):
    person = team_member(lots[0], role)
    for lot in lots[1:]:
        AssignmentFactory(tender=lot, person=person, role=role)
    return person


def approve(extension, *lots):
    by = in_both(Role.APPROVER, extension.tender, *lots)
    return actions.decide_extension(extension=extension, is_approved=True, by=by)


def closes(*lots):
    return [Tender.objects.get(pk=one.pk).closes_at for one in lots]


def propose(tender, by, **fields):
    given = {"closes_at": tender.closes_at + WEEK, "reason": "A drawing came late."}
    return propose_extension(tender=tender, by=by, at=database_time(), **(given | fields))


def test_all_lots_move_in_one_act_and_the_bidders_of_each_are_told():
    first, second = two_lots()
    follower = FollowerFactory(tender=second).person

    extension = approve(ExtensionFactory(tender=first), second)

    assert closes(first, second) == [extension.closes_at] * 2
    moved = second.extensions.get()
    assert (moved.reason, moved.proposed_by, moved.decided_by, moved.decided_at) == (
        extension.reason,
        extension.proposed_by,
        extension.decided_by,
        extension.decided_at,
    )
    letters = [letter for letter in mail.outbox if letter.to == [follower.email]]
    assert [letter.subject for letter in letters] == [f"Later deadline: {second}"]
    approved = AuditEvent.objects.filter(verb="tender.extension_approved")
    assert sorted(approved.values_list("stream", flat=True)) == sorted(
        [first.audit_stream, second.audit_stream]
    )


def test_a_returned_proposal_moves_no_lot():
    first, second = two_lots()
    before = first.closes_at
    extension = ExtensionFactory(tender=first)

    actions.decide_extension(
        extension=extension,
        is_approved=False,
        reason="Three weeks are enough.",
        by=team_member(first, Role.APPROVER),
    )

    assert closes(first, second) == [before] * 2
    assert not second.extensions.exists()


def test_a_lot_that_was_cancelled_stays_as_it_was():
    first, second = two_lots(cancelled=True)
    before = second.closes_at

    approve(ExtensionFactory(tender=first))

    assert closes(second) == [before]


def test_who_approves_holds_that_role_in_every_lot():
    first, second = two_lots()
    before = first.closes_at

    with pytest.raises(Unfit, match="you are no approver of “Lot 2: ") as refusal:
        approve(ExtensionFactory(tender=first))

    assert refusal.value.field == "decision"
    assert closes(first, second) == [before] * 2


def test_who_proposes_is_an_officer_of_every_lot():
    first, second = two_lots()

    with pytest.raises(Unfit, match="you are no officer of “Lot 2: "):
        propose(first, officer_of(first))

    assert propose(first, in_both(Role.OFFICER, first, second)).tender == first


def test_one_proposal_waits_at_a_time_in_all_lots():
    first, second = two_lots()
    propose(second, in_both(Role.OFFICER, second, first))

    with pytest.raises(Unfit, match="waiting to be decided already"):
        propose(first, in_both(Role.OFFICER, first, second))


def test_the_page_of_a_lot_says_that_one_waits_in_another(client):
    first, second = two_lots()
    officer = in_both(Role.OFFICER, first, second)
    propose(first, officer)
    client.force_login(officer)

    page = Page(client.get(reverse("tenders:propose_extension", args=[second.pk])))

    assert f"{officer} has proposed" in page.text


def test_the_new_deadline_is_before_the_first_day_of_every_lot():
    first, second = two_lots(starts_on=YEARS_AWAY - timedelta(days=300))
    late = datetime.combine(second.starts_on, datetime.min.time(), UTC)

    with pytest.raises(Unfit, match="before the contract begins"):
        propose(first, in_both(Role.OFFICER, first, second), closes_at=late)


@pytest.mark.parametrize(("days", "moves"), [(None, False), (2, True), (40, False)])
def test_questions_move_later_in_each_lot_that_has_a_last_moment_for_them(days, moves):
    until = days and database_time() + timedelta(days=days)
    first, second = two_lots(questions_until=until)
    asked = database_time() + timedelta(days=33)

    approve(ExtensionFactory(tender=first, questions_until=asked), second)

    second.refresh_from_db()
    assert second.questions_until == (asked if moves else until)


@pytest.mark.parametrize(("days", "stands"), [(0, False), (1, True)])
def test_a_day_of_the_award_stands_only_after_the_new_deadline(days, stands):
    extension = ExtensionFactory()
    tender = extension.tender
    tender.award_on = extension.closes_at.date() + timedelta(days=days)
    tender.closes_at = extension.former_closes_at
    tender.save()
    Extension.objects.filter(pk=extension.pk).update(closes_at=extension.closes_at.replace(hour=11))

    approve(Extension.objects.get())

    kept = tender.award_on if stands else None
    tender.refresh_from_db()
    assert tender.award_on == kept


def test_both_pages_say_which_lots_move_too(client):
    first, second = two_lots()
    officer, approver = (in_both(role, first, second) for role in (Role.OFFICER, Role.APPROVER))
    client.force_login(officer)
    proposing = Page(client.get(reverse("tenders:propose_extension", args=[first.pk]))).text
    extension = propose(first, officer)
    client.force_login(approver)
    deciding = Page(
        client.get(reverse("bids:decide_extension", args=[first.pk, extension.pk]))
    ).text

    assert [f"Lot 2: {second.title}" in text for text in (proposing, deciding)] == [True, True]
