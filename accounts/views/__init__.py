"""Pages about people and companies, and the first page."""

from accounts.views.colleagues import (
    colleagues,
    invited,
    remove_colleague,
    withdraw_invitation,
)
from accounts.views.front import home
from accounts.views.people import people, people_desk, take_role
from accounts.views.profile import confirm, edit_part, figures, profile

__all__ = [
    "colleagues",
    "confirm",
    "edit_part",
    "figures",
    "home",
    "invited",
    "people",
    "people_desk",
    "profile",
    "remove_colleague",
    "take_role",
    "withdraw_invitation",
]
