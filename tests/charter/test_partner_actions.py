"""Partners of a charter: who signs, who decides, and what each is told."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from charter import actions
from charter.actions import partners
from charter.models import Charter, Partner
from charter.refusals import Unfit
from charter.states import PartnerState
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory, UserFactory, person_in
from tests.factories.charter import CharterFactory, PartnerFactory, PrincipleFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOLD = {
    "name": "Canal Trust",
    "statement": "We mend what we can.",
    "own_statement": "",
    "contact_name": "Jo Field",
    "contact_email": "jo@canal.example",
}


def sign(charter, *, principles=(), by=None, **told):
    return actions.sign_up(
        charter=charter, principles=list(principles), by=by, at=NOW, **{**TOLD, **told}
    )


def decide(partner, decision, *, by=None, reason="As agreed."):
    by = by or person_in(partner.charter.authority, Role.ADMINISTRATOR)
    return actions.decide_partner(partner=partner, decision=decision, reason=reason, by=by, at=NOW)


def test_a_signature_waits_and_is_not_shown():
    principle = PrincipleFactory()

    partner = sign(principle.quadrant.charter, principles=[principle])

    assert partner.state == PartnerState.WAITING
    assert list(partner.principles.all()) == [principle]
    assert not Partner.objects.confirmed().exists()


def test_a_signature_is_acknowledged_and_kept_on_record_without_its_contact():
    charter = CharterFactory(title="Ours")

    partner = sign(charter)

    (letter,) = mail.outbox
    event = AuditEvent.objects.get()
    assert letter.to == ["jo@canal.example"]
    assert letter.subject == "Signature received on 2 March 2026: Ours"
    assert letter.body.count("http") == 1
    assert (event.verb, event.target_id) == ("partner.signed", str(partner.pk))
    assert (event.actor_label, event.details) == ("", {"name": "Canal Trust"})


VICTIM, SPAM = "victim@x.example", "You have won: http://evil.example/"


@pytest.mark.parametrize("is_declined", [False, True])
def test_no_word_of_a_stranger_is_sent_to_the_address_they_give(is_declined):
    partner = sign(CharterFactory(), **{**dict.fromkeys(TOLD, SPAM), "contact_email": VICTIM})
    if is_declined:
        decide(partner, PartnerState.DECLINED)

    assert [letter.to for letter in mail.outbox] == [[VICTIM]] * (1 + is_declined)
    for letter in mail.outbox:
        assert SPAM not in letter.subject + letter.body
        assert letter.body.count("http") == 1


def test_twin_a_letter_that_names_the_partner_would_be_caught():
    partner = sign(CharterFactory(), name=SPAM, contact_email=VICTIM)
    decide(partner, PartnerState.CONFIRMED)

    assert [SPAM in letter.body for letter in mail.outbox] == [False, True]


@pytest.mark.parametrize(
    ("name", "email"),
    [
        ("Canal Trust", "jo@canal.example"),
        ("CANAL trust", "Jo@Canal.example"),
    ],
)
def test_the_same_signature_twice_is_kept_and_answered_once(name, email):
    charter = CharterFactory()
    first = sign(charter)

    assert sign(charter, name=name, contact_email=email) == first
    assert Partner.objects.count() == 1
    assert (len(mail.outbox), AuditEvent.objects.count()) == (1, 1)


def test_somebody_elses_signature_is_not_given_away():
    charter = CharterFactory()
    sign(charter)

    sign(charter, contact_email="somebody@else.example")

    assert Partner.objects.waiting().count() == 2


def test_a_declined_organisation_may_sign_again():
    partner = sign(CharterFactory())
    decide(partner, PartnerState.DECLINED)

    sign(partner.charter)

    assert Partner.objects.waiting().count() == 1


def test_no_address_is_written_to_more_often_than_three_times():
    for number in range(partners.MOST_WAITING_PER_ADDRESS):
        sign(CharterFactory(), name=f"Branch {number}")

    with pytest.raises(Unfit, match="3 signatures from this e-mail address wait"):
        sign(CharterFactory(), name="One more")

    assert len(mail.outbox) == 3


def test_at_most_fifty_signatures_wait():
    charter = CharterFactory()
    PartnerFactory.create_batch(partners.MOST_WAITING, charter=charter)

    with pytest.raises(Unfit, match="Try again in a week"):
        sign(charter)

    assert (Partner.objects.count(), mail.outbox) == (50, [])


def test_those_decided_and_those_of_another_charter_do_not_count():
    charter = CharterFactory()
    PartnerFactory.create_batch(partners.MOST_WAITING, charter=charter, declined=True)
    PartnerFactory.create_batch(partners.MOST_WAITING)

    assert sign(charter).state == PartnerState.WAITING


def sign_together(charter, monkeypatch):
    """Five organisations sign at once, each a little slowly."""
    create = Partner.objects.create

    def slowly(**fields):
        time.sleep(0.2)
        return create(**fields)

    monkeypatch.setattr(Partner.objects, "create", slowly)
    kept = []

    def one(number):
        try:
            kept.append(sign(charter, name=f"N{number}", contact_email=f"n{number}@x.example"))
        except Unfit:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(one, range(5)))
    return len(kept)


@pytest.mark.django_db(transaction=True)
def test_signatures_at_the_same_moment_are_counted_one_after_the_other(monkeypatch):
    charter = CharterFactory()
    PartnerFactory.create_batch(partners.MOST_WAITING - 1, charter=charter)

    assert sign_together(charter, monkeypatch) == 1
    assert Partner.objects.waiting().count() == partners.MOST_WAITING


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_more_than_fifty_wait(monkeypatch):
    charter = CharterFactory()
    PartnerFactory.create_batch(partners.MOST_WAITING - 1, charter=charter)
    monkeypatch.setattr(partners, "_locked_in_force", lambda charter: charter)

    assert sign_together(charter, monkeypatch) > 1


@pytest.mark.parametrize("state", ["draft", "superseded"])
def test_only_the_version_in_force_is_signed(state):
    charter = CharterFactory(**{state: True})

    with pytest.raises(Conflict, match="Partners sign the version in force"):
        sign(charter)


def test_a_confirmed_partner_is_told():
    partner = PartnerFactory(name="Canal Trust", charter__title="Ours")
    administrator = person_in(partner.charter.authority, Role.ADMINISTRATOR)

    decide(partner, PartnerState.CONFIRMED, by=administrator, reason="")

    partner.refresh_from_db()
    (letter,) = mail.outbox
    assert (partner.state, partner.decided_by, partner.decided_at) == (
        PartnerState.CONFIRMED,
        administrator,
        NOW,
    )
    assert letter.to == [partner.contact_email]
    assert letter.subject == "Signed up on 2 March 2026: Ours"
    assert AuditEvent.objects.get().verb == "partner.confirmed"


def test_a_declined_partner_is_told_why():
    decide(PartnerFactory(), PartnerState.DECLINED, reason="You closed last year.")

    (letter,) = mail.outbox
    assert "You closed last year." in letter.body
    assert "has not accepted the signature" in letter.body


def test_a_partner_that_leaves_is_told():
    decide(PartnerFactory(confirmed=True), PartnerState.WITHDRAWN)

    (letter,) = mail.outbox
    assert "no longer stands with" in letter.body


def test_nobody_is_written_to_where_no_address_is_held():
    decide(PartnerFactory(confirmed=True, contact_email=""), PartnerState.WITHDRAWN)

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("trait", "decision"),
    [({}, PartnerState.DECLINED), ({"confirmed": True}, PartnerState.WITHDRAWN)],
)
def test_whoever_is_not_shown_is_given_a_reason(trait, decision):
    with pytest.raises(Unfit, match="Enter a reason"):
        decide(PartnerFactory(**trait), decision, reason="")


@pytest.mark.parametrize(
    ("trait", "decision"),
    [
        ({}, PartnerState.WITHDRAWN),
        ({}, PartnerState.WAITING),
        ({"confirmed": True}, PartnerState.DECLINED),
        ({"confirmed": True}, PartnerState.CONFIRMED),
        ({"declined": True}, PartnerState.CONFIRMED),
        ({"withdrawn": True}, PartnerState.CONFIRMED),
    ],
)
def test_only_what_may_come_next_is_decided(trait, decision):
    partner = PartnerFactory(**trait)
    before = partner.state

    with pytest.raises(Conflict, match="Open the list of partners"):
        decide(partner, decision)

    partner.refresh_from_db()
    assert (partner.state, mail.outbox) == (before, [])


def test_the_second_of_two_decisions_is_refused():
    partner = PartnerFactory()
    seen_by_the_other = Partner.objects.get(pk=partner.pk)
    decide(partner, PartnerState.CONFIRMED)

    with pytest.raises(Conflict):
        decide(seen_by_the_other, PartnerState.DECLINED)


def test_an_administrator_records_a_partner_who_signed_elsewhere():
    principle = PrincipleFactory()
    charter = principle.quadrant.charter
    administrator = person_in(charter.authority, Role.ADMINISTRATOR)

    partner = actions.record_partner(
        charter=charter,
        principles=[principle],
        decision_reason="Minute 7.",
        by=administrator,
        at=NOW,
        **TOLD,
    )

    assert (partner.state, partner.decided_by) == (PartnerState.CONFIRMED, administrator)
    assert list(partner.principles.all()) == [principle]
    assert (AuditEvent.objects.get().verb, mail.outbox) == ("partner.recorded", [])


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BOARD, Role.EVALUATOR])
def test_only_administrators_decide_and_record(role):
    partner = PartnerFactory()
    colleague = person_in(partner.charter.authority, role)

    with pytest.raises((PermissionDenied, Http404)):
        decide(partner, PartnerState.CONFIRMED, by=colleague)
    with pytest.raises((PermissionDenied, Http404)):
        actions.record_partner(
            charter=partner.charter,
            principles=[],
            decision_reason="Minute 7.",
            by=colleague,
            at=NOW,
            **TOLD,
        )


def test_an_administrator_of_another_authority_finds_nothing():
    stranger = person_in(AuthorityFactory(), Role.ADMINISTRATOR)

    with pytest.raises(Http404):
        decide(PartnerFactory(), PartnerState.CONFIRMED, by=stranger)


def test_a_title_of_two_lines_begins_no_header():
    sign(CharterFactory(title="Ours\r\nBcc: spy@example.org"))

    (letter,) = mail.outbox
    assert letter.recipients() == ["jo@canal.example"]
    assert letter.message()["Bcc"] is None


def test_twin_with_the_lines_left_in_the_letter_is_not_even_written(monkeypatch):
    charter = CharterFactory(title="Ours\r\nBcc: spy@example.org")
    monkeypatch.setattr("charter.emails._one_line", lambda words: words)

    with pytest.raises(ValueError, match="newlines"):
        sign(charter)


def test_signing_while_the_charter_is_superseded_is_refused():
    charter = CharterFactory()
    Charter.objects.filter(pk=charter.pk).update(status="superseded")

    with pytest.raises(Conflict):
        sign(charter, by=UserFactory())
