"""What the pages of frameworks print: families of editions, and the tiers of one as a tree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from charter.editions import edition_on
from charter.models import Element, ElementKind, Framework, Mapping, Standing, Theme
from charter.presenters.timeline import timeline
from design.drawing import Chart

# What each standing means, for whoever has not met these words before.
EXPLAINED = {
    Standing.VERBATIM: "The words of the document itself.",
    Standing.REPORTED: "The words of others who have read the document. They may shorten it.",
    Standing.RECALLED: "Nobody has compared these words with the document. "
    "Read the document before you quote them.",
}


@dataclass(frozen=True)
class MappedCharter:
    """A charter in force that is mapped to an edition."""

    id: UUID
    title: str
    authority: str


@dataclass(frozen=True)
class EditionRow:
    """One edition in its family's list."""

    framework: Framework
    stands_today: bool
    is_allowed_today: bool
    charters: list[MappedCharter]


@dataclass(frozen=True)
class Family:
    """The editions of one scheme, oldest first, and their days as a picture."""

    title: str
    rows: list[EditionRow]
    chart: Chart | None


@dataclass(frozen=True)
class Part:
    """An element, the number of its source on the page, and what stands within it."""

    element: Element
    source: int | None
    criteria: list["Part"]
    metrics: list["Part"]


@dataclass(frozen=True)
class Branch:
    """A theme with its tiers, and the principles of charters in force that serve it."""

    theme: Theme
    outcomes: list[Part]
    criteria: list[Part]
    metrics: list[Part]
    serving: list[Mapping]


@dataclass(frozen=True)
class Tree:
    """A whole edition: its facts and tiers, and every source they cite, numbered."""

    branches: list[Branch]
    facts: list[tuple[str, int]]
    sources: list[str]
    standings: list[tuple[str, str]]


def crumbs() -> list[dict[str, str]]:
    """The way down to a framework."""
    return [
        {"text": "Charters", "href": reverse("charter:list")},
        {"text": "Frameworks", "href": reverse("charter:frameworks")},
    ]


def families(
    frameworks: Iterable[Framework], mapped: Iterable[Mapping], today: date
) -> list[Family]:
    """Every scheme with its editions, and which charters in force are mapped to each."""
    charters: dict[str, dict[UUID, MappedCharter]] = defaultdict(dict)
    for mapping in mapped:
        charter = mapping.principle.quadrant.charter
        charters[mapping.theme.framework_id][charter.pk] = MappedCharter(
            charter.pk, charter.title, charter.authority.name
        )
    by_family: dict[str, list[Framework]] = defaultdict(list)
    for one in frameworks:
        by_family[one.family].append(one)
    return [
        _family(
            sorted(editions, key=lambda one: one.applies_from or date.min),
            {code: list(held.values()) for code, held in charters.items()},
            today,
        )
        for editions in by_family.values()
    ]


def _family(
    editions: Sequence[Framework], charters: dict[str, list[MappedCharter]], today: date
) -> Family:
    now = edition_on(editions, today)
    rows = [
        EditionRow(
            framework=one,
            stands_today=one == now.stands,
            is_allowed_today=one in now.still_allowed,
            charters=charters.get(one.pk, []),
        )
        for one in editions
    ]
    return Family(editions[0].title, rows, timeline(editions, today))


def tree(framework: Framework, mapped: Iterable[Mapping]) -> Tree:
    """The tiers of an edition, whose themes come with their elements."""
    serving: dict[int, list[Mapping]] = defaultdict(list)
    for mapping in mapped:
        serving[mapping.theme_id].append(mapping)
    sources = _Numbers()
    facts = [(fact["words"], sources.of(fact["source"])) for fact in framework.facts]
    themes = list(framework.themes.all())
    branches = [_branch(theme, serving[theme.pk], sources) for theme in themes]
    found = {one.standing for theme in themes for one in theme.elements.all()}
    return Tree(
        branches=branches,
        facts=facts,
        sources=sources.named,
        standings=[(each.label, EXPLAINED[each]) for each in Standing if each in found],
    )


class _Numbers:
    """Sources in the order in which they are first cited."""

    def __init__(self):
        self.named: list[str] = []

    def of(self, source: str) -> int:
        if source not in self.named:
            self.named.append(source)
        return self.named.index(source) + 1


def _branch(theme: Theme, serving: list[Mapping], sources: _Numbers) -> Branch:
    within: dict[int | None, list[Element]] = defaultdict(list)
    for element in theme.elements.all():
        within[element.within_id].append(element)

    def parts(parent: int | None, kind: str) -> list[Part]:
        return [
            Part(
                element=one,
                source=sources.of(one.source) if one.source else None,
                criteria=parts(one.pk, ElementKind.CRITERION),
                metrics=parts(one.pk, ElementKind.METRIC),
            )
            for one in within[parent]
            if one.kind == kind
        ]

    return Branch(
        theme=theme,
        outcomes=parts(None, ElementKind.OUTCOME),
        criteria=parts(None, ElementKind.CRITERION),
        metrics=parts(None, ElementKind.METRIC),
        serving=serving,
    )
