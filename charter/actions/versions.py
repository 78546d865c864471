"""What happens to the versions of a charter: begun, copied, published."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Model
from django.utils.text import slugify

from accounts.access import Conflict, check_role
from accounts.models import Organisation, User
from accounts.roles import Permission
from charter.actions.frameworks import load_frameworks
from charter.decisions import Decision
from charter.models import Charter, Mapping, Principle, Quadrant
from charter.refusals import Unfit
from charter.states import CharterStatus, check_move
from records import audit

# What a version does not take over from the one it is copied from.
OWN_TO_A_VERSION = frozenset(
    {
        "id",
        "version",
        "status",
        "digest",
        "copied_from",
        "begun_by",
        "begun_at",
        "change_reason",
        "decided_by_body",
        "decided_on",
        "minute_reference",
        "effective_from",
        "published_at",
        "superseded_at",
    }
)
# Sets what an authority writes itself apart from the names of shipped packs.
OWN = "own-"


@transaction.atomic
def begin_charter(
    *, authority: Organisation, title: str, place: str, source: str, by: User, at: datetime
) -> Charter:
    """Begin a charter of one's own: version 1, a draft that holds nothing yet."""
    check_role(by, Permission.CHARTER_EDIT, within=authority)
    lock_authority(authority)
    code = f"{OWN}{slugify(title)[:50] or 'charter'}"
    if Charter.objects.filter(authority=authority, code=code).exists():
        raise Unfit(
            "title",
            "You have a charter of this title already. Start a new version of it, "
            "or choose another title",
        )
    # A principle may be mapped at once, also where nobody has adopted a pack yet.
    load_frameworks(by=by, at=at)
    charter = Charter.objects.create(
        authority=authority,
        code=code,
        title=title,
        place=place,
        source=source,
        begun_by=by,
        begun_at=at,
    )
    audit.record(verb="charter.begun", by=by, target=charter, at=at)
    return charter


@transaction.atomic
def copy_charter(
    *, charter: Charter, reason: str, by: User, at: datetime
) -> tuple[Charter, dict[UUID, Principle]]:
    """Copy the version in force into the next draft, word for word.

    Says which principle of the draft stands for which of the version copied from.
    """
    check_role(by, Permission.CHARTER_EDIT, within=charter.authority)
    lock_authority(charter.authority)
    # Locked too: whoever publishes a draft meanwhile supersedes this version.
    source = Charter.objects.select_for_update().get(pk=charter.pk)
    _refuse_unless_in_force(source)
    versions = Charter.objects.filter(authority=source.authority_id, code=source.code)
    refuse_second_draft(versions)
    last = versions.aggregate(last=Max("version"))["last"]
    copy = Charter.objects.create(
        **taken_over(source, OWN_TO_A_VERSION),
        version=last + 1,
        copied_from=source,
        change_reason=reason,
        begun_by=by,
        begun_at=at,
    )
    principles = _copy_quadrants(source, copy)
    audit.record(
        verb="charter.version_started", by=by, target=copy, at=at, copied_from=source.version
    )
    return copy, principles


@transaction.atomic
def publish_charter(
    *, charter: Charter, by: User | None, at: datetime, decision: Decision | None = None
) -> Charter:
    """Put a version in force; the one before it is superseded and keeps its words.

    `by` is None when a command loads it, and `decision` where the papers record none.
    """
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
        earlier.superseded_at = at
        earlier.save(update_fields=["status", "superseded_at"])

    charter.status = CharterStatus.PUBLISHED
    charter.published_at = at
    if decision:
        charter.decided_by_body = decision.body
        charter.decided_on = decision.decided_on
        charter.minute_reference = decision.minute_reference
        charter.effective_from = decision.effective_from
    charter.save()
    audit.record(verb="charter.published", by=by, target=charter, at=at, version=charter.version)
    return charter


def lock_authority(authority: Organisation) -> None:
    """Let nobody else begin a version of this authority until this is done."""
    Organisation.objects.select_for_update().get(pk=authority.pk)


def refuse_second_draft(versions) -> None:
    """One draft at a time: two would each undo the other."""
    draft = versions.drafts().first()
    if draft:
        raise Conflict(
            f"There is a draft already: {draft}. Continue with it, or discard it and start again."
        )


def _refuse_unless_in_force(charter: Charter) -> None:
    if charter.status == CharterStatus.DRAFT:
        raise Conflict(f"{charter} is a draft. Change it as it is.")
    if charter.status == CharterStatus.SUPERSEDED:
        raise Conflict(
            f"A later version has taken the place of {charter}. Start from the version in force."
        )


def taken_over(record: Model, left_out: frozenset[str]) -> dict:
    """Every column of a record but those left out, for a copy of it."""
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.name not in left_out
    }


def _copy_quadrants(source: Charter, copy: Charter) -> dict[UUID, Principle]:
    principles: dict[UUID, Principle] = {}
    mappings = []
    quadrants = source.quadrants.prefetch_related("principles__mappings")
    for quadrant in quadrants:
        own = Quadrant.objects.create(
            charter=copy, **taken_over(quadrant, frozenset({"id", "charter"}))
        )
        for one in quadrant.principles.all():
            principle = Principle(quadrant=own, **taken_over(one, frozenset({"id", "quadrant"})))
            principles[one.pk] = principle
            mappings += [
                Mapping(principle=principle, **taken_over(it, frozenset({"id", "principle"})))
                for it in one.mappings.all()
            ]
    Principle.objects.bulk_create(principles.values())
    Mapping.objects.bulk_create(mappings)
    return principles
