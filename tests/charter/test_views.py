"""The charter's pages, as anyone may read them."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories.accounts import SupplierFactory, bidder_of, person_in
from tests.factories.charter import (
    CharterFactory,
    FrameworkFactory,
    MappingFactory,
    PrincipleFactory,
    QuadrantFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def page(client, name, *args, status=200, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == status
    return response


def words(response):
    return " ".join(response.content.decode().split())


def mapped(charter, *, primary, related=(), **fields):
    """A principle that serves these themes of the national model."""
    principle = PrincipleFactory(quadrant__charter=charter, **fields)
    MappingFactory(principle=principle, theme=ThemeFactory(number=primary))
    for number in related:
        MappingFactory(principle=principle, theme=ThemeFactory(number=number), is_primary=False)
    return principle


def shown(response):
    return [row.principle.short_title for row in response.context["grids"][0].rows]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_once_for_any_number_of_charters(client, django_assert_num_queries, count):
    CharterFactory.create_batch(count)

    with django_assert_num_queries(1):
        response = page(client, "charter:list")

    assert len(response.context["charters"]) == count


def test_an_empty_list_says_what_will_be_here(client):
    assert "No charter yet" in words(page(client, "charter:list"))


def test_the_list_leaves_superseded_versions_out(client):
    CharterFactory(superseded=True)

    assert list(page(client, "charter:list").context["charters"]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_charter_needs_no_more_queries_for_more_principles(
    client, django_assert_num_queries, count
):
    charter = CharterFactory()
    for _ in range(count):
        PrincipleFactory.create_batch(count, quadrant=QuadrantFactory(charter=charter))

    with django_assert_num_queries(5):
        page(client, "charter:detail", charter.pk)


def test_the_charter_prints_each_sentence_whole(client):
    principle = PrincipleFactory(opening="Green energy", text="Green energy – minimising waste.")

    printed = words(page(client, "charter:detail", principle.quadrant.charter.pk))

    link = reverse("reporting:principle", args=[principle.pk])
    assert f'<a class="govuk-link" href="{link}">Green energy</a> – minimising waste.' in printed


def test_the_charter_quotes_its_weighting_rule(client):
    charter = CharterFactory()

    printed = words(page(client, "charter:detail", charter.pk))

    assert "Social value takes at least 10 % of the whole score." in printed
    assert "Procurement policy, paragraph 9" in printed


def test_a_superseded_version_says_so_and_leads_to_the_present_one(client):
    old = CharterFactory(superseded=True, code="ours", version=1)
    new = CharterFactory(authority=old.authority, code="ours", version=2)

    printed = words(page(client, "charter:detail", old.pk))

    assert "A later version has taken the place of this one." in printed
    assert reverse("charter:detail", args=[new.pk]) in printed


@pytest.mark.parametrize("name", ["charter:detail", "charter:mapping"])
def test_a_draft_does_not_exist_for_outsiders(client, name):
    charter = CharterFactory(draft=True)

    page(client, name, charter.pk, status=404)
    client.force_login(bidder_of(SupplierFactory()))
    page(client, name, charter.pk, status=404)


def test_a_draft_is_read_by_the_authoritys_own_people(client):
    charter = CharterFactory(draft=True)
    client.force_login(person_in(charter.authority, Role.OFFICER))

    page(client, "charter:detail", charter.pk)
    page(client, "charter:mapping", charter.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_the_mapping_needs_no_more_queries_for_more_principles(
    client, django_assert_num_queries, count
):
    charter = CharterFactory()
    for _ in range(count):
        mapped(charter, primary=1, related=[2])

    with django_assert_num_queries(7):
        page(client, "charter:mapping", charter.pk)


def test_the_mapping_marks_primary_and_related(client):
    charter = CharterFactory()
    mapped(charter, primary=2, related=[1])
    ThemeFactory(number=3, title="Unserved")

    (grid,) = page(client, "charter:mapping", charter.pk).context["grids"]

    assert [theme.number for theme in grid.themes] == [1, 2]
    assert [row.marks for row in grid.rows] == [["related", "primary"]]
    assert [theme.title for theme in grid.unserved] == ["Unserved"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Jobs", "Skills", "Green"]),
        ({"theme": "1"}, ["Jobs", "Skills"]),
        ({"theme": "2"}, ["Skills", "Green"]),
        ({"principle": "P-green"}, ["Green"]),
        ({"theme": "1", "principle": "P-green"}, []),
        ({"theme": ""}, ["Jobs", "Skills", "Green"]),
        ({"theme": "99"}, ["Jobs", "Skills", "Green"]),
        ({"theme": "\x00"}, ["Jobs", "Skills", "Green"]),
    ],
)
def test_the_mapping_is_narrowed_from_either_side(client, query, expected):
    charter = CharterFactory()
    mapped(charter, primary=1, short_title="Jobs")
    mapped(charter, primary=1, related=[2], short_title="Skills")
    mapped(charter, primary=2, short_title="Green", code="P-green")

    response = page(client, "charter:mapping", charter.pk, **query)

    assert shown(response) == expected


def test_the_mapping_is_narrowed_by_goal_as_well(client):
    charter = CharterFactory()
    goals = FrameworkFactory(code="sdg", title="Goals", member="goal")
    jobs = mapped(charter, primary=1, short_title="Jobs")
    MappingFactory(principle=jobs, theme=ThemeFactory(framework=goals, number=8))
    mapped(charter, primary=1, short_title="Skills")

    response = page(client, "charter:mapping", charter.pk, goal="8")

    assert shown(response) == ["Jobs"]


def test_a_choice_that_does_not_exist_is_refused_in_words(client):
    charter = CharterFactory()
    mapped(charter, primary=1)

    response = page(client, "charter:mapping", charter.pk, theme="99")

    assert list(response.context["form"].errors) == ["theme"]


def test_markup_in_a_charter_is_printed_as_text(client):
    charter = CharterFactory(
        title="<script>alert(1)</script>",
        clauses=[
            {
                "id": "a",
                "heading": "<img src=x onerror=alert(1)>",
                "document": "<b>",
                "paragraph": "1",
                "text": "<i>text</i>",
            }
        ],
    )

    printed = page(client, "charter:detail", charter.pk).content.decode()

    for raw in ("<script>alert", "<img src=x", "<b>", "<i>text"):
        assert raw not in printed


def test_nothing_is_changed_from_these_pages(client):
    client.force_login(person_in(CharterFactory().authority, Role.ADMINISTRATOR))

    assert client.post(reverse("charter:list")).status_code == 405
