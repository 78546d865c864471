"""What happens to frameworks: every shipped edition is kept once; its words may be corrected."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import transaction

from accounts.access import Conflict
from accounts.models import User
from charter.framework_files import (
    FRAMEWORKS,
    ElementData,
    FrameworkData,
    ThemeData,
    read_frameworks,
)
from charter.models import Element, Framework, Standing, Theme
from records import audit

# What a row holds beside its code and its themes.
OWN_WORDS = (
    *("family", "title", "edition", "member", "source", "note", "binds"),
    *("applies_from", "required_from", "applies_to"),
)
# The family of rows from releases that knew neither editions nor tiers.
UNSORTED = "other"


@transaction.atomic
def load_frameworks(*, by: User | None, at: datetime, folder: Path = FRAMEWORKS) -> int:
    """Keep every edition that ships, and say how many are new."""
    return sum([keep_framework(data=data, by=by, at=at) for data in read_frameworks(folder)])


@transaction.atomic
def keep_framework(*, data: FrameworkData, by: User | None, at: datetime) -> bool:
    """Write an edition down once, and say whether it is new.

    What is told of it may be corrected later; what charters are mapped to may not.
    """
    words = {key: getattr(data, key) for key in OWN_WORDS} | {"facts": list(data.facts)}
    framework, is_new = Framework.objects.get_or_create(code=data.code, defaults=words)
    if is_new:
        _write_themes(framework, data.themes)
        audit.record(verb="framework.kept", by=by, target=framework, at=at)
        return True
    # Lock the row: two loads at once would both complete it.
    framework = Framework.objects.select_for_update().get(pk=framework.pk)
    held = _held(framework)
    if held.family == UNSORTED:
        _refuse_changes(held, _as_first_kept(data))
        Framework.objects.filter(pk=framework.pk).update(**words)
        _write_elements(framework, data.themes)
        audit.record(verb="framework.completed", by=by, target=framework, at=at)
    elif held != replace(data, themes=_in_order(data.themes)):
        _refuse_changes(_parts_of(held), _parts_of(data))
        _refuse_other_words(held, data)
        Framework.objects.filter(pk=framework.pk).update(**words)
        _correct_elements(framework, data.themes)
        audit.record(verb="framework.corrected", by=by, target=framework, at=at)
    return False


def _refuse_changes(held: FrameworkData, data: FrameworkData) -> None:
    if held != replace(data, themes=_in_order(data.themes)):
        raise _refusal(data)


def _refusal(data: FrameworkData) -> Conflict:
    return Conflict(
        f"The framework {data.code} is loaded already, and its file has other parts or other "
        "verbatim words. Charters are mapped to it: give the changed one a code of its own."
    )


def _parts_of(framework: FrameworkData) -> FrameworkData:
    """What charters are mapped to, without what is told of it."""
    return replace(
        framework,
        source="",
        note="",
        binds="",
        applies_from=None,
        required_from=None,
        applies_to=None,
        facts=(),
        themes=tuple(
            [
                replace(
                    theme,
                    elements=tuple(
                        [replace(it, text="", standing="", source="") for it in theme.elements]
                    ),
                )
                for theme in framework.themes
            ]
        ),
    )


def _refuse_other_words(held: FrameworkData, data: FrameworkData) -> None:
    """Words once checked against the document stay; those of others may be put right."""
    for old, new in zip(held.themes, _in_order(data.themes), strict=True):
        for was, now in zip(old.elements, new.elements, strict=True):
            if was.standing == Standing.VERBATIM and was.text != now.text:
                raise _refusal(data)


def _correct_elements(framework: Framework, themes: tuple[ThemeData, ...]) -> None:
    for theme in themes:
        held = Element.objects.filter(theme__framework=framework, theme__number=theme.number)
        for one in theme.elements:
            held.filter(kind=one.kind, code=one.code).update(
                text=one.text, standing=one.standing, source=one.source
            )


def _as_first_kept(data: FrameworkData) -> FrameworkData:
    """As much of an edition as those releases knew."""
    return replace(
        data,
        family=UNSORTED,
        edition="",
        binds="",
        applies_from=None,
        required_from=None,
        applies_to=None,
        facts=(),
        themes=tuple([replace(theme, elements=()) for theme in data.themes]),
    )


def _held(framework: Framework) -> FrameworkData:
    """What is kept, in the form of a file."""
    themes = framework.themes.prefetch_related("elements__within")
    return FrameworkData(
        code=framework.code,
        facts=tuple(framework.facts),
        themes=_in_order([_held_theme(theme) for theme in themes]),
        **{key: getattr(framework, key) for key in OWN_WORDS},
    )


def _held_theme(theme: Theme) -> ThemeData:
    elements = [
        ElementData(
            kind=one.kind,
            code=one.code,
            within=one.within.code if one.within else "",
            text=one.text,
            standing=one.standing,
            source=one.source,
        )
        for one in theme.elements.all()
    ]
    return ThemeData(theme.number, theme.title, theme.colour, tuple(elements))


def _in_order(themes) -> tuple[ThemeData, ...]:
    return tuple(sorted(themes, key=lambda theme: theme.number))


def _write_themes(framework: Framework, themes: tuple[ThemeData, ...]) -> None:
    Theme.objects.bulk_create(
        [
            Theme(framework=framework, number=it.number, title=it.title, colour=it.colour)
            for it in themes
        ]
    )
    _write_elements(framework, themes)


def _write_elements(framework: Framework, themes: tuple[ThemeData, ...]) -> None:
    """The parts beneath each theme, outcomes first: others stand within them."""
    by_number = {theme.number: theme for theme in framework.themes.all()}
    rows = [
        (by_number[theme.number], one, position)
        for theme in themes
        for position, one in enumerate(theme.elements, start=1)
    ]
    outer = [row for row in rows if not row[1].within]
    made = Element.objects.bulk_create([_element(*row, within=None) for row in outer])
    outcomes = {(one.theme_id, one.code): one for one in made if one.kind == "outcome"}
    Element.objects.bulk_create(
        [
            _element(*row, within=outcomes[(row[0].pk, row[1].within)])
            for row in rows
            if row[1].within
        ]
    )


def _element(theme: Theme, data: ElementData, position: int, *, within: Element | None) -> Element:
    return Element(
        theme=theme,
        within=within,
        kind=data.kind,
        code=data.code,
        text=data.text,
        standing=data.standing,
        source=data.source,
        position=position,
    )
