"""Designing a tender: what is accepted, what is refused and in which words."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from records.models import AuditEvent
from tenders import actions
from tenders.models import Assignment, Tender
from tenders.refusals import BelowPolicy, Stale, Unfit, WeightsNotWhole
from tests.factories.accounts import AuthorityFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.tenders import TenderFactory, team_member
from tests.tenders.drafts import CLOSES, NOW, OPENS, officer_of, published_tender

pytestmark = pytest.mark.django_db

BASICS = {
    "title": "Community childcare",
    "summary": "Places for 40 children.",
    "kind": "services",
    "contract_value": Decimal("250000"),
    "starts_on": date(2027, 4, 1),
    "months": 24,
}
WEIGHTS = {
    "basis": "overall",
    "price_weight": Decimal(40),
    "quality_weight": Decimal(50),
    "social_value_weight": Decimal(10),
    "price_method": "fixed_scale",
    "price_full_at": Decimal(800_000),
    "price_zero_at": Decimal(1_600_000),
    "rounding_places": 2,
    "rounding_level": "total",
    "rank_on": "rounded",
    "tie_break": ["social_value", "quality", "lower_price"],
}
ELEMENT = {
    "basis": "quality_element",
    "price_weight": Decimal(40),
    "quality_weight": Decimal(60),
    "social_value_weight": Decimal(10),
}


@pytest.fixture
def charter():
    return CharterFactory()


@pytest.fixture
def tender():
    return TenderFactory()


def create(charter, **changes):
    details = {
        "authority": charter.authority,
        "charter": charter,
        "by": person_in(charter.authority, Role.OFFICER),
        "at": NOW,
        **BASICS,
        **changes,
    }
    return actions.create_tender(**details)


def set_weights(tender, **changes):
    details = {**WEIGHTS, "by": officer_of(tender), "at": NOW, **changes}
    return actions.set_weights(tender=tender, **details)


def test_creating_makes_the_creator_the_officer(charter):
    creator = person_in(charter.authority, Role.OFFICER)

    tender = create(charter, by=creator)

    assignment = Assignment.objects.get(tender=tender)
    assert (assignment.person, assignment.role) == (creator, Role.OFFICER)
    assert tender.contact == creator.email
    assert AuditEvent.objects.get().verb == "tender.created"


def test_creating_is_not_for_evaluators(charter):
    with pytest.raises(Http404):
        create(charter, by=person_in(charter.authority, Role.EVALUATOR))


def test_creating_takes_a_charter_of_the_same_authority(charter):
    elsewhere = AuthorityFactory()

    with pytest.raises(Unfit, match="charter of your own authority"):
        create(charter, authority=elsewhere, by=person_in(elsewhere, Role.OFFICER))


def test_creating_takes_a_charter_in_force():
    with pytest.raises(Unfit, match="in force"):
        create(CharterFactory(superseded=True))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"contract_value": Decimal(0)}, "contract_value"),
        ({"contract_value": Decimal(-1)}, "contract_value"),
        ({"contract_value": Decimal(10) ** 12}, "contract_value"),
        ({"months": 0}, "months"),
        ({"title": "  "}, "title"),
        ({"summary": ""}, "summary"),
    ],
)
def test_creating_says_which_field_cannot_stand(charter, change, field):
    with pytest.raises(Unfit) as refusal:
        create(charter, **change)

    assert refusal.value.field == field


def test_editing_the_basics_keeps_them_and_counts_the_edit(tender):
    officer = officer_of(tender)

    actions.edit_basics(tender=tender, by=officer, at=NOW, contact="ask@example.org", **BASICS)

    tender.refresh_from_db()
    assert (tender.title, tender.months, tender.edits) == ("Community childcare", 24, 1)
    assert tender.contact == "ask@example.org"
    assert AuditEvent.objects.get().verb == "tender.basics_edited"


def test_a_second_officer_does_not_save_over_what_they_have_not_seen(tender):
    first, second = officer_of(tender), officer_of(tender)
    actions.edit_basics(tender=tender, by=first, at=NOW, seen=0, **BASICS)

    with pytest.raises(Stale) as refusal:
        actions.edit_basics(tender=tender, by=second, at=NOW, seen=0, **BASICS)

    assert refusal.value.edits == 1
    assert AuditEvent.objects.count() == 1


def test_a_published_tender_is_frozen():
    tender = published_tender()

    with pytest.raises(Conflict, match="frozen"):
        actions.edit_basics(tender=tender, by=officer_of(tender), at=NOW, **BASICS)


def test_designing_is_for_officers_of_the_tender(tender):
    with pytest.raises(PermissionDenied):
        set_weights(tender, by=team_member(tender, Role.CHAIR))
    with pytest.raises(Http404):
        set_weights(tender, by=person_in(tender.authority, Role.OFFICER))


def test_the_timetable_is_kept(tender):
    actions.set_timetable(
        tender=tender, opens_at=OPENS, closes_at=CLOSES, by=officer_of(tender), at=NOW
    )

    tender.refresh_from_db()
    assert (tender.opens_at, tender.closes_at) == (OPENS, CLOSES)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "words"),
    [(OPENS, OPENS, "after the time"), (NOW.replace(month=1), NOW, "in the future")],
)
def test_a_deadline_lies_after_opening_and_ahead(tender, opens_at, closes_at, words):
    with pytest.raises(Unfit, match=words) as refusal:
        actions.set_timetable(
            tender=tender, opens_at=opens_at, closes_at=closes_at, by=officer_of(tender), at=NOW
        )

    assert refusal.value.field == "closes_at"


def test_weights_are_kept_as_they_will_be_published(tender):
    set_weights(tender, tie_break=["quality"])

    tender.refresh_from_db()
    assert tender.weights == {
        "basis": "overall",
        "price": "40",
        "quality": "50",
        "social_value": "10",
    }
    assert tender.tie_break == ["quality"]


def test_weights_that_do_not_total_100_are_refused_with_the_gap(tender):
    with pytest.raises(WeightsNotWhole) as refusal:
        set_weights(tender, price_weight=Decimal("45.5"))

    assert str(refusal.value) == (
        "Price, quality and social value must total 100. They total 105.5. Take away 5.5."
    )


def test_price_and_the_quality_element_must_total_100(tender):
    with pytest.raises(WeightsNotWhole) as refusal:
        set_weights(tender, **{**ELEMENT, "price_weight": Decimal(30)})

    assert str(refusal.value) == (
        "Price and the quality element must total 100. They total 90. Add 10."
    )


def test_ten_percent_of_the_quality_element_is_below_ten_percent_of_the_whole(tender):
    with pytest.raises(BelowPolicy) as refusal:
        set_weights(tender, **ELEMENT)

    assert refusal.value.field == "social_value_weight"
    assert str(refusal.value) == (
        "Social value is 10% of the quality element = 6% of the total, which is too little. "
        "Procurement policy, paragraph 9, asks for at least 10% of the total: “Social value "
        "takes at least 10 % of the whole score.” Raise the social value weighting and lower "
        "another."
    )


def test_a_charter_without_rules_asks_for_ten_percent_overall():
    tender = TenderFactory(charter__rules=[])

    with pytest.raises(BelowPolicy, match="at least 10% of the total"):
        set_weights(
            tender, quality_weight=Decimal("50.0001"), social_value_weight=Decimal("9.9999")
        )


def test_rules_that_do_not_reach_this_value_ask_for_nothing():
    tender = TenderFactory()
    tender.charter.rules[0]["when"] = {"over": "1000000"}
    tender.charter.save()

    set_weights(tender, quality_weight=Decimal(55), social_value_weight=Decimal(5))

    tender.refresh_from_db()
    assert tender.social_value_weight == 5


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"price_full_at": None}, "price_full_at"),
        ({"price_zero_at": None}, "price_zero_at"),
        ({"price_zero_at": Decimal(800_000)}, "price_zero_at"),
        ({"rounding_places": 7}, "rounding_places"),
        ({"tie_break": ["quality", "quality"]}, "tie_break"),
        ({"tie_break": ["name"]}, "tie_break"),
    ],
)
def test_price_and_ranking_rules_are_checked_beside_their_fields(tender, change, field):
    with pytest.raises(Unfit) as refusal:
        set_weights(tender, **change)

    assert refusal.value.field == field


def test_prices_of_the_fixed_scale_are_dropped_with_the_method(tender):
    set_weights(tender, price_method="lowest_over_bid", is_relative_accepted=True)

    tender.refresh_from_db()
    assert (tender.price_full_at, tender.price_zero_at) == (None, None)


RELATIVE = ["lowest_over_bid", "linear_from_lowest", "mean_based"]


@pytest.mark.parametrize("method", RELATIVE)
def test_a_relative_price_method_waits_until_it_is_accepted(tender, method):
    with pytest.raises(Unfit, match="a bid that does not win can decide") as refusal:
        set_weights(tender, price_method=method)
    set_weights(tender, price_method=method, is_relative_accepted=True)

    tender.refresh_from_db()
    assert refusal.value.field == "is_relative_accepted"
    assert (tender.price_method, tender.is_relative_accepted) == (method, True)


def test_what_was_accepted_is_forgotten_with_the_method(tender):
    set_weights(tender, price_method="mean_based", is_relative_accepted=True)
    set_weights(tender, is_relative_accepted=True)

    tender.refresh_from_db()
    assert tender.is_relative_accepted is False


def test_a_relative_method_of_a_price_that_weighs_nothing_needs_no_acceptance(tender):
    weights = {"price_weight": Decimal(0), "quality_weight": Decimal(90)}

    set_weights(tender, price_method="mean_based", **weights)

    assert not Tender.objects.get().is_relative


@pytest.mark.parametrize("opportunity", ["business_case", "funding_round"])
def test_price_has_no_weight_where_nothing_is_bought(opportunity):
    tender = TenderFactory(opportunity=opportunity, price_weight=0, quality_weight=90)

    with pytest.raises(WeightsNotWhole, match="price has no weight") as refusal:
        set_weights(tender)
    set_weights(tender, price_weight=Decimal(0), quality_weight=Decimal(90))

    tender.refresh_from_db()
    assert refusal.value.field == "quality_weight"
    assert (tender.quality_weight, tender.price_full_at) == (90, None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Quality and social value must total 100. They total 60. Add 40."),
        (
            {"basis": "quality_element", "quality_weight": Decimal(90)},
            "The quality element must be 100. It is 90. Add 10.",
        ),
    ],
)
def test_without_a_price_the_rest_must_make_the_whole(changes, words):
    tender = TenderFactory(opportunity="funding_round", price_weight=0, quality_weight=90)

    with pytest.raises(WeightsNotWhole) as refusal:
        set_weights(tender, price_weight=Decimal(0), **changes)

    assert str(refusal.value) == words


def set_scale(tender, steps, **changes):
    details = {"max_mark": Decimal(2), "mark_step": Decimal(1), **changes}
    return actions.set_scale(tender=tender, steps=steps, by=officer_of(tender), at=NOW, **details)


def test_a_scale_replaces_the_one_before(tender):
    set_scale(tender, [(Decimal(0), "None", "Nothing."), (Decimal(2), "Good", "Good.")])
    set_scale(tender, [(Decimal(1), " Fair ", " Fair. ")])

    step = tender.scale.get()
    assert (step.mark, step.label, step.descriptor) == (1, "Fair", "Fair.")


@pytest.mark.parametrize(
    ("changes", "steps", "field"),
    [
        ({"max_mark": Decimal(0)}, [], "max_mark"),
        ({"max_mark": Decimal(21)}, [], "max_mark"),
        ({"mark_step": Decimal("0.75")}, [], "mark_step"),
        ({"mark_step": Decimal(0)}, [], "mark_step"),
        ({}, [(Decimal(3), "High", "High.")], "max_mark"),
        ({}, [(Decimal("0.5"), "Half", "Half.")], "max_mark"),
        ({}, [(Decimal(1), "One", "One."), (Decimal(1), "Again", "Again.")], "max_mark"),
    ],
)
def test_a_scale_holds_only_its_own_marks(tender, changes, steps, field):
    with pytest.raises(Unfit) as refusal:
        set_scale(tender, steps, **changes)

    assert refusal.value.field == field
