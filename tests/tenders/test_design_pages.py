"""The pages on which a draft is designed: bad input is answered beside the field and kept."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from metrics.models import FlagKind
from tenders.models import Tender
from tests.factories.accounts import person_in
from tests.factories.charter import CharterFactory
from tests.factories.metrics import MetricFactory, MetricFlagFactory
from tests.factories.tenders import CriterionFactory, TenderFactory, team_member
from tests.tenders.drafts import complete_draft, officer_of, published_tender

pytestmark = pytest.mark.django_db

BASICS = {
    "title": "Community childcare",
    "summary": "Places for 40 children.",
    "contract_value": "£250,000",
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2027",
    "months": "24",
    "kind": "services",
}
WEIGHTS = {
    "seen": "0",
    "basis": "overall",
    "price_weight": "40",
    "quality_weight": "50",
    "social_value_weight": "10",
    "price_method": "fixed_scale",
    "price_full_at": "800000",
    "price_zero_at": "1600000",
    "rounding_places": "2",
    "rounding_level": "total",
    "rank_on": "rounded",
    "tie_1": "quality",
    "tie_2": "",
    "tie_3": "",
}
TIMETABLE = {
    "seen": "0",
    "opens_at_day": "1",
    "opens_at_month": "9",
    "opens_at_year": "2035",
    "opens_at_time": "9:00",
    "closes_at_day": "1",
    "closes_at_month": "10",
    "closes_at_year": "2035",
    "closes_at_time": "12:00",
}
QUESTION = {
    "title": "Mobilisation",
    "question": "How will you be ready?",
    "weight": "60",
    "max_words": "400",
}


@pytest.fixture
def tender():
    return TenderFactory()


@pytest.fixture
def officer(client, tender):
    """The officer of the tender, signed in."""
    officer = officer_of(tender)
    client.force_login(officer)
    return officer


def post(client, name, *args, **typed):
    return client.post(reverse(f"tenders:{name}", args=args), typed)


def errors(response) -> dict:
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def test_a_draft_begins_from_a_charter_and_leads_to_its_page(client):
    charter = CharterFactory()
    client.force_login(person_in(charter.authority, Role.OFFICER))

    response = post(client, "create", charter.pk, **BASICS)

    tender = Tender.objects.get()
    assert response.url == reverse("tenders:internal", args=[tender.pk])
    assert (tender.charter, tender.contract_value) == (charter, Decimal(250_000))


def test_a_value_of_zero_is_answered_beside_the_field_and_kept(client):
    charter = CharterFactory()
    client.force_login(person_in(charter.authority, Role.OFFICER))

    response = post(client, "create", charter.pk, **{**BASICS, "contract_value": "0"})

    assert errors(response) == {
        "contract_value": [
            "Enter the contract value over its whole life, above £0, for example £1,250,000."
        ]
    }
    assert 'value="Community childcare"' in response.content.decode()
    assert Tender.objects.count() == 0


def test_one_charter_in_force_is_not_asked_about(client):
    charter = CharterFactory()
    client.force_login(person_in(charter.authority, Role.OFFICER))

    response = client.get(reverse("tenders:choose_charter"))

    assert response.url == reverse("tenders:choose_opportunity", args=[charter.pk])


def test_several_charters_are_chosen_from(client):
    charter = CharterFactory()
    rival = CharterFactory(authority=charter.authority)
    client.force_login(person_in(charter.authority, Role.OFFICER))

    response = client.get(reverse("tenders:choose_charter"))

    assert {one.pk for one in response.context["charters"]} == {charter.pk, rival.pk}


def test_the_basics_are_saved_with_the_address_for_questions(client, tender, officer):
    response = post(client, "edit_basics", tender.pk, **BASICS, contact="ask@example.org", seen="0")

    tender.refresh_from_db()
    assert response.status_code == 302
    assert (tender.title, tender.contact) == ("Community childcare", "ask@example.org")


def test_a_deadline_in_the_doubled_hour_is_refused_with_another_time(client, tender, officer):
    doubled = {"closes_at_day": "25", "closes_at_year": "2026", "closes_at_time": "01:30"}

    response = post(client, "edit_timetable", tender.pk, **{**TIMETABLE, **doubled})

    assert errors(response) == {
        "closes_at": [
            "Deadline for bids cannot be 01:30: that time happens twice on 25 October 2026, when "
            "the clocks go back. Choose another time. The nearest are 00:59 and 02:00"
        ]
    }
    assert 'value="01:30"' in response.content.decode()


def test_the_timetable_is_saved_in_london_time(client, tender, officer):
    post(client, "edit_timetable", tender.pk, **TIMETABLE)

    tender.refresh_from_db()
    assert tender.closes_at.isoformat() == "2035-10-01T11:00:00+00:00"


def test_weights_that_do_not_total_100_are_answered_and_kept(client, tender, officer):
    response = post(client, "edit_weights", tender.pk, **{**WEIGHTS, "price_weight": "45"})

    assert errors(response) == {
        "price_weight": [
            "Price, quality and social value must total 100. They total 105. Take away 5."
        ]
    }
    assert 'value="45"' in response.content.decode()


def test_weights_below_the_floor_quote_the_clause(client, tender, officer):
    low = {"basis": "quality_element", "quality_weight": "60"}

    response = post(client, "edit_weights", tender.pk, **{**WEIGHTS, **low})

    page = response.content.decode()
    [words] = errors(response)["social_value_weight"]
    assert words.startswith("Social value is 10% of the quality element = 6% of the total")
    assert "Procurement policy, paragraph 9, asks for at least 10% of the total" in words
    assert "“Social value takes at least 10 % of the whole score.”" in words
    assert "your policy asks for at least 10% of the total." in page


def test_weights_show_the_effective_whole_before_anything_is_typed(client, tender, officer):
    response = client.get(reverse("tenders:edit_weights", args=[tender.pk]))

    effect = response.context["effect"]
    assert effect.words == "10% of the total; your policy asks for at least 10% of the total."
    assert "Social value takes at least 10 % of the whole score." in response.content.decode()


def test_the_effect_is_redrawn_while_typing(client, tender, officer):
    typed = {
        "basis": "quality_element",
        "price_weight": "40",
        "quality_weight": "60",
        "social_value_weight": "20",
    }

    response = client.get(reverse("tenders:weights_effect", args=[tender.pk]), typed)

    assert response.context["effect"].words == (
        "20% of the quality element = 12% of the total; your policy asks for at least 10% "
        "of the total."
    )
    tender.refresh_from_db()
    assert tender.basis == "overall"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Enter each weighting as a number from 0 to 100."),
        ({"basis": "overall", "price_weight": "x"}, "Enter each weighting as a number"),
        (
            {
                "basis": "overall",
                "price_weight": "1",
                "quality_weight": "1",
                "social_value_weight": "1",
            },
            "weights total 3, not 100",
        ),
    ],
)
def test_the_effect_of_half_typed_weights_says_what_is_wrong(client, tender, officer, typed, words):
    response = client.get(reverse("tenders:weights_effect", args=[tender.pk]), typed)

    assert words in response.context["effect"].fault


def test_weights_and_ranking_rules_are_saved(client, tender, officer):
    response = post(
        client,
        "edit_weights",
        tender.pk,
        **{**WEIGHTS, "price_weight": "30", "quality_weight": "60"},
    )

    tender.refresh_from_db()
    assert response.status_code == 302
    assert (tender.price_weight, tender.tie_break) == (30, ["quality"])


def test_a_tie_rule_named_twice_is_answered_beside_the_first(client, tender, officer):
    response = post(client, "edit_weights", tender.pk, **{**WEIGHTS, "tie_2": "quality"})

    assert errors(response) == {"tie_1": ["Name each rule for breaking a tie once."]}


def test_a_change_made_meanwhile_is_told_and_saving_again_keeps_ones_own(client, tender, officer):
    Tender.objects.filter(pk=tender.pk).update(edits=3)

    told = post(client, "edit_weights", tender.pk, **WEIGHTS)

    assert "changed while you were working" in str(told.context["form"].non_field_errors())
    assert told.context["form"]["seen"].value() == 3
    again = post(client, "edit_weights", tender.pk, **{**WEIGHTS, "seen": "3"})
    assert again.status_code == 302


def scale(highest, **changes) -> dict:
    rows = {f"label_{mark}": f"Mark {mark}" for mark in range(highest + 1)}
    words = {f"descriptor_{mark}": f"Earns {mark}." for mark in range(highest + 1)}
    return {"seen": "0", "max_mark": str(highest), "mark_step": "1", **rows, **words, **changes}


def test_a_scale_begins_with_suggested_words(client, tender, officer):
    response = client.get(reverse("tenders:edit_scale", args=[tender.pk]))

    assert response.context["form"]["label_5"].value() == "Excellent"


def test_a_scale_is_saved_with_a_description_of_each_mark(client, tender, officer):
    response = post(client, "edit_scale", tender.pk, **scale(3, mark_step="0.5"))

    tender.refresh_from_db()
    assert response.status_code == 302
    assert (tender.max_mark, tender.mark_step) == (3, Decimal("0.5"))
    assert [step.label for step in tender.scale.all()] == ["Mark 0", "Mark 1", "Mark 2", "Mark 3"]


def test_a_mark_without_a_description_is_asked_for(client, tender, officer):
    response = post(client, "edit_scale", tender.pk, **scale(3, descriptor_2=" "))

    assert list(errors(response)) == ["descriptor_2"]


def test_a_longer_scale_shows_its_rows_and_keeps_what_was_typed(client, tender, officer):
    typed = {**scale(5, label_1="Thin"), "max_mark": "7", "show": "marks"}

    response = post(client, "edit_scale", tender.pk, **typed)

    form = response.context["form"]
    assert len(form.rows) == 8
    assert form["label_1"].value() == "Thin"
    assert tender.scale.count() == 0


@pytest.mark.parametrize("typed", ["0", "21", "-1", "lots", "", "５", "9" * 40])
def test_a_highest_mark_that_cannot_be_is_answered(client, tender, officer, typed):
    response = post(client, "edit_scale", tender.pk, **scale(5, max_mark=typed))

    assert list(errors(response)) == ["max_mark"]


def test_a_question_is_added_and_listed(client, tender, officer):
    response = post(client, "add_question", tender.pk, **QUESTION)

    assert response.url == reverse("tenders:questions", args=[tender.pk])
    listed = client.get(response.url).context
    assert [line.criterion.title for line in listed["part"].lines] == ["Mobilisation"]
    assert (listed["part"].lines[0].points, listed["total"]) == (30, 60)


def test_a_weight_of_zero_is_answered_beside_the_field(client, tender, officer):
    response = post(client, "add_question", tender.pk, **{**QUESTION, "weight": "0"})

    assert list(errors(response)) == ["weight"]


def test_a_question_is_changed_and_removed(client, tender, officer):
    criterion = CriterionFactory(tender=tender, code="q1")

    changed = post(client, "edit_criterion", tender.pk, criterion.pk, **QUESTION, seen="0")
    criterion.refresh_from_db()
    removed = post(client, "remove_criterion", tender.pk, criterion.pk)

    assert (changed.status_code, criterion.title) == (302, "Mobilisation")
    assert removed.url == reverse("tenders:questions", args=[tender.pk])
    assert tender.criteria.count() == 0


def test_a_question_of_another_tender_is_not_found(client, tender, officer):
    elsewhere = CriterionFactory()

    response = post(client, "edit_criterion", tender.pk, elsewhere.pk, **QUESTION, seen="0")

    assert response.status_code == 404


def test_metrics_for_the_authority_alone_are_not_offered(client, tender, officer):
    MetricFactory(charter=tender.charter, policy_only=True)
    metric = MetricFactory(charter=tender.charter)
    asked = MetricFactory(charter=tender.charter)
    CriterionFactory(tender=tender, code=asked.code, group="social_value", metric=asked)

    response = client.get(reverse("tenders:metrics", args=[tender.pk]))

    offers = [(one.metric, one.chosen) for one in response.context["shown"]]
    assert offers == [(metric, ""), (asked, "Scored")]


def test_metrics_held_back_are_named_and_not_offered(client, tender, officer):
    held = MetricFactory(charter=tender.charter, short_title="Waste")
    MetricFlagFactory(metric=held, kind=FlagKind.HELD_BACK)
    MetricFactory(charter=tender.charter)

    response = client.get(reverse("tenders:metrics", args=[tender.pk]))

    assert held not in [one.metric for one in response.context["shown"]]
    assert f"{held.number} Waste</a>." in response.content.decode()
    assert "Held back, and not offered until an administrator mends it" in response.content.decode()


def test_a_charter_without_metrics_for_bidders_says_what_to_do(client, tender, officer):
    MetricFactory(charter=tender.charter, policy_only=True)

    page = client.get(reverse("tenders:metrics", args=[tender.pk])).content.decode()

    assert "has no metric that bidders can be asked" in page


def test_target_scoring_of_a_metric_without_target_is_answered_beside_the_method(
    client, tender, officer
):
    metric = MetricFactory(charter=tender.charter, target_not_set=True)
    typed = {"question": "How many?", "method": "target", "weight": "100", "max_words": "300"}

    response = post(client, "add_metric", tender.pk, metric.pk, **typed)

    [words] = errors(response)["method"]
    assert "prints “?? hours” as the target" in words
    assert "How many?" in response.content.decode()


def test_a_metric_is_added_and_changed(client, tender, officer):
    metric = MetricFactory(charter=tender.charter)
    typed = {"question": "How many?", "method": "target", "weight": "100", "max_words": "300"}

    added = post(client, "add_metric", tender.pk, metric.pk, **typed)
    criterion = tender.criteria.get()
    changed = post(
        client,
        "edit_criterion",
        tender.pk,
        criterion.pk,
        **{**typed, "weight": "40"},
        title="Visits",
        seen="1",
    )

    criterion.refresh_from_db()
    assert added.url == changed.url == reverse("tenders:metrics", args=[tender.pk])
    assert (criterion.title, criterion.weight, criterion.method) == ("Visits", 40, "target")


def test_weights_are_shared_equally(client, tender, officer):
    CriterionFactory(tender=tender, code="q1", position=1)
    CriterionFactory(tender=tender, code="q2", position=2)

    response = post(client, "share_weights", tender.pk, "quality")

    assert response.url == reverse("tenders:questions", args=[tender.pk])
    assert [one.weight for one in tender.criteria.all()] == [50, 50]


EDITED = [
    ("edit_basics", ()),
    ("edit_timetable", ()),
    ("edit_weights", ()),
    ("edit_scale", ()),
    ("questions", ()),
    ("metrics", ()),
    ("add_question", ()),
]


@pytest.mark.parametrize(("name", "args"), EDITED)
def test_every_page_of_a_draft_can_be_looked_at(client, name, args):
    tender = complete_draft()
    client.force_login(officer_of(tender))

    response = client.get(reverse(f"tenders:{name}", args=[tender.pk, *args]))

    assert response.status_code == 200


@pytest.mark.parametrize(("name", "args"), EDITED)
def test_edits_after_publishing_are_a_conflict_and_their_pages_refused(client, name, args):
    tender = published_tender()
    client.force_login(officer_of(tender))

    looked_at = client.get(reverse(f"tenders:{name}", args=[tender.pk, *args]))
    sent = post(client, name, tender.pk, *args)

    assert (looked_at.status_code, sent.status_code) == (403, 409)
    assert "A published tender is frozen" in sent.content.decode()


@pytest.mark.parametrize(("name", "args"), EDITED)
def test_designing_is_refused_to_the_rest_of_the_team(client, tender, name, args):
    client.force_login(team_member(tender, Role.APPROVER))

    assert post(client, name, tender.pk, *args).status_code == 403
