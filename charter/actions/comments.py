"""What happens to comments on a draft: groups are asked, comments made, and each answered."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.access import Conflict, check_role
from accounts.models import User
from accounts.roles import Permission
from charter import emails
from charter.invitations import LinkUnknown, refuse_unless_open
from charter.models import Charter, Comment, Invitation
from charter.permissions import locked_draft
from charter.refusals import Unfit
from records import audit

MOST_PER_INVITATION = 100
LONGEST = timedelta(days=366)


@transaction.atomic
def invite_group(
    *, charter: Charter, group: str, email: str, answer_until: datetime, by: User, at: datetime
) -> Invitation:
    """Ask a stakeholder group by e-mail what it thinks of a draft."""
    check_role(by, Permission.CHARTER_EDIT, within=charter.authority)
    charter = locked_draft(charter)
    if answer_until <= at:
        raise Unfit("answer_until", "The last moment to comment must be in the future")
    if answer_until > at + LONGEST:
        raise Unfit("answer_until", "The last moment to comment must be within a year from now")
    invitation = Invitation.objects.create(
        charter=charter,
        group=group,
        email=email,
        sent_by=by,
        sent_at=at,
        answer_until=answer_until,
    )
    audit.record(
        verb="charter.group_invited",
        by=by,
        target=charter,
        at=at,
        group=group,
        answer_until=answer_until,
    )
    emails.invite(invitation)
    return invitation


@transaction.atomic
def add_comment(
    *, charter: Charter, about: str, group: str, words: str, by: User, at: datetime
) -> Comment:
    """Write down what a stakeholder group says of a draft, or a colleague for themselves."""
    check_role(by, Permission.CHARTER_COMMENT, within=charter.authority)
    comment = Comment.objects.create(
        charter=locked_draft(charter),
        about=about,
        group=group or str(by)[:200],
        words=words,
        made_by=by,
        made_at=at,
    )
    audit.record(verb="charter.commented", by=by, target=comment, at=at, about=about)
    return comment


@transaction.atomic
def comment_by_link(*, invitation: Invitation, about: str, words: str, at: datetime) -> Comment:
    """Keep what an invited group says; the link must still be open under the draft's lock."""
    invitation = _locked_invitation(invitation)
    refuse_unless_open(invitation, at=at)
    if invitation.comments.count() >= MOST_PER_INVITATION:
        raise Unfit(
            None,
            f"{MOST_PER_INVITATION} comments have come through this link, the most it takes. "
            f"Nothing was added. Write to {invitation.charter.authority} to say more",
        )
    comment = Comment.objects.create(
        charter=invitation.charter,
        about=about,
        group=invitation.group,
        words=words,
        invitation=invitation,
        made_at=at,
    )
    audit.record(
        verb="charter.commented_by_link",
        by=None,
        target=comment,
        at=at,
        about=about,
        invitation=invitation.pk,
    )
    return comment


@transaction.atomic
def answer_comment(
    *, comment: Comment, answer: str, led_to_change: bool, by: User, at: datetime
) -> Comment:
    """Answer a comment, once; a group that used its link is told by e-mail."""
    check_role(by, Permission.CHARTER_EDIT, within=comment.charter.authority)
    locked_draft(comment.charter)
    comment = Comment.objects.select_related("charter__authority", "invitation").get(pk=comment.pk)
    if comment.answered_at:
        raise Conflict("This comment was answered meanwhile. Read the answer on the list.")
    comment.answer, comment.led_to_change = answer, led_to_change
    comment.answered_by, comment.answered_at = by, at
    comment.save()
    audit.record(
        verb="charter.comment_answered",
        by=by,
        target=comment,
        at=at,
        led_to_change=led_to_change,
    )
    if comment.invitation:
        emails.tell_group(comment)
    return comment


def _locked_invitation(invitation: Invitation) -> Invitation:
    """The invitation read anew, so that its comments are counted one after the other.

    The draft is locked with it: it must not be published in between.
    """
    found = Invitation.objects.select_for_update(of=("self", "charter"))
    invitation = found.select_related("charter__authority").filter(pk=invitation.pk).first()
    if invitation is None:
        raise LinkUnknown
    return invitation
