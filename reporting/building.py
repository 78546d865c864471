"""How a report is made: figures frozen once, then drawn from them, then kept once."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import connection, transaction

from records import audit
from records.clock import database_time
from records.models import ScanState, StoredFile
from reporting import pdf
from reporting.figures import gather
from reporting.models import Report

Tell = Callable[[int, str], None]


def build(report_id: UUID, *, tell: Tell, draw: Callable[[Report], bytes] = pdf.draw) -> None:
    """Make the report of this id. A worker that dies leaves nothing half made: whoever
    comes next draws from the same figures, and the first to finish is kept."""
    report = Report.objects.select_related("authority").get(pk=report_id)
    if report.is_ready:
        return
    tell(10, "Gathering the figures")
    freeze_figures(report)
    tell(40, "Drawing the pages")
    content = draw(report)
    tell(90, "Keeping the file")
    keep(report, content)


def freeze_figures(report: Report) -> None:
    """Gather the figures as they stand at one moment, unless they were frozen before."""
    if report.figures is None:
        gathered, as_at = _gather_at_one_moment(report)
        still_open = Report.objects.filter(pk=report.pk, figures__isnull=True)
        still_open.update(figures=gathered, figures_as_at=as_at)
        report.refresh_from_db(fields=["figures", "figures_as_at"])


def _gather_at_one_moment(report: Report) -> tuple[dict, object]:
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            # Every query sees the same moment, or a figure could miss its own parts.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        now = database_time()
        return gather(authority=report.authority, year=report.year, now=now), now


@transaction.atomic
def keep(report: Report, content: bytes) -> None:
    """Store the file and the fact, together; the second of two workers changes nothing."""
    locked = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.is_ready:
        return
    now = database_time()
    stored = stored_pdf(
        content,
        place=f"report-{report.pk}.pdf",
        name=f"social-value-report-{report.year}-{report.year + 1}.pdf",
        at=now,
    )
    locked.pdf = stored
    locked.save(update_fields=["pdf"])
    audit.record(verb="report.made", by=None, target=locked, at=now, sha256=stored.sha256)


def stored_pdf(content: bytes, *, place: str, name: str, at: datetime) -> StoredFile:
    """The file kept at a place of its own: what a worker that died here left is written over."""
    stored = StoredFile(
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_at=at,
        scan_state=ScanState.OURS,
    )
    stored.file.storage.delete(place)
    stored.file.save(place, ContentFile(content), save=False)
    stored.save()
    return stored
