"""What the winner returns in the demo, and what the contract manager says of it."""

from datetime import datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

import delivery.actions as delivering
from demo import cast
from demo.calendar import Calendar
from demo.cast import user
from demo.past import told_at

# What the supplier reported of each commitment, and what the contract manager said.
FIRST_RETURN = {
    "m1": ("36", "Thirty-six of our people live in the area.", "accept"),
    "m9_hours": ("140", "Hedges and two ponds.", "accept"),
    "m9_budget": ("600", "Plants and tools.", "accept"),
    "m13": ("190000", "Timber, kitchens, scaffolding.", "accept"),
    "m19": ("1", "One plumber has begun.", "accept"),
    "m5": ("14", "Three schools visited.", "accept"),
}
SECOND_RETURN = {
    "m9_hours": ("160", "Verges along the canal.", "accept"),
    "m13": ("175000", "Timber and scaffolding.", None),
    "m5": ("12", "Two schools, with a day on site.", "The sign-in sheet of one visit is missing."),
}


def deliver(contract, days: Calendar) -> None:
    """Two periods of two months are returned; one line waits and one is queried."""
    for number, lines in enumerate((FIRST_RETURN, SECOND_RETURN)):
        began = -130 + 60 * number
        with told_at(days.noon(began + 63)) as now:
            sent = delivering.send_return(
                contract=contract,
                period_from=days.day(began),
                period_to=days.day(began + 59),
                lines=_lines(contract, lines),
                by=user(cast.WINNER),
                at=now,
            )
        with told_at(days.noon(began + 66)) as now:
            _check(sent, lines, now)


def _lines(contract, lines) -> list[dict]:
    promises = {promise.quantity_id: promise for promise in contract.promises.all()}
    return [
        {
            "promise": promises[quantity_id],
            "quantity": Decimal(quantity),
            "narrative": words,
            "upload": letter(f"evidence-{quantity_id}.pdf"),
        }
        for quantity_id, (quantity, words, _) in lines.items()
    ]


def _check(sent, lines, now: datetime) -> None:
    manager = {"by": user(cast.CONTRACT_MANAGER), "at": now}
    for line in sent.lines.select_related("promise"):
        verdict = lines[line.promise.quantity_id][2]
        if verdict == "accept":
            delivering.accept_line(line=line, **manager)
        elif verdict:
            delivering.query_line(line=line, reason=verdict, **manager)


def letter(name: str) -> SimpleUploadedFile:
    """A small, honest PDF to stand for a piece of evidence."""
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
    return SimpleUploadedFile(name, body, content_type="application/pdf")
