"""The roles of a tender's team: what each is for, who holds it, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import ON_A_TENDER, Role
from tenders.models import Tender
from tenders.seats import PURPOSES, TO_AWARD


@dataclass(frozen=True)
class Seat:
    """One role: what it is for, who sits there, and what is still to be done."""

    role: Role
    people: Sequence[User]
    is_published: bool
    # Said of somebody named who cannot do what the role asks.
    doubts: Sequence[str] = ()

    @property
    def purpose(self) -> str:
        return PURPOSES[self.role]

    @property
    def missing(self) -> str:
        """By when somebody must be named; empty where somebody is."""
        if self.people:
            return ""
        if self.role in TO_AWARD:
            return "Needed before an award."
        return "Needed to go on." if self.is_published else "Needed to publish."


def seats_of(tender: Tender) -> list[Seat]:
    """Every role in turn; whoever declared an interest holds none."""
    held = [one for one in tender.assignments.all() if not one.conflicted_at]
    managing = set(
        tender.authority.memberships.filter(role=Role.CONTRACT_MANAGER).values_list(
            "user", flat=True
        )
    )
    seats = []
    for role in ON_A_TENDER:
        people = [one.person for one in held if one.role == role]
        doubts = []
        if role == Role.CONTRACT_MANAGER:
            doubts = [_doubt(tender, one) for one in people if one.pk not in managing]
        seats.append(Seat(role, people, tender.is_public, doubts))
    return seats


def _doubt(tender: Tender, person: User) -> str:
    return (
        f"{person} is not a contract manager of {tender.authority} yet, so an award that names "
        "them is refused. Ask an administrator to give them that role under People."
    )
