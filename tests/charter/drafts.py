"""Drafts to change, and what is typed into their pages, for tests of this app."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from accounts.roles import Role
from charter.models import Charter, Element, ElementKind, Principle
from charter.refusals import Unfit
from tests.factories.accounts import person_in
from tests.factories.charter import CharterFactory, PrincipleFactory, ThemeFactory

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
WORDS = {
    "title": "Our charter",
    "place": "Anytown",
    "ambition": "To thrive.",
    "purpose": "",
    "adoption": "",
    "source": "Charter of 2026",
    "mappings_source": "",
    "maturity": "whole",
}
QUOTED = {
    "document": "Procurement policy 2026",
    "paragraph": "12",
    "text": "Social value counts for a tenth.",
}
RULE = {
    **QUOTED,
    "minimum_percent": Decimal(10),
    "basis": "overall",
    "contradicts": "",
    "note": "",
    "when": {},
}
CLAUSE = {**QUOTED, "kind": "outcome", "heading": "Good work for all", "note": "", "facts": {}}
PRINCIPLE = {
    "code": "ES1",
    "short_title": "Local jobs",
    "text": "Creating local jobs, with higher pay.",
    "opening": "Creating local jobs",
}


def draft(**fields) -> Charter:
    """A draft without rules or clauses."""
    return CharterFactory(draft=True, **{"rules": [], **fields})


def administrator_of(charter: Charter):
    """The person who may change the charters of its authority."""
    return person_in(charter.authority, Role.ADMINISTRATOR)


def refusal(field: str | None, action, **given) -> str:
    """The words with which an action refuses; they belong beside this field."""
    with pytest.raises(Unfit) as refused:
        action(**given)
    assert refused.value.field == field
    return str(refused.value)


def principle_in(charter: Charter, **fields) -> Principle:
    """A principle in a field of action of its own."""
    return PrincipleFactory(quadrant__charter=charter, **fields)


def outcome_of(theme, code="1") -> Element:
    """An outcome beneath a theme."""
    return Element.objects.create(
        theme=theme,
        kind=ElementKind.OUTCOME,
        code=code,
        text=f"Outcome {code}",
        standing="reported",
        position=1,
    )


def three_themes():
    """Three themes of the national model, the first with an outcome."""
    themes = [ThemeFactory(number=number, title=f"Theme {number}") for number in (1, 2, 3)]
    return themes, outcome_of(themes[0])
