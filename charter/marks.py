"""What a principle serves in one framework, as a mark beside each theme and outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from charter.models import Element, ElementKind, Framework, Mapping, Principle, Theme

PRIMARY, RELATED, NONE = "primary", "related", "none"
# Whom the dates and the source of a page are for.
ALL, CHANGED = "all", "changed"
DATED = ("effective_from", "effective_to", "source")


@dataclass(frozen=True)
class Markable:
    """A theme, or an outcome of it, that a principle may serve."""

    theme: Theme
    element: Element | None = None

    @property
    def name(self) -> str:
        """The field of the form that marks it."""
        if self.element is None:
            return f"theme_{self.theme.pk}"
        return f"outcome_{self.element.pk}"

    def __str__(self) -> str:
        if self.element is None:
            return str(self.theme)
        return f"Outcome {self.element.code}: {self.element.text}"


def markable(framework: Framework) -> list[Markable]:
    """Everything of a framework that may be marked: each theme, and after it its outcomes."""
    return [
        one
        for theme in framework.themes.all()
        for one in (
            Markable(theme),
            *(Markable(theme, it) for it in theme.elements.all() if it.kind == ElementKind.OUTCOME),
        )
    ]


def mappings_by_name(principle: Principle, framework: Framework) -> dict[str, Mapping]:
    """What a principle serves in a framework, by the names of the fields that mark it."""
    names = {one.name for one in markable(framework)}
    held = principle.mappings.select_related("theme", "element").filter(theme__framework=framework)
    found = {Markable(it.theme, it.element).name: it for it in held}
    return {name: it for name, it in found.items() if name in names}


def mapping_state(principle: Principle, framework: Framework) -> dict:
    """The mark of each theme and outcome, and the dates and source where all share them."""
    held = mappings_by_name(principle, framework)
    rows = list(held.values())
    is_mixed = has_mixed_dates(rows)
    shared = rows[0] if rows and not is_mixed else Mapping()
    return {
        **{
            one.name: mark_of(held[one.name]) if one.name in held else NONE
            for one in markable(framework)
        },
        **{name: getattr(shared, name) for name in DATED},
        "reach": CHANGED if is_mixed else ALL,
    }


def has_mixed_dates(rows: Sequence[Mapping]) -> bool:
    """Whether mappings differ in when they hold or in who decided them."""
    return len({tuple(getattr(it, name) for name in DATED) for it in rows}) > 1


def mark_of(mapping: Mapping) -> str:
    """Whether this is what the principle serves first of all, or besides."""
    return PRIMARY if mapping.is_primary else RELATED
