"""Moderation: opened by the chair, agreed with a reason, never worked out of the marks."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from evaluations import actions
from evaluations.actions import moderation
from evaluations.models import AgreedMark, Award, Mark, Result
from evaluations.presenters.moderation import panel_of
from records.models import AuditEvent
from tenders.models import Tender
from tenders.states import Stage
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
from tests.factories.tenders import AssignmentFactory

pytestmark = pytest.mark.django_db


def agree(made, value="4", *, reason="The panel found the plan sound.", by=None, **more):
    return actions.agree_mark(
        bid=made.bids[0],
        criterion=made.quality,
        value=Decimal(value),
        reason=reason,
        by=by or made.chair,
        at=NOON,
        **more,
    )


def address(made):
    return reverse("evaluations:agree", args=[made.tender.pk, made.bids[0].pk, made.quality.pk])


def test_moderation_waits_for_every_evaluator():
    made = panel()
    mark_all(made, by=made.evaluators[0])
    actions.submit_marks(tender=made.tender, by=made.evaluators[0], at=NOON)

    with pytest.raises(actions.NotReady, match=f"waiting for marks from {made.evaluators[1]}"):
        actions.open_moderation(tender=made.tender, by=made.chair, at=NOON)


def test_moderation_does_not_wait_for_somebody_with_an_interest():
    made = panel()
    mark_all(made, by=made.evaluators[0])
    actions.submit_marks(tender=made.tender, by=made.evaluators[0], at=NOON)
    actions.declare(
        tender=made.tender,
        has_interest=True,
        statement="Shares.",
        by=made.evaluators[1],
        at=NOON,
    )

    tender = actions.open_moderation(tender=made.tender, by=made.chair, at=NOON)

    assert tender.stage == Stage.MODERATING


def test_moderation_needs_an_evaluator():
    made = panel(evaluators=0)

    with pytest.raises(actions.NotReady, match="No evaluator is on the team"):
        actions.open_moderation(tender=made.tender, by=made.chair, at=NOON)


def test_only_the_chair_opens_moderation():
    made = panel()
    hand_in_all(made)

    for person in (made.officer, made.approver, made.evaluators[0]):
        with pytest.raises(PermissionDenied):
            actions.open_moderation(tender=made.tender, by=person, at=NOON)


def test_whoever_marked_and_became_chair_decides_nothing():
    made = in_moderation()
    marker = made.evaluators[0]
    made.tender.assignments.filter(person__in=[marker, made.chair]).delete()
    AssignmentFactory(tender=made.tender, person=marker, role=Role.CHAIR)

    with pytest.raises(PermissionDenied, match="You have marked these bids"):
        agree(made, by=marker)
    with pytest.raises(PermissionDenied, match="You have marked these bids"):
        actions.lock(tender=made.tender, by=marker, at=NOON)


def test_whoever_opened_the_bids_and_became_an_evaluator_marks_nothing():
    made = panel()
    opener = made.evaluators[0]
    Tender.objects.filter(pk=made.tender.pk).update(first_opened_by=opener, opened_by=made.chair)

    with pytest.raises(PermissionDenied, match="You opened these bids"):
        mark_all(made, by=opener)


def test_moderation_opens_once():
    made = in_moderation()

    with pytest.raises(Conflict):
        actions.open_moderation(tender=made.tender, by=made.chair, at=NOON)


def test_an_agreed_mark_keeps_who_why_when_and_the_marks_as_they_stood():
    made = in_moderation()

    agreed = agree(made, "5")

    assert (agreed.value, agreed.agreed_by, agreed.agreed_at) == (5, made.chair, NOON)
    assert [(m["value"], m["reason"], m["version"]) for m in agreed.individual_marks] == [
        ("4", "Because of what it says on Running the service.", 1),
        ("3", "Because of what it says on Running the service.", 1),
    ]


def test_agreeing_changes_no_individual_mark():
    made = in_moderation()
    before = list(Mark.objects.values())

    agree(made, "0")

    assert list(Mark.objects.values()) == before


def test_an_agreed_mark_need_not_lie_between_the_marks():
    made = in_moderation()

    assert agree(made, "1").value == 1


@pytest.mark.parametrize("value", ["-1", "6", "3.5"])
def test_an_agreed_mark_off_the_scale_is_refused(value):
    made = in_moderation()

    with pytest.raises(actions.MarkOffScale):
        agree(made, value)


def test_an_agreed_mark_needs_a_reason():
    made = in_moderation()

    with pytest.raises(actions.WordsMissing):
        agree(made, reason=" ")

    assert AgreedMark.objects.count() == 0


def test_only_the_chair_agrees_marks():
    made = in_moderation()

    for person in (made.officer, made.approver, *made.evaluators):
        with pytest.raises(PermissionDenied):
            agree(made, by=person)


def test_marks_are_agreed_only_during_moderation():
    made = panel()
    hand_in_all(made)

    with pytest.raises(Conflict):
        agree(made)


def test_of_two_agreements_from_the_same_version_the_second_is_told():
    made = in_moderation()
    agree(made, "4", expected_version=0)

    with pytest.raises(actions.Stale) as told:
        agree(made, "2", expected_version=0)

    assert (told.value.current.value, AgreedMark.objects.get().value) == (4, 4)


def test_what_a_change_of_an_agreed_mark_replaced_is_kept():
    made = in_moderation()
    agree(made, "4")

    changed = agree(made, "2", reason="On reflection.")

    assert (changed.value, changed.version) == (2, 2)
    assert [(old["version"], old["value"], old["reason"]) for old in changed.earlier] == [
        (1, "4", "The panel found the plan sound.")
    ]
    assert len(changed.earlier[0]["individual_marks"]) == 2


def test_the_trail_tells_of_an_agreed_mark_without_telling_the_mark():
    made = in_moderation()

    agree(made, "4")

    event = AuditEvent.objects.get(verb="mark.agreed")
    assert event.details == {"bid": str(made.bids[0].pk), "criterion": "q1", "version": 1}


def test_locking_needs_every_mark_agreed():
    made = in_moderation()
    agree(made)

    with pytest.raises(actions.NotReady, match="3 answers have no agreed mark"):
        actions.lock(tender=made.tender, by=made.chair, at=NOON)

    assert Result.objects.count() == 0


def test_locking_ranks_by_the_engine_and_keeps_the_whole_case():
    made = in_moderation()
    agree_all(made)

    result = actions.lock(tender=made.tender, by=made.chair, at=NOON)

    first, second = (str(bid.pk) for bid in made.bids)
    assert result.result["winners"] == [first]
    assert result.result["bids"][second]["rank"] == 2
    assert {one["id"]: one for one in result.case["bids"]}[first] == {
        "id": first,
        "price": "900000",
        "marks": {"q1": "5", made.method_statement.code: "5"},
        "quantities": {made.commitment.code: "36"},
        "bases": {},
    }
    assert made.refresh().stage == Stage.LOCKED


@pytest.mark.parametrize("change", [{"tie_break": ["price"]}, {"weights": "none"}])
def test_locking_is_refused_when_the_published_rules_were_tampered_with(change):
    made = in_moderation()
    agree_all(made)
    case = made.tender.published_case | change
    Tender.objects.filter(pk=made.tender.pk).update(published_case=case)

    with pytest.raises(actions.NotReady, match="no longer match the hash"):
        actions.lock(tender=made.tender, by=made.chair, at=NOON)


def changed_after_the_opening():
    made = in_moderation()
    agree_all(made)
    submission = made.bids[0].submissions.get()
    submission.document["answers"][2]["quantities"] = {}
    submission.save()
    return made


def test_a_bid_that_is_no_longer_what_was_received_is_not_scored():
    made = changed_after_the_opening()
    receipt = made.bids[0].submissions.get().receipt_number

    with pytest.raises(actions.NotReady, match=f"no longer what was received.*{receipt}"):
        actions.lock(tender=made.tender, by=made.chair, at=NOON)


def test_a_case_the_engine_refuses_cannot_be_locked(monkeypatch):
    monkeypatch.setattr(moderation, "changed_since", lambda versions: [])
    made = changed_after_the_opening()

    with pytest.raises(actions.NotReady, match="cannot be scored"):
        actions.lock(tender=made.tender, by=made.chair, at=NOON)


def test_an_interest_declared_in_moderation_asks_for_the_mark_to_be_agreed_again():
    made = in_moderation()
    agree_all(made)
    actions.declare(
        tender=made.tender, has_interest=True, statement="Shares.", by=made.evaluators[0], at=NOON
    )

    with pytest.raises(actions.NotReady, match="4 answers have no agreed mark that stands"):
        actions.lock(tender=made.tender, by=made.chair, at=NOON)

    agree_all(made)
    result = actions.lock(tender=made.tender, by=made.chair, at=NOON)
    assert len(AgreedMark.objects.first().individual_marks) == 1
    assert result.result["winners"] == [str(made.bids[0].pk)]


def test_reopening_voids_the_result_and_the_recommendation_and_keeps_both():
    made, award = recommended()

    actions.reopen(tender=made.tender, reason="A page was missed.", by=made.chair, at=NOON)

    assert made.refresh().stage == Stage.MODERATING
    assert Result.objects.get().voided_because == "A page was missed."
    award.refresh_from_db()
    assert award.withdrawn_because == "Moderation was opened again: A page was missed."
    assert not Award.objects.live().exists()


def test_reopening_needs_a_reason():
    made = ranked()

    with pytest.raises(actions.WordsMissing):
        actions.reopen(tender=made.tender, reason="", by=made.chair, at=NOON)

    assert made.refresh().stage == Stage.LOCKED


def test_only_the_chair_reopens():
    made = ranked()

    for person in (made.officer, made.approver, made.evaluators[0]):
        with pytest.raises(PermissionDenied):
            actions.reopen(tender=made.tender, reason="Because.", by=person, at=NOON)


def test_after_reopening_marks_are_agreed_and_locked_anew():
    made = ranked()
    actions.reopen(tender=made.tender, reason="A page was missed.", by=made.chair, at=NOON)
    agree(made, "0")

    actions.lock(tender=made.tender, by=made.chair, at=NOON)

    assert Result.objects.count() == 2
    assert Result.objects.live().get().result["winners"] == [str(made.bids[1].pk)]


def test_the_widest_disagreement_comes_first():
    made = in_moderation()
    other = made.bids[1]
    Mark.objects.filter(bid=other, criterion=made.quality, evaluator=made.evaluators[0]).update(
        value=5
    )
    Mark.objects.filter(bid=other, criterion=made.quality, evaluator=made.evaluators[1]).update(
        value=1
    )

    shown = panel_of(made.tender, made.chair)

    assert (shown.rows[0].bid, shown.rows[0].criterion) == (other, made.quality)
    assert [row.far_apart for row in shown.rows] == [True, False, False, False]


def test_the_page_of_the_panel_works_no_average_out(client):
    made = in_moderation()
    client.force_login(made.chair)

    pages = [
        client.get(reverse("evaluations:moderation", args=[made.tender.pk])),
        client.get(address(made)),
    ]

    for page in pages:
        words = page.content.decode().lower()
        assert "3.5" not in words
        assert "average" not in words
        assert "mean" not in words.replace("what good means", "").replace("means.", "")


def test_the_agreed_mark_starts_empty(client):
    made = in_moderation()
    client.force_login(made.chair)

    page = client.get(address(made))

    assert "checked" not in page.content.decode()


def test_only_the_chair_learns_who_gave_which_mark(client):
    made = in_moderation()
    mine, other = made.evaluators
    seen = {}
    for person in (made.chair, mine):
        client.force_login(person)
        seen[person] = [mark.name for mark in client.get(address(made)).context["marks"]]

    assert sorted(seen[made.chair]) == sorted([str(mine), str(other)])
    assert "You" in seen[mine]
    assert str(other) not in seen[mine]


def test_an_agreed_mark_off_the_scale_keeps_what_was_typed(client):
    made = in_moderation()
    client.force_login(made.chair)

    page = client.post(address(made), {"version": "0", "value": "9", "reason": "What we said."})

    assert page.context["form"].errors["value"] == [
        "9 is not on the scale. Choose a mark from 0 to 5 in whole marks"
    ]
    assert "What we said." in page.content.decode()


def test_agreeing_over_another_window_shows_both(client):
    made = in_moderation()
    agree(made, "4", reason="Saved in the other window.")
    client.force_login(made.chair)

    page = client.post(address(made), {"version": "0", "value": "2", "reason": "Typed here."})

    assert page.status_code == 409
    assert "Saved in the other window." in page.content.decode()
    assert "Typed here." in page.content.decode()


def test_the_chair_walks_from_opening_to_the_ranking(client):
    made = panel()
    hand_in_all(made)
    client.force_login(made.chair)
    client.post(reverse("evaluations:open_moderation", args=[made.tender.pk]))
    for bid, criterion in made.answers:
        client.post(
            reverse("evaluations:agree", args=[made.tender.pk, bid.pk, criterion.pk]),
            {"version": "0", "value": "4", "reason": "Agreed."},
        )

    page = client.post(reverse("evaluations:lock", args=[made.tender.pk]))

    assert page.url == reverse("evaluations:ranking", args=[made.tender.pk])
    assert Result.objects.count() == 1


def test_opening_too_early_leads_back_and_says_who_is_awaited(client):
    made = panel()
    client.force_login(made.chair)

    page = client.post(reverse("evaluations:open_moderation", args=[made.tender.pk]), follow=True)

    assert page.redirect_chain == [(reverse("evaluations:progress", args=[made.tender.pk]), 302)]
    assert "Still waiting for marks from" in page.content.decode()


def test_locking_too_early_leads_back_and_says_how_many_are_missing(client):
    made = in_moderation()
    client.force_login(made.chair)

    page = client.post(reverse("evaluations:lock", args=[made.tender.pk]), follow=True)

    assert "4 answers have no agreed mark" in page.content.decode()


def test_reopening_by_page_needs_the_reason_and_goes_back_to_moderation(client):
    made = ranked()
    client.force_login(made.chair)
    url = reverse("evaluations:reopen", args=[made.tender.pk])

    missing = client.post(url, {"reason": ""})
    done = client.post(url, {"reason": "A page was missed."})

    assert (missing.status_code, done.url) == (
        200,
        reverse("evaluations:moderation", args=[made.tender.pk]),
    )


def test_progress_counts_and_shows_no_mark(client):
    made = panel()
    mark_all(made, by=made.evaluators[0], value="2")
    client.force_login(made.officer)

    page = client.get(reverse("evaluations:progress", args=[made.tender.pk]))

    done = {one.person: one.by_bid for one in page.context["evaluators"]}
    assert done == {made.evaluators[0]: [2, 2], made.evaluators[1]: [0, 0]}


@pytest.mark.parametrize("name", ["moderation", "progress", "agree"])
def test_pages_of_moderation_ask_as_many_questions_for_three_bids_as_for_one(
    client, django_assert_max_num_queries, name
):
    counts = []
    for bids in (1, 3):
        made = in_moderation(bids=bids)
        agree_all(made)
        client.force_login(made.chair)
        url = address(made) if name == "agree" else None
        url = url or reverse(f"evaluations:{name}", args=[made.tender.pk])
        with django_assert_max_num_queries(60) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_agreeing_the_same_twice_is_agreeing_once():
    made = in_moderation()
    first = agree(made, "4", expected_version=0)

    again = agree(made, "4", expected_version=0)

    assert (again.version, again.pk) == (1, first.pk)


def test_without_a_mark_that_counts_none_is_agreed():
    made = in_moderation(evaluators=1)
    actions.declare(
        tender=made.tender, has_interest=True, statement="Shares.", by=made.evaluators[0], at=NOON
    )

    with pytest.raises(actions.NotReady, match="No evaluator's mark stands"):
        agree(made)
