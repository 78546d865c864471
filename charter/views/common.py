"""What the views share."""

from accounts.access import roles_in
from accounts.roles import GRANTED, Permission
from charter.models import Charter, Partner
from charter.presenters.mapping import crumbs_to


def framed(charter: Charter) -> dict:
    """What every page beneath a charter shows around itself."""
    return {
        "charter": charter,
        "authority_name": charter.authority.name,
        "crumbs": crumbs_to(charter),
    }


def partners_of(charter: Charter, user) -> dict:
    """Who stands with a charter, and what this person may do for its pages."""
    partners = Partner.objects.visible_to(user).of_any_version(charter).confirmed()
    held = roles_in(user, charter.authority)
    return {
        "partners": partners.select_related("charter").prefetch_related("principles"),
        "is_colleague": bool(held & GRANTED[Permission.CHARTER_COMMENT]),
        "is_editor": bool(held & GRANTED[Permission.CHARTER_EDIT]),
    }
