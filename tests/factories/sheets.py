"""Spreadsheets for tests, as people send them."""

import csv
import io
from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from metrics.sheets.columns import COLUMNS, HEADINGS


def as_upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def comma_file(rows: Sequence[Sequence[str]], name: str = "metrics.csv") -> SimpleUploadedFile:
    """Rows exactly as given, with commas between."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return as_upload(name, file.getvalue().encode())


def workbook_of(rows: Sequence[Sequence], title: str = "Metrics") -> Workbook:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    return book


def saved(book: Workbook, name: str = "metrics.xlsx") -> SimpleUploadedFile:
    file = io.BytesIO()
    book.save(file)
    return as_upload(name, file.getvalue())


def workbook(rows: Sequence[Sequence], name: str = "metrics.xlsx") -> SimpleUploadedFile:
    return saved(workbook_of(rows), name)


def metric_cells(**cells: str) -> dict[str, str]:
    """A sound row: hours with a fixed target, unless told otherwise; keys with a dot as a__b."""
    usual = {
        "number": "1",
        "principle": "P1",
        "short_title": "School visits",
        "wording": "Number of hours given to schools",
        "answered_by": "bidders",
        "target_text": "At least 36 hours",
        "evidence_text": "Testimonials from schools",
        "part1.label": "Hours planned",
        "part1.unit": "hours",
        "part1.kind": "a fixed number",
        "part1.amount": "36",
    }
    return {**usual, **{key.replace("__", "."): text for key, text in cells.items()}}


def metric_rows(*rows: dict[str, str], without: Sequence[str] = ()) -> list[list[str]]:
    """Headings and rows of the catalogue, all columns but those left out."""
    keys = [column.key for column in COLUMNS if column.key not in without]
    return [[HEADINGS[key] for key in keys], *[[row.get(key, "") for key in keys] for row in rows]]
