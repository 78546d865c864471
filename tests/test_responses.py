"""What every answer says to browsers and caches, and what stays on record of refusals."""

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from accounts import middleware
from accounts.roles import Role
from accounts.views import front
from records import audit
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


def _fault(request):
    raise RuntimeError("a fault of ours")


def test_every_answer_keeps_scripts_frames_and_guessing_browsers_out(browser, monkeypatch):
    officer = person_in(AuthorityFactory(), Role.OFFICER)
    monkeypatch.setattr(front, "first_page", _fault)
    visits = [browser.get("/account/login/"), browser.get(reverse("tenders:desk"))]
    browser.force_login(officer)
    visits += [
        browser.get(reverse("tenders:desk")),
        browser.get(reverse("bids:desk")),
        browser.get("/nothing/"),
        browser.post(reverse("charter:list")),
        browser.get("/"),
        browser.post(reverse("tenders:desk"), "a=b", content_type="text/plain; charset=utf-16"),
    ]
    visits.append(Client(enforce_csrf_checks=True).post("/account/login/"))

    assert [visit.status_code for visit in visits[:7]] == [200, 302, 200, 403, 404, 405, 500]
    for visit in visits:
        policy = visit["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert visit["X-Content-Type-Options"] == "nosniff"
        assert visit["X-Frame-Options"] == "DENY"
        assert visit["Referrer-Policy"] == "same-origin"


def test_what_is_shown_to_somebody_signed_in_is_kept_in_no_shared_cache(client):
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))

    assert client.get(reverse("tenders:desk"))["Cache-Control"] == "private, no-cache"
    assert client.get(reverse("bids:desk"))["Cache-Control"] == "private, no-cache"


def test_signing_out_empties_the_browsers_memory(client):
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))

    answer = client.post(reverse("account_logout"))

    assert answer["Clear-Site-Data"] == '"cache"'


def test_what_was_said_to_one_person_is_not_said_to_the_next(client):
    world = build_world("O")
    client.force_login(world.people["bidder_none"])
    client.post(reverse("bids:start", args=[world.tender.pk]))
    client.post(reverse("account_logout"))

    client.force_login(world.people["officer"])
    page = client.get(reverse("tenders:desk")).content.decode()

    assert "Your bid has begun" not in page


def test_only_a_press_of_the_button_signs_out(client):
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))

    client.get(reverse("account_logout"))

    assert client.get(reverse("tenders:desk")).status_code == 200


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_else(client, away):
    person = person_in(AuthorityFactory(), Role.OFFICER)
    person.set_password("correct horse battery")
    person.save()

    answer = client.post(
        f"{reverse('account_login')}?next={away}",
        {"login": person.email, "password": "correct horse battery", "next": away},
    )

    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("method", "name", "status"),
    [("GET", "evaluations:ranking", 403), ("POST", "tenders:publish", 409)],
)
def test_a_refusal_changes_nothing_but_is_kept(client, method, name, status):
    world = build_world("E")
    officer = world.people["officer"]
    client.force_login(officer)
    address = reverse(name, args=[world.tender.pk])
    before = vars(type(world.tender).objects.get(pk=world.tender.pk))

    answer = client.generic(method, address)

    after = vars(type(world.tender).objects.get(pk=world.tender.pk))
    event = AuditEvent.objects.get()
    assert answer.status_code == status
    assert {**before, "_state": None} == {**after, "_state": None}
    assert (event.verb, event.stream, event.actor_id) == ("access.denied", "access", officer.pk)
    assert event.details == {"method": method, "path": address, "status": status}


def test_a_visitors_refusal_is_not_kept(client):
    client.post(reverse("tenders:desk"))

    assert not AuditEvent.objects.exists()


def test_a_refusal_that_cannot_be_kept_is_a_refusal_all_the_same(client, monkeypatch):
    def away(**about):
        raise DatabaseError

    monkeypatch.setattr(middleware.audit, "record", away)
    client.force_login(bidder_of(SupplierFactory()))

    assert client.get(reverse("accounts:people_desk")).status_code == 404
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))
    assert client.get(reverse("bids:desk")).status_code == 403


def test_refusals_are_a_sound_chain(client):
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))

    client.get(reverse("bids:desk"))
    client.get(reverse("bids:desk"))

    assert AuditEvent.objects.filter(stream="access").count() == 2
    assert list(audit.broken_links("access")) == []
