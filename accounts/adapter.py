"""How sign-in differs from the library's default."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """People have a full name and no username."""

    def populate_username(self, request, user):
        """There is none to fill in."""

    def format_email_subject(self, subject):
        """The subject as it is written, without the address of the site before it."""
        return subject
