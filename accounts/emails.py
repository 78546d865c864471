"""E-mails about people's accounts."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.invitations import address_of
from accounts.models import ColleagueInvitation, Organisation, User
from accounts.roles import Role


def invite(person: User, authority: Organisation, role: Role) -> None:
    """Tell a new colleague of the role, with a link to choose a password."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": default_token_generator.make_token(person),
        },
    )
    words = {
        "person": person,
        "authority": authority,
        "role": role.label,
        "link": settings.SITE_URL + path,
    }
    send_mail(
        "Choose a password for Tenth",
        render_to_string("accounts/emails/invitation.txt", words),
        None,
        [person.email],
    )


def invite_to_company(invitation: ColleagueInvitation) -> None:
    """Ask somebody to join a company, with the link that lets only them in."""
    words = {"invitation": invitation, "link": settings.SITE_URL + address_of(invitation)}
    send_mail(
        "Join your colleagues on Tenth",
        render_to_string("accounts/emails/colleague.txt", words),
        None,
        [invitation.email],
    )
