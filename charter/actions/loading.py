"""What happens to charters."""

from datetime import datetime

from django.db import transaction

from accounts.access import Conflict
from accounts.models import Organisation, User
from charter.actions.frameworks import keep_framework
from charter.models import Charter, Mapping, Principle, Quadrant, Theme
from charter.pack import CharterData, QuadrantData
from charter.states import CharterStatus, check_move
from records import audit


@transaction.atomic
def draft_charter(
    *,
    data: CharterData,
    digest: str,
    authority: Organisation,
    by: User | None,
    at: datetime,
) -> Charter:
    """Write a version of a charter down as a draft; `by` is None when a command loads it."""
    for framework in data.frameworks:
        keep_framework(data=framework, by=by, at=at)
    kept = Theme.objects.filter(framework__in=[one.code for one in data.frameworks])
    themes = {(theme.framework_id, theme.number): theme for theme in kept}
    words = ("code", "version", "title", "place", "ambition", "purpose", "adoption", "source")
    charter = Charter.objects.create(
        authority=authority,
        digest=digest,
        rules=list(data.rules),
        clauses=list(data.clauses),
        mappings_source=data.mappings_source,
        **{word: getattr(data, word) for word in words},
    )
    for position, quadrant in enumerate(data.quadrants, start=1):
        _write_quadrant(charter, quadrant, position, themes)
    audit.record(verb="charter.drafted", by=by, target=charter, at=at, digest=digest)
    return charter


@transaction.atomic
def publish_charter(*, charter: Charter, by: User | None, at: datetime) -> Charter:
    """Put a version in force; the one before it is superseded and keeps its words."""
    charter = Charter.objects.select_for_update().get(pk=charter.pk)
    check_move(CharterStatus(charter.status), CharterStatus.PUBLISHED)
    versions = Charter.objects.filter(authority=charter.authority, code=charter.code)
    earlier = versions.in_force().select_for_update().first()
    if earlier and earlier.version > charter.version:
        raise Conflict(
            f"Version {earlier.version} of {charter.title} is in force. "
            f"Give the new version a number above {earlier.version}."
        )
    if earlier:
        check_move(CharterStatus(earlier.status), CharterStatus.SUPERSEDED)
        earlier.status = CharterStatus.SUPERSEDED
        earlier.save(update_fields=["status"])

    charter.status = CharterStatus.PUBLISHED
    charter.published_at = at
    charter.save(update_fields=["status", "published_at"])
    audit.record(verb="charter.published", by=by, target=charter, at=at, version=charter.version)
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
