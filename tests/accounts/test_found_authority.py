"""manage.py found_authority, as an operator runs it."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import Membership, Organisation, User
from accounts.roles import Role
from records.models import AuditEvent
from tests.factories.accounts import SupplierFactory, bidder_of

pytestmark = pytest.mark.django_db


def run(name="Newtown Council", email="sam@example.org", full_name="Sam Lee"):
    call_command("found_authority", name, "--administrator", email, "--full-name", full_name)


def test_the_authority_has_an_administrator(capsys):
    run()

    held = Membership.objects.get()
    assert (held.organisation.name, held.organisation.is_authority) == ("Newtown Council", True)
    assert (held.user.full_name, held.role) == ("Sam Lee", Role.ADMINISTRATOR)
    assert capsys.readouterr().out == (
        "Newtown Council is set up, with Sam Lee as an administrator. Who is new to Tenth gets "
        "a link to choose a password, sent to sam@example.org.\n"
    )


def test_the_link_lets_the_administrator_in(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run()

    (letter,) = mail.outbox
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    assert letter.to == ["sam@example.org"]
    assert client.get(link, follow=True).status_code == 200


def test_the_trail_says_that_nobody_of_the_site_did_it():
    run()

    assert set(AuditEvent.objects.values_list("verb", "actor_id")) == {
        ("authority.founded", None),
        ("person.role_given", None),
    }


def test_the_second_run_changes_nothing(django_capture_on_commit_callbacks):
    run()

    with django_capture_on_commit_callbacks(execute=True):
        run()

    assert (Organisation.objects.count(), Membership.objects.count()) == (1, 1)
    assert mail.outbox == []


def test_another_address_adds_an_administrator():
    run()
    run(email="alex@example.org", full_name="Alex Moss")

    assert Organisation.objects.count() == 1
    assert set(Membership.objects.values_list("user__full_name", "role")) == {
        ("Sam Lee", Role.ADMINISTRATOR),
        ("Alex Moss", Role.ADMINISTRATOR),
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Name the authority and its administrator."),
        ({"full_name": ""}, "Name the authority and its administrator."),
        ({"email": "sam"}, "sam is not an e-mail address."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(wrong, words):
    with pytest.raises(CommandError) as refusal:
        run(**wrong)

    assert str(refusal.value) == words
    assert (Organisation.objects.count(), User.objects.count()) == (0, 0)


def test_who_bids_for_a_company_cannot_administer_an_authority():
    bidder = bidder_of(SupplierFactory())

    with pytest.raises(CommandError, match="under one sign-in"):
        run(email=bidder.email)

    assert not Organisation.objects.filter(name="Newtown Council").exists()
