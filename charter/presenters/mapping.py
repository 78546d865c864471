"""The mapping as a grid that a template can print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from charter.models import Charter, Framework, Mapping, Principle, Theme
from design.templatetags.format import london_date

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
    # What is mapped more finely than to a theme, what has dates, what came later unmapped.
    outcomes: list[Mapping]
    dated: list["Dated"]
    later: list[Framework]


@dataclass(frozen=True)
class Dated:
    """A mapping that has dates, in words, and whether it holds today."""

    mapping: Mapping
    period: str
    holds: bool


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


def grids(
    frameworks: Iterable[Framework],
    principles: list[Principle],
    *,
    editions: Iterable[Framework],
    dated: Iterable[Mapping],
    today: date,
) -> list[Grid]:
    """One grid per framework, with a column for each theme that the principles serve."""
    mapped, editions, dated = list(frameworks), list(editions), list(dated)
    return [
        _grid(
            framework,
            principles,
            dated=[_dated(it, today) for it in dated if it.theme.framework == framework],
            later=[one for one in editions if _is_later(one, framework) and one not in mapped],
        )
        for framework in mapped
    ]


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


def _grid(
    framework: Framework, principles: list[Principle], *, dated: list[Dated], later: list[Framework]
) -> Grid:
    marks: dict[tuple, str] = {}
    for one in principles:
        for it in _mappings(one, framework):
            # A theme may be served as a whole and through outcomes: the first service counts.
            if it.is_primary or (one.pk, it.theme_id) not in marks:
                marks[(one.pk, it.theme_id)] = PRIMARY if it.is_primary else RELATED
    used = {theme for _, theme in marks}
    themes = [theme for theme in framework.themes.all() if theme.pk in used]
    shown = {one.pk for one in principles}
    return Grid(
        framework=framework,
        themes=themes,
        rows=[
            Row(one, [marks.get((one.pk, theme.pk), NONE) for theme in themes])
            for one in principles
        ],
        unserved=[theme for theme in framework.themes.all() if theme.pk not in used],
        outcomes=[it for one in principles for it in _mappings(one, framework) if it.element],
        dated=[one for one in dated if one.mapping.principle_id in shown],
        later=later,
    )


def _is_later(one: Framework, framework: Framework) -> bool:
    """Whether it is a later edition of the same scheme."""
    if one.family != framework.family or not (one.applies_from and framework.applies_from):
        return False
    return one.applies_from > framework.applies_from


def _dated(mapping: Mapping, today: date) -> Dated:
    begins, ends = mapping.effective_from, mapping.effective_to
    words = [f"from {london_date(begins)}"] if begins else []
    words += [f"to {london_date(ends)}"] if ends else []
    holds = (begins is None or begins <= today) and (ends is None or today <= ends)
    return Dated(mapping, " ".join(words), holds)


def _mappings(principle: Principle, framework: Framework) -> list:
    return [it for it in principle.mappings.all() if it.theme.framework_id == framework.code]


def _serves(principle: Principle) -> set[tuple[str, str]]:
    return {(it.theme.framework.member, str(it.theme.number)) for it in principle.mappings.all()}
