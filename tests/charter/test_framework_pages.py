"""The pages of frameworks, as anyone may read them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from charter.actions import load_frameworks
from charter.models import Element, Framework
from charter.presenters.timeline import timeline
from design.drawing import PINE, TINT
from tests.factories.charter import (
    CharterFactory,
    FrameworkFactory,
    MappingFactory,
    PrincipleFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 2, 10, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def page(client, name, *args, status=200):
    response = client.get(reverse(name, args=args))
    assert response.status_code == status
    return response


def words(response):
    return " ".join(response.content.decode().split())


def edition(code="ppn-1", **fields):
    return FrameworkFactory(
        **{
            "code": code,
            "family": "social-value-model",
            "edition": code.upper(),
            "applies_from": date(2021, 1, 1),
            "required_from": date(2021, 1, 1),
            "binds": "Central government.",
            **fields,
        }
    )


def part(theme, **fields):
    return Element.objects.create(
        theme=theme,
        **{
            "kind": "outcome",
            "code": "1",
            "text": "Good work",
            "standing": "verbatim",
            "source": "",
            "position": theme.elements.count() + 1,
            **fields,
        },
    )


def serving(theme, is_primary=True, **fields):
    principle = PrincipleFactory(**fields)
    return MappingFactory(principle=principle, theme=theme, is_primary=is_primary)


def test_an_empty_list_says_when_frameworks_arrive(client):
    assert "No framework yet" in words(page(client, "charter:frameworks"))


def test_the_list_is_by_family_and_within_it_oldest_first(client):
    load_frameworks(by=None, at=AT)

    found = page(client, "charter:frameworks").context["families"]

    assert [(one.title, [row.framework.code for row in one.rows]) for one in found] == [
        ("Social Value Model", ["ppn-06-20", "ppn-002", "ppn-026"]),
        ("Sustainable Development Goals", ["sdg"]),
    ]


def test_the_list_says_whom_each_edition_binds_and_leads_to_it(client):
    one = edition()

    printed = words(page(client, "charter:frameworks"))

    assert "Central government." in printed
    assert reverse("charter:framework", args=[one.code]) in printed


def test_an_edition_that_stands_and_one_still_allowed_are_told_apart(client):
    edition("ppn-1", applies_to=None)
    edition("ppn-2", applies_from=date(2022, 1, 1), required_from=date(2022, 1, 1))

    (family,) = page(client, "charter:frameworks").context["families"]

    assert [(row.stands_today, row.is_allowed_today) for row in family.rows] == [
        (False, True),
        (True, False),
    ]


def test_the_list_names_the_charters_in_force_that_are_mapped_to_an_edition(client):
    theme = ThemeFactory(framework=edition())
    serving(theme, quadrant__charter=CharterFactory(title="In force"))
    serving(theme, quadrant__charter=CharterFactory(title="Past", superseded=True))
    serving(theme, quadrant__charter=CharterFactory(title="Coming", draft=True))

    (family,) = page(client, "charter:frameworks").context["families"]

    assert [one.title for one in family.rows[0].charters] == ["In force"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_no_more_queries_for_more_editions_and_charters(
    client, django_assert_num_queries, count
):
    for number in range(count):
        serving(ThemeFactory(framework=edition(f"ppn-{number}")))

    with django_assert_num_queries(3):
        response = page(client, "charter:frameworks")

    assert len(response.context["families"][0].rows) == count


def test_the_timeline_says_the_same_as_its_table():
    load_frameworks(by=None, at=AT)

    chart = timeline(Framework.objects.editions_of("social-value-model"), TODAY)

    assert chart.rows == [
        ["PPN 06/20", "1 January 2021", "1 January 2021", "1 October 2025"],
        ["PPN 002", "24 February 2025", "1 October 2025", "not known"],
        ["PPN 026", "1 January 2027", "1 January 2027", "not known"],
    ]
    assert "21 November 2026" in chart.description
    # PPN 002 has a transition before it is required, and no end after PPN 026 takes its place.
    assert len(chart.rects) == 5


def test_an_edition_without_an_end_is_drawn_light_once_a_later_one_is_required():
    first = edition("ppn-1", applies_from=date(2025, 1, 1), required_from=date(2025, 1, 1))
    later = edition("ppn-2", applies_from=date(2026, 1, 1), required_from=date(2026, 1, 1))

    stands, may_be_used, after = timeline([first, later], TODAY).rects

    assert [stands.fill, may_be_used.fill, after.fill] == [PINE, TINT, PINE]
    assert (stands.x, stands.width) == ("0%", "50%")
    assert (may_be_used.x, may_be_used.width) == (after.x, after.width) == ("50%", "50%")


def test_a_scheme_without_dates_has_no_timeline():
    assert timeline([FrameworkFactory()], TODAY) is None


def test_an_edition_that_nothing_requires_is_drawn_to_its_end():
    (bar,) = timeline([edition(required_from=None)], TODAY).rects

    assert (bar.x, bar.width) == ("0%", "100%")


def test_the_tiers_of_an_edition_form_a_tree(client):
    theme = ThemeFactory(framework=edition(), number=1)
    outcome = part(theme, code="1")
    part(theme, kind="criterion", code="1.1", within=outcome)
    part(theme, kind="metric", code="1-1", within=outcome)
    bare = ThemeFactory(framework=theme.framework, number=2)
    part(bare, kind="criterion", code="2a")

    tree = page(client, "charter:framework", "ppn-1").context["tree"]

    first, second = tree.branches
    (found,) = first.outcomes
    assert [one.element.code for one in (*found.criteria, *found.metrics)] == ["1.1", "1-1"]
    assert (first.criteria, second.outcomes) == ([], [])
    assert [one.element.code for one in second.criteria] == ["2a"]


def test_what_is_not_verbatim_carries_a_tag_an_explanation_and_its_source(client):
    theme = ThemeFactory(framework=edition())
    part(theme, code="1", text="As it stands", standing="verbatim", source="The document")
    part(theme, code="2", text="As told", standing="reported", source="https://example.org/a")
    part(theme, code="3", text="As remembered", standing="recalled")

    response = page(client, "charter:framework", "ppn-1")

    printed = words(response)
    tag = '<strong class="govuk-tag govuk-tag--{}">{}</strong>'
    assert f"As it stands {tag.format('yellow', 'As others')}" not in printed
    assert f"As told {tag.format('yellow', 'As others report it')}" in printed
    assert f"As remembered {tag.format('orange', 'Not checked')}" in printed
    assert [label for label, _ in response.context["tree"].standings] == [
        "Word for word",
        "As others report it",
        "Not checked",
    ]
    assert response.context["tree"].sources == ["The document", "https://example.org/a"]


def test_a_source_that_is_cited_twice_has_one_number(client):
    theme = ThemeFactory(
        framework=edition(facts=[{"words": "It was published.", "source": "The paper"}])
    )
    part(theme, standing="reported", source="The paper")

    tree = page(client, "charter:framework", "ppn-1").context["tree"]

    assert tree.facts == [("It was published.", 1)]
    assert tree.branches[0].outcomes[0].source == 1
    assert tree.sources == ["The paper"]


def test_a_theme_names_the_principles_of_charters_in_force_that_serve_it(client):
    theme = ThemeFactory(framework=edition())
    charter = CharterFactory()
    serving(theme, is_primary=False, code="B", quadrant__charter=charter)
    serving(theme, code="C", quadrant__charter=charter)
    serving(theme, code="D", quadrant__charter=CharterFactory(draft=True))
    serving(theme, code="E", quadrant__charter=CharterFactory(superseded=True))

    tree = page(client, "charter:framework", "ppn-1").context["tree"]

    serves = [(one.principle.code, one.is_primary) for one in tree.branches[0].serving]
    assert serves == [("C", True), ("B", False)]


def test_a_mapping_that_has_ended_no_longer_serves(client):
    mapping = serving(ThemeFactory(framework=edition()))
    mapping.effective_to = date(2020, 1, 1)
    mapping.save()

    printed = words(page(client, "charter:framework", "ppn-1"))

    assert "No principle of a charter in force serves it." in printed


@pytest.mark.parametrize("count", [1, 3])
def test_an_edition_needs_no_more_queries_for_more_parts_and_principles(
    client, django_assert_num_queries, count
):
    framework = edition()
    for number in range(1, count + 1):
        theme = ThemeFactory(framework=framework, number=number)
        for code in range(count):
            outcome = part(theme, code=str(code))
            part(theme, kind="criterion", code=str(code), within=outcome)
        serving(theme)

    with django_assert_num_queries(6):
        response = page(client, "charter:framework", "ppn-1")

    assert len(response.context["tree"].branches) == count


def test_a_goal_is_named_on_its_colour_in_words_that_can_be_read(client):
    load_frameworks(by=None, at=AT)

    printed = words(page(client, "charter:framework", "sdg"))

    for lightness, name in (("dark", "7 Affordable and Clean Energy"), ("light", "4 Quality Educ")):
        chip = printed[: printed.index(f"<span>{name}")]
        assert f"charter-chip--{lightness}" in chip[chip.rindex("charter-chip ") :]
    assert "Tenth is not affiliated with or endorsed by the United Nations." in printed


def test_an_unknown_framework_is_not_found(client):
    page(client, "charter:framework", "ppn-99", status=404)


def test_markup_in_a_framework_is_printed_as_text(client):
    theme = ThemeFactory(
        framework=edition(
            note="<script>note", facts=[{"words": "<b>fact", "source": "javascript:alert(1)"}]
        ),
        title="<i>theme",
    )
    part(theme, text="<u>part", standing="reported", source="<s>source")

    printed = page(client, "charter:framework", "ppn-1").content.decode()

    for raw in ("<script>note", "<b>fact", "<i>theme", "<u>part", "<s>source", 'href="javascript'):
        assert raw not in printed


@pytest.mark.parametrize(("name", "args"), [("frameworks", []), ("framework", ["ppn-1"])])
def test_nothing_is_changed_from_these_pages(client, name, args):
    edition()

    assert client.post(reverse(f"charter:{name}", args=args)).status_code == 405
