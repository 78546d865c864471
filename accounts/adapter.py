"""How sign-in differs from the library's default."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """People have a full name and no username."""

    def populate_username(self, request, user):
        """There is none to fill in."""
