"""Who there is, what each company says of itself, and who was asked to join one."""

from accounts.models.invitations import ColleagueInvitation
from accounts.models.people import (
    Dealing,
    Membership,
    Organisation,
    OrganisationKind,
    User,
    UserManager,
)
from accounts.models.profiles import ProfilePart

__all__ = [
    "ColleagueInvitation",
    "Dealing",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "ProfilePart",
    "User",
    "UserManager",
]
