"""What an answer is judged by part for part, and the five cases a business case is asked in."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tenders import actions
from tenders.five_cases import needs_of_cases
from tenders.models import Case, Group, Opportunity
from tenders.presenters import asked
from tenders.refusals import Unfit
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, TenderFactory
from tests.tenders.drafts import NOW, officer_of

pytestmark = pytest.mark.django_db

QUESTION = {
    "title": "Mobilisation",
    "question": "How will you be ready on the first day?",
    "weight": Decimal(60),
    "max_words": 400,
}
PARTS = [
    {"title": "Risks", "asks": "What may go wrong"},
    {"title": "People", "asks": "Who does what"},
]


@pytest.fixture
def tender():
    return TenderFactory()


@pytest.fixture
def officer(tender, client):
    person = officer_of(tender)
    client.force_login(person)
    return person


def ask(tender, by, **changes):
    return actions.add_question(tender=tender, by=by, at=NOW, **{**QUESTION, **changes})


def test_an_answer_is_judged_part_for_part(tender, officer):
    assert ask(tender, officer, sub_criteria=PARTS).sub_criteria == PARTS


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([{"title": " ", "asks": "What"}], "Name each"),
        ([{"title": "Risks", "asks": ""}], "asks for"),
        ([*PARTS, {"title": "risks", "asks": "Others"}], "name of its own"),
        ([{"title": f"Part {at}", "asks": "What"} for at in range(11)], "at most 10"),
    ],
)
def test_sub_criteria_that_cannot_stand_are_refused(tender, officer, parts, words):
    with pytest.raises(Unfit, match=words):
        ask(tender, officer, sub_criteria=parts)


def test_a_change_that_says_nothing_of_them_leaves_sub_criteria_as_they_are(tender, officer):
    criterion = ask(tender, officer, sub_criteria=PARTS)

    actions.edit_criterion(criterion=criterion, by=officer, at=NOW, **QUESTION)

    criterion.refresh_from_db()
    assert criterion.sub_criteria == PARTS


def rows(form):
    return [(title.value() or "", asks.value() or "") for title, asks in form.sub_boxes]


def test_rows_are_added_without_saving_and_keep_what_is_typed(client, tender, officer):
    page = reverse("tenders:add_question", args=[tender.pk])
    typed = {"title": "Half a", "sub_title_1": "Risks", "sub_asks_1": "", "sub_title_2": ""}
    blank = client.get(page).context["form"]
    more = client.post(page, {**typed, "more": "yes"}).context["form"]
    most = {f"sub_title_{at}": "" for at in range(1, 10)}
    full = client.post(page, {**most, "more": "yes"}).context["form"]

    assert rows(blank) == [("", "")] * 2
    assert (more["title"].value(), rows(more)) == (
        "Half a",
        [("Risks", ""), ("", ""), ("", ""), ("", "")],
    )
    assert more.errors == {}
    assert (len(rows(full)), full.may_grow) == (10, False)
    assert not tender.criteria.exists()


def test_a_row_half_filled_in_is_told_and_an_empty_one_is_none(client, tender, officer):
    page = reverse("tenders:add_question", args=[tender.pk])
    sent = {
        **QUESTION,
        "sub_title_1": "Risks",
        "sub_asks_1": "",
        "sub_title_2": "",
        "sub_asks_2": "Who does what",
        "sub_title_3": "",
        "sub_asks_3": "",
    }
    refused = client.post(page, sent).context["form"]
    client.post(page, {**sent, "sub_asks_1": "What may go wrong", "sub_title_2": "People"})

    assert refused.errors.keys() == {"sub_asks_1", "sub_title_2"}
    assert tender.criteria.get().sub_criteria == PARTS


def test_editing_shows_what_is_kept_and_room_for_more(client, tender, officer):
    criterion = ask(tender, officer, sub_criteria=PARTS)

    form = client.get(reverse("tenders:edit_criterion", args=[tender.pk, criterion.pk])).context[
        "form"
    ]

    assert rows(form) == [
        ("Risks", "What may go wrong"),
        ("People", "Who does what"),
        ("", ""),
        ("", ""),
    ]


def test_a_metric_is_judged_part_for_part_too(client, tender, officer):
    metric = MetricFactory(charter=tender.charter)
    typed = {"question": "How many?", "method": "target", "weight": "100", "max_words": "300"}

    client.post(
        reverse("tenders:add_metric", args=[tender.pk, metric.pk]),
        {**typed, "sub_title_1": "Reach", "sub_asks_1": "Which schools"},
    )

    assert tender.criteria.get().sub_criteria == [{"title": "Reach", "asks": "Which schools"}]


def test_bidders_read_what_an_answer_is_judged_by(client):
    tender = TenderFactory(open=True)
    CriterionFactory(tender=tender, sub_criteria=PARTS)

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert "<strong>Risks.</strong> What may go wrong" in page


@pytest.fixture
def business_case():
    return TenderFactory(
        opportunity=Opportunity.BUSINESS_CASE,
        price_weight=Decimal(0),
        quality_weight=Decimal(80),
        social_value_weight=Decimal(20),
    )


def test_a_question_of_a_business_case_belongs_to_one_of_the_five(business_case):
    officer = officer_of(business_case)

    with pytest.raises(Unfit) as refusal:
        ask(business_case, officer)
    with pytest.raises(Unfit):
        ask(business_case, officer, case="whatever")

    assert refusal.value.field == "case"
    assert ask(business_case, officer, case=Case.ECONOMIC).case == "economic"


def test_other_tenders_have_no_cases(client, tender, officer):
    page = client.get(reverse("tenders:add_question", args=[tender.pk]))

    assert "case" not in page.context["form"].fields
    assert ask(tender, officer, case=Case.ECONOMIC).case == ""
    assert asked.cases_of(tender) == []


def in_case(tender, case, code):
    return CriterionFactory(tender=tender, case=case, code=code, title=f"On {code}", weight=20)


def test_a_business_case_asks_in_each_of_its_cases(business_case):
    in_case(business_case, Case.ECONOMIC, "q1")
    in_case(business_case, "", "q2")

    assert list(needs_of_cases(business_case, business_case.criteria.all())) == [
        "Say which of the five cases “On q2” belongs to.",
        "Ask at least one question in the strategic case, the commercial case, the financial case "
        "and the management case. A business case has all five.",
    ]


def test_metrics_stand_in_the_strategic_case(business_case):
    metric = MetricFactory(charter=business_case.charter, number=7)
    CriterionFactory(
        tender=business_case, code="m7", group=Group.SOCIAL_VALUE, metric=metric, title="Visits"
    )
    for at, case in enumerate([one for one in Case if one != Case.STRATEGIC], start=1):
        in_case(business_case, case, f"q{at}")

    assert list(needs_of_cases(business_case, business_case.criteria.all())) == []
    assert [
        (part.title, part.points, [line.criterion.title for line in part.lines])
        for part in asked.parts_shown(business_case)
    ] == [
        ("Strategic case", 20, ["Visits"]),
        ("Economic case", 16, ["On q1"]),
        ("Commercial case", 16, ["On q2"]),
        ("Financial case", 16, ["On q3"]),
        ("Management case", 16, ["On q4"]),
    ]


def test_the_cases_are_read_by_officers_and_the_public(client, business_case):
    client.force_login(officer_of(business_case))
    in_case(business_case, Case.ECONOMIC, "q1")

    questions = client.get(reverse("tenders:questions", args=[business_case.pk]))
    public = client.get(reverse("tenders:public", args=[business_case.pk]))

    assert "Nothing is asked yet" in questions.content.decode()
    assert "Economic case: 16 points" in public.content.decode()


def test_a_procurement_needs_no_cases(tender):
    assert list(needs_of_cases(tender, [])) == []
