"""Two rules that contradict each other: which one a tender follows, who chose it, and why."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from charter.default_rules import DEFAULT_RULES
from records.models import AuditEvent
from tenders import actions
from tenders.models import RuleChoice
from tenders.policy import policy_answer, policy_day, policy_of, whole_policy
from tenders.presenters.policy import disputes_of
from tenders.readiness import needs_of
from tenders.refusals import Stale, Unfit
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.tenders import approved_to_publish, team_member
from tests.races import at_once
from tests.tenders.departures import LATER, OVERALL, QUALITY, follow, nelc_draft
from tests.tenders.drafts import NOW, colleague_of, complete_draft, officer_of

pytestmark = pytest.mark.django_db

SPLIT = {
    "id": "split",
    "kind": "split",
    "heading": "How the score is split",
    "document": "Procurement policy",
    "paragraph": "3",
    "text": "Cost 70 %, quality 25 %, social value 5 %.",
    "facts": {"price": "70", "quality": "25", "social_value": "5"},
}


def contradiction(tender):
    return [needs for needs in needs_of(tender, NOW) if "contradict" in needs]


def page(client, tender, *keys):
    return client.get(reverse("tenders:choose_rule", args=[tender.pk, *keys]))


def send(client, tender, **fields):
    address = reverse("tenders:choose_rule", args=[tender.pk, QUALITY, OVERALL])
    return client.post(address, {"seen": tender.edits, **fields})


def test_a_tender_of_two_minds_cannot_be_published_until_somebody_chooses():
    tender = nelc_draft()

    before = contradiction(tender)
    follow(tender)

    assert before == [
        "Two rules of your policy contradict each other. Choose which one this tender follows: "
        "Objectives, 3 or Delivery and Reporting, 2."
    ]
    assert contradiction(tender) == []
    assert needs_of(tender, NOW) == []


def test_the_choice_says_who_when_and_why():
    tender = nelc_draft()
    officer = officer_of(tender)

    follow(tender, QUALITY, by=officer, reason="  The objective is what was consulted on. ")

    kept = RuleChoice.objects.get()
    assert (kept.follows, kept.sets_aside) == (QUALITY, OVERALL)
    assert (kept.chosen_by, kept.chosen_at) == (officer, NOW)
    assert kept.reason == "The objective is what was consulted on."


def test_only_the_rule_followed_is_held_against_the_weights():
    tender = nelc_draft(
        basis="quality_element",
        price_weight=Decimal(40),
        quality_weight=Decimal(60),
        social_value_weight=Decimal(10),
    )

    follow(tender, QUALITY)
    six_percent = policy_answer(tender, policy_day(tender, NOW))
    follow(tender, OVERALL)
    too_little = policy_answer(tender, policy_day(tender, NOW))

    assert six_percent.is_allowed
    assert [one.duty.key for one in six_percent.required] == [QUALITY]
    assert [one.duty.key for one in too_little.broken] == [OVERALL]


def test_another_choice_takes_the_place_of_the_first_and_the_trail_keeps_both():
    tender = nelc_draft()

    follow(tender, QUALITY, reason="First thought.")
    follow(tender, OVERALL, at=LATER, reason="Second thought.")

    kept = RuleChoice.objects.get()
    events = AuditEvent.objects.filter(verb="tender.rule_chosen").order_by("at")
    assert (kept.follows, kept.reason) == (OVERALL, "Second thought.")
    assert [one.details["reason"] for one in events] == ["First thought.", "Second thought."]
    assert events[1].details["replaces"] == [{"follows": QUALITY, "sets_aside": OVERALL}]


def test_a_weighting_and_a_split_that_contradict_each_other_are_chosen_between():
    authority = AuthorityFactory()
    charter = CharterFactory(authority=authority, rules=DEFAULT_RULES, clauses=[SPLIT])
    tender = complete_draft(
        authority=authority,
        charter=charter,
        price_weight=Decimal(70),
        quality_weight=Decimal(25),
        social_value_weight=Decimal(5),
    )

    actions_needed = contradiction(tender)
    follow(tender, "clause:split", sets_aside="rule:default-10")

    assert len(actions_needed) == 1
    assert needs_of(tender, NOW) == []


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_choice_needs_a_reason(reason):
    with pytest.raises(Unfit, match="Enter why this tender follows that rule") as refusal:
        follow(nelc_draft(), reason=reason)

    assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    ("follows", "sets_aside"),
    [
        (QUALITY, QUALITY),
        (QUALITY, "rule:nothing"),
        ("clause:required", OVERALL),
        ("", ""),
    ],
)
def test_only_rules_that_contradict_each_other_are_chosen_between(follows, sets_aside):
    with pytest.raises(Unfit, match="do not contradict each other in this contract"):
        follow(nelc_draft(), follows, sets_aside=sets_aside)

    assert not RuleChoice.objects.exists()


def test_at_exactly_100000_neither_rule_reaches_so_there_is_nothing_to_choose():
    with pytest.raises(Unfit, match="do not contradict each other in this contract"):
        follow(nelc_draft("100000.00"))


def test_a_choice_counts_no_longer_where_its_rules_do_not_reach_and_again_where_they_do():
    tender = nelc_draft()
    follow(tender)

    tender.contract_value = Decimal("100000.00")
    below = policy_of(tender, policy_day(tender, NOW)).leave
    tender.contract_value = Decimal("100000.01")

    assert below == frozenset()
    assert policy_of(tender, policy_day(tender, NOW)).leave == {OVERALL}


def three_rules():
    """Each contradicts both others: an overall share, a share of quality, and a split."""
    clause = {"document": "Policy", "paragraph": "1", "text": "Words."}
    rules = [
        {"id": "whole", "clause": clause, "minimum_percent": "10", "basis": "overall"},
        {"id": "part", "clause": clause, "minimum_percent": "30", "basis": "quality_element"},
    ]
    authority = AuthorityFactory()
    charter = CharterFactory(authority=authority, rules=rules, clauses=[SPLIT])
    return complete_draft(authority=authority, charter=charter)


def test_of_three_rules_none_is_both_followed_and_set_aside():
    tender = three_rules()
    follow(tender, "rule:whole", sets_aside="rule:part")

    with pytest.raises(Unfit, match="set aside for a third one"):
        follow(tender, "rule:part", sets_aside="clause:split")
    follow(tender, "clause:split", sets_aside="rule:whole")

    kept = [(one.follows, one.sets_aside) for one in RuleChoice.objects.all()]
    assert kept == [("clause:split", "rule:whole")]
    assert [{one.key, other.key} for one, other in policy_of(tender, NOW.date()).unsettled] == [
        {"rule:part", "clause:split"}
    ]


def test_a_choice_made_on_a_page_that_has_grown_old_is_refused():
    tender = nelc_draft()
    follow(tender, seen=0)

    with pytest.raises(Stale) as refusal:
        follow(tender, OVERALL, seen=0)

    assert refusal.value.edits == 1
    assert RuleChoice.objects.get().follows == QUALITY


@pytest.mark.parametrize("role", [Role.APPROVER, Role.CHAIR, Role.EVALUATOR])
def test_only_an_officer_chooses(role):
    tender = nelc_draft()

    with pytest.raises(PermissionDenied):
        follow(tender, by=team_member(tender, role) if role != Role.CHAIR else _chair(tender))


def _chair(tender):
    return tender.assignments.get(role=Role.CHAIR).person


def test_a_colleague_without_a_part_in_it_finds_nothing():
    tender = nelc_draft()

    with pytest.raises(Http404):
        follow(tender, by=colleague_of(tender))


def test_what_was_followed_is_frozen_when_the_tender_is_published():
    tender = nelc_draft()
    follow(tender)
    actions.publish_tender(tender=approved_to_publish(tender), by=officer_of(tender), at=LATER)

    with pytest.raises(Conflict, match="frozen"):
        follow(tender, OVERALL)

    assert RuleChoice.objects.get().follows == QUALITY


def test_both_sides_say_what_they_come_to_in_the_tender_s_own_weights():
    tender = nelc_draft(
        price_weight=Decimal(30), quality_weight=Decimal(60), social_value_weight=Decimal(10)
    )

    (dispute,) = disputes_of(tender, whole_policy(tender, NOW.date()))

    assert dispute.in_what == "In this tender, where price weighs 30%"
    assert [side.comes_to for side in dispute.sides] == ["7% of the total", "10% of the total"]
    assert dispute.choice is None


def test_weights_that_make_no_whole_are_replaced_by_an_example_of_60_and_40():
    tender = nelc_draft(price_weight=Decimal(99))

    (dispute,) = disputes_of(tender, whole_policy(tender, NOW.date()))

    assert dispute.in_what == "For example, where price weighs 40%"
    assert [side.comes_to for side in dispute.sides] == ["6% of the total", "10% of the total"]


def test_the_page_shows_both_clauses_word_for_word_and_keeps_a_choice(client):
    tender = nelc_draft()
    client.force_login(officer_of(tender))

    text = page(client, tender, QUALITY, OVERALL).content.decode()
    answer = send(client, tender, follows=OVERALL, reason="It calls itself the standard.")

    assert "Apply a methodology that aims to ensure a minimum 10% of the quality element" in text
    assert "The standard weighting for Social Value will be a minimum 10% of the overall" in text
    assert answer.status_code == 302
    assert RuleChoice.objects.get().follows == OVERALL


def test_bad_input_keeps_what_was_typed(client):
    tender = nelc_draft()
    client.force_login(officer_of(tender))

    answer = send(client, tender, reason="Because it was consulted on.")

    text = answer.content.decode()
    assert "Choose which of the two rules this tender follows" in text
    assert "Because it was consulted on." in text
    assert not RuleChoice.objects.exists()


def test_a_stale_choice_is_told_so_and_may_be_saved_again(client):
    tender = nelc_draft()
    client.force_login(officer_of(tender))
    follow(tender)

    first = send(client, tender, follows=OVERALL, reason="The standard.")
    tender.refresh_from_db()
    again = send(client, tender, follows=OVERALL, reason="The standard.")

    assert "This draft was changed while you were working on it" in first.content.decode()
    assert again.status_code == 302


@pytest.mark.parametrize("keys", [("x", "y"), (OVERALL, QUALITY), (QUALITY, "clause:required")])
def test_rules_that_do_not_contradict_each_other_have_no_page(client, keys):
    tender = nelc_draft()
    client.force_login(officer_of(tender))

    assert page(client, tender, *keys).status_code == 404


def test_an_outsider_finds_no_page(client):
    tender = nelc_draft()
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))

    assert page(client, tender, QUALITY, OVERALL).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_choices_at_once_one_stands():
    tender = nelc_draft()
    one, other = officer_of(tender), officer_of(tender)

    came = at_once(
        lambda: follow(tender, QUALITY, by=one, seen=0),
        lambda: follow(tender, OVERALL, by=other, seen=0),
    )

    assert came.count(Stale) == 1
    assert RuleChoice.objects.count() == 1
