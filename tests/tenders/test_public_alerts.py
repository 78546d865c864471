"""Alerts: who is told of what is published, once, with it, and how to be told no more."""

from functools import partial

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.signing import Signer
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from charter.refusals import Unfit
from design.fields import CleanTextField
from records import jobs, tasks
from records.models import AuditEvent, Job, Letter
from tenders import actions
from tenders.actions import life
from tenders.actions.alerts import MOST
from tenders.finding import BOUNDS, Search, narrowed, news_of
from tenders.models import Alert, Follower, Tender
from tenders.stopping import token_of
from tests.factories.accounts import AuthorityFactory, SupplierFactory, UserFactory, bidder_of
from tests.factories.tenders import TenderFactory
from tests.tenders.drafts import NOW, complete_draft, officer_of, published_tender
from tests.tenders.test_lots import beside, two_complete_lots

pytestmark = pytest.mark.django_db
KEEP = reverse("tenders:keep_alert")
FOLLOWING = reverse("tenders:following")


@pytest.fixture
def kept(settings, monkeypatch):
    """Letters as in the product: rows that nobody has delivered yet."""
    settings.EMAIL_BACKEND = "records.letters.KeepLetters"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(jobs, "send", lambda job: True)


@pytest.fixture
def person():
    return bidder_of(SupplierFactory())


def alert_of(person, name="Mine", **search) -> Alert:
    return Alert.objects.create(person=person, name=name, since=NOW, **search)


def publish(tender: Tender) -> Tender:
    return actions.publish_tender(tender=tender, by=officer_of(tender), at=NOW)


def told() -> list[str]:
    return [letter.recipients[0] for letter in Letter.objects.order_by("recipients")]


# --- What an alert is about -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("search", "rings"),
    [
        ({}, True),
        ({"words": "REPAIRS homes"}, True),
        ({"words": "repairs gardens"}, False),
        ({"opportunity": "procurement"}, True),
        ({"opportunity": "funding_round"}, False),
        ({"band": "to-1m"}, True),
        ({"band": "to-5m"}, False),
    ],
)
def test_an_alert_rings_for_what_its_search_would_find(person, search, rings):
    alert = alert_of(person, **search)
    tender = TenderFactory(open=True)

    assert [news.alerts for news in news_of([tender])] == ([[alert]] if rings else [])


def test_an_alert_may_be_about_one_authority(person):
    tender = TenderFactory(open=True)
    alert_of(person, authority=AuthorityFactory())
    mine = alert_of(person, authority=tender.authority)

    assert [news.alerts for news in news_of([tender])] == [[mine]]


def test_nobody_is_told_who_no_longer_signs_in(person):
    person.is_active = False
    person.save()
    alert_of(person)

    assert news_of([TenderFactory(open=True)]) == []


TEXT = st.text(alphabet="aAéÉßıİſK%_\\ .\nσς", max_size=8)


def storable(text: str) -> str:
    """As the form hands it on."""
    try:
        return CleanTextField(required=False, max_length=100).clean(text)
    except ValidationError:
        return ""


class TheListAndTheAlertsAgree(TestCase):
    """Whatever is typed, an alert rings for what the list with the same search shows."""

    @classmethod
    def setUpTestData(cls):
        TenderFactory(open=True)
        alert_of(UserFactory())

    @given(
        words=TEXT,
        title=TEXT,
        summary=TEXT,
        band=st.sampled_from(["", *BOUNDS]),
        value=st.sampled_from(["0.01", "50000.00", "50000.01", "1000000.00", "5000000.01"]),
    )
    def test_on_every_search(self, words, title, summary, band, value):
        words = storable(words)
        Tender.objects.update(title=title, summary=summary, contract_value=value)
        Alert.objects.update(words=words, band=band)
        listed = narrowed(Tender.objects.all(), Search(words=words, band=band))

        assert listed.exists() == bool(news_of(Tender.objects.all()))


# --- One letter, kept with what it tells of -----------------------------------------------------


def test_whoever_asked_is_told_once_however_many_alerts_answer(kept, person):
    alert_of(person, "Homes", words="homes")
    alert_of(person, "Anything")
    alert_of(person, "Gardens", words="gardens")
    tender = published_tender()

    [letter] = Letter.objects.all()

    assert letter.recipients == [person.email]
    assert "“Anything”, “Homes”" in letter.body
    assert "Gardens" not in letter.body
    assert reverse("tenders:public", args=[tender.pk]) in letter.body


def test_no_word_that_anybody_typed_is_in_the_subject(kept, person):
    alert_of(person, "Win a prize")

    published_tender(title="You have won")

    assert Letter.objects.get().subject == "New tender: bids close on 6 July 2026"


def test_lots_published_together_are_told_of_in_one_letter(kept, person):
    alert_of(person)
    tender, lot, officer = two_complete_lots()

    actions.publish_tender(tender=tender, by=officer, at=NOW)

    letter = Letter.objects.get()
    assert letter.subject == "New tender in 2 lots: bids close on 6 July 2026"
    assert f"Lot 1: {tender.title}" in letter.body
    assert f"Lot 2: {lot.title}" in letter.body


def test_only_the_lots_that_an_alert_is_about_are_told_of(kept, person):
    alert_of(person, words="south")
    lots = [TenderFactory(title=title, open=True) for title in ("North", "South")]

    life.tell_of_published(lots)

    letter = Letter.objects.get()
    assert "South" in letter.body
    assert "North" not in letter.body


def test_nobody_learns_who_else_is_told(kept):
    people = [bidder_of(SupplierFactory()) for _ in range(3)]
    for one in people:
        alert_of(one)

    published_tender()

    assert sorted(told()) == sorted(one.email for one in people)
    assert all(len(letter.recipients) == 1 for letter in Letter.objects.all())


def queries_to_tell(people: int) -> int:
    Alert.objects.all().delete()
    for _ in range(people):
        person = UserFactory()
        alert_of(person)
        alert_of(person, words="homes")
    tender = TenderFactory(open=True)
    with CaptureQueriesContext(connection) as asked:
        life.tell_of_published([tender])
    return len(asked)


def test_telling_many_takes_as_many_queries_as_telling_one(kept):
    assert queries_to_tell(1) == queries_to_tell(40)


def is_kept_though_everything_stops_at_the_commit() -> bool:
    """Whether a letter is there without a step of ours after the tender was published."""
    publish(complete_draft())
    return Letter.objects.exists()


def is_gone_with_what_it_tells_of() -> bool:
    """Whether nobody is told of a tender that was published only until something went wrong."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(complete_draft())
        raise ZeroDivisionError
    return not Letter.objects.exists() and not mail.outbox


def test_a_letter_is_kept_with_the_tender_or_not_at_all(kept, person):
    alert_of(person)

    assert is_gone_with_what_it_tells_of()
    assert is_kept_though_everything_stops_at_the_commit()


def test_twin_letters_written_after_the_commit_would_be_lost(kept, person, monkeypatch):
    alert_of(person)
    write = life.tell_of_published
    late = lambda published: transaction.on_commit(partial(write, published))  # noqa: E731
    monkeypatch.setattr(life, "tell_of_published", late)

    assert not is_kept_though_everything_stops_at_the_commit()


def test_twin_letters_sent_at_once_tell_of_what_never_was(kept, person, monkeypatch, settings):
    alert_of(person)
    settings.EMAIL_BACKEND = settings.EMAIL_DELIVERY_BACKEND

    assert not is_gone_with_what_it_tells_of()


def test_what_cannot_be_told_is_not_published(kept, person, monkeypatch):
    alert_of(person)
    monkeypatch.setattr("tenders.emails.token_of", lambda alerts: 1 / 0)
    tender = complete_draft()

    with pytest.raises(ZeroDivisionError):
        publish(tender)

    tender.refresh_from_db()
    assert tender.published_at is None


def test_a_letter_carries_the_press_that_stops_it(kept, person):
    alert = alert_of(person)
    published_tender()

    tasks.deliver_letter(job_id=str(Job.objects.get().pk))

    [message] = mail.outbox
    link = message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.strip("<>") in message.body
    assert link.endswith(reverse("tenders:stop_alerts", args=[token_of([alert])]) + ">")
    assert link in message.message().as_bytes().decode()


# --- Keeping one, and stopping ------------------------------------------------------------------


def test_a_search_is_kept_under_a_name(client, person):
    authority = TenderFactory(open=True).authority
    client.force_login(person)
    query = f"?words=school+meals&kind=procurement&band=to-50k&authority={authority.pk}&show=open"

    page = client.get(KEEP + query)
    answer = client.post(KEEP + query, {"name": "Meals"})

    assert page.context["form"]["name"].value() == (
        f"school meals, Procurement, {authority}, Up to £50,000"
    )
    assert answer.url == FOLLOWING
    alert = Alert.objects.get()
    assert (alert.person, alert.name, alert.words) == (person, "Meals", "school meals")
    assert (alert.opportunity, alert.authority, alert.band) == ("procurement", authority, "to-50k")
    assert AuditEvent.objects.get().verb == "alert.saved"
    assert "school" not in str(AuditEvent.objects.get().details)


def test_a_visitor_signs_in_first_and_comes_back_to_the_search(client):
    answer = client.get(f"{KEEP}?words=meals")

    assert answer.url == f"/account/login/?next={KEEP}%3Fwords%3Dmeals"


def test_an_alert_needs_a_name_and_what_was_searched_stays(client, person):
    client.force_login(person)

    page = client.post(f"{KEEP}?words=meals", {"name": " "})

    assert page.context["form"].errors["name"] == ["Enter the name of this alert"]
    assert page.context["said"] == [("words", "Words", "meals")]


def test_one_person_keeps_so_many_and_no_more(client, person):
    for number in range(MOST):
        alert_of(person, str(number))
    client.force_login(person)

    page = client.post(KEEP, {"name": "One more"})

    assert "Stop one of them, then keep this one." in page.content.decode()
    assert person.alerts.count() == MOST
    with pytest.raises(Unfit):
        actions.save_alert(search=Search(), name="One more", by=person, at=NOW)


def test_one_page_shows_what_is_followed_and_what_rings(client, person):
    mine, other = alert_of(person), alert_of(UserFactory(), "Not mine")
    tender = TenderFactory(open=True)
    Follower.objects.create(tender=tender, person=person, since=NOW)
    client.force_login(person)

    page = client.get(FOLLOWING)

    assert list(page.context["alerts"]) == [mine]
    assert [row.tender for row in page.context["rows"]] == [tender]
    assert other.name not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_that_page_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    person = UserFactory()
    for number in range(count):
        alert_of(person, str(number), authority=AuthorityFactory())
        tender = beside(TenderFactory(open=True), "1", open=True)
        Follower.objects.create(tender=tender, person=person, since=NOW)
    client.force_login(person)

    with django_assert_num_queries(8):
        client.get(FOLLOWING)


def test_an_alert_is_stopped_on_that_page(client, person):
    alert, other = alert_of(person), alert_of(person, "Stays")
    client.force_login(person)

    client.post(reverse("tenders:stop_alert", args=[alert.pk]))

    assert list(Alert.objects.all()) == [other]
    assert AuditEvent.objects.get().details == {"alerts": [str(alert.pk)]}


def test_nobody_stops_or_learns_of_somebody_elses(client, person):
    alert = alert_of(UserFactory())
    client.force_login(person)
    address = reverse("tenders:stop_alert", args=[alert.pk])

    assert client.post(address).status_code == 404
    actions.stop_alerts(alerts=[alert], by=person, at=NOW)
    assert Alert.objects.get() == alert
    assert not AuditEvent.objects.filter(verb="alert.stopped").exists()


# --- The link in the letter ----------------------------------------------------------------------


def link_to_stop(*alerts) -> str:
    return reverse("tenders:stop_alerts", args=[token_of(alerts)])


def test_reading_the_link_stops_nothing_and_pressing_its_button_does(client, person):
    alert, other = alert_of(person), alert_of(person, "Stays")

    page = client.get(link_to_stop(alert))
    assert "Stop these e-mails" in page.content.decode()
    assert Alert.objects.count() == 2
    page = client.post(link_to_stop(alert))

    assert "You are told of no more like this" in page.content.decode()
    assert list(Alert.objects.all()) == [other]
    assert AuditEvent.objects.get().actor_id == person.pk


def test_a_mail_program_presses_it_without_cookie_or_page(person):
    alert = alert_of(person)

    answer = Client(enforce_csrf_checks=True).post(
        link_to_stop(alert), {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200
    assert not Alert.objects.exists()


def test_pressing_it_again_is_no_fault(client, person):
    link = link_to_stop(alert_of(person))
    client.post(link)

    page = client.post(link).content.decode()

    assert "These alerts had been stopped already." in page


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: f"x{t}", lambda t: "x:y"])
def test_an_altered_link_stops_nothing_and_says_what_to_do(client, person, change):
    alert = alert_of(person)
    address = reverse("tenders:stop_alerts", args=[change(token_of([alert]))])

    answer = client.post(address)

    assert answer.status_code == 404
    assert "This link is not whole" in answer.content.decode()
    assert Alert.objects.get() == alert


def test_one_persons_link_is_signed_for_this_alone(client, person):
    """A signature of Tenth for something else opens nothing here."""
    alert = alert_of(person)
    other = Signer(salt="charter.invitation").sign_object([alert.pk.hex])

    assert client.post(reverse("tenders:stop_alerts", args=[other])).status_code == 404
    assert Alert.objects.get() == alert
