"""Changing the metrics of a draft charter: its words, its target, its notes."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from accounts.access import Conflict
from accounts.models import User
from accounts.roles import Permission
from charter.actions.drafts import hold_draft
from charter.models import Charter, Principle
from charter.names import free_name
from charter.refusals import Unfit
from metrics.actions.drafts import (
    check_bases,
    check_words_of_target,
    hold_metric,
    keep_metric,
    put_note,
)
from metrics.attainment import Refused, is_undetermined, read_measure
from metrics.bases import bases_for, known_bases
from metrics.loading import UNSET
from metrics.missing import AUTOMATIC, NOT_BY_HAND, is_left_open, needs_resolution
from metrics.models import FlagKind, Metric, MetricFlag
from metrics.parts import Apart, put_together
from records import audit

EDIT = Permission.CATALOGUE_EDIT


@transaction.atomic
def add_metric(
    *,
    charter: Charter,
    principle: Principle,
    number: int,
    short_title: str,
    wording: str,
    answered_by: str,
    evidence_text: str,
    source: str,
    label: str,
    unit: str,
    by: User,
    at: datetime,
) -> Metric:
    """Add a metric to a draft; its target is not set until somebody enters it."""
    charter = hold_draft(charter, permission=EDIT, by=by)
    _check_principle(principle, charter)
    _check_number(number, charter, own=None)
    name = _free_id(charter, number)
    text = f"{UNSET} {unit}"
    metric = Metric(
        charter=charter,
        principle=principle,
        number=number,
        short_title=short_title,
        wording=wording,
        answered_by=answered_by,
        evidence_text=evidence_text,
        source=source,
        target_text=text,
        unit=unit,
        measure={"id": name, "target": {"kind": "undetermined", "printed": text}},
        quantities=[{"id": name, "label": label, "unit": unit}],
    )
    return keep_metric(metric, verb="metric.added", by=by, at=at, charter=str(charter.pk))


@transaction.atomic
def edit_words(
    *,
    metric: Metric,
    principle: Principle,
    number: int,
    short_title: str,
    wording: str,
    answered_by: str,
    evidence_text: str,
    source: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Metric:
    """Say anew what a metric is, who answers it and what evidence is asked for."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=seen)
    _check_principle(principle, held.charter)
    _check_number(number, held.charter, own=held)
    check_bases(answered_by, held.bases, field="answered_by")
    held.principle, held.number, held.short_title = principle, number, short_title
    held.wording, held.answered_by = wording, answered_by
    held.evidence_text, held.source = evidence_text, source
    return keep_metric(held, verb="metric.words_edited", by=by, at=at)


@transaction.atomic
def set_target(
    *,
    metric: Metric,
    target_text: str,
    apart: Apart | None,
    new_bases: Sequence[dict],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Metric:
    """Set what a metric asks for: its words and, where it is made of plain parts, its numbers."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=seen)
    before, must_resolve, left_open = held.measure, needs_resolution(held), is_left_open(held)
    held.target_text = target_text
    if apart is not None:
        put_parts(held, apart, new_bases)
    is_open = is_undetermined(read_measure(held.measure))
    if must_resolve and not is_open:
        raise Conflict(
            "The source leaves this target out, so it is set by one of four recorded routes. "
            "An administrator can resolve it from the list of missing targets."
        )
    check_words_of_target(held, left_open=left_open and is_open)
    return keep_metric(
        held, verb="metric.target_set", by=by, at=at, before=before, measure=held.measure
    )


def put_parts(metric: Metric, apart: Apart, new_bases: Sequence[dict]) -> None:
    """Give a metric the measure, quantities, unit and bases that the parts come to."""
    measure, later, quantities = put_together(apart)
    try:
        for one in (measure, *[step["measure"] for step in later]):
            read_measure(one)
    except Refused as refusal:
        raise Unfit(None, f"The target cannot stand: {refusal}.") from None
    others = Metric.objects.filter(charter=metric.charter_id).exclude(pk=metric.pk)
    known = known_bases(others, first=metric)
    known |= {base["id"]: base for base in new_bases}
    metric.bases = bases_for(
        [measure, *[step["measure"] for step in later]], before=metric.bases, known=known
    )
    check_bases(metric.answered_by, metric.bases, field="base_1")
    metric.measure, metric.later_measures, metric.quantities = measure, later, quantities
    metric.unit = quantities[0]["unit"]


@transaction.atomic
def edit_reach(
    *,
    metric: Metric,
    geography: str,
    geography_definition: str,
    applies_to: dict,
    track_record: dict,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Metric:
    """Say where a metric counts, whom it is about, and what stands beside a promise."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=seen)
    held.geography, held.geography_definition = geography, geography_definition
    held.applies_to, held.track_record = applies_to, track_record
    return keep_metric(held, verb="metric.reach_edited", by=by, at=at)


@transaction.atomic
def set_overlaps(
    *,
    metric: Metric,
    overlaps: Sequence[Metric],
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Metric:
    """Name the metrics under which the same activity could be counted again."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=seen)
    if any(one.charter_id != held.charter_id or one.pk == held.pk for one in overlaps):
        raise Unfit("overlaps", "Choose other metrics of this charter.")
    held.overlaps.set(overlaps)
    numbers = sorted(one.number for one in overlaps)
    return keep_metric(held, verb="metric.overlaps_set", by=by, at=at, overlaps=numbers)


@transaction.atomic
def add_flag(
    *,
    metric: Metric,
    kind: str,
    words: str,
    source: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> MetricFlag:
    """Put a note beside the words of the source, and leave the words as they are."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=seen)
    if kind in NOT_BY_HAND:
        raise Unfit("kind", "Tenth sees to this note itself. Choose another kind.")
    if held.flags.filter(kind=kind).exists():
        name = FlagKind(kind).label
        raise Unfit(
            "kind", f"There is a note “{name}” already. Remove it first, or choose another."
        )
    flag = put_note(held, kind=kind, words=words, source=source)
    keep_metric(held, verb="metric.note_added", by=by, at=at, kind=kind, words=words)
    return flag


@transaction.atomic
def remove_flag(*, metric: Metric, flag: MetricFlag, by: User, at: datetime) -> None:
    """Take a note away, once what it says no longer holds."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=None)
    if flag.kind in AUTOMATIC:
        raise Conflict(
            f"“{flag.get_kind_display()}” goes by itself when what it says no longer holds: "
            "set the target, or say what evidence is asked for."
        )
    if flag.kind == FlagKind.HELD_BACK:
        raise Conflict(
            "A metric held back is released once it is mended. Open the page of the check."
        )
    held.flags.filter(pk=flag.pk).delete()
    keep_metric(held, verb="metric.note_removed", by=by, at=at, kind=flag.kind, words=flag.words)


@transaction.atomic
def remove_metric(*, metric: Metric, by: User, at: datetime) -> None:
    """Take a metric out of a draft."""
    held = hold_metric(metric, permission=EDIT, by=by, seen=None)
    audit.record(
        verb="metric.removed",
        by=by,
        target=held,
        at=at,
        metric=str(held),
        charter=str(held.charter_id),
    )
    try:
        held.delete()
    except ProtectedError:
        raise Conflict(
            f"“{held.short_title}” is used by a tender or a recorded result, so it stays. "
            "Change its words, or ask for it no longer."
        ) from None


def _check_principle(principle: Principle, charter: Charter) -> None:
    if principle.quadrant.charter_id != charter.pk:
        raise Unfit("principle", "Choose a principle of this charter.")


def _check_number(number: int, charter: Charter, *, own: Metric | None) -> None:
    others = Metric.objects.filter(charter=charter, number=number)
    holder = (others.exclude(pk=own.pk) if own else others).first()
    if holder:
        raise Unfit("number", f"Number {number} is “{holder.short_title}”. Choose another.")


def _free_id(charter: Charter, number: int) -> str:
    """How the quantity of a new metric is called; one that was renumbered keeps its old name."""
    metrics = Metric.objects.filter(charter=charter)
    taken = {quantity["id"] for one in metrics for quantity in one.quantities}
    return free_name(f"m{number}", taken, joint="_")
