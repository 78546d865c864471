"""What happens to the people of authorities, and to what they share with companies."""

from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import emails
from accounts.access import check_role
from accounts.models import Dealing, Membership, Organisation, OrganisationKind, User
from accounts.proof import is_unproven
from accounts.roles import FOR_A_COMPANY, IN_AN_AUTHORITY, Permission, Role
from records import audit


class RoleNotForAuthorities(ValueError):
    """This role is not held in an authority as a whole."""


class BidsForACompany(ValueError):
    """Nobody buys and sells under one sign-in."""


@transaction.atomic
def found_authority(*, name: str, by: User | None, at: datetime) -> Organisation:
    """Set up an authority, once per name."""
    authority, is_new = Organisation.objects.get_or_create(
        name=name, kind=OrganisationKind.AUTHORITY, defaults={"created_at": at}
    )
    if is_new:
        audit.record(verb="authority.founded", by=by, target=authority, at=at)
    return authority


@transaction.atomic
def give_role(
    *, person: User, authority: Organisation, role: Role, by: User | None, at: datetime
) -> Membership:
    """Let a person hold a role in an authority. `by` is None only when it is set up."""
    if by is not None:
        check_role(by, Permission.PEOPLE_MANAGE, within=authority)
    if role not in IN_AN_AUTHORITY:
        raise RoleNotForAuthorities(f"{role.label} is not a role in an authority.")
    company = person.memberships.filter(role__in=FOR_A_COMPANY).first()
    if company:
        raise BidsForACompany(
            f"{person.email} bids for {company.organisation}. Nobody may act for an authority "
            "and for a company under one sign-in: give the role to another e-mail address."
        )
    membership, is_new = Membership.objects.get_or_create(
        user=person, organisation=authority, role=role, defaults={"since": at}
    )
    if is_new:
        audit.record(
            verb="person.role_given",
            by=by,
            target=person,
            at=at,
            authority=authority.name,
            role=role,
        )
    return membership


@transaction.atomic
def invite_colleague(
    *,
    full_name: str,
    email: str,
    role: Role,
    authority: Organisation,
    by: User | None,
    at: datetime,
) -> User:
    """Let someone hold a role; who is new here is sent a link to choose a password.

    `by` is None only for the first administrator, whom the site's operator invites.
    """
    if by is not None:
        check_role(by, Permission.PEOPLE_MANAGE, within=authority)
    person = User.objects.filter(email__iexact=email).first()
    if person is None or is_unproven(person):
        if person:
            lock_out(person, by=by, at=at)
        else:
            person = User.objects.create_user(email)
        person.full_name = full_name
        person.save()
        # The link must not arrive before the person exists.
        transaction.on_commit(partial(emails.invite, person, authority, role))
    give_role(person=person, authority=authority, role=role, by=by, at=at)
    return person


def lock_out(person: User, *, by: User | None, at: datetime) -> None:
    """End every way in but the link that is sent to the address itself."""
    person.set_unusable_password()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.memberships.filter(role__in=FOR_A_COMPANY).delete()
    audit.record(verb="person.locked_out", by=by, target=person, at=at)


@transaction.atomic
def take_role(*, membership: Membership, by: User, at: datetime) -> None:
    """Take a role away; it bites on the person's next request."""
    check_role(by, Permission.PEOPLE_MANAGE, within=membership.organisation)
    person, role = membership.user, membership.role
    authority = membership.organisation
    membership.delete()
    audit.record(
        verb="person.role_taken",
        by=by,
        target=person,
        at=at,
        authority=authority.name,
        role=role,
    )


def note_dealing(*, authority: Organisation, supplier: Organisation, at: datetime) -> None:
    """Remember that this authority has received a bid from this company."""
    Dealing.objects.get_or_create(authority=authority, supplier=supplier, defaults={"since": at})


def note_engaged(*, person: User, authority: Organisation, at: datetime) -> None:
    """Remember that this person was put to work on something of this authority."""
    Membership.objects.filter(user=person, organisation=authority, engaged_at__isnull=True).update(
        engaged_at=at
    )
