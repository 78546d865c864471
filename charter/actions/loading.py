"""Writing a pack down as a draft: its words, fields of action, principles and mappings."""

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from charter.models import Charter, Element, ElementKind, Mapping, Principle, Quadrant, Theme
from charter.pack import CharterData, QuadrantData
from records import audit

# A theme, or an outcome of it.
Served = tuple[Theme, Element | None]
# What a version takes from its pack as it stands.
WORDS = (
    "code",
    "title",
    "place",
    "ambition",
    "purpose",
    "effective_from",
    "maturity",
    "source",
    "mappings_source",
)


@transaction.atomic
def draft_charter(
    *,
    data: CharterData,
    digest: str,
    authority: Organisation,
    by: User | None,
    at: datetime,
    version: int,
) -> Charter:
    """Write a pack down as a draft version; `by` is None when a command loads it.

    The frameworks that it is mapped to are kept before, by `load_frameworks`.
    """
    served = _may_be_served([one.code for one in data.frameworks])
    charter = Charter.objects.create(
        authority=authority,
        version=version,
        pack=data.code,
        pack_version=data.version,
        digest=digest,
        begun_by=by,
        begun_at=at,
        # Charters keep one text of what their papers say of dates and of a decision.
        adoption="\n".join(told for told in (data.published, data.adoption) if told),
        rules=list(data.rules),
        clauses=list(data.clauses),
        **{word: getattr(data, word) for word in WORDS},
    )
    for position, quadrant in enumerate(data.quadrants, start=1):
        _write_quadrant(charter, quadrant, position, served)
    audit.record(verb="charter.drafted", by=by, target=charter, at=at, digest=digest)
    return charter


def _may_be_served(frameworks: list[str]) -> dict[tuple[str, int, str], Served]:
    """The themes and outcomes of these frameworks, by theme and by the code of the outcome."""
    themes = Theme.objects.filter(framework__in=frameworks)
    outcomes = Element.objects.filter(theme__in=themes, kind=ElementKind.OUTCOME)
    return {
        **{(it.framework_id, it.number, ""): (it, None) for it in themes},
        **{
            (it.theme.framework_id, it.theme.number, it.code): (it.theme, it)
            for it in outcomes.select_related("theme")
        },
    }


def _write_quadrant(
    charter: Charter,
    data: QuadrantData,
    position: int,
    served: dict[tuple[str, int, str], Served],
) -> None:
    quadrant = Quadrant.objects.create(
        charter=charter,
        code=data.code,
        title=data.title,
        source=data.source,
        position=position,
    )
    for place, one in enumerate(data.principles, start=1):
        principle = Principle.objects.create(
            quadrant=quadrant,
            code=one.code,
            short_title=one.short_title,
            opening=one.opening,
            text=one.text,
            position=place,
        )
        Mapping.objects.bulk_create(
            [
                Mapping(
                    principle=principle,
                    theme=theme,
                    element=element,
                    is_primary=mapping.is_primary,
                    effective_from=mapping.effective_from,
                    effective_to=mapping.effective_to,
                    source=mapping.source,
                )
                for mapping in one.mappings
                for theme, element in [served[mapping.framework, mapping.number, mapping.outcome]]
            ]
        )
