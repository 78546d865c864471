"""The link of an invited group: it opens one draft, for one group, for a time, and no other."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.signing import Signer
from django.urls import reverse

from charter import invitations
from charter.invitations import address_of, token_of
from charter.models import Charter, Comment
from tests.factories.charter import (
    CharterFactory,
    CommentFactory,
    InvitationFactory,
    PrincipleFactory,
)

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert('x')</script>"


def words(response):
    return " ".join(response.content.decode().split())


def posted(**told):
    return {"about": "whole", "words": "Say more of the river.", **told}


def altered(token, *, at):
    """The token with one letter changed."""
    other = "b" if token[at] == "a" else "a"
    return token[:at] + other + token[at + 1 :]


def address(token):
    return reverse("charter:invited", args=[token])


def publish(charter):
    Charter.objects.filter(pk=charter.pk).update(status="published", title="In force")


def test_the_link_opens_the_draft_without_an_account(client):
    principle = PrincipleFactory(
        quadrant__charter=CharterFactory(
            draft=True,
            title="Our draft",
            ambition="To be the best place.",
            clauses=[
                {"heading": "Each April", "document": "P", "paragraph": "2", "text": "Review."}
            ],
        )
    )
    invitation = InvitationFactory(charter=principle.quadrant.charter, group="River Friends")

    response = client.get(address_of(invitation))

    assert response.status_code == 200
    for part in ("Our draft", "To be the best place.", principle.text, "Each April", "Review."):
        assert part in words(response)
    assert "Social value takes at least 10 % of the whole score." in words(response)
    assert "in the name of River Friends" in words(response)


def test_the_page_of_a_link_is_kept_by_nobody(client):
    response = client.get(address_of(InvitationFactory()))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    # No address is told to other sites. "no-referrer" would make browsers send "Origin: null"
    # with the form, which the protection against forged forms rightly refuses.
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in words(response)


def test_refused_links_are_kept_by_nobody_either(client):
    over = InvitationFactory(answer_until=datetime(2026, 1, 5, tzinfo=UTC))
    for token in ("made-up", token_of(over)):
        response = client.get(address(token))

        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_a_group_sends_a_comment_and_finds_it_below(client):
    invitation = InvitationFactory()

    response = client.post(address_of(invitation), posted(), follow=True)

    comment = Comment.objects.get()
    assert (comment.about, comment.words) == ("The whole charter", "Say more of the river.")
    assert response.redirect_chain == [(address_of(invitation), 302)]
    assert "Say more of the river." in words(response)
    assert "Not answered yet" in words(response)


def test_a_group_reads_its_own_comments_and_answers_alone(client):
    invitation = InvitationFactory()
    charter = invitation.charter
    own = {"charter": charter, "invitation": invitation, "made_by": None}
    CommentFactory(**own, words="Ours", answered=True, answer="Answered to us")
    CommentFactory(charter=charter, words="A colleague's", answered=True, answer="To them")
    CommentFactory(charter=charter, by_link=True, words="A rival's", group="Rivals")

    printed = words(client.get(address_of(invitation)))

    assert "Ours" in printed and "Answered to us" in printed
    for others in ("A colleague", "To them", "A rival", "Rivals"):
        assert others not in printed


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_no_more_queries_for_more(client, django_assert_num_queries, count):
    invitation = InvitationFactory()
    for _ in range(count):
        quadrant = PrincipleFactory(quadrant__charter=invitation.charter).quadrant
        PrincipleFactory.create_batch(count, quadrant=quadrant)
        CommentFactory(charter=invitation.charter, invitation=invitation, made_by=None)

    with django_assert_num_queries(5):
        client.get(address_of(invitation))


def test_each_link_opens_its_own_draft_alone(client):
    invitation = InvitationFactory(charter__title="Our draft")
    InvitationFactory(charter__title="Their draft")

    printed = words(client.get(address_of(invitation)))

    assert "Our draft" in printed
    assert "Their draft" not in printed


def test_a_principle_of_another_charter_cannot_be_named(client):
    invitation = InvitationFactory()
    foreign = PrincipleFactory(quadrant__charter=CharterFactory(draft=True))

    for about in (str(foreign.pk), f"quadrant-{foreign.quadrant.pk}"):
        response = client.post(address_of(invitation), posted(about=about))

        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["about"]
    assert not Comment.objects.exists()


def signed_elsewhere(invitation):
    """Tokens that were signed, but not as an invitation, and some that were never signed."""
    pk = invitation.pk.hex
    token = token_of(invitation)
    return {
        "another salt": Signer(salt="something.else").sign(pk),
        "another key": Signer(key="not ours", salt=invitations.SALT).sign(pk),
        "the charter's id": Signer(salt=invitations.SALT).sign(invitation.charter_id.hex),
        "an id of nothing": Signer(salt=invitations.SALT).sign(uuid.uuid4().hex),
        "no id": Signer(salt=invitations.SALT).sign("whole"),
        "the bare id": pk,
        "cut short": token[:-1],
        "signature altered": altered(token, at=-2),
        "id altered": altered(token, at=0),
        "one more letter": token + "a",
        "another's signature": pk + token_of(InvitationFactory())[32:],
        "nul": "\x00",
        "very long": "a" * 5000,
        "not ascii": "é:ü",
    }


def test_a_link_that_was_not_signed_so_leads_nowhere(client):
    invitation = InvitationFactory(group="River Friends", charter__title="Our draft")

    for name, token in signed_elsewhere(invitation).items():
        for response in (client.get(address(token)), client.post(address(token), posted())):
            assert response.status_code == 404, name
            assert "This link does not work" in words(response)
            assert "Our draft" not in words(response)
            assert "River Friends" not in words(response)
    assert not Comment.objects.exists()


def test_twin_with_the_signature_unread_an_altered_link_opens(client, monkeypatch):
    invitation = InvitationFactory()
    monkeypatch.setattr(invitations.Signer, "unsign", lambda self, token: token.partition(":")[0])

    token = signed_elsewhere(invitation)["signature altered"]

    assert client.get(address(token)).status_code == 200


def test_twin_with_one_salt_for_all_a_foreign_signature_opens(client, monkeypatch):
    invitation = InvitationFactory()
    monkeypatch.setattr(invitations, "SALT", "something.else")

    token = signed_elsewhere(invitation)["another salt"]

    assert client.get(address(token)).status_code == 200


@pytest.mark.parametrize("end", ["expired", "published"])
def test_a_link_whose_time_is_over_says_so_and_no_more(client, end):
    invitation = InvitationFactory(group="River Friends", charter__title="Our draft")
    if end == "expired":
        invitation.answer_until = datetime.now(UTC) - timedelta(seconds=1)
        invitation.save()
    else:
        publish(invitation.charter)

    for response in (
        client.get(address_of(invitation)),
        client.post(address_of(invitation), posted()),
    ):
        assert response.status_code == 410
        assert "This link is no longer open" in words(response)
        for detail in ("Our draft", "In force", "River Friends", invitation.charter.authority.name):
            assert detail not in words(response)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("end", ["expired", "published"])
def test_twin_with_its_time_unread_an_old_link_opens(client, monkeypatch, end):
    invitation = InvitationFactory(answer_until=datetime.now(UTC) + timedelta(days=1))
    if end == "expired":
        invitation.answer_until = datetime.now(UTC) - timedelta(seconds=1)
        invitation.save()
    else:
        publish(invitation.charter)
    monkeypatch.setattr(invitations, "refuse_unless_open", lambda invitation, *, at: None)

    assert client.get(address_of(invitation)).status_code == 200


def test_the_link_of_a_discarded_draft_is_unknown(client):
    invitation = InvitationFactory()
    path = address_of(invitation)
    invitation.charter.delete()

    assert client.get(path).status_code == 404


def test_a_full_link_says_so_and_keeps_what_was_typed(client, monkeypatch):
    monkeypatch.setattr("charter.actions.comments.MOST_PER_INVITATION", 1)
    invitation = InvitationFactory()
    client.post(address_of(invitation), posted())

    response = client.post(address_of(invitation), posted(words="One more thing."))

    assert "the most it takes" in words(response)
    assert "One more thing." in words(response)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"words": ""}, ["words"]),
        ({"words": "a\x00b"}, ["words"]),
        ({"words": "a" * 4001}, ["words"]),
        ({"about": ""}, ["about"]),
        ({"about": "metric"}, ["about"]),
        ({"about": "other"}, ["other"]),
        ({"about": "other", "other": "a" * 201}, ["other"]),
        ({"about": "other", "other": "a\x00b"}, ["other"]),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(client, told, wrong):
    response = client.post(address_of(InvitationFactory()), posted(**told))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == wrong
    assert not Comment.objects.exists()


def test_a_comment_may_be_about_something_else(client):
    client.post(
        address_of(InvitationFactory()), posted(about="other", other="Metric 7\r\nBcc: a@b.example")
    )

    assert Comment.objects.get().about == "Metric 7 Bcc: a@b.example"


def test_markup_in_the_draft_and_in_comments_is_printed_as_text(client):
    charter = CharterFactory(
        draft=True,
        title=MARKUP,
        ambition=MARKUP,
        purpose=MARKUP,
        authority__name=MARKUP,
        clauses=[{"heading": MARKUP, "document": MARKUP, "paragraph": MARKUP, "text": MARKUP}],
    )
    PrincipleFactory(
        quadrant__charter=charter, quadrant__title=MARKUP, text=MARKUP, short_title=MARKUP
    )
    invitation = InvitationFactory(charter=charter, group=MARKUP)
    own = {"charter": charter, "invitation": invitation, "made_by": None}
    CommentFactory(**own, about=MARKUP, words=MARKUP, answered=True, answer=MARKUP)

    printed = client.get(address_of(invitation)).content.decode()

    assert "<script>alert" not in printed
    assert printed.count("&lt;script&gt;alert") >= 12


def test_a_form_without_its_token_is_refused(client):
    client.handler.enforce_csrf_checks = True

    assert client.post(address_of(InvitationFactory()), posted()).status_code == 403
    assert not Comment.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_link_is_read_and_written_to_in_no_other_way(client, method):
    assert getattr(client, method)(address_of(InvitationFactory())).status_code == 405
