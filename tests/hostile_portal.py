"""The forms by which opportunities are found, for the test that fills every form in."""

from tenders.models import Alert
from tenders.stopping import token_of
from tests.factories.accounts import LONG_AGO


def alert(world):
    return Alert.objects.create(person=world.people["bidder_none"], name="Cleaning", since=LONG_AGO)


def alert_id(world):
    return alert(world).pk


def token(world):
    return token_of([alert(world)])


# State, who, page, what its address is made of.
FORMS = (
    ("O", "bidder_none", "tenders:keep_alert"),
    ("O", "bidder_none", "tenders:stop_alert", alert_id),
    ("O", "anon", "tenders:stop_alerts", token),
)
LOOKED_AT = {"tenders:clock", "tenders:following"}
SEARCH = ("words", "kind", "authority", "band")
ASKED_WITH = (
    ("anon", "tenders:public_list", (*SEARCH, "show", "closing", "sort", "page"), []),
    ("bidder_none", "tenders:keep_alert", SEARCH, []),
)
