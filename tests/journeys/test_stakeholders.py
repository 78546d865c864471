"""People without an account, in a real browser: a partner signs, a group comments on a draft."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.roles import Role
from charter.models import Comment
from tests.factories.accounts import person_in
from tests.factories.charter import CharterFactory, PrincipleFactory
from tests.journeys.visitor import NARROW, PASSWORD, Visitor

pytestmark = pytest.mark.django_db(transaction=True)

ONE_LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwll" * 5


@pytest.fixture
def draft():
    charter = CharterFactory(draft=True, title="Our charter")
    PrincipleFactory(quadrant__charter=charter, code="GS1", short_title="Green places")
    return charter


def administrator_of(charter, browser, live_server, *, width):
    """An administrator at a browser, signed in."""
    person = person_in(charter.authority, Role.ADMINISTRATOR)
    person.set_password(PASSWORD)
    person.save()
    visitor = Visitor(browser, live_server.url)
    visitor.signs_in(person.email)
    visitor.page.set_viewport_size({"width": width, "height": 900})
    return visitor


def test_a_partner_signs_and_an_administrator_confirms(browser, live_server):
    principle = PrincipleFactory(short_title="Green places")
    charter = principle.quadrant.charter
    partner = Visitor(browser, live_server.url, width=NARROW)
    partner.opens(reverse("charter:detail", args=[charter.pk])).follows("Sign up as a partner")
    partner.presses("Sign up").reads("Enter your statement", "Choose at least one principle")
    partner.fills(
        name=ONE_LONG_WORD,
        statement="We mend what we can.",
        contact_name="Jo Field",
        contact_email="jo@canal.example",
        **{f"aligns_{principle.quadrant.code}": True},
    )
    partner.presses("Sign up").reads("We have your signature")

    colleague = administrator_of(charter, browser, live_server, width=NARROW)
    colleague.opens(reverse("charter:detail", args=[charter.pk]))
    colleague.follows("Confirm and manage partners").follows(ONE_LONG_WORD)
    colleague.fills(decision="confirmed").presses("Save the decision")
    colleague.reads("Signed up (1)")

    partner.opens(reverse("charter:detail", args=[charter.pk]))
    partner.reads("We mend what we can.", "Aligns with: Green places.")
    assert [letter.to for letter in mail.outbox] == [["jo@canal.example"]] * 2


def test_a_group_is_asked_comments_and_is_answered(browser, live_server, draft):
    colleague = administrator_of(draft, browser, live_server, width=NARROW)
    colleague.opens(reverse("charter:comments", args=[draft.pk])).presses("Ask a group by e-mail")
    colleague.fills(group=ONE_LONG_WORD, email="river@friends.example").presses("Send the link")
    (link,) = re.findall(r"/charters/invited/\S+", mail.outbox[0].body)

    group = Visitor(browser, live_server.url, width=NARROW)
    group.opens(link).presses("Send this comment").reads("Enter your comment")
    group.fills(about="other", other=ONE_LONG_WORD, words="Say more of the river.")
    group.presses("Send this comment").reads("Your comment is kept", "Not answered yet")

    colleague.opens(reverse("charter:comments", args=[draft.pk])).follows("Answer")
    colleague.fills(answer="We named it.", led_to_change="yes").presses("Keep this answer")
    colleague.reads("1 comment, 0 not answered.")
    group.opens(link).reads("We named it.", "The draft was changed because of it.")
    group.opens(link[:-5] + "/", expect=404).reads("This link does not work")
    assert Comment.objects.get().led_to_change is True


def test_a_colleague_writes_down_what_a_group_says(browser, live_server, draft):
    colleague = administrator_of(draft, browser, live_server, width=320)
    colleague.opens(reverse("charter:detail", args=[draft.pk]))
    colleague.follows("Comment on this draft").presses("Add a comment")
    colleague.fills(speaker="group", group="Waste Forum", words="What is the target?")
    colleague.presses("Keep this comment")

    colleague.reads("Waste Forum", "What is the target?", "written down by")
