"""Missing targets: somebody sees to each, and each is resolved by a recorded route."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.access import Conflict, check_role
from accounts.models import User
from accounts.roles import Permission
from charter.models import Charter
from charter.refusals import Unfit
from design.london import LONDON
from metrics.actions.drafts import check_words_of_target, hold_metric, keep_metric, put_note
from metrics.actions.editing import put_parts
from metrics.attainment import is_undetermined, read_measure
from metrics.missing import is_left_open
from metrics.models import FlagKind, Metric, Route, TargetResolution
from metrics.parts import Apart
from metrics.permissions import refuse_to_name_owner, refuse_to_resolve
from records import audit

RESOLVE = Permission.TARGET_RESOLVE


@transaction.atomic
def set_owner(*, metric: Metric, owner: User | None, by: User, at: datetime) -> Metric:
    """Name the colleague who sees to it that a missing target is set.

    It is no content of the charter, so a published version may change it; the draft and the
    version in force always name the same person.
    """
    check_role(by, RESOLVE, within=metric.charter.authority)
    # Lock the charter: two administrators may name two people at once.
    charter = Charter.objects.select_for_update().filter(pk=metric.charter_id).first()
    held = Metric.objects.filter(pk=metric.pk).first()
    if charter is None or held is None:
        raise Conflict(f"“{metric}” was removed meanwhile. Nothing was saved.")
    held.charter = charter
    refuse_to_name_owner(held)
    if owner is not None and not owner.memberships.filter(organisation=charter.authority_id):
        raise Unfit("owner", "Choose somebody of your authority.")
    same = Metric.objects.filter(
        lineage=held.lineage,
        charter__in=Charter.objects.current().filter(authority=charter.authority_id),
    )
    same.update(target_owner=owner)
    audit.record(
        verb="metric.owner_set",
        by=by,
        target=held,
        at=at,
        metric=str(held),
        owner=owner.email if owner else "",
    )
    return held


@transaction.atomic
def resolve_target(
    *,
    metric: Metric,
    route: str,
    grounds: str,
    reason: str,
    approved_by: str,
    decided_on: date,
    target_text: str,
    apart: Apart | None,
    new_bases: Sequence[dict],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> TargetResolution:
    """Resolve a missing target in a draft by one of the four routes, and keep the record."""
    held = hold_metric(metric, permission=RESOLVE, by=by, seen=seen)
    refuse_to_resolve(held)
    leaves_open = route == Route.LEFT_OPEN
    if leaves_open and is_left_open(held):
        raise Unfit("target_text", "This target is left open already.")
    if decided_on > at.astimezone(LONDON).date():
        raise Unfit("decided_on", "Date of the decision must be today or in the past.")
    printed = held.target_text
    held.target_text = target_text
    if not leaves_open:
        if apart is None:
            raise Unfit(None, "Enter the target.")
        put_parts(held, apart, new_bases)
        if is_undetermined(read_measure(held.measure)):
            raise Unfit("kind_1", "Choose a kind of target that has a number.")
    else:
        held.flags.filter(kind=FlagKind.TARGET_NOT_SET).delete()
        put_note(held, kind=FlagKind.LEFT_OPEN, words=grounds, source=f"Approved by {approved_by}")
    check_words_of_target(held, left_open=leaves_open)
    resolution = TargetResolution.objects.create(
        metric=held,
        route=route,
        printed=printed,
        target_text=target_text,
        unit="" if leaves_open else held.unit,
        measure=held.measure,
        grounds=grounds,
        reason=reason,
        approved_by=approved_by,
        decided_on=decided_on,
        recorded_by=by,
        recorded_at=at,
    )
    keep_metric(
        held,
        verb="metric.target_resolved",
        by=by,
        at=at,
        route=route,
        printed=printed,
        measure=held.measure,
        approved_by=approved_by,
    )
    return resolution
