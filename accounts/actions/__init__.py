"""What happens to people, organisations and what a company says of itself."""

from accounts.actions.colleagues import (
    CannotInvite,
    CannotJoin,
    LastPerson,
    invite_to_company,
    join_as_new_person,
    join_company,
    register_supplier,
    remove_colleague,
    withdraw_invitation,
)
from accounts.actions.people import (
    BidsForACompany,
    RoleNotForAuthorities,
    found_authority,
    give_role,
    invite_colleague,
    note_dealing,
    note_engaged,
    take_role,
)
from accounts.actions.profiles import confirm_parts, say_part

__all__ = [
    "BidsForACompany",
    "CannotInvite",
    "CannotJoin",
    "LastPerson",
    "RoleNotForAuthorities",
    "confirm_parts",
    "found_authority",
    "give_role",
    "invite_colleague",
    "invite_to_company",
    "join_as_new_person",
    "join_company",
    "note_dealing",
    "note_engaged",
    "register_supplier",
    "remove_colleague",
    "say_part",
    "take_role",
    "withdraw_invitation",
]
