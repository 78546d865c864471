"""Which templates an authority makes its tenders begin from, by what they are worth."""

from collections.abc import Iterable
from decimal import Decimal

from design.numbers import pounds
from tenders.models import DesignTemplate
from tenders.words import WORDS


def reaches(template: DesignTemplate, value: Decimal) -> bool:
    """Whether a sum lies in the band: over one end, up to and including the other."""
    is_over = template.over is None or value > template.over
    return is_over and (template.up_to is None or value <= template.up_to)


def band_words(template: DesignTemplate) -> str:
    """The band as a line of a list: "Over £100,000, up to £350,000"."""
    ends = []
    if template.over is not None:
        ends.append(f"over {pounds(template.over)}")
    if template.up_to is not None:
        ends.append(f"up to {pounds(template.up_to)}")
    return ", ".join(ends).capitalize() or "Any value"


def compulsory_for(
    templates: Iterable[DesignTemplate], opportunity: str, value: Decimal
) -> list[DesignTemplate]:
    """Those of which one must be begun from for such a sum; none where anything will do."""
    return [
        one
        for one in templates
        if one.is_compulsory
        and one.retired_at is None
        and one.opportunity == opportunity
        and reaches(one, value)
    ]


def wrong_beginning(
    templates: Iterable[DesignTemplate],
    opportunity: str,
    value: Decimal,
    begun_from: DesignTemplate | None,
) -> str:
    """Why a tender of this value may not have begun as it did; empty where it may.

    What began from a template that was retired since has begun as it should.
    """
    allowed = compulsory_for(templates, opportunity, value)
    if not allowed:
        return ""
    if begun_from is not None and begun_from.is_compulsory and reaches(begun_from, value):
        return ""
    named = " or ".join(f"“{one.title}”" for one in allowed)
    noun = WORDS[opportunity].noun
    if len(allowed) == 1:
        return f"Your authority begins a {noun} of {pounds(value)} from the template {named}."
    return f"Your authority begins a {noun} of {pounds(value)} from one of the templates {named}."
