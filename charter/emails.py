"""What partners and stakeholder groups are written to about; at most one link each."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from charter.invitations import address_of
from charter.models import Comment, Invitation, Partner
from charter.states import PartnerState
from design.templatetags.format import london, london_date

DECISIONS = {
    PartnerState.CONFIRMED: "Signed up",
    PartnerState.DECLINED: "Not signed up",
    PartnerState.WITHDRAWN: "Withdrawn",
}


def acknowledge(partner: Partner) -> None:
    """A signature was received, and waits.

    Anybody may give any address, so the letter holds no word of whoever signed.
    """
    _send(
        subject=f"Signature received on {london_date(partner.asked_at)}: {partner.charter.title}",
        template="charter/emails/signature_received.txt",
        to=partner.contact_email,
        partner=partner,
        address=_public_page(partner),
    )


def tell_partner(partner: Partner) -> None:
    """What was decided about a signature, and why; nobody to tell where no address is held."""
    if not partner.contact_email:
        return
    decision = DECISIONS[PartnerState(partner.state)]
    _send(
        subject=f"{decision} on {london_date(partner.decided_at)}: {partner.charter.title}",
        template="charter/emails/partner_decided.txt",
        to=partner.contact_email,
        partner=partner,
        address=_public_page(partner),
    )


def invite(invitation: Invitation) -> None:
    """A stakeholder group is asked what it thinks of a draft."""
    _send(
        subject=f"Comment by {london(invitation.answer_until)}: {invitation.charter.title}",
        template="charter/emails/invitation.txt",
        to=invitation.email,
        invitation=invitation,
        address=settings.SITE_URL + address_of(invitation),
    )


def tell_group(comment: Comment) -> None:
    """A group's comment was answered."""
    charter = comment.charter
    _send(
        subject=f"Your comment was answered on {london_date(comment.answered_at)}: {charter.title}",
        template="charter/emails/comment_answered.txt",
        to=comment.invitation.email,
        comment=comment,
        address=settings.SITE_URL + address_of(comment.invitation),
    )


def _public_page(partner: Partner) -> str:
    return settings.SITE_URL + reverse("charter:detail", args=[partner.charter_id])


def _send(*, subject: str, template: str, to: str, **context) -> None:
    send_mail(
        subject=_one_line(subject),
        message=render_to_string(template, context),
        from_email=None,
        recipient_list=[to],
    )


def _one_line(words: str) -> str:
    """What a person typed must not begin a new header."""
    return " ".join(words.split())
