"""The pages of the judgement in a real browser: accessible, wide and narrow."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from evaluations import actions
from tests.factories.evaluations import NOON, in_moderation, mark_all, panel, ranked, recommended
from tests.factories.tenders import team_member
from tests.journeys.axe import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 390)


def sign_in(page, live_server, person):
    """The session a person has after signing in, without the form."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


def check_pages(page, live_server, person, *addresses):
    sign_in(page, live_server, person)
    for address in addresses:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.goto(live_server.url + address)
            assert answer.status == 200
            assert_accessible(page)


def address(name, made, *more):
    return reverse(f"evaluations:{name}", args=[made.tender.pk, *more])


def test_pages_of_marking_are_accessible(page, live_server):
    made = panel(bids=3)
    newcomer = team_member(made.tender, Role.EVALUATOR, declared=False)
    evaluator = made.evaluators[0]
    mark_all(made, by=made.evaluators[1])
    answer = address("mark", made, made.bids[0].pk, made.method_statement.pk)

    check_pages(page, live_server, newcomer, address("declare", made))
    check_pages(
        page, live_server, evaluator, reverse("evaluations:desk"), address("marking", made), answer
    )
    check_pages(page, live_server, made.chair, address("progress", made), address("register", made))


def test_pages_of_moderation_are_accessible(page, live_server):
    made = in_moderation(bids=3)
    actions.agree_mark(
        bid=made.bids[0],
        criterion=made.quality,
        value=Decimal(5),
        reason="The plan is convincing.",
        by=made.chair,
        at=NOON,
    )
    one = (made.bids[0].pk, made.quality.pk)

    check_pages(
        page, live_server, made.chair, address("moderation", made), address("agree", made, *one)
    )


def test_pages_of_the_result_are_accessible(page, live_server):
    made = ranked(bids=3, values={(0, "q1"): 2, (1, "q1"): 4, (2, "q1"): 5})
    bid = made.bids[1].pk

    check_pages(
        page,
        live_server,
        made.officer,
        address("ranking", made),
        address("line", made, bid, "q1"),
        address("line", made, bid, "price"),
        address("line", made, bid, made.commitment.code),
        address("recommend", made),
    )
    check_pages(page, live_server, made.chair, address("reopen", made))


def test_the_award_paper_is_accessible(page, live_server):
    made, _ = recommended(bids=3)

    check_pages(
        page,
        live_server,
        made.approver,
        address("award", made),
        address("return_recommendation", made),
    )


def test_a_form_in_error_is_accessible_and_leads_to_its_field(page, live_server):
    made = panel()
    sign_in(page, live_server, made.evaluators[0])
    page.goto(live_server.url + address("mark", made, made.bids[0].pk, made.quality.pk))

    page.get_by_role("button", name="Save and next").click()
    page.get_by_role("link", name="Enter your reason").click()

    assert page.evaluate("document.activeElement.name") == "reason"
    assert_accessible(page)


def test_a_selected_passage_goes_into_the_reason(page, live_server):
    made = panel()
    sign_in(page, live_server, made.evaluators[0])
    page.goto(live_server.url + address("mark", made, made.bids[0].pk, made.quality.pk))

    page.locator("#answer p").select_text()
    page.get_by_role("button", name="Add the selected text to the reason").click()

    reason = page.get_by_role("textbox", name="Your reason")
    assert reason.input_value() == "“Our answer on running the service.” "


def test_an_evaluator_marks_from_the_sheet_to_the_last_answer(page, live_server):
    made = panel(bids=1)
    sign_in(page, live_server, made.evaluators[0])
    page.goto(live_server.url + reverse("evaluations:desk"))
    page.get_by_role("button", name="Mark the next answer").click()
    page.get_by_role("button", name="Mark the next answer").click()

    for _ in range(2):
        page.get_by_label("4 – Good").check()
        page.get_by_role("textbox", name="Your reason").fill("The plan is convincing.")
        page.get_by_role("button", name="Save and next").click()
    page.get_by_role("button", name="Hand in all my marks").click()

    assert page.get_by_text("Your marks are handed in.").is_visible()
    assert made.evaluators[0].markings.count() == 1
