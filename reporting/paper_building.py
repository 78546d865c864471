"""How an approval paper's file is made: drawn from what was frozen when it was asked for."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from records import audit
from records.clock import database_time
from reporting import pdf
from reporting.building import Tell, stored_pdf
from reporting.models import ApprovalPaper


def build_paper(
    paper_id: UUID, *, tell: Tell, draw: Callable[[ApprovalPaper], bytes] = pdf.draw_paper
) -> None:
    """Draw the paper of this id and keep its file; the first of two workers to finish is kept."""
    paper = ApprovalPaper.objects.get(pk=paper_id)
    if paper.is_ready:
        return
    tell(30, "Drawing the pages")
    content = draw(paper)
    tell(90, "Keeping the file")
    _keep(paper, content)


@transaction.atomic
def _keep(paper: ApprovalPaper, content: bytes) -> None:
    locked = ApprovalPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if locked.is_ready:
        return
    now = database_time()
    name = f"approval-paper-{paper.snapshot['reference']}-{paper.edits}.pdf"
    locked.pdf = stored_pdf(content, place=f"paper-{paper.pk}.pdf", name=name, at=now)
    locked.save(update_fields=["pdf"])
    about = {"paper": locked.pk, "sha256": locked.pdf.sha256}
    audit.record(verb="tender.paper_made", by=None, target=locked.tender, at=now, **about)
