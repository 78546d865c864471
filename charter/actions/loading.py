"""What happens to charters."""

from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from charter.actions.frameworks import keep_framework
from charter.models import Charter, Mapping, Principle, Quadrant, Theme
from charter.pack import CharterData, QuadrantData
from records import audit

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
    """Write a pack down as a draft version; `by` is None when a command loads it."""
    for framework in data.frameworks:
        keep_framework(data=framework, by=by, at=at)
    kept = Theme.objects.filter(framework__in=[one.code for one in data.frameworks])
    themes = {(theme.framework_id, theme.number): theme for theme in kept}
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
        _write_quadrant(charter, quadrant, position, themes)
    audit.record(verb="charter.drafted", by=by, target=charter, at=at, digest=digest)
    return charter


def _write_quadrant(
    charter: Charter, data: QuadrantData, position: int, themes: dict[tuple[str, int], Theme]
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
                    theme=themes[(mapping.framework, mapping.number)],
                    is_primary=mapping.is_primary,
                )
                for mapping in one.mappings
            ]
        )
