"""The pages on which it is decided what is funded."""

from decimal import Decimal

import pytest
from django.urls import reverse

from evaluations.models import Programme
from tests.factories.evaluations import ranked
from tests.factories.programmes import (
    Project,
    business_cases,
    funding_round,
    recommended_cases,
    recommended_round,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db


def page_of(client, person, made, name="programme", **data):
    client.force_login(person)
    url = reverse(f"evaluations:{name}", args=[made.tender.pk])
    return client.post(url, data) if data else client.get(url)


def words(client, person, made, name="programme") -> str:
    return Page(page_of(client, person, made, name)).text


def test_the_programme_says_what_is_best_and_why(client):
    made = funding_round()

    said = words(client, made.officer, made)

    assert "C and B: 100.00 points for £900,000 of £900,000." in said
    assert (
        "With A in, the best set would be A: 80.00 points, 20.00 fewer, because A asks for "
        "£600,000 of £900,000." in said
    )
    assert "That would fund A: 80.00 points for £600,000, 20.00 fewer than the best set." in said


def test_the_fields_served_stand_in_a_table(client):
    made = funding_round(coverage={"SK": 1, "LG": 1})

    page = page_of(client, made.officer, made)

    assert dict(Page(page).tables)[
        "How many funded applications serve each field, as published"
    ] == [
        ["Field of action", "At least", "Here", "Kept"],
        ["Local growth", "1", "1", "Yes"],
        ["Skills", "1", "1", "Yes"],
    ]


def test_a_round_without_a_set_says_why_and_what_to_do(client):
    made = funding_round(coverage={"SK": 2})

    said = words(client, made.officer, made)

    assert "Only 1 ranked application serves Skills, and 2 must be funded." in said
    assert "Cancel this round and publish another" in said
    assert page_of(client, made.officer, made).context["page"].picture is None


def test_a_set_that_is_not_proven_is_not_shown(client, monkeypatch):
    made = funding_round(Project("Never seen", 3, "1.00"))
    monkeypatch.setattr("evaluations.choosing.LONGEST_SECONDS", 0.0)

    said = words(client, made.officer, made)

    assert "The best set could not be proven" in said
    assert "Why this set" not in said


def test_two_sets_exactly_as_good_are_both_named_and_neither_is_ticked(client):
    made = funding_round(Project("A", 3, "500.00"), Project("B", 3, "500.00"), budget="500.00")

    page = page_of(client, made.officer, made, "recommend_programme")

    assert "Another set is exactly as good" in Page(page).text
    assert page.context["form"].initial["funded"] == []


def test_the_form_has_the_best_set_ticked(client):
    made = funding_round()

    form = page_of(client, made.officer, made, "recommend_programme").context["form"]

    assert set(form.initial["funded"]) == {str(made.bids[1].pk), str(made.bids[2].pk)}
    assert form.initial["contract_manager"] == made.manager.pk
    assert list(form.fields["funded"].queryset) == [made.bids[0], made.bids[2], made.bids[1]]


def test_the_officer_recommends_by_page(client):
    made = funding_round()

    page = page_of(
        client,
        made.officer,
        made,
        "recommend_programme",
        funded=[made.bids[1].pk, made.bids[2].pk],
        reason="They are the best set.",
        contract_manager=made.manager.pk,
    )

    assert page.url == reverse("evaluations:programme", args=[made.tender.pk])
    assert Programme.objects.get().recommended_by == made.officer


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(client):
    made = funding_round()

    page = page_of(
        client,
        made.officer,
        made,
        "recommend_programme",
        funded=[made.bids[0].pk],
        reason="We know A.",
        contract_manager=made.manager.pk,
    )

    assert list(page.context["form"].errors) == ["departure"]
    assert "We know A." in page.content.decode()


def test_the_approver_decides_on_the_page_and_the_officer_does_not(client):
    made, _ = recommended_round()

    can = {
        person: page_of(client, getattr(made, person), made).context["can_decide"]
        for person in ("approver", "officer", "chair")
    }

    assert can == {"approver": True, "officer": False, "chair": False}


def test_a_departure_is_pointed_out(client):
    made = funding_round()
    page_of(
        client,
        made.officer,
        made,
        "recommend_programme",
        funded=[made.bids[0].pk],
        departure="B lost its site.",
        reason="A is ready.",
        contract_manager=made.manager.pk,
    )

    said = words(client, made.approver, made)

    assert "This recommendation is not the best set." in said
    assert "B lost its site." in said


def test_the_approver_returns_by_page_and_the_officer_reads_why(client):
    made, _ = recommended_round()

    page_of(client, made.approver, made, "return_programme", reason="Say why B is sound.")

    assert "Say why B is sound." in words(client, made.officer, made)


def test_there_is_nothing_to_return_without_a_recommendation(client):
    made = funding_round()

    assert page_of(client, made.approver, made, "return_programme").status_code == 404


@pytest.mark.parametrize(
    ("award", "programme", "person"),
    [
        ("award", "programme", "officer"),
        ("recommend", "recommend_programme", "officer"),
        ("return_recommendation", "return_programme", "approver"),
    ],
)
def test_the_pages_of_one_award_lead_to_the_programme(client, award, programme, person):
    made = funding_round()

    page = page_of(client, getattr(made, person), made, award)

    assert page.url == reverse(f"evaluations:{programme}", args=[made.tender.pk])


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("programme", "officer"),
        ("recommend_programme", "officer"),
        ("return_programme", "approver"),
    ],
)
def test_a_procurement_has_no_programme_and_says_so(client, name, person):
    made = ranked(bids=1, evaluators=1)

    page = page_of(client, getattr(made, person), made, name)

    assert page.status_code == 409
    assert "Open its page “Award” instead." in page.content.decode()


def test_the_tabs_lead_to_the_programme_of_a_round_alone(client):
    made, bought = funding_round(), ranked(bids=1, evaluators=1)

    tabs = [
        [tab["text"] for tab in page_of(client, one.officer, one, "ranking").context["tabs"]][-2:]
        for one in (made, bought)
    ]

    assert tabs == [["Ranking", "Programme"], ["Ranking", "Award"]]


def test_the_tender_itself_leads_to_the_programme(client):
    made = funding_round()
    client.force_login(made.officer)

    page = client.get(reverse("tenders:internal", args=[made.tender.pk]))

    addresses = [address for address, _ in Page(page).links]
    assert reverse("evaluations:programme", args=[made.tender.pk]) in addresses
    assert reverse("evaluations:award", args=[made.tender.pk]) not in addresses


def test_the_list_of_ones_tenders_leads_to_the_programme(client):
    made = funding_round()
    client.force_login(made.officer)

    links = Page(client.get(reverse("tenders:desk"))).links

    assert reverse("evaluations:programme", args=[made.tender.pk]) in dict(links)


@pytest.mark.parametrize(
    ("make", "person", "title"),
    [
        (funding_round, "officer", "Recommend what to fund"),
        (funding_round, "approver", "Waiting for a recommendation"),
        (recommended_round, "officer", "Waiting for approval"),
        (recommended_round, "approver", "Decide whether to fund 2 projects"),
    ],
)
def test_the_tasks_say_what_is_next(client, make, person, title):
    made = make()
    made = made if make is funding_round else made[0]
    client.force_login(getattr(made, person))

    page = client.get(reverse("evaluations:desk"))

    assert title in Page(page).text


def test_business_cases_show_the_points_of_each_case(client):
    made = business_cases()

    page = page_of(client, made.officer, made).context["page"]

    assert page.heads == [("Strategic case", 50), ("Management case", 50)]
    assert [(row.application.name, row.by_case, row.points) for row in page.rows] == [
        ("A", ["30.00", "50.00"], "80.00"),
        ("C", ["30.00", "20.00"], "50.00"),
        ("B", ["20.00", "30.00"], "50.00"),
    ]


def test_where_each_line_is_rounded_the_cases_are_sums_of_rounded_lines(client):
    made = business_cases(
        Project("A", 5, "1.00", {"LG": "32", "SK": "1"}), rounding_level="line", rounding_places=0
    )

    row = page_of(client, made.officer, made).context["page"].rows[0]

    assert (row.by_case, row.points) == (["28", "50"], "78")


def test_it_is_said_which_minimum_a_business_case_failed_and_how_it_is_judged(client):
    made = business_cases(least_mark=3)

    said = words(client, made.officer, made)

    assert "Failed: Running it, a mark of at least 3 of 5" in said
    assert "Another person approves the recommendation, or returns it with a reason." in said


def decided(made, *decisions, **more) -> dict:
    entered = {"contract_manager": made.manager.pk}
    for bid, decision in zip(made.bids, decisions, strict=False):
        entered |= {f"decision_{bid.pk}": decision, f"reason_{bid.pk}": f"{bid.supplier}, because."}
    return entered | more


def test_the_officer_decides_on_each_business_case_by_page(client):
    made = business_cases()

    page_of(
        client, made.officer, made, "recommend_programme", **decided(made, "fund", "refuse", "fund")
    )

    programme = Programme.objects.get()
    assert programme.funded == [str(made.bids[0].pk), str(made.bids[2].pk)]
    assert programme.reasons[str(made.bids[1].pk)] == "B, because."


def test_a_refusal_about_business_cases_stands_above_the_form(client):
    made = business_cases(budget="900000.00")

    page = page_of(
        client, made.officer, made, "recommend_programme", **decided(made, "fund", "fund", "refuse")
    )

    assert page.context["form"].non_field_errors() == [
        "These ask for £1,100,000 together, £200,000 more than the most that may be asked for, "
        "£900,000. Choose fewer."
    ]


def test_the_page_shows_what_was_recommended_of_each_business_case(client):
    made, _ = recommended_cases()

    page = page_of(client, made.approver, made)

    assert [
        (row.application.name, row.is_funded, row.reason) for row in page.context["page"].rows
    ] == [("A", True, "Reason 0."), ("C", False, "Reason 2."), ("B", False, "Reason 1.")]
    assert "1 of 3 business cases funded, for £600,000 of £1,000,000" in Page(page).text


def many(count: int) -> list[Project]:
    return [
        Project(f"Applicant {n}", n % 6, f"{100 + n}.00", {"LG": "36", "SK": str(n)})
        for n in range(count)
    ]


@pytest.mark.parametrize("make", [funding_round, business_cases])
def test_a_page_takes_as_many_queries_for_three_as_for_one(
    client, django_assert_max_num_queries, make
):
    counted = []
    for count in (1, 3):
        made = make(*many(count), budget="250.00")
        page_of(client, made.officer, made)
        with django_assert_max_num_queries(80) as queries:
            page_of(client, made.officer, made)
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_the_picture_of_the_budget_says_what_is_left(client):
    made = funding_round(budget="950000.00")

    picture = page_of(client, made.officer, made).context["page"].picture

    assert picture.rows == [
        ["C", "£400,000", "£400,000"],
        ["B", "£500,000", "£900,000"],
        ["Left", "£50,000", "£950,000"],
    ]
    assert made.tender.contract_value == Decimal("950000.00")
