"""Spreadsheets of a draft's metrics: read and kept aside, then applied whole or not at all."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError

from accounts.access import Conflict
from accounts.models import User
from accounts.roles import Permission
from charter.actions.drafts import hold_draft
from charter.models import Charter, Principle
from charter.refusals import Unfit
from metrics.actions.drafts import keep_notes_true
from metrics.content import WORDS, content_of, digest_of_metrics
from metrics.missing import is_left_open, needs_resolution
from metrics.models import CatalogueUpload, Metric
from metrics.sheets.catalogue import MOST_ROWS, Known, read_metrics
from metrics.sheets.changes import Changes, changes_of
from metrics.sheets.columns import BESIDE, SHEET
from metrics.sheets.rows import read_table
from records import audit, files

IMPORT = Permission.CATALOGUE_IMPORT


@transaction.atomic
def read_sheet(
    *, charter: Charter, upload: UploadedFile, by: User, at: datetime
) -> tuple[CatalogueUpload, tuple[str, ...]]:
    """Read a spreadsheet for a draft and keep what it says; nothing in the draft changes.

    Raises `Unreadable` or `Unsound`, and then keeps nothing. Answers also what to know about
    how the file was read.
    """
    # Before the draft is locked: a large file takes a second or two.
    table = read_table(upload, sheet=SHEET, most_rows=MOST_ROWS, beside=BESIDE)
    charter = hold_draft(charter, permission=IMPORT, by=by)
    metrics = list(metrics_of(charter))
    rows = read_metrics(table, _known(charter, metrics))
    CatalogueUpload.objects.filter(charter=charter, uploaded_by=by, applied_at=None).delete()
    kept = CatalogueUpload.objects.create(
        charter=charter,
        name=upload.name[-200:],
        sha256=files.digest_of(upload),
        rows=rows,
        read_against=digest_of_metrics(metrics),
        uploaded_by=by,
        uploaded_at=at,
    )
    return kept, table.notes


@transaction.atomic
def apply_sheet(
    *, upload: CatalogueUpload, remove_missing: bool, by: User, at: datetime
) -> Changes:
    """Make the draft say what the spreadsheet says."""
    charter = hold_draft(upload.charter, permission=IMPORT, by=by)
    waiting = CatalogueUpload.objects.select_for_update(of=("self",))
    upload = waiting.filter(pk=upload.pk).first()
    if upload is None:
        raise Conflict("You have sent a newer file meanwhile. Look at what that one changes.")
    if upload.applied_at:
        raise Conflict("These changes are applied already. Go to the metrics to see them.")
    metrics = list(metrics_of(charter))
    _check_principles(charter, upload.rows)
    if digest_of_metrics(metrics) != upload.read_against:
        raise Conflict(
            "Somebody changed the metrics of this draft after your file was read. Download them "
            "anew, make your changes there and upload that file."
        )
    held = {one.number: one for one in metrics}
    changes = changes_of({number: content_of(one) for number, one in held.items()}, upload.rows)
    if remove_missing:
        _remove(held, changes, upload.rows)
    _write(charter, held, changes, upload.rows)
    upload.applied_at = at
    upload.save(update_fields=["applied_at"])
    audit.record(
        verb="catalogue.imported",
        by=by,
        target=charter,
        at=at,
        file=upload.name,
        sha256=upload.sha256,
        added=[one.number for one in changes.added],
        changed=[one.number for one in changes.changed],
        removed=[one.number for one in changes.missing] if remove_missing else [],
    )
    return changes


def metrics_of(charter: Charter) -> Iterable[Metric]:
    """The metrics of a charter with all that they say, by number."""
    return Metric.objects.filter(charter=charter).with_content().order_by("number")


def _known(charter: Charter, metrics: Sequence[Metric]) -> Known:
    codes = Principle.objects.filter(quadrant__charter=charter).values_list("code", flat=True)
    return Known(
        principles={code: code for code in codes},
        held={one.number: content_of(one) for one in metrics},
        must_resolve=frozenset([one.number for one in metrics if needs_resolution(one)]),
        left_open=frozenset([one.number for one in metrics if is_left_open(one)]),
    )


def _check_principles(charter: Charter, rows: Sequence[dict]) -> None:
    """No metric's content tells of a principle that none belongs to yet."""
    codes = Principle.objects.filter(quadrant__charter=charter).values_list("code", flat=True)
    if gone := {row["principle"] for row in rows} - set(codes):
        raise Conflict(
            f"The draft has no principle {min(gone)} any more. Put each metric of your file under "
            "a principle that is there, and upload it again."
        )


def _remove(held: dict[int, Metric], changes: Changes, rows: Sequence[dict]) -> None:
    """Take out the metrics that the sheet leaves out, unless something rests on one."""
    numbers = {one.number for one in changes.missing}
    for row in rows:
        if named := numbers & set(row["overlaps"]):
            raise Unfit(
                "remove_missing",
                f"Metric {row['number']} names metric {min(named)} under “Overlaps”, which is not "
                "in the file. Put it into the file, or take its number out of that row.",
            )
    for number in sorted(numbers):
        try:
            held.pop(number).delete()
        except ProtectedError:
            raise Unfit(
                "remove_missing",
                f"A tender or a recorded result uses metric {number}, so it stays. Put it into "
                "the file.",
            ) from None


def _write(
    charter: Charter, held: dict[int, Metric], changes: Changes, rows: Sequence[dict]
) -> None:
    """Write the metrics that are new or changed; overlaps come last, when all are there."""
    meant = {one.number for one in (*changes.added, *changes.changed)}
    said = [row for row in rows if row["number"] in meant]
    principles = {one.code: one for one in Principle.objects.filter(quadrant__charter=charter)}
    for row in said:
        metric = held.setdefault(row["number"], Metric(charter=charter))
        for key in WORDS:
            setattr(metric, key, row[key])
        metric.principle = principles[row["principle"]]
        metric.save()
        keep_notes_true(metric)
    for row in said:
        held[row["number"]].overlaps.set([held[number] for number in row["overlaps"]])
