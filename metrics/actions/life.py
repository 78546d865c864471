"""The life of a charter with its metrics: adopted, begun anew, published, discarded."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.access import Conflict, check_role
from accounts.models import Organisation, User
from accounts.roles import Permission
from charter.actions import copy_charter, load_frameworks, publish_charter
from charter.actions.versions import lock_authority, refuse_second_draft, taken_over
from charter.decisions import Decision
from charter.models import Charter, Maturity, Principle
from charter.permissions import locked_draft
from charter.refusals import Unfit
from metrics.actions.holding import hold_back_all
from metrics.actions.loading import draft_pack
from metrics.actions.reasons import give_reasons, refuse_unless_reliable
from metrics.content import content_of
from metrics.loading import read_pack
from metrics.models import KnownWarning, Metric, MetricFlag
from metrics.reliance import reliance_of
from records import audit


@transaction.atomic
def adopt_pack(
    *,
    code: str,
    authority: Organisation,
    in_force: bool,
    decision: Decision | None,
    reason: str = "",
    by: User,
    at: datetime,
) -> Charter:
    """Make a shipped policy the authority's own: in force as it stands, or a draft to edit.

    In force, its metrics with errors are held back, and `reason` is why it is relied on although
    a check warns of the rest.

    Metrics keep their lineage from the version in force by their numbers, so that a later
    edition of a pack can be compared with what was adopted before.
    """
    check_role(by, Permission.CHARTER_EDIT, within=authority)
    words, metrics = read_pack(code)
    if in_force and words.maturity == Maturity.DRAFT:
        raise Unfit(
            "in_force",
            f"The papers of {words.title} leave open what is asked for, so it cannot be in force "
            "as it stands. Take it as a draft, decide what is open, then publish it",
        )
    lock_authority(authority)
    versions = Charter.objects.filter(authority=authority, code=code)
    refuse_second_draft(versions)
    held = Charter.objects.filter(authority=authority, pack=code, pack_version=words.version)
    if held.exists():
        raise Conflict(f"You have {words.title} already. Start a new version of it instead.")
    load_frameworks(by=by, at=at)
    draft = draft_pack(words=words, metrics=metrics, authority=authority, by=by, at=at)
    earlier = versions.in_force().first()
    if earlier:
        _keep_lineages(earlier, draft)
    audit.record(verb="charter.adopted", by=by, target=draft, at=at, pack=code)
    if in_force:
        _answer_as_it_stands(draft, reason=reason, by=by, at=at)
        return publish_version(charter=draft, decision=decision, by=by, at=at)
    return draft


def _answer_as_it_stands(draft: Charter, *, reason: str, by: User, at: datetime) -> None:
    """Hold back what cannot be relied on as printed, and give one reason for all the rest."""
    hold_back_all(draft, by=by, at=at)
    reliance = reliance_of(draft)
    if reliance.errors:
        places = "; ".join(f"{one.subject}: {one.words}" for one in reliance.errors)
        raise Unfit(
            "in_force",
            f"The check finds errors in {draft.title} that hang on no metric, so it cannot be in "
            f"force as it stands. {places} Take it as a draft, mend them, then publish it",
        )
    if reliance.warnings:
        fingerprints = [one.fingerprint for one in reliance.warnings]
        give_reasons(charter=draft, fingerprints=fingerprints, reason=reason, by=by, at=at)


@transaction.atomic
def start_new_version(*, charter: Charter, reason: str, by: User, at: datetime) -> Charter:
    """Copy the version in force, metrics included, into a draft that may be changed."""
    copy, principles = copy_charter(charter=charter, reason=reason, by=by, at=at)
    _copy_metrics(charter, copy, principles)
    _copy_reasons(charter, copy)
    return copy


@transaction.atomic
def publish_version(*, charter: Charter, decision: Decision, by: User, at: datetime) -> Charter:
    """Put a draft in force on the strength of a decision, and count what it changes.

    Every metric that says something else than in the version before gets its next revision.
    """
    check_role(by, Permission.CHARTER_PUBLISH, within=charter.authority)
    draft = locked_draft(charter)
    decision.refuse_unless_sound(at)
    if not Principle.objects.filter(quadrant__charter=draft).exists():
        raise Conflict(
            f"{draft} has no principle, so it would ask nobody for anything. "
            "Add a field of action and a principle, then publish it."
        )
    refuse_unless_reliable(draft)
    versions = Charter.objects.filter(authority=draft.authority_id, code=draft.code)
    earlier = versions.in_force().first()
    if earlier:
        _count_revisions(earlier, draft)
    has_metrics = draft.metrics.exists()
    # Decided now, whatever the papers it began from had left open.
    draft.maturity = Maturity.WHOLE if has_metrics else Maturity.PRINCIPLES_ONLY
    draft.save(update_fields=["maturity"])
    return publish_charter(charter=draft, decision=decision, by=by, at=at)


@transaction.atomic
def discard_draft(*, charter: Charter, by: User, at: datetime) -> None:
    """Throw a draft away; one that people outside have answered to is kept for the record."""
    check_role(by, Permission.CHARTER_EDIT, within=charter.authority)
    draft = locked_draft(charter)
    if draft.comments.exists() or draft.partners.exists():
        raise Conflict(
            f"Others have commented on {draft} or signed up to it, and what they said is kept. "
            "Change the draft instead of discarding it."
        )
    audit.record(
        verb="charter.discarded",
        by=by,
        target=draft,
        at=at,
        title=draft.title,
        version=draft.version,
        reason=draft.change_reason,
    )
    # A principle does not go while a metric hangs on it.
    draft.metrics.all().delete()
    draft.delete()


def _count_revisions(earlier: Charter, draft: Charter) -> None:
    before = {one.lineage: _says(one) for one in earlier.metrics.with_content()}
    after = {one.lineage: _says(one) for one in draft.metrics.with_content()}
    changed = [key for key in after if key in before and after[key] != before[key]]
    draft.metrics.filter(lineage__in=changed).update(revision=F("revision") + 1)


def _says(metric: Metric) -> dict:
    """What a metric says; whom it overlaps with does not change by another's new number."""
    return {**content_of(metric), "overlaps": {one.lineage for one in metric.overlaps.all()}}


def _keep_lineages(earlier: Charter, draft: Charter) -> None:
    known = {one.number: one for one in earlier.metrics.all()}
    kept = [one for one in draft.metrics.all() if one.number in known]
    for metric in kept:
        metric.lineage = known[metric.number].lineage
        metric.revision = known[metric.number].revision
    Metric.objects.bulk_update(kept, ["lineage", "revision"])


def _copy_reasons(source: Charter, copy: Charter) -> None:
    """Reasons hold on for what the copy says in the same words, and lapse where it changes."""
    KnownWarning.objects.bulk_create(
        [
            KnownWarning(charter=copy, **taken_over(one, frozenset({"id", "charter"})))
            for one in source.known_warnings.all()
        ]
    )


def _copy_metrics(source: Charter, copy: Charter, principles: dict) -> None:
    left_out = frozenset({"id", "charter", "principle"})
    copies: dict = {}
    flags = []
    for one in source.metrics.prefetch_related("flags"):
        metric = Metric(
            charter=copy,
            principle=principles[one.principle_id],
            **taken_over(one, left_out),
        )
        copies[one.pk] = metric
        flags += [
            MetricFlag(metric=metric, **taken_over(flag, frozenset({"id", "metric"})))
            for flag in one.flags.all()
        ]
    Metric.objects.bulk_create(copies.values())
    MetricFlag.objects.bulk_create(flags)
    overlap = Metric.overlaps.through
    held = overlap.objects.filter(from_metric__charter=source)
    overlap.objects.bulk_create(
        [
            overlap(
                from_metric=copies[one.from_metric_id],
                to_metric=copies[one.to_metric_id],
            )
            for one in held
        ]
    )
