"""What is funded: recommended by one person, approved or returned by another."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Conflict
from accounts.roles import Role
from bids.models import Submission
from evaluations import actions
from evaluations.cases import round_of, scoring_case
from evaluations.choosing import LONGEST_SECONDS
from evaluations.models import Award, Programme, Result
from evaluations.swaps import answer
from records.models import AuditEvent
from tenders.actions.team import mark_conflicted
from tenders.models import Opportunity
from tenders.states import Stage
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.evaluations import NOON, ranked, recommended
from tests.factories.programmes import (
    THREE,
    Project,
    business_cases,
    funding_round,
    recommended_cases,
    recommended_round,
)
from tests.factories.tenders import approver_instead

pytestmark = pytest.mark.django_db


def recommend(made, *places, **more):
    entered = {
        "funded": [made.bids[place] for place in places],
        "reason": "They are the best set.",
        "contract_manager": made.manager,
        "by": made.officer,
    }
    return actions.recommend_programme(tender=made.tender, at=NOON, **(entered | more))


def decide(made, *decisions, **more):
    entered = {
        "decisions": {
            bid: (is_funded, f"Reason {place}.")
            for place, (bid, is_funded) in enumerate(zip(made.bids, decisions, strict=False))
        },
        "contract_manager": made.manager,
        "by": made.officer,
    }
    return actions.recommend_on_cases(tender=made.tender, at=NOON, **(entered | more))


def test_an_application_goes_to_the_engine_without_what_it_asks_for():
    made = funding_round()

    assert [set(bid) for bid in scoring_case(made.tender)["bids"]] == [
        {"id", "marks", "quantities", "bases"}
    ] * 3
    assert Submission.objects.filter(bid=made.bids[0]).get().price == Decimal("600000.00")


def test_the_tie_rule_of_the_lowest_price_is_left_aside():
    made = funding_round(Project("A", 3, "2.00"), Project("B", 3, "1.00"))

    assert [bid["rank"] for bid in made.result.result["bids"].values()] == [1, 1]


def test_a_target_worked_out_from_the_price_takes_it_along():
    made = funding_round()
    made.tender.published_case["criteria"][1]["measure"]["target"] = {
        "kind": "share",
        "percent": "1",
        "base": "price",
    }

    assert {bid["price"] for bid in scoring_case(made.tender)["bids"]} == {
        "600000",
        "500000",
        "400000",
    }


def test_the_round_holds_points_pence_and_the_fields_served():
    made = funding_round(coverage={"SK": 1})

    asked = round_of(made.result)

    assert [
        (one.name, one.rank, one.points, one.asks, sorted(one.serves)) for one in asked.applications
    ] == [
        ("A", 1, 8000, 60_000_000, ["LG"]),
        ("C", 2, 5000, 40_000_000, ["LG"]),
        ("B", 3, 5000, 50_000_000, ["SK"]),
    ]
    assert (asked.budget, [(one.title, one.needed) for one in asked.minimums]) == (
        90_000_000,
        [("Skills", 1)],
    )


def test_a_minimum_of_nothing_is_none():
    assert round_of(funding_round(coverage={"SK": 0}).result).minimums == ()


def test_whoever_failed_a_minimum_is_not_in_the_round():
    made = funding_round(least_mark=3)

    assert [one.name for one in round_of(made.result).applications] == ["A", "B"]


def test_the_officer_recommends_the_best_set():
    made = funding_round()

    programme = recommend(made, 1, 2)

    assert programme.funded == [str(made.bids[2].pk), str(made.bids[1].pk)]
    assert (programme.departure, programme.result, programme.contract_manager) == (
        "",
        made.result,
        made.manager,
    )


def test_what_the_solver_was_asked_and_answered_stays_on_record():
    made = funding_round()

    solution = recommend(made, 1, 2).solution

    assert (solution["asked"]["budget"], solution["answered"]) == (
        90_000_000,
        {
            "funded": [str(made.bids[2].pk), str(made.bids[1].pk)],
            "points": 10_000,
            "asks": 90_000_000,
            "is_only": True,
        },
    )


def test_the_recommendation_leaves_an_audit_line():
    made = funding_round()
    programme = recommend(made, 1, 2)

    details = AuditEvent.objects.get(verb="programme.recommended").details

    assert (details["funded"], details["asks"]) == (programme.funded, "£900,000")


def test_another_set_within_the_rules_needs_a_reason():
    made = funding_round()

    with pytest.raises(actions.NotTheBestSet, match="not the best set"):
        recommend(made, 0)

    assert recommend(made, 0, departure="B lost its site.").departure == "B lost its site."


def test_of_two_sets_exactly_as_good_either_is_the_best():
    made = funding_round(Project("A", 3, "500.00"), Project("B", 3, "500.00"), budget="500.00")

    assert [recommend(made, place).departure for place in (0, 1)] == ["", ""]


@pytest.mark.parametrize("departure", ["", "We want both."])
def test_more_than_the_budget_is_never_recommended(departure):
    made = funding_round()

    with pytest.raises(actions.NotFundable, match="£1,000,000 together, £100,000 more than"):
        recommend(made, 0, 2, departure=departure)


@pytest.mark.parametrize("places", [(0,), ()])
def test_less_than_a_published_minimum_is_never_recommended(places):
    made = funding_round(coverage={"SK": 1})

    with pytest.raises(actions.NotFundable, match="Skills must be served by at least 1"):
        recommend(made, *places, departure="They are enough.")


def test_whoever_failed_a_minimum_cannot_be_funded():
    made = funding_round(least_mark=3)

    with pytest.raises(actions.NotFundable, match="C is not ranked"):
        recommend(made, 1, 2)


def test_a_bid_of_another_round_cannot_be_funded():
    made, other = funding_round(), funding_round()

    with pytest.raises(actions.NotFundable, match="not ranked"):
        recommend(made, funded=other.bids)


def test_nothing_is_funded_only_with_a_reason_and_without_a_manager():
    made = funding_round()

    programme = recommend(made, departure="The money is withdrawn.", contract_manager=None)

    assert (programme.funded, programme.contract_manager) == ([], None)


def test_whoever_funds_something_names_a_contract_manager():
    made = funding_round()

    with pytest.raises(actions.UnsuitableManager, match="Choose who will manage"):
        recommend(made, 1, 2, contract_manager=None)


def test_the_contract_manager_holds_that_role_in_the_authority():
    made = funding_round()

    with pytest.raises(actions.UnsuitableManager, match="is not a contract manager"):
        recommend(made, 1, 2, contract_manager=person_in(AuthorityFactory(), Role.CONTRACT_MANAGER))


def test_a_recommendation_needs_a_reason():
    with pytest.raises(actions.WordsMissing):
        recommend(funding_round(), 1, 2, reason=" ")


def test_only_the_officer_recommends():
    made = funding_round()

    for person in (made.approver, made.chair, made.manager):
        with pytest.raises(PermissionDenied):
            recommend(made, 1, 2, by=person)


def test_a_set_that_could_not_be_proven_is_not_recommended(monkeypatch):
    made = funding_round(Project("Unproven", 3, "1.00"))
    monkeypatch.setattr("evaluations.choosing.LONGEST_SECONDS", 0.0)

    with pytest.raises(actions.NotReady, match="could not be proven"):
        recommend(made, 0)
    assert LONGEST_SECONDS > 0


def test_a_result_made_while_the_solver_worked_is_read_first(monkeypatch):
    made = funding_round()

    def meanwhile(asked):
        Result.objects.update(voided_at=NOON)
        case = scoring_case(made.tender)
        Result.objects.create(tender=made.tender, case=case, result={}, computed_at=NOON)
        return answer(asked)

    monkeypatch.setattr("evaluations.actions.programmes.answer", meanwhile)

    with pytest.raises(Conflict, match="agreed anew"):
        recommend(made, 1, 2)


def test_a_new_recommendation_takes_the_place_of_the_earlier_one_and_keeps_it():
    made, first = recommended_round()

    second = recommend(made, 1, 2, reason="Said better.")

    first.refresh_from_db()
    assert first.withdrawn_because == "Replaced by a new recommendation."
    assert Programme.objects.live().get() == second


def test_another_person_approves_and_each_funded_bid_has_won():
    made, programme = recommended_round()

    awards = actions.approve_programme(programme=programme, by=made.approver, at=NOON)

    assert [(one.bid, one.programme, one.approved_by, one.reason) for one in awards] == [
        (made.bids[2], programme, made.approver, "They are the best set."),
        (made.bids[1], programme, made.approver, "They are the best set."),
    ]
    won = [
        (bid.won_at, bid.shares_the_award) for bid in made.tender.bids.order_by("supplier__name")
    ]
    assert won == [(None, False), (NOON, True), (NOON, True)]
    assert made.refresh().stage == Stage.AWARDED
    assert AuditEvent.objects.filter(verb="programme.approved").count() == 1


def test_only_the_approver_approves_and_nobody_what_they_recommended():
    made, programme = recommended_round()

    for person in (made.officer, made.chair, made.manager):
        with pytest.raises(PermissionDenied):
            actions.approve_programme(programme=programme, by=person, at=NOON)
    approver_instead(made.tender, made.officer)
    with pytest.raises(PermissionDenied, match="Another person"):
        actions.approve_programme(programme=programme, by=made.officer, at=NOON)
    assert Award.objects.count() == 0


def test_a_programme_is_approved_once():
    made, programme = recommended_round()
    actions.approve_programme(programme=programme, by=made.approver, at=NOON)

    with pytest.raises(Conflict):
        actions.approve_programme(programme=programme, by=made.approver, at=NOON)


def test_a_manager_who_has_declared_an_interest_since_is_not_approved():
    made, programme = recommended_round()
    mark_conflicted(tender=made.tender, person=made.manager, by=made.manager, at=NOON)

    with pytest.raises(Conflict, match="can no longer do so"):
        actions.approve_programme(programme=programme, by=made.approver, at=NOON)


def test_a_programme_that_was_replaced_is_not_approved():
    made, programme = recommended_round()
    recommend(made, 1, 2, reason="Said better.")

    with pytest.raises(Conflict, match="withdrawn"):
        actions.approve_programme(programme=programme, by=made.approver, at=NOON)


def tamper_with_result(made, programme):
    programme.result.result["bids"][str(made.bids[0].pk)]["total"] = "99.00"
    programme.result.save()


def tamper_with_rules(made, programme):
    made.tender.published_case["tie_break"] = ["price"]
    made.tender.save()


def tamper_with_money(made, programme):
    Submission.objects.filter(bid=made.bids[0]).update(price=Decimal("1.00"))


@pytest.mark.parametrize("tamper", [tamper_with_result, tamper_with_rules, tamper_with_money])
def test_what_no_longer_follows_is_not_approved(tamper):
    made, programme = recommended_round()
    tamper(made, programme)

    with pytest.raises(Conflict):
        actions.approve_programme(programme=programme, by=made.approver, at=NOON)

    assert (made.refresh().stage, Award.objects.count()) == (Stage.LOCKED, 0)


def test_the_approver_returns_a_recommendation_with_a_reason():
    made, programme = recommended_round()

    with pytest.raises(actions.WordsMissing):
        actions.return_programme(programme=programme, reason="", by=made.approver, at=NOON)
    actions.return_programme(programme=programme, reason="Say more.", by=made.approver, at=NOON)

    programme.refresh_from_db()
    assert (programme.withdrawn_because, made.refresh().stage) == ("Say more.", Stage.LOCKED)


def test_opening_moderation_again_voids_the_recommendation():
    made, programme = recommended_round()

    actions.reopen(tender=made.tender, reason="A mark was wrong.", by=made.chair, at=NOON)

    programme.refresh_from_db()
    assert programme.withdrawn_because == "Moderation was opened again: A mark was wrong."
    event = AuditEvent.objects.get(verb="moderation.reopened")
    assert event.details["voided_recommendation"] is True


def test_a_round_is_not_ended_by_one_award_nor_a_procurement_by_a_programme():
    made, bought = funding_round(), ranked()

    with pytest.raises(Conflict, match="A funding round is not decided by one award"):
        actions.recommend_award(
            tender=made.tender,
            bid=made.bids[0],
            reason="It is first.",
            contract_manager=made.manager,
            by=made.officer,
            at=NOON,
        )
    with pytest.raises(Conflict, match="has no programme"):
        recommend(bought, 0)
    with pytest.raises(Conflict, match="has no programme"):
        decide(bought, True, False)


def test_each_kind_is_recommended_in_its_own_way():
    with pytest.raises(Conflict, match="This is a business case call"):
        recommend(business_cases(), 0)
    with pytest.raises(Conflict, match="This is a funding round"):
        decide(funding_round(), True)


def test_an_award_of_a_procurement_stands_alone():
    made, award = recommended()

    actions.approve_award(award=award, by=made.approver, at=NOON)

    made.bids[0].refresh_from_db()
    assert (award.programme, made.bids[0].shares_the_award) == (None, False)


def test_of_each_business_case_it_is_said_whether_to_fund_it_and_why():
    made, programme = recommended_cases()

    awards = actions.approve_programme(programme=programme, by=made.approver, at=NOON)

    assert programme.reasons == {
        str(bid.pk): f"Reason {place}." for place, bid in enumerate(made.bids)
    }
    assert (programme.solution, programme.reason) == (None, "")
    assert [(one.bid, one.reason) for one in awards] == [(made.bids[0], "Reason 0.")]


def test_no_business_case_need_be_funded():
    made, programme = recommended_cases(fund=())

    awards = actions.approve_programme(programme=programme, by=made.approver, at=NOON)

    assert (awards, programme.contract_manager) == ([], None)
    assert made.refresh().stage == Stage.AWARDED


def test_every_business_case_that_passed_needs_a_reason():
    made = business_cases()

    with pytest.raises(actions.NotReady, match="B has none"):
        decide(made, True, False, False, decisions={made.bids[0]: (True, "Sound.")} | {
            made.bids[1]: (False, " "), made.bids[2]: (False, "No.")
        })  # fmt: skip
    with pytest.raises(actions.NotReady, match="has none"):
        decide(made, True)


def test_a_business_case_that_failed_a_minimum_is_neither_funded_nor_decided_on():
    made = business_cases(least_mark=3)

    with pytest.raises(actions.NotFundable, match="C is not ranked"):
        decide(made, True, False, False)

    assert decide(made, True, False).funded == [str(made.bids[0].pk)]


def test_business_cases_together_keep_to_the_most_that_may_be_asked_for():
    made = business_cases()

    with pytest.raises(actions.NotFundable, match="£100,000 more than the most that may be asked"):
        decide(made, True, True, False)


def test_rank_decides_nothing_between_business_cases():
    made = business_cases(*THREE)

    assert decide(made, False, False, True).departure == ""
    assert made.tender.opportunity == Opportunity.BUSINESS_CASE
