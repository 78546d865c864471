"""Whether somebody has shown that an e-mail address is theirs."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.roles import IN_AN_AUTHORITY


def is_unproven(person: User) -> bool:
    """Whether anybody may have registered with this address: nobody has shown that it is theirs."""
    if not person.has_usable_password():
        return False
    is_proven = EmailAddress.objects.filter(
        user=person, email__iexact=person.email, verified=True
    ).exists()
    return not is_proven and not person.memberships.filter(role__in=IN_AN_AUTHORITY).exists()


@dataclass(frozen=True)
class Standing:
    """What is known of an address whose owner was sent a link."""

    has_password: bool
    is_unproven: bool

    @property
    def may_choose_password(self) -> bool:
        """Nobody has a password here who has shown that the address is theirs."""
        return self.is_unproven or not self.has_password


def standing_of(email: str) -> Standing:
    """Whether somebody signs in with this address, and has shown that it is theirs."""
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        return Standing(has_password=False, is_unproven=False)
    return Standing(person.has_usable_password(), is_unproven(person))
