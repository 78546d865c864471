"""The mapping as a grid that a template can print."""

from dataclasses import dataclass

from django.urls import reverse

from charter.models import Charter, Framework, Principle, Theme

PRIMARY, RELATED, NONE = "primary", "related", ""


@dataclass(frozen=True)
class Row:
    """One principle, and for each theme of the grid whether it is primary, related or neither."""

    principle: Principle
    marks: list[str]


@dataclass(frozen=True)
class Grid:
    """Principles by the themes of one framework; themes that none of them serves are named."""

    framework: Framework
    themes: list[Theme]
    rows: list[Row]
    unserved: list[Theme]


@dataclass(frozen=True)
class Served:
    """What one principle serves in one framework: first of all, and besides."""

    framework: Framework
    primary: list[Theme]
    related: list[Theme]


def crumbs_to(charter: Charter) -> list[dict[str, str]]:
    """The way down to the pages beneath a charter."""
    return [
        {"text": "Charters", "href": reverse("charter:list")},
        {"text": charter.title, "href": reverse("charter:detail", args=[charter.pk])},
    ]


def shown(principles: list[Principle], chosen: dict[str, str]) -> list[Principle]:
    """The principles that meet everything that was asked for."""
    code = chosen.get("principle")
    wanted = {(name, value) for name, value in chosen.items() if name != "principle"}
    return [
        one for one in principles if (code is None or one.code == code) and wanted <= _serves(one)
    ]


def grids(frameworks: list[Framework], principles: list[Principle]) -> list[Grid]:
    """One grid per framework, with a column for each theme that the principles serve."""
    return [_grid(framework, principles) for framework in frameworks]


def served(principle: Principle, frameworks: list[Framework]) -> list[Served]:
    """What a principle serves, framework by framework."""
    return [
        Served(
            framework,
            primary=[it.theme for it in _mappings(principle, framework) if it.is_primary],
            related=[it.theme for it in _mappings(principle, framework) if not it.is_primary],
        )
        for framework in frameworks
    ]


def _grid(framework: Framework, principles: list[Principle]) -> Grid:
    marks = {
        (one.pk, it.theme_id): PRIMARY if it.is_primary else RELATED
        for one in principles
        for it in _mappings(one, framework)
    }
    used = {theme for _, theme in marks}
    themes = [theme for theme in framework.themes.all() if theme.pk in used]
    return Grid(
        framework=framework,
        themes=themes,
        rows=[
            Row(one, [marks.get((one.pk, theme.pk), NONE) for theme in themes])
            for one in principles
        ],
        unserved=[theme for theme in framework.themes.all() if theme.pk not in used],
    )


def _mappings(principle: Principle, framework: Framework) -> list:
    return [it for it in principle.mappings.all() if it.theme.framework_id == framework.code]


def _serves(principle: Principle) -> set[tuple[str, str]]:
    return {(it.theme.framework.member, str(it.theme.number)) for it in principle.mappings.all()}
