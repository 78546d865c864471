"""An administrator gives and takes roles; a supplier registers; nobody else does either."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.actions import BidsForACompany, give_role
from accounts.models import Membership, User
from accounts.roles import Role
from records.models import AuditEvent
from tests.factories.accounts import (
    LONG_AGO,
    AuthorityFactory,
    MembershipFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = person_in(AuthorityFactory(), Role.ADMINISTRATOR)
    client.force_login(person)
    return person


@pytest.fixture
def authority(administrator):
    return administrator.memberships.get().organisation


def give(client, authority, **changes):
    return client.post(
        reverse("accounts:people", args=[authority.pk]),
        {
            "full_name": "Grace Hopper",
            "email": "grace@example.org",
            "role": "officer",
            **changes,
        },
    )


def test_a_new_colleague_is_sent_one_link_to_choose_a_password(
    client, authority, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        give(client, authority)

    (letter,) = mail.outbox
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    assert letter.to == ["grace@example.org"]
    assert client.get(link, follow=True).status_code == 200


def test_a_new_colleague_holds_the_role(client, authority):
    give(client, authority)

    held = Membership.objects.get(user__email="grace@example.org")
    assert (held.organisation, held.role) == (authority, Role.OFFICER)


def test_someone_known_gets_a_further_role_and_no_link(
    client, authority, django_capture_on_commit_callbacks
):
    known = UserFactory(email="grace@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        give(client, authority, email="GRACE@example.org")

    assert mail.outbox == []
    assert Membership.objects.get(user=known).role == Role.OFFICER


def register(client, email):
    client.post(
        reverse("account_signup"),
        {
            "full_name": "Somebody Else",
            "company_name": "A Company",
            "email": email,
            "password1": "a long enough pass phrase",
        },
    )
    return User.objects.get(email=email)


def test_who_registered_with_a_colleagues_address_does_not_get_the_role(
    administrator, authority, client, django_capture_on_commit_callbacks
):
    stranger = Client()
    person = register(stranger, "grace@example.org")
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        give(client, authority)

    person.refresh_from_db()
    (letter,) = mail.outbox
    assert letter.to == ["grace@example.org"]
    assert stranger.get(reverse("bids:desk")).status_code == 302
    assert (person.has_usable_password(), person.full_name) == (False, "Grace Hopper")
    assert AuditEvent.objects.filter(verb="person.locked_out", target_id=person.pk).exists()


def test_who_registered_with_a_colleagues_address_leaves_it_in_no_company(client, authority):
    person = register(Client(), "grace@example.org")

    give(client, authority)

    held = person.memberships.values_list("organisation", "role")
    assert list(held) == [(authority.pk, Role.OFFICER)]


def test_who_bids_for_a_company_gets_no_role_in_an_authority(client, authority):
    person = register(Client(), "grace@example.org")
    person.emailaddress_set.update(verified=True)

    page = give(client, authority).content.decode()

    person.refresh_from_db()
    assert "grace@example.org bids for A Company." in page
    assert 'value="Grace Hopper"' in page
    assert list(person.memberships.values_list("role", flat=True)) == [Role.BIDDER]
    assert person.check_password("a long enough pass phrase")


def test_the_rule_itself_keeps_the_two_sides_apart(administrator, authority):
    bidder = bidder_of(SupplierFactory())

    with pytest.raises(BidsForACompany):
        give_role(
            person=bidder, authority=authority, role=Role.BOARD, by=administrator, at=LONG_AGO
        )


def test_giving_a_role_leaves_an_audit_event(client, administrator, authority):
    give(client, authority)

    event = AuditEvent.objects.get()
    assert event.verb == "person.role_given"
    assert event.actor_id == administrator.pk
    assert event.details == {"authority": authority.name, "role": "officer"}


def test_what_was_typed_is_kept_when_a_line_is_wrong(client, authority):
    page = give(client, authority, email="not an address").content.decode()

    assert "like name@example.com" in page
    assert 'value="Grace Hopper"' in page
    assert User.objects.filter(full_name="Grace Hopper").count() == 0


def test_an_administrator_takes_a_role_away(client, authority):
    held = MembershipFactory(organisation=authority)

    client.post(reverse("accounts:take_role", args=[authority.pk, held.user.pk, held.role]))

    assert not Membership.objects.filter(pk=held.pk).exists()


def test_roles_of_another_authority_are_not_found(client, authority):
    elsewhere = MembershipFactory()

    response = client.post(
        reverse(
            "accounts:take_role",
            args=[elsewhere.organisation.pk, elsewhere.user.pk, elsewhere.role],
        )
    )

    assert response.status_code == 404
    assert Membership.objects.filter(pk=elsewhere.pk).exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_people_are_for_administrators_only(client, role):
    authority = AuthorityFactory()
    client.force_login(person_in(authority, role))

    response = client.get(reverse("accounts:people", args=[authority.pk]))

    assert response.status_code == (403 if role == Role.BOARD else 404)


def test_an_administrator_is_led_to_the_people_of_the_authority(client, authority):
    response = client.get(reverse("accounts:people_desk"))

    assert response.url == reverse("accounts:people", args=[authority.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_people_query_count_does_not_grow(client, authority, count, django_assert_num_queries):
    for _ in range(count):
        MembershipFactory(organisation=authority)

    with django_assert_num_queries(6):
        client.get(reverse("accounts:people", args=[authority.pk]))


def test_a_company_registers_and_its_first_person_may_bid(client):
    client.post(
        reverse("account_signup"),
        {
            "full_name": "Mary Seacole",
            "company_name": "Potteries Care CIC",
            "email": "mary@example.org",
            "password1": "a long enough pass phrase",
        },
    )

    held = Membership.objects.get()
    assert (held.user.full_name, held.organisation.name, held.role) == (
        "Mary Seacole",
        "Potteries Care CIC",
        Role.BIDDER,
    )
    assert held.user.check_password("a long enough pass phrase")


def test_a_registration_with_a_fault_keeps_what_was_typed(client):
    page = client.post(
        reverse("account_signup"),
        {
            "full_name": "Mary Seacole",
            "company_name": "Potteries Care CIC",
            "email": "mary@example.org",
            "password1": "short",
        },
    ).content.decode()

    assert 'value="Potteries Care CIC"' in page
    assert Membership.objects.count() == 0
