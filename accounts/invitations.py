"""The link by which the owner of an address joins a company.

It holds the invitation's id under a signature of its own salt, and ends when it is used,
withdrawn or a week old.
"""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.models import ColleagueInvitation

SALT = "accounts.colleague"


class LinkOver(Exception):
    """No invitation is behind this link, or no longer."""


def address_of(invitation: ColleagueInvitation) -> str:
    """The path that lets the person join."""
    return reverse("accounts:invited", args=[Signer(salt=SALT).sign(invitation.pk.hex)])


def invitation_behind(token: str, *, at: datetime) -> ColleagueInvitation:
    """The invitation that a link stands for; else a refusal that tells nothing of it."""
    try:
        pk = UUID(hex=Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        raise LinkOver from None
    found = (
        ColleagueInvitation.objects.select_related("company", "sent_by")
        .filter(pk=pk, answer_until__gt=at)
        .first()
    )
    if found is None:
        raise LinkOver
    return found
