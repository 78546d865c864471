"""Received bids as one tidy table, for the officer and the chair once they are open.

One row for each number that a bid commits to or states, and one for each answer in words.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook

from bids.documents import answer_to, blind_alternative, words_in
from bids.drafts import (
    TRACK_RECORD,
    bases_asked,
    criteria_of,
    quantities_asked,
    track_record_asked,
)
from bids.models import Bid, Submission
from bids.sheets.slots import fits_in_a_cell
from design.numbers import plain_digits
from metrics.sheets.cells import shown
from metrics.sheets.rows import Column
from metrics.sheets.writing import csv_of, saved, write_rows
from tenders.models import Criterion, Tender

SHEET = "Received"
TOO_LONG = "(Too long for a cell of a workbook. Read it on the site, or in the JSON file.)"
COLUMNS = (
    Column("company", "Company", "", True, 32),
    Column("receipt", "Receipt", "", True, 20),
    Column("version", "Version", "", True, 9),
    Column("received_at", "Received (UTC)", "", True, 26),
    Column("code", "Question code", "", True, 14),
    Column("question", "Question", "", True, 32),
    Column("kind", "What this row is", "", True, 22),
    Column("what", "What is counted", "", True, 44),
    Column("unit", "Unit", "", True, 14),
    Column("number", "Number", "", True, 16),
    Column("text", "Text", "", True, 80),
)
BLANK = {column.key: "" for column in COLUMNS}
NUMBERS = frozenset({"version", "number"})


def rows_of(tender: Tender, bids: Iterable[Bid], *, with_prices: bool) -> list[dict[str, str]]:
    """Every row of these bids, which have been received and opened."""
    criteria = criteria_of(tender)
    return [row for bid in bids for row in _rows(tender, bid, criteria, with_price=with_prices)]


def as_csv(rows: Iterable[dict[str, str]]) -> bytes:
    return csv_of(COLUMNS, map(_plain, rows))


def as_workbook(rows: Iterable[dict[str, str]]) -> bytes:
    book = Workbook()
    in_cells = (_plain({**row, "text": _cell(row["text"])}) for row in rows)
    write_rows(book.active, SHEET, COLUMNS, in_cells, numbers=NUMBERS, offered={})
    return saved(book)


def as_json(tender: Tender, rows: Sequence[dict[str, str]], made_at: datetime) -> bytes:
    """The same rows by the keys of their columns; numbers are text, so that they stay exact."""
    told = {
        "tender": tender.reference,
        "title": tender.title,
        "made_at": made_at.isoformat(),
        "columns": {column.key: column.heading for column in COLUMNS},
        "rows": rows,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _rows(
    tender: Tender, bid: Bid, criteria: Sequence[Criterion], *, with_price: bool
) -> Iterator[dict[str, str]]:
    received = bid.last_received
    assert received is not None
    whose = {
        **BLANK,
        "company": bid.supplier.name,
        "receipt": received.receipt_number,
        "version": str(received.version),
        "received_at": received.received_at.isoformat(),
    }
    if with_price:
        said = {"kind": "price", "what": tender.words.price_label, "unit": "£"}
        yield {**whose, **said, "number": plain_digits(received.price)}
    for base in bases_asked(criteria):
        if number := received.document["bases"].get(base.id):
            said = {"kind": "number stated", "what": base.label, "unit": base.unit}
            yield {**whose, **said, "number": _digits(number)}
    for criterion in criteria:
        about = {**whose, "code": criterion.code, "question": criterion.title}
        yield from _of_answer(criterion, received, about)


def _of_answer(
    criterion: Criterion, received: Submission, about: dict[str, str]
) -> Iterator[dict[str, str]]:
    answer = answer_to(received.document, criterion.code)
    if answer is None:
        return
    given = (
        ("commitment", quantities_asked(criterion), answer["quantities"]),
        ("done before", track_record_asked(criterion), answer.get(TRACK_RECORD, {})),
    )
    for kind, asked, numbers in given:
        for one in asked:
            if one.id in numbers:
                said = {"kind": kind, "what": one.label, "unit": one.unit}
                yield {**about, **said, "number": _digits(numbers[one.id])}
    counted = {"number": str(words_in(answer["text"])), "unit": "words"}
    yield {**about, "kind": "answer", **counted, "text": answer["text"]}
    for part, said_of_it in blind_alternative(answer).items():
        yield {**about, "kind": "measure of its own", "what": part, "text": said_of_it}
    for file in answer["files"]:
        yield {**about, "kind": "file", "what": file["name"], "text": file["sha256"]}


def _digits(number: str) -> str:
    return plain_digits(Decimal(number))


def _plain(row: dict[str, str]) -> dict[str, str]:
    return {key: shown(text) for key, text in row.items()}


def _cell(text: str) -> str:
    return text if fits_in_a_cell(shown(text)) else TOO_LONG
