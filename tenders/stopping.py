"""The link in a letter by which whoever reads it stops the alerts it answers, without signing in.

It holds their ids under a signature of its own salt, and opens nothing else.
"""

from collections.abc import Iterable
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from tenders.models import Alert

SALT = "tenders.alert.stop"


class LinkUnknown(Exception):
    """The link was altered, cut short or made up."""


def token_of(alerts: Iterable[Alert]) -> str:
    """The ids of these alerts, signed."""
    return Signer(salt=SALT).sign_object([alert.pk.hex for alert in alerts])


def alerts_behind(token: str) -> QuerySet[Alert]:
    """Those of them that still run; else a refusal that tells nothing."""
    try:
        ids = Signer(salt=SALT).unsign_object(token)
    except BadSignature:
        raise LinkUnknown from None
    return Alert.objects.filter(pk__in=[UUID(hex=pk) for pk in ids]).select_related("person")
