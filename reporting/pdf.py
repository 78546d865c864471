"""A report as an accessible PDF: the same snapshot and partials as the page."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string

from design import paper
from reporting.document import document_of
from reporting.models import Report


def draw(report: Report, convert: Callable[[str], bytes] = paper.pdf) -> bytes:
    """Draw a report whose figures are frozen."""
    context = {
        "report": report,
        "document": document_of(report.figures),
        "authority_name": report.figures["authority"],
        "site": settings.SITE_URL,
    }
    return convert(render_to_string("reporting/print.html", context))
