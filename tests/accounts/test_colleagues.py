"""People of one company work together; who joins has read the letter, and nobody learns more."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.invitations import address_of
from accounts.models import ColleagueInvitation, Membership, User
from accounts.roles import Role
from records.models import AuditEvent
from tests.factories.accounts import (
    LONG_AGO,
    AuthorityFactory,
    ColleagueInvitationFactory,
    DealingFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db

LIST = "accounts:colleagues"
GRACE = "grace@example.org"
PASSWORD = "three unlikely words"


@pytest.fixture
def invitation(company):
    return ColleagueInvitationFactory(company=company, email=GRACE)


def invite(client, email=GRACE):
    return client.post(reverse(LIST), {"full_name": "Grace Hopper", "email": email})


def join(browser, invitation, **typed):
    return browser.post(
        address_of(invitation), {"full_name": "Grace Hopper", "password": PASSWORD, **typed}
    )


def registered(email=GRACE, company="Grace Ltd"):
    """A person with a password who registered a company of their own, unproven."""
    person = UserFactory(email=email)
    person.set_password("a password known to who registered")
    person.save()
    actions.register_supplier(company_name=company, by=person, at=LONG_AGO)
    return person


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def works_for(person, company):
    return person.memberships.filter(organisation=company, role=Role.BIDDER).exists()


def test_who_is_invited_chooses_a_password_and_bids_for_the_company(
    client, person, company, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invite(client)
    (letter,) = mail.outbox
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    browser = Client()
    response = browser.post(link, {"full_name": "Grace Hopper", "password": PASSWORD})

    grace = User.objects.get(email=GRACE)
    assert letter.to == [GRACE]
    assert response.url == reverse("bids:desk")
    assert browser.get(response.url).status_code == 200
    assert works_for(grace, company)
    assert grace.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=grace).verified


def test_nobody_is_in_the_company_before_they_join(client, person, company):
    invite(client)

    assert [one.user for one in company.memberships.all()] == [person]
    assert not User.objects.filter(email=GRACE).exists()


def test_a_link_works_once(invitation):
    join(Client(), invitation)

    assert join(Client(), invitation).status_code == 410


def test_a_link_ends(company):
    late = ColleagueInvitationFactory(company=company, answer_until=timezone.now())

    assert Client().get(address_of(late)).status_code == 410


def test_a_changed_link_opens_nothing(invitation):
    other = ColleagueInvitationFactory()
    forged = address_of(invitation).replace(invitation.pk.hex, other.pk.hex)

    assert Client().get(forged).status_code == 410


def test_an_invitation_is_taken_back(client, person, invitation):
    client.post(reverse("accounts:withdraw_invitation", args=[invitation.pk]))

    assert Client().get(address_of(invitation)).status_code == 410


def test_inviting_again_ends_the_earlier_link(client, person, company, invitation):
    invite(client, GRACE.upper())

    assert Client().get(address_of(invitation)).status_code == 410
    assert company.invitations.count() == 1


def test_a_weak_password_is_refused_and_the_name_kept(invitation):
    page = join(Client(), invitation, full_name="Rear Admiral", password="password")

    assert "too common" in page.content.decode()
    assert 'value="Rear Admiral"' in page.content.decode()
    assert not User.objects.filter(email=GRACE).exists()


def test_who_has_a_password_signs_in_to_join(company, invitation):
    grace = UserFactory(email=GRACE)
    grace.set_password("a password of long ago")
    grace.save()
    EmailAddress.objects.create(user=grace, email=GRACE, verified=True)

    page = Client().get(address_of(invitation)).content.decode()
    join(Client(), invitation)
    assert "Choose a password" not in page
    assert grace.memberships.count() == 0

    signed_in(grace).post(address_of(invitation))
    assert works_for(grace, company)


def test_who_registered_with_the_address_unproven_is_locked_out_by_its_owner(company, invitation):
    squatter = registered()
    inside = signed_in(squatter)
    own = squatter.memberships.get().organisation

    join(Client(), invitation)

    squatter.refresh_from_db()
    assert squatter.check_password(PASSWORD)
    assert inside.get(reverse("bids:desk")).status_code == 302
    assert (works_for(squatter, company), works_for(squatter, own)) == (True, False)
    assert AuditEvent.objects.filter(verb="person.locked_out").exists()


def test_an_invitation_alone_takes_nothing_from_anybody(client, person):
    """Or any company could end another's work by inviting its people."""
    other = registered()

    invite(client)

    other.refresh_from_db()
    assert other.check_password("a password known to who registered")
    assert other.memberships.get().organisation.name == "Grace Ltd"


def test_an_invitation_tells_nothing_of_the_address(client, person, company):
    rival = bidder_of(SupplierFactory())
    officer = person_in(AuthorityFactory(), Role.OFFICER)

    said = set()
    for address in ("anybody@example.org", rival.email, officer.email):
        invite(client, address)
        said.add(Page(client.get(reverse(LIST))).text.replace(address, ""))
        company.invitations.all().delete()

    assert len(said) == 1


def test_nobody_acts_for_a_company_and_an_authority(company):
    officer = person_in(AuthorityFactory(), Role.OFFICER)
    invitation = ColleagueInvitationFactory(company=company, email=officer.email)

    for_signed_in = signed_in(officer).post(address_of(invitation)).content.decode()
    for_anybody = join(Client(), invitation).content.decode()

    assert "You work for an authority under this address." in for_signed_in
    assert "You work for an authority under this address." in for_anybody
    assert not works_for(officer, company)


def test_another_person_cannot_use_the_link(company, invitation):
    stranger = bidder_of(SupplierFactory())

    page = signed_in(stranger).post(address_of(invitation)).content.decode()

    assert f"This invitation is for {GRACE}" in page
    assert not works_for(stranger, company)


def test_who_bids_elsewhere_leaves_to_join(company, invitation):
    grace = registered()
    own = grace.memberships.get().organisation
    browser = signed_in(grace)

    browser.post(address_of(invitation))
    assert not works_for(grace, company)

    browser.post(address_of(invitation), {"leaves": "on"})
    assert (works_for(grace, company), works_for(grace, own)) == (True, False)


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_nobody_leaves_a_company_alone_that_has_sent_a_bid(company, invitation, is_signed_in):
    grace = registered()
    own = grace.memberships.get().organisation
    DealingFactory(supplier=own)
    browser = signed_in(grace) if is_signed_in else Client()

    page = join(browser, invitation, leaves="on").content.decode()

    assert "You are the only person of Grace Ltd, which has sent a bid." in page
    assert (works_for(grace, company), works_for(grace, own)) == (False, True)


def test_a_colleague_already_there_is_not_invited(client, person, company):
    page = invite(client, person.email.upper()).content.decode()

    assert "is already here with you" in page
    assert company.invitations.count() == 0


def test_twenty_invitations_a_day_are_enough(client, person, company):
    for number in range(20):
        invite(client, f"a{number}@example.org")
        company.invitations.all().delete()

    page = invite(client).content.decode()

    assert "20 invitations were sent within a day. Try again tomorrow" in page
    assert company.invitations.count() == 0


def test_a_colleague_is_removed_and_finds_nothing_any_more(client, person, company):
    colleague = bidder_of(company)
    browser = signed_in(colleague)
    address = reverse("accounts:remove_colleague", args=[colleague.pk])

    assert client.get(address).status_code == 200
    client.post(address)

    assert browser.get(reverse(LIST)).status_code == 404
    event = AuditEvent.objects.get(verb="colleague.removed")
    assert (event.actor_id, event.target_id) == (person.pk, str(colleague.pk))


def test_the_last_person_stays(client, person, company):
    page = client.post(reverse("accounts:remove_colleague", args=[person.pk])).content.decode()

    assert "a company keeps at least one" in page
    assert works_for(person, company)


def test_one_may_leave_while_others_stay(client, person, company):
    bidder_of(company)

    response = client.post(reverse("accounts:remove_colleague", args=[person.pk]))

    assert response.url == reverse("accounts:home")
    assert not works_for(person, company)


def test_another_companys_people_and_invitations_are_not_found(client, person):
    other = bidder_of(SupplierFactory())
    waiting = ColleagueInvitationFactory()

    answers = [
        client.post(reverse("accounts:remove_colleague", args=[other.pk])),
        client.post(reverse("accounts:withdraw_invitation", args=[waiting.pk])),
        client.post(reverse("accounts:remove_colleague", args=[waiting.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Membership.objects.filter(user=other).exists()
    assert ColleagueInvitation.objects.filter(pk=waiting.pk).exists()


def test_a_company_reads_only_its_own_people(client, person):
    other = bidder_of(SupplierFactory())
    waiting = ColleagueInvitationFactory(email="waiting@example.org")

    page = client.get(reverse(LIST)).content.decode()

    assert person.email in page
    assert other.email not in page
    assert waiting.email not in page


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMINISTRATOR])
def test_who_bids_for_no_company_finds_no_colleagues(client, role):
    client.force_login(person_in(AuthorityFactory(), role))

    assert client.get(reverse(LIST)).status_code == 404


def test_every_step_leaves_its_line(client, person, company):
    invite(client)
    join(Client(), company.invitations.get())

    grace = User.objects.get(email=GRACE)
    lines = AuditEvent.objects.order_by("position").values_list("verb", "actor_id", "target_id")
    assert list(lines) == [
        ("colleague.invited", person.pk, str(company.pk)),
        ("colleague.joined", grace.pk, str(company.pk)),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_colleagues_query_count_does_not_grow(
    client, person, company, count, django_assert_num_queries
):
    for _ in range(count):
        bidder_of(company)
        ColleagueInvitationFactory(company=company, answer_until=timezone.now() + timedelta(1))

    with django_assert_num_queries(7):
        client.get(reverse(LIST))
