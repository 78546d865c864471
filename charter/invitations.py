"""The link by which a stakeholder group comments on a draft without an account.

The link holds the invitation's id under a signature of its own salt: it opens that one
draft, for that one group, until the answer is due or the draft is published.
"""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from charter.models import Invitation
from charter.states import CharterStatus

SALT = "charter.invitation"


class LinkUnknown(Exception):
    """No invitation is behind this link: it was altered, cut short or made up."""


class LinkOver(Exception):
    """The invitation is real, and its time is over."""


def token_of(invitation: Invitation) -> str:
    """The invitation's id, signed."""
    return Signer(salt=SALT).sign(invitation.pk.hex)


def address_of(invitation: Invitation) -> str:
    """The path that opens the draft for this group."""
    return reverse("charter:invited", args=[token_of(invitation)])


def invitation_behind(token: str, *, at: datetime) -> Invitation:
    """The open invitation that a link stands for; else a refusal that tells nothing of it."""
    try:
        pk = UUID(hex=Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        raise LinkUnknown from None
    invitation = Invitation.objects.select_related("charter__authority").filter(pk=pk).first()
    if invitation is None:
        raise LinkUnknown
    refuse_unless_open(invitation, at=at)
    return invitation


def refuse_unless_open(invitation: Invitation, *, at: datetime) -> None:
    """A link ends with its day, or with the draft, whichever is first."""
    if at >= invitation.answer_until or invitation.charter.status != CharterStatus.DRAFT:
        raise LinkOver
