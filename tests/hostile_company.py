"""The forms of a company about itself, for the test that fills every form in."""

from accounts.invitations import address_of
from accounts.parts import PARTS
from tests.factories.accounts import ColleagueInvitationFactory


def word(value):
    return lambda world: value


def company(world):
    return world.own_bid.supplier


def colleague(world):
    return world.people["bidder_own"].pk


def waiting(world):
    return ColleagueInvitationFactory(company=company(world)).pk


def token(world):
    return address_of(ColleagueInvitationFactory(company=company(world))).split("/")[-2]


# State, who, page, what its address is made of.
FORMS = (
    *(("D", "bidder_own", "accounts:company_part", word(part)) for part in PARTS),
    ("D", "bidder_own", "accounts:company_part", word("nothing")),
    ("D", "bidder_own", "accounts:company_figures"),
    ("D", "bidder_own", "accounts:company_confirm"),
    ("D", "bidder_own", "accounts:colleagues"),
    ("D", "bidder_own", "accounts:remove_colleague", colleague),
    ("D", "bidder_own", "accounts:withdraw_invitation", waiting),
    ("D", "anon", "accounts:invited", token),
    ("D", "anon", "accounts:invited", word("a:b")),
    ("D", "bidder_own", "accounts:invited", token),
)
# Pages that only show something; what may follow their address is tried too.
LOOKED_AT = {"accounts:company"}
