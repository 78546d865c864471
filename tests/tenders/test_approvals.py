"""Publishing is approved by whoever the policy makes answer for a contract of that size."""

from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.access import Conflict
from accounts.models import Membership
from accounts.roles import Role
from records.models import AuditEvent
from tenders import actions as tendering
from tenders.actions import approvals
from tenders.actions.team import mark_conflicted
from tenders.approval import need_of, route_of
from tenders.models import PublicationApproval
from tenders.refusals import NotReady, Stale, Unfit
from tenders.states import Stage
from tests.factories.charter import CharterFactory
from tests.factories.tenders import AssignmentFactory
from tests.tenders.approvals import ask, decide, settled_draft
from tests.tenders.departures import LATER, approver_of, nelc_draft
from tests.tenders.drafts import CLOSES, NOW, OPENS, complete_draft, officer_of

pytestmark = pytest.mark.django_db
TOMORROW = datetime(2026, 6, 4, 9, tzinfo=UTC)


def publish(tender, at=LATER):
    return tendering.publish_tender(tender=tender, by=officer_of(tender), at=at)


def change_something(tender):
    """Any change to the draft: here of the timetable."""
    tender.refresh_from_db()
    return tendering.set_timetable(
        tender=tender, opens_at=OPENS, closes_at=CLOSES, by=officer_of(tender), at=LATER
    )


def need(tender):
    tender.refresh_from_db()
    return need_of(tender, route_of(tender, LATER.date()))


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
def test_the_size_of_the_contract_says_who_approves_to_the_penny(value, decides):
    tender = nelc_draft(value)

    assert route_of(tender, NOW.date()).decides == decides


def test_where_the_policy_names_nobody_the_officer_publishes_and_is_told_why():
    small, silent = nelc_draft("100000.00"), complete_draft()

    assert route_of(small, NOW.date()).because == (
        "the value, £100,000, is not over £100,000 (Leadership Team); "
        "the value, £100,000, is not over £350,000 (Cabinet)"
    )
    assert route_of(silent, NOW.date()).because == (
        "your policy names nobody who answers for a contract"
    )
    assert [publish(one).stage for one in (small, silent)] == [Stage.PUBLISHED] * 2
    with pytest.raises(Unfit, match="Nobody must approve"):
        ask(complete_draft())


def test_without_an_approval_a_larger_contract_is_not_published():
    tender = settled_draft()

    with pytest.raises(NotReady, match="Leadership Team must approve first"):
        publish(tender)


def test_once_approved_this_draft_is_published_and_the_record_names_the_approval():
    tender = settled_draft()
    approval = decide(ask(tender), minute_reference=" LT 7 ")

    published = publish(tender)

    assert (published.stage, approval.minute_reference) == (Stage.PUBLISHED, "LT 7")
    details = AuditEvent.objects.get(verb="tender.published").details
    assert details["approval"] == str(approval.pk)


def test_while_it_waits_and_after_it_is_returned_nothing_is_published():
    tender = settled_draft()
    asked = ask(tender)

    assert need(tender).startswith("It waits for the approval of Leadership Team.")
    decide(asked, is_approved=False)
    assert need(tender).startswith(
        "It was returned on 2 June 2026: “Say more of the timetable.” Mend it"
    )
    with pytest.raises(NotReady):
        publish(tender)


@pytest.mark.parametrize("is_decided", [False, True])
def test_any_change_to_the_draft_afterwards_lapses_it_and_says_what_to_do(is_decided):
    tender = settled_draft()
    asked = ask(tender)
    if is_decided:
        decide(asked)

    change_something(tender)

    begun = "The approval of 3 June" if is_decided else "The request of 1 June"
    assert need(tender) == (
        f"{begun} 2026 is of an earlier draft: the draft was changed after it was asked for. An "
        "officer asks again under “Check and publish”."
    )
    with pytest.raises(NotReady, match="earlier draft"):
        publish(tender)


def test_an_approval_of_another_body_than_the_policy_names_now_does_not_count():
    tender = settled_draft("350000.01")
    approval = decide(ask(tender))
    PublicationApproval.objects.filter(pk=approval.pk).update(decides="Leadership Team")

    assert need(tender) == (
        "The approval was asked of Leadership Team. For the contract as it is now your policy "
        "names Cabinet. An officer asks again under “Check and publish”."
    )


def test_who_decides_is_worked_out_anew_on_the_day_of_publication():
    tender = settled_draft()
    decide(ask(tender))
    dated = [
        {**one, "when": {**one["when"], "until": "2026-06-03"}}
        if one["id"] == "accountable-leadership"
        else one
        for one in tender.charter.clauses
    ]
    tender.charter.clauses = [
        *dated,
        {
            **next(one for one in dated if one["id"] == "accountable-leadership"),
            "id": "accountable-board",
            "facts": {"who": "Board"},
            "when": {"over": "100000", "from": "2026-06-04"},
        },
    ]
    tender.charter.save()

    with pytest.raises(NotReady, match="names Board"):
        publish(tender, at=TOMORROW)
    assert publish(tender, at=LATER).stage == Stage.PUBLISHED


def test_an_incomplete_draft_is_asked_for_nobody():
    tender = nelc_draft()

    with pytest.raises(NotReady, match="contradict each other"):
        ask(tender)
    assert not mail.outbox


def test_the_approvers_are_written_to_and_then_the_officers():
    tender = settled_draft()
    officer = officer_of(tender)
    asked = ask(tender, by=officer, note="By Friday.\r\nPlease.")
    to_approvers = list(mail.outbox)
    mail.outbox.clear()
    decide(asked, is_approved=False)

    approvers = tender.assignments.filter(role=Role.APPROVER).values_list("person__email")
    [first] = [one for one in to_approvers if (one.to[0],) in set(approvers)]
    assert "By Friday." in first.body
    assert f"/tenders/{tender.pk}/approval/{asked.pk}/" in first.body
    assert officer.email in [one.to[0] for one in mail.outbox]
    assert all("Say more of the timetable." in one.body for one in mail.outbox)


def test_asking_anew_closes_the_request_that_waits():
    tender = settled_draft()
    officer = officer_of(tender)
    first = ask(tender, by=officer)
    with pytest.raises(Unfit, match="asked already, in the same words"):
        ask(tender, by=officer)

    second = ask(tender, by=officer, note="In time for Monday.", at=LATER)

    first.refresh_from_db()
    assert first.replaced_at == LATER
    with pytest.raises(Conflict, match="asked anew"):
        decide(first)
    assert decide(second, decided_on=LATER.date()).is_approved


def test_what_was_approved_by_somebody_with_an_interest_is_decided_by_another():
    tender = settled_draft()
    approver = approver_of(tender)
    decide(ask(tender), by=approver)

    mark_conflicted(tender=tender, person=approver, by=approver, at=LATER)

    assert need(tender) == (
        "The approval of 3 June 2026 was recorded by somebody who has declared an interest since, "
        "so another approver must decide. An officer asks again under “Check and publish”."
    )
    with pytest.raises(NotReady, match="declared an interest since"):
        publish(tender)
    decide(ask(tender, at=LATER), decided_on=LATER.date())
    assert publish(tender).stage == Stage.PUBLISHED


def test_what_is_approved_is_asked_for_no_more():
    tender = settled_draft()
    decide(ask(tender))

    with pytest.raises(Unfit, match="Leadership Team has approved this draft. Publish it."):
        ask(tender)


def test_a_request_of_an_earlier_draft_can_only_be_returned():
    tender = settled_draft()
    asked = ask(tender)
    change_something(tender)

    with pytest.raises(Unfit, match="can only be returned now. The request of 1 June"):
        decide(asked)
    assert decide(asked, is_approved=False).is_approved is False


def test_nobody_approves_what_they_asked_for_not_even_past_the_product():
    tender = settled_draft()
    both = approver_of(tender)
    AssignmentFactory(tender=tender, person=both, role=Role.OFFICER)
    asked = ask(tender, by=both)

    with pytest.raises(PermissionDenied, match="Another person must decide"):
        decide(asked, by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationApproval.objects.update(is_approved=True, decided_by=both, decided_at=LATER)


def test_only_an_approver_of_the_tender_whom_the_authority_made_one_decides():
    tender = settled_draft()
    asked = ask(tender)
    demoted = approver_of(tender)
    Membership.objects.filter(user=demoted).update(role=Role.OFFICER)

    chair = tender.assignments.get(role=Role.CHAIR).person
    for person in (demoted, officer_of(tender), chair):
        with pytest.raises(PermissionDenied):
            decide(asked, by=person)


def test_a_decision_is_made_once_with_its_body_and_day_and_a_return_with_its_reason():
    tender = settled_draft()
    asked = ask(tender)

    for fields, words in (
        ({"body": " "}, "which body"),
        ({"decided_on": date(2026, 5, 31)}, "cannot have been decided before"),
        ({"decided_on": date(2026, 6, 4)}, "not come yet"),
        ({"is_approved": False, "reason": " "}, "why it is returned"),
    ):
        with pytest.raises(Unfit, match=words):
            decide(asked, **fields)
    decide(asked)
    with pytest.raises(Conflict, match="decided already"):
        decide(asked)


def test_an_approver_who_has_not_seen_the_last_change_is_told():
    tender = settled_draft()
    asked = ask(tender)
    tender.refresh_from_db()

    with pytest.raises(Stale):
        decide(asked, seen=tender.edits - 1)


def test_a_published_tender_is_decided_on_no_more():
    tender = settled_draft()
    waiting = ask(tender)
    decide(waiting)
    publish(tender)

    with pytest.raises(Conflict, match="no draft any more"):
        decide(waiting)
    with pytest.raises(Conflict, match="already been published"):
        approvals.ask_approval(tender=tender, by=officer_of(tender), at=LATER)


def test_a_policy_with_one_accountable_body_for_all_asks_it_of_every_contract():
    clause = {
        "id": "who",
        "kind": "accountability",
        "heading": "Who answers",
        "document": "Policy",
        "paragraph": "2",
        "text": "The Mayor answers for every contract.",
        "facts": {"who": "the Mayor"},
    }
    charter = CharterFactory(clauses=[clause])
    tender = complete_draft(charter=charter, authority=charter.authority)

    with pytest.raises(NotReady, match="the Mayor must approve"):
        publish(tender)
