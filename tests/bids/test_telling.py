"""An answer, a later deadline, the end of a tender: all bidders are told, each once, or nothing is.

The people told are read at that moment, so that nobody who joined a company later is missed.
"""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from bids import actions, emails
from bids.models import BidQuerySet
from records import jobs
from records.clock import database_time
from records.models import AuditEvent, Letter
from tenders.models import FurtherAnswer
from tenders.refusals import Unfit
from tenders.states import Stage
from tests.factories.accounts import MembershipFactory, SupplierFactory, UserFactory, bidder_of
from tests.factories.bids import BidFactory, received_bid
from tests.factories.conversations import (
    ExtensionFactory,
    FollowerFactory,
    QuestionFactory,
)
from tests.factories.tenders import TenderFactory, team_member, tender_in
from tests.pages import Page
from tests.tenders.drafts import officer_of

pytestmark = pytest.mark.django_db


def answer(question, *, by=None, **fields):
    given = {"public_text": "May bidders visit?", "answer": "On Mondays.", **fields}
    return actions.answer_question(question=question, by=by or officer_of(question.tender), **given)


def decide(extension, *, is_approved=True, reason="", by=None):
    by = by or team_member(extension.tender, Role.APPROVER)
    return actions.decide_extension(
        extension=extension, is_approved=is_approved, reason=reason, by=by
    )


def cancel(tender, *, reason="No money.", by=None):
    by = by or officer_of(tender)
    return actions.cancel_tender(tender=tender, reason=reason, by=by, at=database_time())


def crowd(tender) -> set[str]:
    """Everybody who must be told, beside many who must not; the addresses of the first."""
    begun, received, taken_back = (SupplierFactory() for _ in range(3))
    BidFactory(tender=tender, supplier=begun)
    received_bid(tender=tender, supplier=received, by=bidder_of(received))
    BidFactory(tender=tender, supplier=taken_back, versions=1, withdrawn_at=database_time())
    both, later = bidder_of(begun), bidder_of(begun)
    FollowerFactory(tender=tender, person=both)
    follower = FollowerFactory(tender=tender).person
    bidder_of(taken_back)
    bidder_of(SupplierFactory())
    FollowerFactory()
    FollowerFactory(tender=tender, person__is_active=False)
    members = received.memberships.values_list("user__email", flat=True)
    return {both.email, later.email, follower.email, *members}


def told() -> list[str]:
    """Who was written to, once for each letter; no letter has two readers."""
    assert [letter.to for letter in mail.outbox if len(letter.recipients()) != 1] == []
    return sorted(letter.to[0] for letter in mail.outbox)


def test_everybody_is_told_of_an_answer_once_in_the_same_words():
    question = QuestionFactory()
    FollowerFactory(tender=question.tender, person=question.asked_by)
    expected = crowd(question.tender) | {question.asked_by.email}

    answer(question)

    assert told() == sorted(expected)
    assert len({(letter.subject, letter.body) for letter in mail.outbox}) == 1
    assert "On Mondays." in mail.outbox[0].body


def test_a_letter_about_an_answer_tells_not_who_asked_nor_what_was_struck_out():
    company = SupplierFactory(name="Bright Side Ltd")
    question = QuestionFactory(asked_for=company, text="Bright Side Ltd asks: may we visit?")
    FollowerFactory(tender=question.tender)

    answer(question)

    [letter] = mail.outbox
    assert "Bright" not in letter.body + letter.subject
    assert question.asked_by.full_name not in letter.body


@pytest.mark.parametrize("field", ["public_text", "answer"])
@pytest.mark.parametrize("name", ["Bright Side Ltd", "Ada Field", "ada@bright.example"])
def test_an_answer_that_names_who_asked_is_refused_and_not_beside_the_name(field, name):
    """With a name in each box, the box would tell which of the two asked."""
    question = QuestionFactory(
        asked_for=SupplierFactory(name="Bright Side Ltd"),
        asked_by=UserFactory(full_name="Ada Field", email="ada@bright.example"),
    )

    with pytest.raises(Unfit, match="tells who asked") as refusal:
        answer(question, **{field: f"{name} may visit."})

    question.refresh_from_db()
    assert (refusal.value.field, question.answered_at) == (None, None)
    assert mail.outbox == []


def test_an_answer_names_none_of_the_companies_of_whoever_asked():
    question = QuestionFactory()
    MembershipFactory(
        user=question.asked_by,
        organisation=SupplierFactory(name="Dark Side Ltd"),
        role=Role.BIDDER,
    )

    with pytest.raises(Unfit, match="tells who asked"):
        answer(question, answer="Dark Side may visit.")


@pytest.mark.parametrize("field", ["public_text", "answer"])
def test_question_and_answer_have_words(field):
    with pytest.raises(Unfit) as refusal:
        answer(QuestionFactory(), **{field: " "})

    assert refusal.value.field == field


def test_an_answer_is_given_once_and_then_only_added_to():
    question = answer(QuestionFactory())
    officer = officer_of(question.tender)
    FollowerFactory(tender=question.tender)

    with pytest.raises(Conflict, match="Add to it"):
        answer(question, answer="On Tuesdays.")
    further = actions.add_to_answer(question=question, text="On Tuesdays too.", by=officer)

    question.refresh_from_db()
    assert question.answer == "On Mondays."
    assert list(question.further.all()) == [further]
    [letter] = mail.outbox
    assert letter.body.index("On Mondays.") < letter.body.index("On Tuesdays too.")


def test_what_waits_is_not_added_to():
    question = QuestionFactory()

    with pytest.raises(Conflict, match="Answer it first"):
        actions.add_to_answer(question=question, text="Yes", by=officer_of(question.tender))


def test_what_is_added_names_nobody_either():
    question = QuestionFactory(answered=True, asked_for__name="Bright Side Ltd")

    with pytest.raises(Unfit, match="tells who asked"):
        actions.add_to_answer(
            question=question, text="As Bright Side asked.", by=officer_of(question.tender)
        )


def test_the_trail_keeps_who_answered_and_what():
    question = QuestionFactory()
    officer = officer_of(question.tender)

    answer(question, by=officer)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id) == ("tender.question_answered", officer.pk)
    assert event.details == {"answer": "On Mondays."}


def test_the_officer_answers_on_a_page_that_holds_what_was_asked(client):
    question = QuestionFactory(text="May our vans park?")
    client.force_login(officer_of(question.tender))
    address = reverse("bids:answer_question", args=[question.tender_id, question.pk])

    shown = client.get(address)
    refused = client.post(address, {"public_text": "May vans park?", "answer": ""})
    client.post(address, {"public_text": "May vans park?", "answer": "Yes."})

    question.refresh_from_db()
    assert shown.context["form"]["public_text"].value() == "May our vans park?"
    assert "May vans park?" in refused.content.decode()
    assert (question.public_text, question.answer) == ("May vans park?", "Yes.")


def test_who_comes_back_to_an_answered_question_is_led_to_add_to_it(client):
    question = QuestionFactory(answered=True)
    client.force_login(officer_of(question.tender))
    ids = [question.tender_id, question.pk]
    add = reverse("bids:add_to_answer", args=ids)

    led = client.get(reverse("bids:answer_question", args=ids))
    client.post(add, {"text": "On Tuesdays too."})

    assert led.url == add
    assert FurtherAnswer.objects.get().text == "On Tuesdays too."


def test_a_question_of_another_tender_is_not_found(client):
    question, tender = QuestionFactory(), tender_in("O")
    client.force_login(officer_of(tender))

    response = client.get(reverse("bids:answer_question", args=[tender.pk, question.pk]))

    assert response.status_code == 404


def test_an_approved_deadline_moves_at_once_and_everybody_is_told():
    extension = ExtensionFactory()
    tender, expected = extension.tender, crowd(extension.tender)
    officers = {extension.proposed_by.email}

    decide(extension)

    tender.refresh_from_db()
    assert tender.closes_at == extension.closes_at
    assert set(told()) == expected | officers
    assert len(told()) == len(expected | officers)
    bodies = {letter.body for letter in mail.outbox if letter.to[0] in expected}
    assert len(bodies) == 1
    assert "A drawing came late." in bodies.pop()


def test_questions_move_with_the_deadline_only_if_that_was_proposed():
    first = tender_in("O", questions_until=database_time() + timedelta(days=1))
    stays = ExtensionFactory(tender=first)
    moves = ExtensionFactory(questions_until=database_time() + timedelta(days=33))

    decide(stays)
    decide(moves)

    for tender, until in ((first, first.questions_until), (moves.tender, moves.questions_until)):
        tender.refresh_from_db()
        assert tender.questions_until == until


def test_a_returned_deadline_stands_and_only_the_officers_are_told_why():
    extension = ExtensionFactory()
    crowd(extension.tender)

    decide(extension, is_approved=False, reason="Three weeks are enough.")

    before = extension.former_closes_at
    extension.tender.refresh_from_db()
    assert extension.tender.closes_at == before
    assert told() == [extension.proposed_by.email]
    assert "Three weeks are enough." in mail.outbox[0].body


def test_returning_needs_a_reason():
    with pytest.raises(Unfit) as refusal:
        decide(ExtensionFactory(), is_approved=False, reason=" ")

    assert refusal.value.field == "reason"


def test_nobody_approves_what_they_proposed():
    tender = tender_in("O")
    person = team_member(tender, Role.APPROVER)

    with pytest.raises(PermissionDenied, match="Another person"):
        decide(ExtensionFactory(tender=tender, proposed_by=person), by=person)


def test_a_proposal_is_decided_once():
    extension = ExtensionFactory()
    decide(extension)

    with pytest.raises(Conflict, match="decided already"):
        decide(extension, is_approved=False, reason="No.")


def test_once_the_deadline_has_passed_it_can_no_longer_be_moved():
    tender = tender_in("C")

    with pytest.raises(Conflict, match="can no longer be moved"):
        decide(ExtensionFactory(tender=tender))

    before = tender.closes_at
    tender.refresh_from_db()
    assert tender.closes_at == before


def test_the_approver_decides_on_a_page_that_shows_both_times(client):
    extension = ExtensionFactory()
    tender = extension.tender
    client.force_login(team_member(tender, Role.APPROVER))
    address = reverse("bids:decide_extension", args=[tender.pk, extension.pk])

    shown = Page(client.get(address)).text
    undecided = client.post(address, {"decision": "return", "reason": ""})
    client.post(address, {"decision": "approve"})

    tender.refresh_from_db()
    assert "A drawing came late." in shown
    assert list(undecided.context["form"].errors) == ["reason"]
    assert tender.closes_at == extension.closes_at
    assert (client.get(address).status_code, client.post(address).status_code) == (403, 409)


def test_everybody_reads_from_when_to_when_the_deadline_moved_and_why(client):
    extension = ExtensionFactory()
    decide(extension)
    ExtensionFactory(tender=extension.tender, reason="Not decided.")

    text = Page(client.get(reverse("tenders:public", args=[extension.tender_id]))).text

    assert "The deadline was moved from" in text
    assert "A drawing came late." in text
    assert "Not decided." not in text


def test_the_team_s_timeline_holds_answers_and_decisions(client):
    extension = ExtensionFactory()
    tender = extension.tender
    answer(QuestionFactory(tender=tender))
    decide(extension)
    client.force_login(officer_of(tender))

    events = client.get(reverse("tenders:internal", args=[tender.pk])).context["events"]

    titles = [event.title for event in events if "eadline" in event.title or "Q" in event.title]
    assert titles[:2] == ["Later deadline proposed", "Question answered"]
    assert titles[2].startswith("Deadline moved to ")


@pytest.mark.parametrize("state", "POCERMA")
def test_everybody_is_told_of_the_end_of_a_tender_and_why(state):
    tender = tender_in(state)
    expected = crowd(tender)

    cancel(tender, reason="No money.")

    assert told() == sorted(expected)
    assert "No money." in mail.outbox[0].body


def test_nobody_is_told_of_the_end_of_a_draft():
    tender = TenderFactory()
    FollowerFactory(tender=tender)

    cancel(tender)

    assert mail.outbox == []


def test_a_live_contract_is_not_undone_by_cancelling_its_tender():
    with pytest.raises(Conflict):
        cancel(tender_in("L"))


ACTS = {
    "an answer": lambda: answer(QuestionFactory()),
    "a later deadline": lambda: decide(ExtensionFactory()),
    "the end": lambda: cancel(tender_in("O")),
}


def left_when_the_last_letter_cannot_be_kept(monkeypatch, settings, act) -> tuple:
    """What stands of an act whose last letter fails: letters, answers, moved deadlines, ends."""
    settings.EMAIL_BACKEND = "records.letters.KeepLetters"
    monkeypatch.setattr(jobs, "send", lambda job: None)
    keep = Letter.objects.bulk_create

    def failing(letters):
        keep(list(letters)[:2])
        raise IntegrityError

    monkeypatch.setattr(Letter.objects, "bulk_create", failing)
    monkeypatch.setattr(
        emails, "people_told", lambda tender: [UserFactory.build() for _ in range(3)]
    )
    with pytest.raises(IntegrityError):
        act()
    return (
        Letter.objects.count(),
        QuestionFactory._meta.model.objects.filter(answered_at__isnull=False).count(),
        ExtensionFactory._meta.model.objects.filter(is_approved=True).count(),
        TenderFactory._meta.model.objects.filter(stage=Stage.CANCELLED).count(),
    )


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_if_one_bidder_cannot_be_told_nothing_has_happened(monkeypatch, settings, act):
    assert left_when_the_last_letter_cannot_be_kept(monkeypatch, settings, act) == (0, 0, 0, 0)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_twin_outside_the_transaction_a_change_stands_that_not_all_heard_of(
    monkeypatch, settings, act
):
    for action in ("answer_question", "decide_extension", "cancel_tender"):
        monkeypatch.setattr(actions, action, getattr(actions, action).__wrapped__)

    left = left_when_the_last_letter_cannot_be_kept(monkeypatch, settings, act)

    assert left[0] == 2
    assert sum(left[1:]) == 1


def test_twin_where_bids_begun_are_forgotten_somebody_is_not_told(monkeypatch):
    monkeypatch.setattr(BidQuerySet, "under_way", BidQuerySet.received)
    tender = tender_in("O")
    expected = crowd(tender)

    cancel(tender)

    assert set(told()) < expected


def test_who_begins_a_bid_follows_the_tender():
    tender, company = tender_in("O"), SupplierFactory()
    person = bidder_of(company)

    actions.start_bid(tender=tender, company=company, by=person, at=database_time())

    assert [one.person for one in tender.followers.all()] == [person]
