"""What happens to a company and its people: registered, invited, joined, removed.

Whoever is invited joins by a link sent to the address itself, so nobody is put into a
company, or told apart as a rival's or an authority's, by somebody who merely knows it.
"""

from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import emails
from accounts.access import check_bids_for
from accounts.actions.people import lock_out
from accounts.invitations import LinkOver
from accounts.models import (
    ColleagueInvitation,
    Dealing,
    Membership,
    Organisation,
    OrganisationKind,
    User,
)
from accounts.proof import is_unproven
from accounts.roles import FOR_A_COMPANY, IN_AN_AUTHORITY, Role
from records import audit
from records.models import AuditEvent

INVITED = "colleague.invited"
LINK_LASTS = timedelta(days=7)
INVITATIONS_A_DAY = 20


class CannotInvite(ValueError):
    """This person cannot be invited; the words say what to do."""


class CannotJoin(ValueError):
    """This person cannot join; the words say what to do."""


class LastPerson(ValueError):
    """A company keeps at least one person."""


@transaction.atomic
def register_supplier(*, company_name: str, by: User, at: datetime) -> Organisation:
    """Set up a company, with the person who registers as its first bidder."""
    company = Organisation.objects.create(
        name=company_name, kind=OrganisationKind.SUPPLIER, created_at=at
    )
    Membership.objects.create(user=by, organisation=company, role=Role.BIDDER, since=at)
    audit.record(verb="supplier.registered", by=by, target=company, at=at)
    return company


@transaction.atomic
def invite_to_company(
    *, company: Organisation, full_name: str, email: str, by: User, at: datetime
) -> ColleagueInvitation:
    """Send a colleague a link to join the company, again if need be."""
    check_bids_for(by, company)
    _locked(company)
    if company.memberships.filter(user__email__iexact=email).exists():
        raise CannotInvite(f"{email} is already here with you. Enter another address")
    sent = AuditEvent.objects.filter(
        verb=INVITED, target_id=str(company.pk), at__gt=at - timedelta(days=1)
    )
    if sent.count() >= INVITATIONS_A_DAY:
        raise CannotInvite(
            f"{INVITATIONS_A_DAY} invitations were sent within a day. Try again tomorrow"
        )
    company.invitations.filter(email__iexact=email).delete()
    invitation = company.invitations.create(
        full_name=full_name, email=email, sent_by=by, sent_at=at, answer_until=at + LINK_LASTS
    )
    audit.record(verb=INVITED, by=by, target=company, at=at, email=email)
    # The link must not arrive before the invitation exists.
    transaction.on_commit(partial(emails.invite_to_company, invitation))
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: ColleagueInvitation, by: User, at: datetime) -> None:
    """End a link that was sent."""
    check_bids_for(by, invitation.company)
    company, email = invitation.company, invitation.email
    invitation.delete()
    audit.record(verb="colleague.invitation_withdrawn", by=by, target=company, at=at, email=email)


@transaction.atomic
def join_as_new_person(
    *, invitation: ColleagueInvitation, full_name: str, password: str, at: datetime
) -> User:
    """Join with a password chosen behind the link.

    Whoever registered with this address before, and never showed that it is theirs, is
    locked out: the link was read by the owner of the address.
    """
    person = User.objects.filter(email__iexact=invitation.email).first()
    if person is None:
        person = User.objects.create_user(invitation.email)
    elif is_unproven(person):
        for membership in person.memberships.select_related("organisation"):
            _refuse_to_abandon(membership)
        lock_out(person, by=None, at=at)
    elif person.has_usable_password():
        raise CannotJoin("You already have a password here. Sign in, then join.")
    person.full_name = full_name
    person.set_password(password)
    person.save()
    join_company(invitation=invitation, by=person, leaves=False, at=at)
    return person


@transaction.atomic
def join_company(
    *, invitation: ColleagueInvitation, by: User, leaves: bool, at: datetime
) -> Organisation:
    """Bid for the company that invites, and no longer for another."""
    company = _locked(invitation.company)
    if not company.invitations.filter(pk=invitation.pk).exists():
        raise LinkOver
    if by.email.lower() != invitation.email.lower():
        raise CannotJoin(f"This invitation is for {invitation.email}. Sign in with that address.")
    if by.memberships.filter(role__in=IN_AN_AUTHORITY).exists():
        raise CannotJoin(
            "You work for an authority under this address. Nobody may act for an authority and "
            "for a company under one sign-in: ask to be invited at another address."
        )
    others = by.memberships.filter(role__in=FOR_A_COMPANY).exclude(organisation=company)
    if others.exists() and not leaves:
        raise CannotJoin("One sign-in bids for one company. Leave the other first.")
    for other in others.select_related("organisation"):
        _leave(other, at=at)
    Membership.objects.get_or_create(
        user=by, organisation=company, role=Role.BIDDER, defaults={"since": at}
    )
    EmailAddress.objects.update_or_create(
        user=by, email=by.email, defaults={"verified": True, "primary": True}
    )
    invitation.delete()
    audit.record(verb="colleague.joined", by=by, target=company, at=at)
    return company


def _leave(membership: Membership, *, at: datetime) -> None:
    """Leave a company for another."""
    _refuse_to_abandon(membership)
    person, company = membership.user, membership.organisation
    membership.delete()
    audit.record(verb="colleague.left", by=person, target=company, at=at)


def _refuse_to_abandon(membership: Membership) -> None:
    """Somebody must stay with a company whose bid an authority holds."""
    company = _locked(membership.organisation)
    has_others = company.memberships.exclude(user=membership.user).exists()
    if not has_others and Dealing.objects.filter(supplier=company).exists():
        raise CannotJoin(
            f"You are the only person of {company}, which has sent a bid. Invite somebody there "
            "first, or ask to be invited at another address."
        )


@transaction.atomic
def remove_colleague(*, membership: Membership, by: User, at: datetime) -> None:
    """Take a person out of the company; it bites on their next request."""
    company, person = membership.organisation, membership.user
    check_bids_for(by, company)
    _locked(company)
    if not company.memberships.exclude(user=person).exists():
        raise LastPerson(
            "You are the only person here, and a company keeps at least one. Invite a colleague "
            "first."
        )
    membership.delete()
    audit.record(verb="colleague.removed", by=by, target=person, at=at, company=company.name)


def _locked(company: Organisation) -> Organisation:
    """The company, with everybody else who changes its people kept waiting."""
    return Organisation.objects.select_for_update().get(pk=company.pk)
