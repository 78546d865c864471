"""The award: recommended by one person, approved or returned by another."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from evaluations import actions
from evaluations.models import Award, Result
from records.models import AuditEvent
from tenders.actions.team import mark_conflicted
from tenders.models import Assignment
from tenders.states import Stage
from tests.factories.accounts import AuthorityFactory, MembershipFactory, person_in
from tests.factories.evaluations import NOON, in_moderation, ranked, recommended
from tests.factories.tenders import approver_instead

pytestmark = pytest.mark.django_db


def recommend(made, **more):
    entered = {
        "bid": made.bids[0],
        "reason": "It is ranked first.",
        "contract_manager": made.manager,
        "by": made.officer,
    }
    return actions.recommend_award(tender=made.tender, at=NOON, **(entered | more))


def test_the_officer_recommends_the_bid_ranked_first():
    made = ranked()

    award = recommend(made)

    assert (award.bid, award.result, award.recommended_by, award.departure) == (
        made.bids[0],
        Result.objects.get(),
        made.officer,
        "",
    )


def test_a_recommendation_needs_a_reason():
    made = ranked()

    with pytest.raises(actions.WordsMissing):
        recommend(made, reason="  ")


def test_a_bid_not_ranked_first_needs_a_reason_to_depart():
    made = ranked()

    with pytest.raises(actions.NotRankedFirst):
        recommend(made, bid=made.bids[1])

    award = recommend(made, bid=made.bids[1], departure="Bidder A was excluded since.")
    assert award.departure == "Bidder A was excluded since."


def test_an_unranked_bid_cannot_be_recommended_whatever_the_reason():
    made, other = ranked(), ranked()

    with pytest.raises(actions.NotReady, match="not ranked"):
        recommend(made, bid=other.bids[0], departure="We like it.")


def test_the_contract_manager_holds_that_role_in_the_authority():
    made = ranked()

    for person in (made.officer, person_in(AuthorityFactory(), Role.CONTRACT_MANAGER)):
        with pytest.raises(actions.UnsuitableManager, match="is not a contract manager"):
            recommend(made, contract_manager=person)


def test_the_contract_manager_did_not_mark_these_bids():
    made = ranked()
    marker = made.evaluators[0]
    MembershipFactory(user=marker, organisation=made.tender.authority, role=Role.CONTRACT_MANAGER)

    with pytest.raises(actions.UnsuitableManager, match="marked these bids"):
        recommend(made, contract_manager=marker)


def test_the_contract_manager_has_no_interest():
    made = ranked()
    Assignment.objects.filter(person=made.manager).update(conflicted_at=NOON)

    with pytest.raises(actions.UnsuitableManager, match="declared an interest"):
        recommend(made)


def test_only_the_officer_recommends():
    made = ranked()

    for person in (made.chair, made.approver, made.evaluators[0], made.manager):
        with pytest.raises(PermissionDenied):
            recommend(made, by=person)


def test_nothing_is_recommended_before_lock():
    made = in_moderation()

    with pytest.raises(Conflict):
        recommend(made)


def test_a_new_recommendation_takes_the_place_of_the_earlier_one_and_keeps_it():
    made, first = recommended()

    second = recommend(made, reason="Said better.")

    first.refresh_from_db()
    assert first.withdrawn_because == "Replaced by a new recommendation."
    assert Award.objects.live().get() == second


def test_another_person_approves_and_the_bid_has_won():
    made, award = recommended()

    approved = actions.approve_award(award=award, by=made.approver, at=NOON)

    made.bids[0].refresh_from_db()
    assert (approved.approved_by, made.bids[0].won_at) == (made.approver, NOON)
    assert made.refresh().stage == Stage.AWARDED
    assert AuditEvent.objects.filter(verb="award.approved").count() == 1


def test_only_the_approver_approves():
    made, award = recommended()

    for person in (made.officer, made.chair, made.evaluators[0], made.manager):
        with pytest.raises(PermissionDenied):
            actions.approve_award(award=award, by=person, at=NOON)


def test_nobody_approves_what_they_recommended():
    made, award = recommended()
    approver_instead(made.tender, made.officer)

    with pytest.raises(PermissionDenied, match="Another person"):
        actions.approve_award(award=award, by=made.officer, at=NOON)


def test_an_award_is_approved_once():
    made, award = recommended()
    actions.approve_award(award=award, by=made.approver, at=NOON)

    with pytest.raises(Conflict):
        actions.approve_award(award=award, by=made.approver, at=NOON)


def test_a_withdrawn_recommendation_is_not_approved():
    made, award = recommended()
    recommend(made, reason="Said better.")

    with pytest.raises(Conflict, match="withdrawn"):
        actions.approve_award(award=award, by=made.approver, at=NOON)


def test_a_result_that_was_tampered_with_is_not_awarded():
    made, award = recommended()
    award.result.result["bids"][str(made.bids[0].pk)]["total"] = "99.00"
    award.result.save()

    with pytest.raises(Conflict, match="does not follow"):
        actions.approve_award(award=award, by=made.approver, at=NOON)

    assert made.refresh().stage == Stage.LOCKED


def test_the_approver_returns_a_recommendation_with_a_reason():
    made, award = recommended()

    actions.return_recommendation(
        award=award, reason="Say why the price is sound.", by=made.approver, at=NOON
    )

    award.refresh_from_db()
    assert award.withdrawn_because == "Say why the price is sound."
    assert made.refresh().stage == Stage.LOCKED


def test_returning_needs_a_reason():
    made, award = recommended()

    with pytest.raises(actions.WordsMissing):
        actions.return_recommendation(award=award, reason="", by=made.approver, at=NOON)


def test_the_form_offers_only_ranked_bids_and_suitable_managers(client):
    made = ranked()
    other = person_in(made.tender.authority, Role.CONTRACT_MANAGER)
    client.force_login(made.officer)

    form = client.get(reverse("evaluations:recommend", args=[made.tender.pk])).context["form"]

    assert set(form.fields["bid"].queryset) == set(made.bids)
    assert set(form.fields["contract_manager"].queryset) == {made.manager, other}


def test_the_form_proposes_the_contract_manager_named_on_the_team_and_wants_one(client):
    made = ranked()
    client.force_login(made.officer)
    address = reverse("evaluations:recommend", args=[made.tender.pk])

    form = client.get(address).context["form"]
    nobody = client.post(address, {"bid": made.bids[0].pk, "reason": "It is ranked first."})

    assert form["contract_manager"].value() == made.manager.pk
    assert list(nobody.context["form"].errors) == ["contract_manager"]
    assert made.tender.awards.count() == 0


def test_the_form_recommends_and_leads_to_the_paper(client):
    made = ranked()
    client.force_login(made.officer)

    page = client.post(
        reverse("evaluations:recommend", args=[made.tender.pk]),
        {
            "bid": made.bids[0].pk,
            "reason": "It is ranked first.",
            "contract_manager": made.manager.pk,
        },
    )

    assert page.url == reverse("evaluations:award", args=[made.tender.pk])
    assert Award.objects.get().bid == made.bids[0]


def test_the_form_asks_for_the_departure_beside_its_field_and_keeps_the_rest(client):
    made = ranked()
    client.force_login(made.officer)

    page = client.post(
        reverse("evaluations:recommend", args=[made.tender.pk]),
        {
            "bid": made.bids[1].pk,
            "reason": "We know them well.",
            "contract_manager": made.manager.pk,
        },
    )

    assert page.context["form"].errors["departure"] == [
        "This bid is not ranked first. Enter why the ranking is not followed, or choose the bid "
        "that is."
    ]
    assert "We know them well." in page.content.decode()


def test_an_empty_form_says_what_to_do(client):
    made = ranked()
    client.force_login(made.officer)

    page = client.post(reverse("evaluations:recommend", args=[made.tender.pk]), {"reason": ""})

    words = page.content.decode()
    assert "Choose the bid you recommend" in words
    assert "Enter your reason for the recommendation" in words
    assert "Choose the contract manager" in words


def test_the_approver_may_approve_from_the_paper(client):
    made, award = recommended()
    client.force_login(made.approver)

    page = client.get(reverse("evaluations:award", args=[made.tender.pk]))

    assert page.context["can_decide"] is True
    assert reverse("delivery:approve_award", args=[made.tender.pk]) in page.content.decode()


@pytest.mark.parametrize("role", ["officer", "chair"])
def test_nobody_else_may_approve_from_the_paper(client, role):
    made, award = recommended()
    client.force_login(getattr(made, role))

    page = client.get(reverse("evaluations:award", args=[made.tender.pk]))

    assert page.context["can_decide"] is False
    assert "Approve the award" not in page.content.decode()


def test_the_paper_warns_of_a_departure_from_the_ranking(client):
    made = ranked()
    recommend(made, bid=made.bids[1], departure="Bidder A was excluded since.")
    client.force_login(made.approver)

    page = client.get(reverse("evaluations:award", args=[made.tender.pk]))

    assert "This recommendation does not follow the ranking." in page.content.decode()
    assert "Bidder A was excluded since." in page.content.decode()


def test_the_approver_returns_by_page_and_the_officer_reads_why(client):
    made, _ = recommended()
    client.force_login(made.approver)
    client.post(
        reverse("evaluations:return_recommendation", args=[made.tender.pk]),
        {"reason": "Say why the price is sound."},
    )
    client.force_login(made.officer)

    page = client.get(reverse("evaluations:recommend", args=[made.tender.pk]))

    assert "Say why the price is sound." in page.content.decode()


def test_there_is_nothing_to_return_without_a_recommendation(client):
    made = ranked()
    client.force_login(made.approver)

    page = client.get(reverse("evaluations:return_recommendation", args=[made.tender.pk]))

    assert page.status_code == 404


def test_nothing_is_recommended_from_a_void_result():
    made = ranked()
    Result.objects.update(voided_at=NOON)

    with pytest.raises(Conflict, match="There is no result"):
        recommend(made)


def test_rules_that_were_tampered_with_award_nothing():
    made, award = recommended()
    made.tender.published_case["tie_break"] = ["price"]
    made.tender.save()

    with pytest.raises(Conflict, match="no longer match the hash"):
        actions.approve_award(award=award, by=made.approver, at=NOON)


def test_the_page_asks_for_the_reason_of_a_return(client):
    made, award = recommended()
    client.force_login(made.approver)
    url = reverse("evaluations:return_recommendation", args=[made.tender.pk])

    page = client.post(url, {"reason": ""})

    assert (page.status_code, page.context["award"]) == (200, award)


def test_the_paper_says_that_nothing_is_recommended_yet(client):
    made = ranked()
    client.force_login(made.approver)

    page = client.get(reverse("evaluations:award", args=[made.tender.pk]))

    assert "Nothing is recommended yet" in page.content.decode()


def test_the_paper_says_when_a_ranked_bid_is_cheaper(client):
    made = ranked()
    recommend(made, bid=made.bids[1], departure="Bidder A was excluded since.")
    client.force_login(made.approver)

    page = client.get(reverse("evaluations:award", args=[made.tender.pk]))

    assert "another ranked bid is cheaper" in page.content.decode()


def test_a_manager_who_has_declared_an_interest_since_is_not_approved():
    made, award = recommended()
    mark_conflicted(tender=made.tender, person=made.manager, by=made.manager, at=NOON)

    with pytest.raises(Conflict, match="Return the recommendation"):
        actions.approve_award(award=award, by=made.approver, at=NOON)
