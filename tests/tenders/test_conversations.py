"""Asking in private, reading in public, following: until the answer, who asked is nobody's."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from records.clock import database_time
from records.models import AuditEvent
from tenders import actions
from tenders.actions import conversations
from tenders.models import Follower, FurtherAnswer, Question
from tenders.models.conversations import QuestionQuerySet
from tenders.refusals import Unfit
from tests.factories.accounts import (
    MembershipFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.conversations import ASKED, FollowerFactory, QuestionFactory
from tests.factories.tenders import TenderFactory, team_member, tender_in
from tests.pages import Page
from tests.tenders.drafts import officer_of

pytestmark = pytest.mark.django_db

SECRET = "May our twelve blue vans park?"


def ask(tender, *, company=None, by=None, text="May we visit?", at=None) -> Question:
    company = company or SupplierFactory()
    by = by or bidder_of(company)
    at = at or database_time()
    return actions.ask_question(tender=tender, company=company, text=text, by=by, at=at)


def public(client, tender, person=None) -> Page:
    if person:
        client.force_login(person)
    return Page(client.get(reverse("tenders:public", args=[tender.pk])))


def test_whoever_asks_follows_the_tender_and_the_trail_keeps_no_word_of_it():
    tender = tender_in("O")

    asked = ask(tender, text=f" {SECRET} ")

    event = AuditEvent.objects.get()
    assert asked.text == SECRET
    assert list(tender.followers.values_list("person", flat=True)) == [asked.asked_by_id]
    assert (event.verb, event.details) == (
        "tender.question_asked",
        {"company": str(asked.asked_for_id)},
    )


def test_officers_are_told_that_a_question_waits_once_and_not_by_whom():
    tender = tender_in("O")
    officer = officer_of(tender)
    company = SupplierFactory(name="Bright Side Ltd")

    ask(tender, company=company, text=SECRET)
    ask(tender)

    [letter] = mail.outbox
    assert letter.to == [officer.email]
    assert [one for one in ("Bright Side", SECRET) if one in letter.subject + letter.body] == []


@pytest.mark.parametrize(("minutes", "is_taken"), [(-1, True), (0, False), (1, False)])
def test_questions_end_at_their_own_moment(minutes, is_taken):
    until = database_time() + timedelta(days=1)
    tender = tender_in("O", questions_until=until)

    if is_taken:
        assert ask(tender, at=until + timedelta(minutes=minutes))
        return
    with pytest.raises(Unfit, match="Questions could be asked until"):
        ask(tender, at=until + timedelta(minutes=minutes))


def test_without_a_moment_of_their_own_questions_end_with_bids():
    tender = tender_in("O")

    with pytest.raises(Conflict, match="until the deadline"):
        ask(tender, at=tender.closes_at)


def test_a_company_waits_for_fifty_answers_at_most(monkeypatch):
    monkeypatch.setattr(conversations, "MOST_WAITING", 2)
    tender, company = tender_in("O"), SupplierFactory()
    QuestionFactory(tender=tender, asked_for=company)
    QuestionFactory(tender=tender, asked_for=company, answered=True)
    QuestionFactory(asked_for=company)
    QuestionFactory(tender=tender)

    assert ask(tender, company=company)
    with pytest.raises(Unfit, match="Ask again when one"):
        ask(tender, company=company)


def test_nobody_asks_for_somebody_else_s_company():
    with pytest.raises(Conflict, match="your own company"):
        ask(tender_in("O"), by=bidder_of(SupplierFactory()))


@pytest.mark.parametrize("text", ["", "   "])
def test_a_question_has_words(text):
    with pytest.raises(Unfit) as refusal:
        ask(tender_in("O"), text=text)

    assert refusal.value.field == "text"


def test_what_was_typed_is_kept_when_a_question_is_too_long(client):
    tender = tender_in("O")
    client.force_login(bidder_of(SupplierFactory()))
    text = "why " * 501

    page = client.post(reverse("tenders:ask", args=[tender.pk]), {"text": text})

    assert page.context["form"].errors["text"] == [
        "Your question must be 2,000 characters or fewer"
    ]
    assert text.strip() in page.content.decode()


def test_a_bidder_asks_from_the_public_page(client):
    tender, bidder = tender_in("O"), bidder_of(SupplierFactory())
    client.force_login(bidder)

    answer = client.post(reverse("tenders:ask", args=[tender.pk]), {"text": SECRET})

    assert answer.url == reverse("tenders:public", args=[tender.pk]) + "#questions-and-answers"
    assert SECRET in public(client, tender).text


def seen_by(client, *people) -> list[bool]:
    """Whether each of them reads a question that waits, on any page it could stand on."""
    question = QuestionFactory(text=SECRET)
    tender = question.tender
    pages = [
        reverse("tenders:public", args=[tender.pk]),
        reverse("tenders:ask", args=[tender.pk]),
        reverse("tenders:conversation", args=[tender.pk]),
        reverse("tenders:internal", args=[tender.pk]),
        reverse("bids:answer_question", args=[tender.pk, question.pk]),
    ]
    found = []
    for person in people:
        client.force_login(person(question))
        found.append(any(SECRET.encode() in client.get(page).content for page in pages))
    return found


def a_colleague_of_the_asker(question):
    return bidder_of(question.asked_for)


def an_officer(question):
    return officer_of(question.tender)


def another_company(question):
    return bidder_of(SupplierFactory())


def another_authority(question):
    return officer_of(TenderFactory(open=True))


def an_unassigned_officer(question):
    return MembershipFactory(organisation=question.tender.authority).user


def an_evaluator(question):
    return team_member(question.tender, Role.EVALUATOR)


def the_platform_s_superuser(question):
    return UserFactory(is_superuser=True)


OUTSIDERS = (
    another_company,
    another_authority,
    an_unassigned_officer,
    an_evaluator,
    the_platform_s_superuser,
)


def test_a_question_that_waits_is_read_by_its_company_and_the_tender_s_officers_alone(client):
    assert seen_by(client, a_colleague_of_the_asker, an_officer) == [True, True]
    assert seen_by(client, *OUTSIDERS) == [False] * len(OUTSIDERS)


def test_twin_with_the_door_open_another_company_reads_it(client, monkeypatch):
    monkeypatch.setattr(QuestionQuerySet, "of_companies_of", lambda self, user: self.all())

    assert seen_by(client, another_company) == [True]


def who_asked_is_told(client) -> bool:
    """Whether any page of the team names the company or the person that asked."""
    company = SupplierFactory(name="Bright Side Ltd")
    asker = UserFactory(full_name="Ada Field", email="ada@bright.example")
    question = QuestionFactory(asked_for=company, asked_by=asker)
    QuestionFactory(tender=question.tender, asked_for=company, asked_by=asker, answered=True)
    tender = question.tender
    client.force_login(officer_of(tender))
    pages = [
        reverse("tenders:conversation", args=[tender.pk]),
        reverse("bids:answer_question", args=[tender.pk, question.pk]),
        reverse("tenders:internal", args=[tender.pk]),
        reverse("tenders:public", args=[tender.pk]),
        reverse("tenders:desk"),
    ]
    told = "".join(client.get(page).content.decode() for page in pages)
    return any(name in told for name in ("Bright Side", "Ada Field", "ada@bright"))


def test_no_page_of_the_authority_tells_who_asked(client):
    assert not who_asked_is_told(client)


def test_twin_where_a_question_is_signed_the_asker_is_found(client, monkeypatch):
    answered = QuestionQuerySet.answered

    def signed(self):
        self.update(public_text="Bright Side Ltd asks", answer="Yes", answered_at=ASKED)
        return answered(self)

    monkeypatch.setattr(
        QuestionQuerySet,
        "answered",
        lambda self: signed(self.filter(answered_at__isnull=False)),
    )

    assert who_asked_is_told(client)


def test_everybody_reads_questions_and_answers_oldest_answer_first(client):
    tender = tender_in("O")
    officer = officer_of(tender)
    second = QuestionFactory(
        tender=tender, answered=True, public_text="Second?", answered_at=ASKED + timedelta(days=3)
    )
    QuestionFactory(tender=tender, answered=True, public_text="First?")
    QuestionFactory(tender=tender, text=SECRET)
    FurtherAnswer.objects.create(
        question=second, text="On Tuesdays too.", given_by=officer, given_at=ASKED
    )

    text = public(client, tender).text

    assert "Questions and answers (2)" in text
    places = [text.index(one) for one in ("First?", "Second?", "On Mondays.", "On Tuesdays too.")]
    assert places[0] < places[2] < places[1] < places[3]
    assert "5 March 2026" in text
    assert SECRET not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_answers_cost_the_same_for_any_number(client, django_assert_num_queries, count):
    tender = tender_in("O")
    QuestionFactory.create_batch(count, tender=tender, answered=True)
    public(client, tender)

    with django_assert_num_queries(public_queries(client)):
        public(client, tender)


def public_queries(client) -> int:
    """What the page of a tender with one answer costs."""
    one = QuestionFactory(answered=True).tender
    with CaptureQueriesContext(connection) as caught:
        public(client, one)
    return len(caught)


def test_a_visitor_is_led_to_sign_in_before_asking(client):
    tender = tender_in("O")

    page = public(client, tender)

    address = reverse("tenders:public", args=[tender.pk])
    assert (f"/account/login/?next={address}", "sign in to ask a question") in page.links
    assert reverse("tenders:ask", args=[tender.pk]) not in page.html


@pytest.mark.parametrize("state", "CERMALX")
def test_once_bids_are_closed_nobody_is_offered_to_ask(client, state):
    tender = tender_in(state)

    page = public(client, tender, bidder_of(SupplierFactory()))

    assert reverse("tenders:ask", args=[tender.pk]) not in page.html


def test_the_team_is_not_offered_to_ask(client):
    tender = tender_in("O")

    page = public(client, tender, officer_of(tender))

    assert reverse("tenders:ask", args=[tender.pk]) not in page.html


def test_the_desk_counts_what_waits_and_says_by_when(client):
    tender = tender_in("P")
    QuestionFactory.create_batch(3, tender=tender)
    QuestionFactory(tender=tender, answered=True)
    client.force_login(officer_of(tender))

    [row] = client.get(reverse("tenders:desk")).context["urgent"]

    assert (row.words, row.due_at) == ("Answer 3 questions", tender.closes_at)
    assert row.href == reverse("tenders:conversation", args=[tender.pk])


def test_what_nobody_answered_in_time_no_longer_stands_on_the_desk_as_to_be_answered(client):
    tender = tender_in("C")
    QuestionFactory(tender=tender)
    client.force_login(officer_of(tender))

    [row] = client.get(reverse("tenders:desk")).context["urgent"]

    assert row.words == "Open the bids together with the chair"


def test_anybody_signed_in_follows_once_and_stops_again(client):
    tender = tender_in("C")
    person = UserFactory()
    client.force_login(person)
    follow = reverse("tenders:follow", args=[tender.pk])
    unfollow = reverse("tenders:unfollow", args=[tender.pk])

    for _ in range(2):
        client.post(follow)
    following = list(Follower.objects.values_list("person", flat=True))
    client.post(unfollow)

    assert following == [person.pk]
    assert list(Follower.objects.all()) == []
    assert [event.verb for event in AuditEvent.objects.order_by("position")] == [
        "tender.followed",
        "tender.followed",
        "tender.unfollowed",
    ]


def test_following_ends_for_oneself_alone():
    theirs = FollowerFactory()

    actions.unfollow(tender=theirs.tender, by=UserFactory(), at=database_time())

    assert list(Follower.objects.all()) == [theirs]


def test_a_draft_cannot_be_followed(client):
    tender = TenderFactory()
    address = reverse("tenders:follow", args=[tender.pk])

    client.force_login(officer_of(tender))
    own = client.post(address)
    client.force_login(UserFactory())
    stranger = client.post(address)

    assert (own.status_code, stranger.status_code) == (409, 404)


@pytest.mark.parametrize("name", ["tenders:follow", "tenders:unfollow"])
def test_a_colleague_off_the_team_does_not_learn_that_a_draft_is_there(client, name):
    tender = TenderFactory()
    client.force_login(person_in(tender.authority, Role.EVALUATOR))

    answered = client.post(reverse(name, args=[tender.pk]))

    assert (answered.status_code, AuditEvent.objects.count()) == (404, 0)
