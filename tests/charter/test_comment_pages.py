"""The pages of comments: colleagues read and add, administrators answer and invite."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.roles import IN_AN_AUTHORITY, Role
from charter.models import Charter, Comment, Invitation
from tests.charter.test_partner_pages import somebody
from tests.factories.accounts import person_in
from tests.factories.charter import (
    CharterFactory,
    CommentFactory,
    InvitationFactory,
    PrincipleFactory,
)

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert('x')</script>"
IN_TWO_WEEKS = datetime.now(UTC) + timedelta(days=14)
UNTIL = {
    "answer_until_day": IN_TWO_WEEKS.day,
    "answer_until_month": IN_TWO_WEEKS.month,
    "answer_until_year": IN_TWO_WEEKS.year,
    "answer_until_time": "17:00",
}


def words(response):
    return " ".join(response.content.decode().split())


def address(name, record):
    return reverse(f"charter:{name}", args=[record.pk])


def said(**told):
    return {
        "speaker": "group",
        "group": "River Friends",
        "about": "whole",
        "words": "Say more.",
        **told,
    }


def asked(**told):
    return {"group": "River Friends", "email": "river@friends.example", **UNTIL, **told}


def publish(charter):
    Charter.objects.filter(pk=charter.pk).update(status="published")


@pytest.fixture
def charter():
    return CharterFactory(draft=True)


@pytest.fixture
def administrator(charter):
    return person_in(charter.authority, Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", IN_AN_AUTHORITY)
def test_everyone_with_a_role_reads_and_adds(client, charter, role):
    client.force_login(person_in(charter.authority, role))

    assert client.get(address("comments", charter)).status_code == 200
    assert client.get(address("add_comment", charter)).status_code == 200
    response = client.post(address("add_comment", charter), said(), follow=True)

    assert response.redirect_chain == [(address("comments", charter), 302)]
    assert "River Friends" in words(response)
    assert "Say more." in words(response)


def test_a_comment_names_what_it_is_about(client, charter, administrator):
    principle = PrincipleFactory(quadrant__charter=charter)
    client.force_login(administrator)
    for told in (
        {"about": "whole"},
        {"about": f"quadrant-{principle.quadrant.pk}"},
        {"about": str(principle.pk)},
        {"about": "other", "other": "Metric 7"},
    ):
        client.post(address("add_comment", charter), said(**told))

    assert [one.about for one in Comment.objects.all()] == [
        "The whole charter",
        principle.quadrant.title,
        str(principle),
        "Metric 7",
    ]


def test_a_colleague_speaks_for_themselves(client, charter, administrator):
    client.force_login(administrator)

    response = client.post(
        address("add_comment", charter), said(speaker="myself", group="x" * 201), follow=True
    )

    assert Comment.objects.get().group == administrator.full_name
    assert "written down by" not in words(response)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"speaker": ""}, ["speaker"]),
        ({"speaker": "everyone"}, ["speaker"]),
        ({"group": ""}, ["group"]),
        ({"group": "a" * 201}, ["group"]),
        ({"words": " "}, ["words"]),
        ({"words": "a\x00b"}, ["words"]),
        ({"about": "other"}, ["other"]),
        ({"about": "9"}, ["about"]),
    ],
)
def test_a_comment_that_cannot_be_kept_is_refused(client, charter, administrator, told, wrong):
    client.force_login(administrator)

    response = client.post(address("add_comment", charter), said(**told))

    assert list(response.context["form"].errors) == wrong
    assert not Comment.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_no_more_queries_for_more(
    client, django_assert_num_queries, charter, administrator, count
):
    for _ in range(count):
        CommentFactory(charter=charter)
        CommentFactory(charter=charter, answered=True)
        CommentFactory(charter=charter, by_link=True)
    client.force_login(administrator)
    client.get(address("comments", charter))

    with django_assert_num_queries(11):
        client.get(address("comments", charter))


def test_the_list_puts_unanswered_comments_first_and_counts_them(client, charter, administrator):
    answered = CommentFactory(charter=charter, answered=True)
    waiting = CommentFactory(charter=charter)
    CommentFactory()
    client.force_login(administrator)

    response = client.get(address("comments", charter))

    assert list(response.context["page"]) == [waiting, answered]
    assert "2 comments, 1 not answered." in words(response)


def test_a_long_list_comes_in_pages(client, charter, administrator):
    CommentFactory.create_batch(51, charter=charter)
    client.force_login(administrator)

    assert len(client.get(address("comments", charter)).context["page"]) == 50
    for page, shown in (("2", 1), ("99", 1), ("x", 50)):
        response = client.get(address("comments", charter), {"page": page})
        assert len(response.context["page"]) == shown


def test_an_empty_list_says_what_will_be_here(client, charter, administrator):
    client.force_login(administrator)

    assert "No comment yet" in words(client.get(address("comments", charter)))


def test_only_administrators_see_where_a_group_was_written_to(client, charter, administrator):
    invitation = InvitationFactory(charter=charter)
    client.force_login(person_in(charter.authority, Role.OFFICER))
    printed = words(client.get(address("comments", charter)))
    assert invitation.group in printed
    assert invitation.email not in printed
    assert address("invite", charter) not in printed

    client.force_login(administrator)

    assert invitation.email in words(client.get(address("comments", charter)))


def test_an_administrator_answers(client, charter, administrator):
    comment = CommentFactory(charter=charter)
    client.force_login(administrator)

    response = client.post(
        address("answer_comment", comment),
        {"answer": "We added the river.", "led_to_change": "yes"},
        follow=True,
    )

    assert response.redirect_chain == [(address("comments", charter), 302)]
    assert "We added the river." in words(response)
    assert "The draft was changed because of it." in words(response)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"answer": "", "led_to_change": "no"}, ["answer"]),
        ({"answer": "Yes."}, ["led_to_change"]),
        ({"answer": "Yes.", "led_to_change": "perhaps"}, ["led_to_change"]),
        ({"answer": "a\x00b", "led_to_change": "no"}, ["answer"]),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused(client, charter, administrator, told, wrong):
    comment = CommentFactory(charter=charter)
    client.force_login(administrator)

    response = client.post(address("answer_comment", comment), told)

    assert list(response.context["form"].errors) == wrong
    comment.refresh_from_db()
    assert comment.answered_at is None


def test_an_answered_comment_is_not_answered_again(client, charter, administrator):
    comment = CommentFactory(charter=charter, answered=True)
    client.force_login(administrator)

    response = client.post(
        address("answer_comment", comment), {"answer": "No.", "led_to_change": "no"}
    )

    comment.refresh_from_db()
    assert (response.status_code, comment.answer) == (409, "We have added it.")


def test_an_administrator_asks_a_group(client, charter, administrator):
    client.force_login(administrator)
    assert client.get(address("invite", charter)).status_code == 200

    response = client.post(address("invite", charter), asked(), follow=True)

    assert response.redirect_chain == [(address("comments", charter), 302)]
    assert Invitation.objects.get().group == "River Friends"
    assert mail.outbox[0].to == ["river@friends.example"]


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"group": ""}, ["group"]),
        ({"email": "nobody"}, ["email"]),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, ["email"]),
        ({"answer_until_year": "2020"}, ["answer_until"]),
        ({"answer_until_year": "2999"}, ["answer_until"]),
        ({"answer_until_day": "x"}, ["answer_until"]),
        ({"answer_until_time": ""}, ["answer_until"]),
    ],
)
def test_an_invitation_that_cannot_be_sent_is_refused(client, charter, administrator, told, wrong):
    client.force_login(administrator)

    response = client.post(address("invite", charter), asked(**told))

    assert list(response.context["form"].errors) == wrong
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_a_group_of_two_lines_is_kept_in_one(client, charter, administrator):
    client.force_login(administrator)

    client.post(address("invite", charter), asked(group="River\r\nBcc: spy@example.org"))

    assert Invitation.objects.get().group == "River Bcc: spy@example.org"
    assert mail.outbox[0].recipients() == ["river@friends.example"]


def test_a_published_version_keeps_the_record_and_takes_nothing_more(
    client, charter, administrator
):
    comment = CommentFactory(charter=charter, words="Say more of the river.")
    publish(charter)
    client.force_login(administrator)

    page = words(client.get(address("comments", charter)))

    assert "Say more of the river." in page
    assert "This version is no longer a draft." in page
    for name, record in (
        ("add_comment", charter),
        ("invite", charter),
        ("answer_comment", comment),
    ):
        assert address(name, record) not in page
        for response in (client.get(address(name, record)), client.post(address(name, record))):
            assert response.status_code == 409
            assert "Start a new version" in words(response)


def test_markup_in_comments_is_printed_as_text(client, charter, administrator):
    Charter.objects.filter(pk=charter.pk).update(title=MARKUP)
    told = {"charter": charter, "about": MARKUP, "group": MARKUP, "words": MARKUP}
    CommentFactory(**told, answered=True, answer=MARKUP)
    comment = CommentFactory(**told)
    InvitationFactory(charter=charter, group=MARKUP)
    client.force_login(administrator)

    for path in (
        address("comments", charter),
        address("add_comment", charter),
        address("invite", charter),
        address("answer_comment", comment),
    ):
        printed = client.get(path).content.decode()

        assert "<script>alert" not in printed
        assert "&lt;script&gt;alert" in printed


@pytest.mark.parametrize("page", ["answer_comment", "invite"])
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("engaged officer", 403),
        ("board", 403),
        ("officer", 404),
        ("stranger", 404),
        ("bidder", 404),
        ("bidder who deals", 403),
        ("superuser", 403),
    ],
)
def test_only_administrators_answer_and_invite(client, charter, page, who, status):
    record = CommentFactory(charter=charter) if page == "answer_comment" else charter
    client.force_login(somebody(who, charter.authority))

    assert client.get(address(page, record)).status_code == status
    assert client.post(address(page, record), asked()).status_code == status


@pytest.mark.parametrize("page", ["comments", "add_comment"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 404), ("bidder", 404), ("bidder who deals", 403), ("superuser", 403)],
)
@pytest.mark.parametrize("state", ["draft", "published"])
def test_comments_are_for_the_authoritys_own_people(client, charter, page, who, status, state):
    CommentFactory(charter=charter)
    if state == "published":
        publish(charter)
    client.force_login(somebody(who, charter.authority))

    assert client.get(address(page, charter)).status_code == status
    if page == "add_comment":
        assert client.post(address(page, charter), said()).status_code == status
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("page", ["comments", "add_comment", "invite", "answer_comment"])
def test_visitors_are_asked_to_sign_in_and_change_nothing(client, charter, page):
    record = CommentFactory(charter=charter) if page == "answer_comment" else charter

    assert client.get(address(page, record)).status_code == 302
    assert client.post(address(page, record), said()).status_code == 403


def test_the_charter_leads_its_own_people_to_the_comments(client, charter):
    publish(charter)
    link = address("comments", charter)

    assert link not in words(client.get(address("detail", charter)))
    client.force_login(person_in(charter.authority, Role.EVALUATOR))
    assert link in words(client.get(address("detail", charter)))
