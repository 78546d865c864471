"""Minimums to pass: how they are set, said, published and scored."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse

from accounts.access import Conflict
from records.models import AuditEvent
from tenders.actions import remove_criterion
from tenders.actions.gates import set_gates
from tenders.cases import case_without_bids
from tenders.forms.gates import GatesForm
from tenders.models import Gate, Tender
from tenders.presenters.asked import parts_of
from tenders.presenters.gates import minimums_for, minimums_of
from tenders.published import read_published
from tenders.readiness import sections
from tenders.refusals import Stale, Unfit
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.tenders.drafts import NOW, complete_draft, officer_of, published_tender

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender():
    """A draft with one marked question, one target and one target all or nothing."""
    tender = TenderFactory()
    CriterionFactory(tender=tender, code="q1", title="Mobilisation")
    for number, method in ((3, "target"), (4, "meets_target")):
        metric = MetricFactory(charter=tender.charter, number=number)
        CriterionFactory(
            tender=tender,
            code=metric.code,
            group="social_value",
            metric=metric,
            method=method,
            title=f"Metric {number}",
        )
    return tender


def gates(tender, **minimums):
    whole = {name: Decimal(percent) for name, percent in minimums.items()}
    return set_gates(tender=tender, minimums=whole, by=officer_of(tender), at=NOW)


def kept(tender) -> dict:
    return {one.name: one.minimum_percent for one in tender.gates.all()}


def typed(tender, **changes) -> dict:
    kinds = {f"kind_{name}": "weighted" for name in ("q1", "m3", "m4", "quality", "social_value")}
    return {"seen": tender.edits, **kinds, **changes}


def form_of(tender, **changes) -> GatesForm:
    return GatesForm(typed(tender, **changes), tender=tender)


def test_minimums_replace_those_before_and_are_recorded(tender):
    gates(tender, q1="40", quality="50")
    gates(tender, m3="75.5")

    assert kept(tender) == {"m3": Decimal("75.5")}
    assert AuditEvent.objects.order_by("position").last().details["minimums"] == {"m3": "75.5"}


@pytest.mark.parametrize("percent", ["0", "-1", "100.0001"])
def test_a_minimum_asks_for_something_that_can_be_reached(tender, percent):
    with pytest.raises(Unfit) as refusal:
        gates(tender, q1=percent)

    assert refusal.value.field == "q1"


def test_a_group_in_which_nothing_is_asked_has_no_minimum(tender):
    tender.criteria.filter(group="quality").delete()

    with pytest.raises(Unfit, match="Ask something for quality first"):
        gates(tender, quality="50")


def test_a_question_removed_meanwhile_is_told(tender):
    with pytest.raises(Unfit, match="A colleague has removed a question"):
        gates(tender, q9="50")


def test_minimums_of_a_published_tender_are_frozen():
    with pytest.raises(Conflict, match="frozen"):
        gates(published_tender(), q1="40")


def test_a_second_officer_does_not_save_minimums_over_unseen_changes(tender):
    gates(tender, q1="40")

    with pytest.raises(Stale):
        set_gates(tender=tender, minimums={}, by=officer_of(tender), at=NOW, seen=0)
    assert kept(tender) == {"q1": 40}


def test_removing_a_question_removes_its_minimum(tender):
    gates(tender, q1="40")

    remove_criterion(criterion=tender.criteria.get(code="q1"), by=officer_of(tender), at=NOW)

    assert Gate.objects.count() == 0


def test_a_least_mark_is_typed_as_a_mark_and_kept_as_a_percentage(tender):
    form = form_of(tender, kind_q1="both", least_q1="2", kind_m4="both", kind_quality="weighted")

    assert form.is_valid()
    assert form.details()["minimums"] == {"q1": 40, "m4": 100}


def test_a_minimum_that_is_not_chosen_is_not_kept(tender):
    form = form_of(tender, kind_q1="weighted", least_q1="2")

    assert form.is_valid()
    assert form.details()["minimums"] == {}


@pytest.mark.parametrize("least", ["", "0", "6", "2.5", "1e2", "２"])
def test_a_least_mark_is_one_of_the_scale(tender, least):
    form = form_of(tender, kind_q1="both", least_q1=least)

    assert list(form.errors) == ["least_q1"]


@pytest.mark.parametrize("least", ["", "0", "100.5", "x"])
def test_a_least_share_is_a_percentage_above_0(tender, least):
    form = form_of(tender, kind_social_value="both", least_social_value=least)

    assert list(form.errors) == ["least_social_value"]


def test_the_page_shows_what_is_kept_as_marks_of_the_scale(tender):
    Tender.objects.filter(pk=tender.pk).update(max_mark=3)
    gates(tender, q1="66.6666", social_value="50")
    tender.refresh_from_db()

    shown = GatesForm.of(tender, tender)

    assert (shown["kind_q1"], shown["least_q1"]) == ("both", 2)
    assert (shown["kind_social_value"], shown["least_social_value"]) == ("both", 50)
    assert (shown["kind_m3"], shown["least_m3"]) == ("weighted", None)


def test_a_case_names_its_gates_by_question_and_group_in_a_fixed_order(tender):
    gates(tender, social_value="25", m3="50", q1="40")

    case = case_without_bids(tender)

    assert case["gates"] == [
        {"id": "q1", "criterion": "q1", "minimum_percent": "40"},
        {"id": "m3", "criterion": "m3", "minimum_percent": "50"},
        {"id": "social_value", "group": "social_value", "minimum_percent": "25"},
    ]


def test_a_case_without_minimums_says_nothing_of_gates():
    assert "gates" not in case_without_bids(complete_draft())


def test_a_published_tender_carries_its_gates():
    draft = complete_draft()
    gates(draft, q1="40", quality="50")

    read = read_published(case_without_bids(draft))

    assert [(gate.id, gate.minimum_percent) for gate in read.gates] == [("q1", 40), ("quality", 50)]


def test_each_minimum_is_said_as_bidders_meet_it(tender):
    gates(tender, q1="40", m3="50", m4="100", social_value="30")

    least = {name: one.least for name, one in minimums_of(tender).items()}

    assert least == {
        "q1": "A mark of at least 2 of 5.",
        "m3": "At least 50% of the target.",
        "m4": "The whole target.",
        "social_value": "At least 30% of the points for social value.",
    }


@pytest.mark.parametrize(
    ("opportunity", "words"),
    [
        (
            "procurement",
            "A bid below this is disqualified (Procurement Act 2023, section 23(3)): it is not "
            "ranked, whatever else it earns.",
        ),
        (
            "funding_round",
            "An application below this is disqualified: it is not ranked, whatever else it earns.",
        ),
    ],
)
def test_what_comes_of_failing_is_said_and_the_act_only_of_procurements(opportunity, words):
    tender = TenderFactory(opportunity=opportunity, price_weight=0, quality_weight=90)
    CriterionFactory(tender=tender, code="q1")
    gates(tender, q1="40")

    assert minimums_of(tender)["q1"].consequence == words


def test_an_answer_is_told_its_own_minimum_and_that_of_its_group(tender):
    gates(tender, q1="40", quality="50", m3="50")

    [question] = tender.criteria.filter(code="q1")

    assert {one.name for one in minimums_for(question)} == {"Mobilisation", "Quality"}


def test_the_pages_of_answers_and_marks_draw_the_minimums(tender):
    gates(tender, q1="40")
    [question] = tender.criteria.filter(code="q1")

    drawn = Template("{% load tender %}{% minimums criterion %}").render(
        Context({"criterion": question})
    )

    assert "Minimum to pass: Mobilisation.</strong> A mark of at least 2 of 5." in drawn
    for page in ("bids/answer.html", "evaluations/_answer.html"):
        assert "{% minimums criterion %}" in (settings.BASE_DIR / "templates" / page).read_text()


def test_bidders_read_the_minimums_beside_what_is_asked(client, tender):
    gates(tender, q1="40", social_value="30")
    client.force_login(officer_of(tender))

    _, quality, social_value = parts_of(tender)
    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert quality.lines[0].minimum.least == "A mark of at least 2 of 5."
    assert social_value.minimum.least == "At least 30% of the points for social value."
    assert "Minimum to pass: Mobilisation." in page
    assert "disqualified (Procurement Act 2023, section 23(3))" in page


def section(tender, code="gates"):
    [found] = [one for one in sections(tender, NOW) if one.code == code]
    return found


def test_a_draft_without_minimums_is_complete_and_says_so(tender):
    assert (section(tender).needs, section(tender).note) == ((), "No minimum is set.")


def test_a_minimum_of_a_group_left_without_questions_is_to_be_mended(tender):
    gates(tender, quality="50")
    tender.criteria.filter(group="quality").delete()

    [need] = section(tender).needs
    assert need.startswith("There is a minimum for quality, and nothing is asked for it.")


def test_the_page_saves_minimums_and_keeps_what_cannot_stand(client, tender):
    client.force_login(officer_of(tender))
    address = reverse("tenders:edit_gates", args=[tender.pk])

    refused = client.post(address, typed(tender, kind_q1="both", least_q1="9"))
    saved = client.post(address, typed(tender, kind_q1="both", least_q1="3"))

    page = refused.content.decode()
    assert 'value="9"' in page
    assert "Enter a mark of the scale, from 1 to 5 in steps of 1" in page
    assert saved.url == reverse("tenders:internal", args=[tender.pk])
    assert kept(tender) == {"q1": 60}


def test_the_page_of_a_draft_that_asks_nothing_says_what_to_do_first(client):
    tender = TenderFactory()
    client.force_login(officer_of(tender))

    page = client.get(reverse("tenders:edit_gates", args=[tender.pk])).content.decode()

    assert "Ask questions and choose metrics first" in page
