"""Marking alone: on the scale, with a reason, version by version, and seen by nobody else."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from evaluations import actions
from evaluations.models import Mark, Marking
from records.models import AuditEvent
from tests.factories.evaluations import NOON, hand_in_all, in_moderation, mark_all, panel
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db


def give(made, value, *, reason="A sound plan.", by=None, **more):
    return actions.give_mark(
        bid=made.bids[0],
        criterion=made.quality,
        value=Decimal(value),
        reason=reason,
        by=by or made.evaluators[0],
        at=NOON,
        **more,
    )


def address(made, criterion=None):
    criterion = criterion or made.quality
    return reverse("evaluations:mark", args=[made.tender.pk, made.bids[0].pk, criterion.pk])


def test_a_mark_is_kept_with_its_reason():
    made = panel()

    mark = give(made, "4", reason=" A sound plan. ")

    assert (mark.value, mark.reason, mark.version) == (4, "A sound plan.", 1)


def test_a_change_is_a_new_version_and_the_earlier_one_stays():
    made = panel()
    give(made, "4")

    give(made, "2", reason="I read it again.")

    kept = Mark.objects.order_by("version").values_list("version", "value", "reason")
    assert list(kept) == [(1, 4, "A sound plan."), (2, 2, "I read it again.")]


def test_saving_the_same_words_twice_is_saving_once():
    made = panel()
    first = give(made, "4", expected_version=0)

    again = give(made, "4", expected_version=0)

    assert (again, Mark.objects.count()) == (first, 1)


@pytest.mark.parametrize("value", ["-1", "6", "3.5", "5.01"])
def test_a_mark_off_the_scale_is_refused(value):
    made = panel()

    with pytest.raises(actions.MarkOffScale, match="Choose a mark from 0 to 5 in whole marks"):
        give(made, value)

    assert Mark.objects.count() == 0


def test_a_half_mark_is_on_a_scale_of_halves():
    made = panel(mark_step=Decimal("0.5"))

    assert give(made, "3.5").value == Decimal("3.5")


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_mark_without_a_reason_is_refused(reason):
    made = panel()

    with pytest.raises(actions.WordsMissing, match="Enter the reason for your mark"):
        give(made, "4", reason=reason)


def test_an_answer_scored_by_its_target_is_not_marked():
    made = panel()

    with pytest.raises(actions.MarkNotAsked):
        actions.give_mark(
            bid=made.bids[0],
            criterion=made.commitment,
            value=Decimal(4),
            reason="Good.",
            by=made.evaluators[0],
            at=NOON,
        )


def test_a_question_of_another_tender_is_not_marked():
    made, other = panel(), panel()

    with pytest.raises(actions.MarkNotAsked):
        actions.give_mark(
            bid=made.bids[0],
            criterion=other.quality,
            value=Decimal(4),
            reason="Good.",
            by=made.evaluators[0],
            at=NOON,
        )


def test_of_two_saves_from_the_same_version_the_second_is_told():
    made = panel()
    give(made, "4", expected_version=0)

    with pytest.raises(actions.Stale) as told:
        give(made, "2", reason="From another window.", expected_version=0)

    assert told.value.current.value == 4
    assert Mark.objects.count() == 1


def test_nobody_but_an_evaluator_marks():
    made = panel()

    for person in (made.officer, made.chair, made.approver, made.manager):
        with pytest.raises(PermissionDenied):
            give(made, "4", by=person)


@pytest.mark.parametrize("state", ["C", "R", "M", "A"])
def test_marks_are_given_only_between_opening_and_moderation(state):
    made = panel(state)

    with pytest.raises(Conflict):
        give(made, "4")


def test_the_trail_tells_of_a_mark_without_telling_the_mark():
    made = panel()

    give(made, "4")

    event = AuditEvent.objects.get(verb="mark.given")
    assert event.details == {"bid": str(made.bids[0].pk), "criterion": "q1", "version": 1}


def test_handing_in_needs_every_mark():
    made = panel()
    give(made, "4")

    with pytest.raises(actions.NotReady, match="3 answers have no mark yet"):
        actions.submit_marks(tender=made.tender, by=made.evaluators[0], at=NOON)

    assert Marking.objects.count() == 0


def test_marks_are_frozen_once_handed_in():
    made = panel()
    mark_all(made, by=made.evaluators[0])
    actions.submit_marks(tender=made.tender, by=made.evaluators[0], at=NOON)

    with pytest.raises(Conflict, match="handed in"):
        give(made, "1")


def test_handing_in_twice_is_handing_in_once():
    made = panel()
    mark_all(made, by=made.evaluators[0])
    first = actions.submit_marks(tender=made.tender, by=made.evaluators[0], at=NOON)

    assert actions.submit_marks(tender=made.tender, by=made.evaluators[0], at=NOON) == first


def test_an_evaluator_sees_no_mark_of_another_before_moderation():
    made = panel()
    hand_in_all(made)
    mine, other = made.evaluators

    assert set(Mark.objects.visible_to(mine).values_list("evaluator", flat=True)) == {mine.pk}
    assert set(Mark.objects.visible_to(other).values_list("evaluator", flat=True)) == {other.pk}


@pytest.mark.parametrize("role", ["officer", "chair", "approver", "manager"])
def test_nobody_else_sees_a_mark_before_moderation(role):
    made = panel()
    hand_in_all(made)

    assert not Mark.objects.visible_to(getattr(made, role)).exists()


@pytest.mark.parametrize("role", ["officer", "chair", "approver", "manager", "evaluator"])
def test_no_page_shows_a_mark_of_another_before_moderation(client, role):
    made = panel()
    other, mine = made.evaluators
    actions.give_mark(
        bid=made.bids[0],
        criterion=made.quality,
        value=Decimal(4),
        reason="CANARY-OF-ANOTHER",
        by=other,
        at=NOON,
    )
    client.force_login(mine if role == "evaluator" else getattr(made, role))

    for name in ("marking", "progress", "moderation", "ranking", "award", "register"):
        page = client.get(reverse(f"evaluations:{name}", args=[made.tender.pk]))
        assert "CANARY" not in page.content.decode()
    for name in ("mark", "agree"):
        page = client.get(
            reverse(f"evaluations:{name}", args=[made.tender.pk, made.bids[0].pk, made.quality.pk])
        )
        assert "CANARY" not in page.content.decode()
    assert "CANARY" not in client.get(reverse("evaluations:desk")).content.decode()


def test_the_panel_sees_all_marks_once_moderation_is_open():
    made = in_moderation()

    seen = Mark.objects.visible_to(made.evaluators[0]).values_list("evaluator", flat=True)

    assert set(seen) == {one.pk for one in made.evaluators}


def test_the_page_shows_the_answer_and_never_the_price(client):
    made = panel()
    client.force_login(made.evaluators[0])

    page = client.get(address(made)).content.decode()

    assert "Our answer on running the service." in page
    assert "What good means." in page
    assert not re.search(r"900,?000", page)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("7", "7 is not on the scale. Choose a mark from 0 to 5 in whole marks"),
        ("3.5", "3.5 is not on the scale. Choose a mark from 0 to 5 in whole marks"),
        ("good", "good is not on the scale. Choose a mark from 0 to 5 in whole marks"),
        ("1e400", "1e400 is not on the scale. Choose a mark from 0 to 5 in whole marks"),
        ("NaN", "NaN is not on the scale. Choose a mark from 0 to 5 in whole marks"),
        ("", "Choose a mark from 0 to 5 in whole marks"),
    ],
)
def test_a_mark_off_the_scale_gets_a_message_and_keeps_the_reason(client, value, words):
    made = panel()
    client.force_login(made.evaluators[0])

    page = client.post(
        address(made), {"version": "0", "value": value, "reason": "What I think of it."}
    )

    assert page.status_code == 200
    assert page.context["form"].errors["value"] == [words]
    assert "What I think of it." in page.content.decode()
    assert Mark.objects.count() == 0


def test_a_missing_reason_gets_a_message_and_keeps_the_mark(client):
    made = panel()
    client.force_login(made.evaluators[0])

    page = client.post(address(made), {"version": "0", "value": "4", "reason": " "})

    assert page.context["form"].errors["reason"] == ["Enter your reason"]
    assert 'value="4" checked' in page.content.decode()


def test_save_and_next_leads_to_the_next_answer_without_a_mark(client):
    made = panel()
    client.force_login(made.evaluators[0])

    page = client.post(
        address(made), {"version": "0", "value": "4.0", "reason": "Good.", "next": "yes"}
    )

    assert page.url == address(made, made.method_statement)
    assert Mark.objects.get().value == 4


def test_saving_the_last_answer_leads_back_to_the_sheet(client):
    made = panel()
    mark_all(made, by=made.evaluators[0])
    client.force_login(made.evaluators[0])

    page = client.post(
        address(made), {"version": "1", "value": "5", "reason": "Better.", "next": "yes"}
    )

    assert page.url == reverse("evaluations:marking", args=[made.tender.pk])


def test_a_save_over_another_window_shows_both_and_loses_neither(client):
    made = panel()
    give(made, "4", reason="Saved in the other window.")
    client.force_login(made.evaluators[0])

    page = client.post(
        address(made), {"version": "0", "value": "2", "reason": "Typed in this window."}
    )

    words = page.content.decode()
    assert page.status_code == 409
    assert "Saved in the other window." in words
    assert "Typed in this window." in words
    assert Mark.objects.count() == 1


def test_saving_again_after_being_told_is_a_choice_and_is_kept(client):
    made = panel()
    give(made, "4", reason="Saved in the other window.")
    client.force_login(made.evaluators[0])
    typed = {"version": "0", "value": "2", "reason": "Typed in this window."}
    told = client.post(address(made), typed)

    client.post(address(made), typed | {"version": told.context["form"]["version"].value()})

    assert [m.reason for m in Mark.objects.order_by("version")] == [
        "Saved in the other window.",
        "Typed in this window.",
    ]


def test_the_sheet_counts_what_is_done(client):
    made = panel(bids=3)
    give(made, "4")
    client.force_login(made.evaluators[0])

    page = client.get(reverse("evaluations:marking", args=[made.tender.pk]))

    assert (page.context["sheet"].done, page.context["sheet"].total) == (1, 6)


def test_handing_in_too_early_says_what_is_missing(client):
    made = panel()
    client.force_login(made.evaluators[0])

    page = client.post(reverse("evaluations:submit_marks", args=[made.tender.pk]), follow=True)

    assert "4 answers have no mark yet" in page.content.decode()


def test_handing_in_freezes_the_sheet(client):
    made = panel()
    mark_all(made, by=made.evaluators[0])
    client.force_login(made.evaluators[0])

    page = client.post(reverse("evaluations:submit_marks", args=[made.tender.pk]), follow=True)

    assert "You handed in your marks" in page.content.decode()
    assert "Save and next" not in client.get(address(made)).content.decode()


@pytest.mark.parametrize("name", ["marking", "mark"])
def test_pages_of_marking_ask_as_many_questions_for_three_bids_as_for_one(
    client, django_assert_max_num_queries, name
):
    counts = []
    for bids in (1, 3):
        made = panel(bids=bids)
        client.force_login(made.evaluators[0])
        args = [made.tender.pk]
        if name == "mark":
            args += [made.bids[0].pk, made.quality.pk]
        url = reverse(f"evaluations:{name}", args=args)
        with django_assert_max_num_queries(60) as queries:
            client.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_handing_in_needs_a_declaration():
    made = panel()
    newcomer = team_member(made.tender, Role.EVALUATOR, declared=False)

    with pytest.raises(Conflict, match="Declare your interests"):
        actions.submit_marks(tender=made.tender, by=newcomer, at=NOON)


def test_the_page_of_an_answer_leads_to_the_declaration_first(client):
    made = panel()
    client.force_login(team_member(made.tender, Role.EVALUATOR, declared=False))

    page = client.get(address(made))

    assert page.url == reverse("evaluations:declare", args=[made.tender.pk])


def test_a_long_scale_is_a_list(client):
    made = panel(max_mark=Decimal(10), mark_step=Decimal("0.5"))
    client.force_login(made.evaluators[0])

    page = client.get(address(made)).content.decode()

    assert '<option value="7.5">7.5</option>' in page
