"""Who may do what in an authority, and the three ways to be refused.

Not found (404) across companies and authorities, permission denied (403) inside one's
own, conflict (409) for the right person at the wrong time.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Dealing, Membership, Organisation, OrganisationKind, User
from accounts.roles import GRANTED, Permission, Role

# Everyone in these roles knows of all that goes on in their authority, so a refusal
# may say so; other colleagues are told of a tender only when they are assigned to it.
KNOWS_EVERYTHING = {Role.BOARD, Role.ADMINISTRATOR}


class Conflict(Exception):
    """The right person, at the wrong time; the words say what to do next."""


def roles_in(user: User, organisation: Organisation) -> set[Role]:
    """The roles this person holds in this organisation now; read anew each time."""
    if not user.is_authenticated:
        return set()
    held = Membership.objects.filter(user=user, organisation=organisation)
    return {Role(role) for role in held.values_list("role", flat=True)}


def companies_of(user: User) -> list[Organisation]:
    """The companies this person bids for."""
    if not user.is_authenticated:
        return []
    return list(Organisation.objects.of_bidder(user).order_by("created_at", "pk"))


def company_of(user: User) -> Organisation:
    """The company this person bids for; whoever bids for none finds nothing here."""
    companies = companies_of(user)
    if not companies:
        raise Http404
    return companies[0]


def check_bids_for(user: User, company: Organisation) -> None:
    """To whoever does not bid for this company, it does not exist."""
    if company not in companies_of(user):
        raise Http404


def authorities_where(user: User, *roles: Role) -> list[Organisation]:
    """The authorities in which this person holds one of these roles, by name."""
    if not user.is_authenticated:
        return []
    return list(
        Organisation.objects.filter(memberships__user=user, memberships__role__in=roles)
        .distinct()
        .order_by("name")
    )


def deals_with(user: User, authority: Organisation) -> bool:
    """Whether one of this person's companies has sent this authority a bid."""
    return Dealing.objects.filter(authority=authority, supplier__in=companies_of(user)).exists()


def refuse_outsider(user: User, authority: Organisation, *, is_public: bool = True) -> None:
    """Turn away whoever is not of this authority.

    Companies that deal with the authority and the platform's superuser are told they may
    not; to everyone else the thing does not exist. `is_public` says whether outsiders may
    know of it at all (a draft they may not).
    """
    if user.is_authenticated and user.is_superuser:
        raise PermissionDenied("The platform's administrator takes no part in procurements.")
    if is_public and deals_with(user, authority):
        raise PermissionDenied("This page is for the authority's own staff.")
    raise Http404


def check_role(user: User, permission: Permission, *, within: Organisation) -> None:
    """Refuse unless one of the person's roles in this authority grants the permission.

    Colleagues who have never been put to work on anything there find nothing; the others
    are told that they may not.
    """
    held = roles_in(user, within)
    if not held:
        refuse_outsider(user, within)
    if held & GRANTED[permission]:
        return
    if held & KNOWS_EVERYTHING or is_engaged(user, within):
        raise PermissionDenied(
            "Your role does not allow this. Ask an administrator of your authority."
        )
    raise Http404


def is_engaged(user: User, authority: Organisation) -> bool:
    """Whether the person has been put to work on something of this authority."""
    return Membership.objects.filter(
        user=user, organisation=authority, engaged_at__isnull=False
    ).exists()


def authority_for(permission: Permission, user: User, pk: UUID) -> Organisation:
    """The authority this person asks for, once a role there allows it; else a refusal."""
    authority = Organisation.objects.filter(pk=pk, kind=OrganisationKind.AUTHORITY).first()
    if authority is None:
        raise Http404
    check_role(user, permission, within=authority)
    return authority


def allows(check: Callable[..., None], *args: Any, **kwargs: Any) -> bool:
    """Whether a rule would let this through: for templates and lists."""
    try:
        check(*args, **kwargs)
    except (PermissionDenied, Http404, Conflict):
        return False
    return True
