"""Who is in the demo. All people and companies are invented."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings

from accounts.actions import found_authority, give_role, register_supplier
from accounts.models import Membership, Organisation, User
from accounts.roles import Role

AUTHORITY = "Stoke-on-Trent and Staffordshire Enterprise Partnership"
OTHER_AUTHORITY = "Another Authority"
CHARTER = "sslep-2021"


@dataclass(frozen=True)
class Person:
    """One sign-in: what outside testers call the role, who it is, and where."""

    persona: str
    name: str
    roles: tuple[Role, ...] = ()
    organisation: str = AUTHORITY

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@demo.example"


OFFICER = Person("officer", "Priya Nair", (Role.OFFICER,))
CHAIR = Person("chair", "Martin Osei", (Role.EVALUATOR,))
APPROVER = Person("approver", "Helen Cartwright", (Role.APPROVER,))
EVALUATORS = (
    Person("evaluator", "Tom Bevan", (Role.EVALUATOR,)),
    Person("evaluator", "Aisha Rahman", (Role.EVALUATOR,)),
    Person("evaluator", "Joan Keeling", (Role.EVALUATOR,)),
)
CONFLICTED = Person("evaluator_conflicted", "Neil Draper", (Role.EVALUATOR,))
CONTRACT_MANAGER = Person("contract_manager", "David Lowe", (Role.CONTRACT_MANAGER,))
ADMINISTRATOR = Person("auth_admin", "Colin Parry", (Role.ADMINISTRATOR,))
STAFF = (
    OFFICER,
    CHAIR,
    APPROVER,
    *EVALUATORS,
    CONFLICTED,
    CONTRACT_MANAGER,
    Person("officer_unassigned", "Rob Fenn", (Role.OFFICER,)),
    Person("evaluator_unassigned", "Lucy Hart", (Role.EVALUATOR,)),
    Person("board", "Margaret Shaw", (Role.BOARD,)),
    ADMINISTRATOR,
)
FOREIGN = Person(
    "foreign_authority",
    "Kate Holm",
    (Role.OFFICER, Role.APPROVER, Role.BOARD, Role.ADMINISTRATOR),
    OTHER_AUTHORITY,
)
# Without them nobody could decide what she asks.
NEIGHBOURS = (
    Person("foreign_authority", "Omar Reyes", (Role.APPROVER,), OTHER_AUTHORITY),
    Person("foreign_authority", "Beth Lyle", (Role.EVALUATOR,), OTHER_AUTHORITY),
    Person("foreign_authority", "Carl Stone", (Role.EVALUATOR,), OTHER_AUTHORITY),
)
SUPERUSER = Person("superuser", "Sam Root", organisation="")
CHILDCARE = Person("bidder_own", "Ellie Marsh", (Role.BIDDER,), "Little Oaks Childcare CIC")
RIVAL = Person("bidder_other", "Dan Whitby", (Role.BIDDER,), "Sunrise Nurseries Ltd")
NEWCOMER = Person("bidder_none", "Ola Finch", (Role.BIDDER,), "Bright Start Training Ltd")
WINNER = Person("supplier", "Grace Holt", (Role.BIDDER,), "Trent Vale Homes Ltd")
MOORLAND = Person("supplier", "Ian Booth", (Role.BIDDER,), "Moorland Repairs CIC")
CASTLE = Person("supplier", "Rita Cole", (Role.BIDDER,), "Castle Property Services Ltd")
BIDDERS = (CHILDCARE, RIVAL, NEWCOMER, WINNER, MOORLAND, CASTLE)
EVERYBODY = (*STAFF, FOREIGN, *NEIGHBOURS, SUPERUSER, *BIDDERS)


def password_of(person: Person) -> str:
    """The demo password: different on every installation, the same each time it is asked."""
    digest = hmac.new(settings.SECRET_KEY.encode(), person.email.encode(), hashlib.sha256)
    return "demo-" + digest.hexdigest()[:16]


def user(person: Person) -> User:
    """The account of someone in the cast."""
    return User.objects.get(email=person.email)


def company_of(person: Person) -> Organisation:
    """The company a bidder bids for."""
    return Membership.objects.get(user=user(person), role=Role.BIDDER).organisation


def assemble(at: datetime) -> Organisation:
    """Set everybody up; returns the authority of the story."""
    authority = found_authority(name=AUTHORITY, by=None, at=at)
    other = found_authority(name=OTHER_AUTHORITY, by=None, at=at)
    for person in EVERYBODY:
        account = _account(person)
        if person.roles == (Role.BIDDER,):
            register_supplier(company_name=person.organisation, by=account, at=at)
            continue
        home = other if person.organisation == OTHER_AUTHORITY else authority
        for role in person.roles:
            give_role(person=account, authority=home, role=role, by=None, at=at)
    return authority


def _account(person: Person) -> User:
    make = User.objects.create_superuser if person is SUPERUSER else User.objects.create_user
    account = make(person.email, password_of(person), full_name=person.name)
    EmailAddress.objects.create(user=account, email=person.email, verified=True, primary=True)
    return account
