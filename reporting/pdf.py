"""A report as an accessible PDF: the same snapshot and partials as the page."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string

from design import paper as on_paper
from reporting.document import document_of
from reporting.models import ApprovalPaper, Report
from reporting.paper_blocks import shown


def draw(report: Report, convert: Callable[[str], bytes] = on_paper.pdf) -> bytes:
    """Draw a report whose figures are frozen."""
    context = {
        "report": report,
        "document": document_of(report.figures),
        "authority_name": report.figures["authority"],
        "site": settings.SITE_URL,
    }
    return convert(render_to_string("reporting/print.html", context))


def draw_paper(paper: ApprovalPaper, convert: Callable[[str], bytes] = on_paper.pdf) -> bytes:
    """Draw an approval paper from its frozen content."""
    context = {"content": shown(paper.snapshot), "authority_name": paper.snapshot["authority"]}
    return convert(render_to_string("reporting/papers/print.html", context))
