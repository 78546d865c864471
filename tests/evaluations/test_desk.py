"""Your tasks: what each tender waits for from each person."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from evaluations import actions
from tests.factories.accounts import person_in
from tests.factories.conversations import ExtensionFactory
from tests.factories.evaluations import (
    NOON,
    agree_all,
    hand_in_all,
    in_moderation,
    mark_all,
    panel,
    ranked,
    recommended,
)
from tests.factories.tenders import AssignmentFactory, team_member, tender_in

pytestmark = pytest.mark.django_db


def titles(client, person):
    client.force_login(person)
    return [task.title for task in client.get(reverse("evaluations:desk")).context["tasks"]]


def test_an_evaluator_declares_first(client):
    tender = tender_in("E")
    person = team_member(tender, Role.EVALUATOR, declared=False)

    assert titles(client, person) == ["Declare your interests"]


def test_an_evaluator_waits_while_bids_are_sealed(client):
    tender = tender_in("O")

    assert titles(client, team_member(tender, Role.EVALUATOR)) == ["Nothing to do yet"]


def test_an_evaluator_marks_then_hands_in_then_waits(client):
    made = panel()
    person = made.evaluators[0]
    seen = titles(client, person)
    mark_all(made, by=person)
    mark_all(made, by=person, value="3")
    seen += titles(client, person)
    actions.submit_marks(tender=made.tender, by=person, at=NOON)
    seen += titles(client, person)

    assert seen == ["0 of 4 answers marked", "Hand in your marks", "Your marks are handed in"]


def test_an_evaluator_reads_along_during_moderation(client):
    made = in_moderation()

    assert titles(client, made.evaluators[0]) == ["Read what the panel agrees"]


def test_the_chair_opens_bids_then_moderates_then_locks(client):
    closed = panel("C")
    made = panel()
    seen = [titles(client, closed.chair), titles(client, made.chair)]
    hand_in_all(made)
    seen.append(titles(client, made.chair))
    actions.open_moderation(tender=made.tender, by=made.chair, at=NOON)
    seen.append(titles(client, made.chair))
    agree_all(made)
    seen.append(titles(client, made.chair))

    assert seen == [
        ["Open the bids"],
        ["0 of 2 evaluators handed in"],
        ["Open moderation"],
        ["4 marks to agree"],
        ["Lock moderation"],
    ]


def test_the_officer_recommends_and_waits(client):
    made = ranked()
    before = titles(client, made.officer)
    recommended_one, _ = recommended()

    assert before == ["Recommend an award"]
    assert titles(client, recommended_one.officer) == ["Waiting for approval"]


def test_the_officer_reads_why_a_recommendation_came_back(client):
    made, award = recommended()
    actions.return_recommendation(award=award, reason="Say more.", by=made.approver, at=NOON)
    client.force_login(made.officer)

    page = client.get(reverse("evaluations:desk"))

    assert [task.detail for task in page.context["tasks"]] == ["Last time: Say more."]


def test_the_approver_decides(client):
    waiting = ranked()
    made, _ = recommended()

    assert titles(client, waiting.approver) == ["Waiting for a recommendation"]
    assert titles(client, made.approver) == ["Decide on the award to Bidder A"]


def test_somebody_with_an_interest_has_no_task_there(client):
    made = panel()
    person = made.evaluators[0]
    actions.declare(tender=made.tender, has_interest=True, statement="Shares.", by=person, at=NOON)
    client.force_login(person)

    page = client.get(reverse("evaluations:desk"))

    assert (page.context["tasks"], page.context["conflicted"]) == ([], [made.tender])


def test_nothing_to_do_is_said(client):
    client.force_login(person_in(tender_in("D").authority, Role.EVALUATOR))

    page = client.get(reverse("evaluations:desk"))

    assert "Nothing waits for you" in page.content.decode()


def test_leaving_the_authority_takes_the_tasks_away(client):
    made = panel()
    person = made.evaluators[0]
    person.memberships.all().delete()

    assert titles(client, person) == []


def test_the_desk_asks_as_many_questions_for_three_tenders_as_for_one(
    client, django_assert_max_num_queries
):
    counts = []
    for tenders in (1, 3):
        made = [panel() for _ in range(tenders)]
        person = made[0].evaluators[0]
        for other in made[1:]:
            AssignmentFactory(
                tender=other.tender, person=person, role=Role.EVALUATOR, declared_at=NOON
            )
            for membership in (Role.EVALUATOR,):
                person.memberships.create(
                    organisation=other.tender.authority, role=membership, since=NOON
                )
        client.force_login(person)
        with django_assert_max_num_queries(60) as queries:
            assert len(client.get(reverse("evaluations:desk")).context["tasks"]) == tenders
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_once_awarded_the_ranking_stays_to_be_read(client):
    made, award = recommended()
    actions.approve_award(award=award, by=made.approver, at=NOON)

    assert titles(client, made.chair) == ["Awarded"]
    assert titles(client, made.approver) == ["Awarded"]


def test_an_officer_is_told_to_open_bids_and_how_far_marking_is(client):
    closed, made = panel("C"), panel()

    assert titles(client, closed.officer) == ["Open the bids"]
    assert titles(client, made.officer) == ["0 of 2 evaluators handed in"]


@pytest.mark.parametrize(("state", "is_asked"), [("O", True), ("C", False)])
def test_an_approver_decides_on_a_later_deadline_while_the_present_one_stands(
    client, state, is_asked
):
    tender = tender_in(state)
    person = team_member(tender, Role.APPROVER)
    ExtensionFactory(tender=tender)

    assert ("Decide on a later deadline" in titles(client, person)) is is_asked


def test_nobody_is_asked_to_decide_on_the_later_deadline_they_proposed(client):
    tender = tender_in("O")
    person = team_member(tender, Role.APPROVER)
    ExtensionFactory(tender=tender, proposed_by=person)

    assert titles(client, person) == []
