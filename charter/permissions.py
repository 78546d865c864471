"""Who may change a charter, and that only a draft changes."""

from uuid import UUID

from django.http import Http404

from accounts.access import Conflict, check_role
from accounts.models import User
from accounts.roles import Permission
from charter.models import Charter, Comment, Partner
from charter.states import CharterStatus


def charter_for(permission: Permission, user: User, pk: UUID) -> Charter:
    """The charter this person asks for, once a role in its authority allows it; else a refusal."""
    charter = Charter.objects.select_related("authority").filter(pk=pk).first()
    if charter is None:
        raise Http404
    check_role(user, permission, within=charter.authority)
    return charter


def draft_for(permission: Permission, user: User, pk: UUID) -> Charter:
    """The same, and it must still be a draft."""
    charter = charter_for(permission, user, pk)
    refuse_unless_draft(charter)
    return charter


def refuse_unless_draft(charter: Charter) -> None:
    """A published version keeps its words."""
    if charter.status != CharterStatus.DRAFT:
        raise Conflict(
            f"{charter} is {charter.get_status_display().lower()} and never changes. "
            "Start a new version and change that."
        )


def locked_draft(charter: Charter) -> Charter:
    """The draft read anew and locked, for an action that changes it or what belongs to it."""
    held = Charter.objects.select_for_update().select_related(None).filter(pk=charter.pk).first()
    if held is None:
        raise Conflict(f"{charter} was discarded meanwhile. Nothing was saved.")
    refuse_unless_draft(held)
    return held


def refuse_unless_in_force(charter: Charter) -> None:
    """Partners sign what is in force."""
    if charter.status != CharterStatus.PUBLISHED:
        raise Conflict(
            f"{charter} is {charter.get_status_display().lower()}. "
            "Partners sign the version in force: open that one from the list of charters."
        )


def partner_for(user: User, pk: UUID) -> Partner:
    """The partner that an administrator asks for; else a refusal."""
    partner = (
        Partner.objects.select_related("charter__authority", "decided_by").filter(pk=pk).first()
    )
    if partner is None:
        raise Http404
    check_role(user, Permission.CHARTER_EDIT, within=partner.charter.authority)
    return partner


def comment_for(user: User, pk: UUID) -> Comment:
    """The comment that an administrator is to answer, on a draft; else a refusal."""
    comments = Comment.objects.select_related("charter__authority", "made_by", "answered_by")
    comment = comments.filter(pk=pk).first()
    if comment is None:
        raise Http404
    check_role(user, Permission.CHARTER_EDIT, within=comment.charter.authority)
    refuse_unless_draft(comment.charter)
    return comment
