"""Dated mappings, mappings to an outcome, and editions that came later without a mapping."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from charter.models import Element, Mapping
from charter.presenters.mapping import grids
from tests.factories.charter import (
    CharterFactory,
    FrameworkFactory,
    MappingFactory,
    PrincipleFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


@pytest.fixture
def principle():
    return PrincipleFactory(
        code="ES1", short_title="Local jobs", quadrant__charter=CharterFactory()
    )


def mapping_page(client, of, **query):
    response = client.get(reverse("charter:mapping", args=[of.quadrant.charter.pk]), query)
    assert response.status_code == 200
    return response


def words(response):
    return " ".join(response.content.decode().split())


def marks(response):
    (grid,) = response.context["grids"]
    return grid.rows[0].marks


@pytest.mark.parametrize(
    ("effective_from", "effective_to", "holds"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (None, TODAY, True),
        (None, TODAY - DAY, False),
        (TODAY - DAY, TODAY + DAY, True),
    ],
)
def test_a_mapping_holds_from_its_first_to_its_last_day(effective_from, effective_to, holds):
    mapping = MappingFactory(effective_from=effective_from, effective_to=effective_to)

    assert list(Mapping.objects.in_effect_on(TODAY)) == ([mapping] if holds else [])


def test_a_mapping_that_has_ended_leaves_the_table_and_is_named_beneath(client, principle):
    MappingFactory(principle=principle, theme=ThemeFactory(number=1))
    MappingFactory(
        principle=principle,
        theme=ThemeFactory(number=2, title="Ended"),
        effective_to=date(2024, 3, 31),
    )

    response = mapping_page(client, principle)

    assert [theme.number for theme in response.context["grids"][0].themes] == [1]
    assert (
        "ES1 Local jobs and 2 Ended: to 31 March 2024, not in the table because it does not "
        "hold today" in words(response)
    )
    assert "For every other mapping the paper gives no date." in words(response)


def test_the_period_of_a_mapping_that_holds_is_shown(client, principle):
    MappingFactory(
        principle=principle,
        theme=ThemeFactory(number=1, title="Recovery"),
        effective_from=date(2021, 1, 1),
        effective_to=date(2099, 12, 31),
    )

    printed = words(mapping_page(client, principle))

    assert "1 Recovery: from 1 January 2021 to 31 December 2099</li>" in printed


def test_without_dates_the_page_says_that_the_paper_gives_none(client, principle):
    MappingFactory(principle=principle)

    printed = words(mapping_page(client, principle))

    assert "The paper gives no date from which or until which these mappings hold." in printed


def test_dates_of_principles_that_are_filtered_away_are_not_shown(client, principle):
    MappingFactory(principle=principle, theme=ThemeFactory(number=1))
    other = PrincipleFactory(quadrant=principle.quadrant, code="ES2")
    MappingFactory(principle=other, theme=ThemeFactory(number=1), effective_from=date(2021, 1, 1))

    response = mapping_page(client, principle, principle="ES1")

    assert response.context["grids"][0].dated == []


def test_a_mapping_to_an_outcome_marks_its_theme_and_is_named(client, principle):
    theme = ThemeFactory(number=2, title="Inequality")
    outcome = Element.objects.create(
        theme=theme,
        kind="outcome",
        code="2",
        text="Create new jobs",
        standing="verbatim",
        position=1,
    )
    MappingFactory(principle=principle, theme=theme, element=outcome, is_primary=False)

    response = mapping_page(client, principle)

    assert marks(response) == ["related"]
    assert "ES1 Local jobs: Create new jobs (related, under 2 Inequality)" in words(response)


@pytest.mark.parametrize("primary_first", [True, False])
def test_a_theme_served_first_of_all_stays_primary_beside_an_outcome(
    client, principle, primary_first
):
    theme = ThemeFactory(number=2)
    outcome = Element.objects.create(
        theme=theme, kind="outcome", code="2", text="Jobs", standing="verbatim", position=1
    )
    for element in (None, outcome):
        MappingFactory(
            principle=principle,
            theme=theme,
            element=element,
            is_primary=(element is None) == primary_first,
        )

    assert marks(mapping_page(client, principle)) == ["primary"]


def model(code, applies_from, edition):
    return FrameworkFactory(
        code=code, family="model", edition=edition, applies_from=applies_from, title="Model"
    )


def test_later_editions_are_named_without_a_mapping_and_earlier_ones_are_not(client, principle):
    model("first", date(2019, 1, 1), "First edition")
    second = model("second", date(2021, 1, 1), "Second edition")
    third = model("third", date(2025, 2, 24), "Third edition")
    FrameworkFactory(code="other", family="another", applies_from=date(2026, 1, 1), title="Other")
    MappingFactory(principle=principle, theme=ThemeFactory(framework=second, number=1))

    response = mapping_page(client, principle)

    (grid,) = response.context["grids"]
    assert (grid.framework, grid.later) == (second, [third])
    printed = words(response)
    assert (
        "Third edition</a>, for procurements from 24 February 2025: no mapping to this" in printed
    )


def test_a_later_edition_that_is_mapped_has_a_grid_of_its_own(client, principle):
    second = model("second", date(2021, 1, 1), "Second edition")
    third = model("third", date(2025, 2, 24), "Third edition")
    for framework in (second, third):
        MappingFactory(principle=principle, theme=ThemeFactory(framework=framework, number=1))

    found = mapping_page(client, principle).context["grids"]

    assert [(grid.framework, grid.later) for grid in found] == [(second, []), (third, [])]


def test_no_framework_makes_no_grid():
    assert grids([], [], editions=[], dated=[], today=TODAY) == []


@pytest.mark.parametrize("count", [1, 3])
def test_dated_mappings_and_later_editions_need_no_more_queries(
    client, principle, django_assert_num_queries, count
):
    second = model("second", date(2021, 1, 1), "Second edition")
    for number in range(1, count + 1):
        model(f"later-{number}", date(2025, number, 1), f"Later edition {number}")
        MappingFactory(
            principle=principle,
            theme=ThemeFactory(framework=second, number=number),
            effective_from=date(2021, 1, number),
        )

    with django_assert_num_queries(8):
        response = mapping_page(client, principle)

    (grid,) = response.context["grids"]
    assert (len(grid.dated), len(grid.later)) == (count, count)
