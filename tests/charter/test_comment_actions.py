"""Comments on a draft: who may make them, how long, and what becomes of them."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import IN_AN_AUTHORITY, Role
from charter import actions
from charter.actions import comments
from charter.invitations import LinkOver, LinkUnknown, address_of
from charter.models import Charter, Comment, Invitation
from charter.refusals import Unfit
from records.models import AuditEvent
from tests.factories.accounts import AuthorityFactory, UserFactory, person_in
from tests.factories.charter import CharterFactory, CommentFactory, InvitationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=14)


def administrator_of(charter):
    return person_in(charter.authority, Role.ADMINISTRATOR)


def say(charter, *, by, group="River Friends", about="The whole charter"):
    return actions.add_comment(
        charter=charter, about=about, group=group, words="Say more.", by=by, at=NOW
    )


def send(invitation, *, at=NOW):
    return actions.comment_by_link(
        invitation=invitation, about="The whole charter", words="Say more.", at=at
    )


def reply(comment, *, by=None, answer="We did.", led_to_change=True):
    return actions.answer_comment(
        comment=comment,
        answer=answer,
        led_to_change=led_to_change,
        by=by or administrator_of(comment.charter),
        at=NOW,
    )


def ask(charter, *, by=None, answer_until=LATER, group="River Friends"):
    return actions.invite_group(
        charter=charter,
        group=group,
        email="river@friends.example",
        answer_until=answer_until,
        by=by or administrator_of(charter),
        at=NOW,
    )


def publish(charter):
    Charter.objects.filter(pk=charter.pk).update(status="published")


@pytest.mark.parametrize("role", IN_AN_AUTHORITY)
def test_everyone_with_a_role_writes_down_what_a_group_says(role):
    charter = CharterFactory(draft=True)
    colleague = person_in(charter.authority, role)

    comment = say(charter, by=colleague)

    assert (comment.group, comment.made_by, comment.made_at) == ("River Friends", colleague, NOW)
    assert AuditEvent.objects.get().verb == "charter.commented"


def test_a_colleague_speaks_for_themselves_too():
    charter = CharterFactory(draft=True)
    colleague = person_in(charter.authority, Role.OFFICER)

    assert say(charter, by=colleague, group="").group == colleague.full_name


def test_outsiders_find_nothing_to_comment_on():
    charter = CharterFactory(draft=True)

    with pytest.raises(Http404):
        say(charter, by=administrator_of(CharterFactory()))


@pytest.mark.parametrize("state", [{}, {"superseded": True}])
def test_only_a_draft_takes_comments(state):
    charter = CharterFactory(**state)

    with pytest.raises(Conflict, match="Start a new version"):
        say(charter, by=administrator_of(charter))


def test_a_draft_published_meanwhile_takes_no_more_comments():
    charter = CharterFactory(draft=True)
    publish(charter)

    with pytest.raises(Conflict):
        say(charter, by=administrator_of(charter))


def test_a_comment_is_answered_once():
    comment = CommentFactory()
    administrator = administrator_of(comment.charter)

    reply(comment, by=administrator)

    comment.refresh_from_db()
    assert (comment.answer, comment.led_to_change) == ("We did.", True)
    assert (comment.answered_by, comment.answered_at) == (administrator, NOW)
    assert AuditEvent.objects.get().verb == "charter.comment_answered"
    with pytest.raises(Conflict, match="answered meanwhile"):
        reply(comment, answer="No, we did not.")


def test_a_colleague_who_commented_is_not_written_to():
    reply(CommentFactory())

    assert mail.outbox == []


def test_a_group_is_told_of_its_answer_with_its_own_link():
    comment = CommentFactory(by_link=True, charter__title="Ours")

    reply(comment, answer="We added the river.", led_to_change=False)

    (letter,) = mail.outbox
    assert letter.to == [comment.invitation.email]
    assert letter.subject.startswith("Your comment was answered on ")
    assert "We added the river." in letter.body
    assert "The draft was not changed." in letter.body
    assert letter.body.count("http") == 1
    assert address_of(comment.invitation) in letter.body


def test_the_record_of_a_published_version_is_not_written_on():
    comment = CommentFactory()
    publish(comment.charter)

    with pytest.raises(Conflict):
        reply(comment)

    comment.refresh_from_db()
    assert comment.answered_at is None


@pytest.mark.parametrize("role", [role for role in IN_AN_AUTHORITY if role != "administrator"])
def test_only_administrators_answer_and_invite(role):
    comment = CommentFactory()
    colleague = person_in(comment.charter.authority, role)

    with pytest.raises((PermissionDenied, Http404)):
        reply(comment, by=colleague)
    with pytest.raises((PermissionDenied, Http404)):
        ask(comment.charter, by=colleague)


def test_a_group_is_asked_with_a_link_of_its_own():
    charter = CharterFactory(draft=True, title="Ours")

    invitation = ask(charter, answer_until=datetime(2027, 1, 15, 17, tzinfo=UTC))

    (letter,) = mail.outbox
    event = AuditEvent.objects.get()
    assert letter.to == ["river@friends.example"]
    assert letter.subject == "Comment by 15 January 2027, 17:00: Ours"
    assert letter.body.count("http") == 1
    assert address_of(invitation) in letter.body
    assert event.verb == "charter.group_invited"
    assert event.details == {
        "group": "River Friends",
        "answer_until": "2027-01-15T17:00:00Z",
    }


@pytest.mark.parametrize(
    ("answer_until", "words"),
    [
        (NOW, "must be in the future"),
        (NOW - timedelta(days=1), "must be in the future"),
        (NOW + timedelta(days=367), "within a year"),
    ],
)
def test_a_link_lasts_from_a_moment_to_a_year(answer_until, words):
    with pytest.raises(Unfit, match=words) as refused:
        ask(CharterFactory(draft=True), answer_until=answer_until)

    assert refused.value.field == "answer_until"
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_nobody_is_asked_about_a_published_version():
    with pytest.raises(Conflict):
        ask(CharterFactory())


def test_a_group_comments_in_its_own_name():
    invitation = InvitationFactory(group="River Friends")

    comment = send(invitation)

    event = AuditEvent.objects.get()
    assert (comment.group, comment.charter) == ("River Friends", invitation.charter)
    assert (comment.invitation, comment.made_by) == (invitation, None)
    assert (event.verb, event.actor_label) == ("charter.commented_by_link", "")


def test_a_group_comments_several_times():
    invitation = InvitationFactory()

    send(invitation)
    send(invitation)

    assert invitation.comments.count() == 2


def test_the_link_ends_at_its_moment():
    invitation = InvitationFactory(answer_until=LATER)

    send(invitation, at=LATER - timedelta(microseconds=1))
    with pytest.raises(LinkOver):
        send(invitation, at=LATER)


def test_the_link_ends_with_the_draft_even_when_it_was_read_before():
    invitation = InvitationFactory()
    publish(invitation.charter)

    with pytest.raises(LinkOver):
        send(invitation)


def test_the_link_of_a_discarded_draft_leads_nowhere():
    invitation = InvitationFactory()
    read_before = Invitation.objects.get(pk=invitation.pk)
    invitation.charter.delete()

    with pytest.raises(LinkUnknown):
        send(read_before)


def test_a_link_takes_a_hundred_comments():
    invitation = InvitationFactory()
    told = {"charter": invitation.charter, "invitation": invitation, "made_by": None}
    CommentFactory.create_batch(comments.MOST_PER_INVITATION, **told)

    with pytest.raises(Unfit, match="the most it takes"):
        send(invitation)

    assert Comment.objects.count() == 100
    assert send(InvitationFactory(charter=invitation.charter)).pk


def send_together(monkeypatch):
    """Five comments through one link at once, each a little slowly; there is room for one."""
    invitation = InvitationFactory()
    told = {"charter": invitation.charter, "invitation": invitation, "made_by": None}
    CommentFactory.create_batch(comments.MOST_PER_INVITATION - 1, **told)
    create, kept = Comment.objects.create, []

    def slowly(**fields):
        time.sleep(0.2)
        return create(**fields)

    def one(_):
        try:
            kept.append(send(invitation))
        except Unfit:
            pass
        finally:
            connection.close()

    monkeypatch.setattr(Comment.objects, "create", slowly)
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(one, range(5)))
    return len(kept)


@pytest.mark.django_db(transaction=True)
def test_comments_at_the_same_moment_are_counted_one_after_the_other(monkeypatch):
    assert send_together(monkeypatch) == 1


@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_a_link_takes_more(monkeypatch):
    monkeypatch.setattr(comments, "_locked_invitation", lambda invitation: invitation)

    assert send_together(monkeypatch) > 1


def test_an_administrator_elsewhere_answers_nothing_here():
    stranger = person_in(AuthorityFactory(), Role.ADMINISTRATOR)

    with pytest.raises(Http404):
        reply(CommentFactory(), by=stranger)
    with pytest.raises(Http404):
        ask(CharterFactory(draft=True), by=UserFactory())
