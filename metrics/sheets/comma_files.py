"""CSV files to tables of text."""

import csv
import io
import re

from django.core.files.uploadedfile import UploadedFile

from metrics.sheets.problems import Unreadable
from metrics.sheets.tables import (
    MOST_COLUMNS,
    NUMBER,
    RUN_BY_A_SPREADSHEET,
    Cell,
    Line,
    Spoilt,
    Table,
    taken,
)

SAVE_AS = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)”."
# What begins with a sign and is run by nothing: defusedcsv leaves these as they are.
HARMLESS = re.compile(r"-[0-9,.]+")
# What stands after the apostrophe that our own export puts before a text.
KEPT_FROM_RUNNING = (*RUN_BY_A_SPREADSHEET, "|", "%", "\\|", "\n", "'")


def read_csv(upload: UploadedFile, *, most_rows: int) -> Table:
    """The headings and the rows that hold something."""
    text = _decoded(upload)
    lines: list[Line] = []
    headings: tuple[Cell, ...] = ()
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            if len(row) > MOST_COLUMNS and (number == 1 or any(row)):
                raise Unreadable(f"{upload.name} has more than {MOST_COLUMNS} columns.")
            if number == 1:
                _check_commas(upload, row)
                headings = tuple([_cell(one) for one in row])
            elif any(one.strip() for one in row):
                lines.append(Line(number, tuple([_cell(one) for one in row])))
            if len(lines) > most_rows:
                raise Unreadable(too_many(upload.name, most_rows))
    except csv.Error as error:
        raise Unreadable(f"{upload.name} is not sound CSV: {error}. {SAVE_AS}") from None
    return Table(headings, tuple(lines))


def too_many(name: str, most_rows: int) -> str:
    """The refusal of a file that is too long."""
    return (
        f"{name} has more than {most_rows:,} rows under its headings. Leave out the rows that "
        "are not meant."
    )


def _decoded(upload: UploadedFile) -> str:
    upload.seek(0)
    content = upload.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{upload.name} is saved as UTF-16, not as UTF-8. {SAVE_AS}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            f"{upload.name} is not saved as UTF-8: line {line} holds a letter or a sign, such "
            f"as £, in another encoding. {SAVE_AS}"
        ) from None


def _check_commas(upload: UploadedFile, row: list[str]) -> None:
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(row) == 1 and sign in row[0]:
            raise Unreadable(f"{upload.name} has {name} between its columns, not commas. {SAVE_AS}")


def _cell(text: str) -> Cell:
    if text.startswith("'") and text[1:].startswith(KEPT_FROM_RUNNING):
        return taken(_unescaped(text))
    is_number = NUMBER.fullmatch(text.strip()) or HARMLESS.fullmatch(text)
    if text.startswith(RUN_BY_A_SPREADSHEET) and not is_number:
        sign = {"\t": "a tab", "\r": "a carriage return"}.get(text[0], f"“{text[0]}”")
        return Spoilt(
            f"it begins with {sign}, so a spreadsheet program would run it as a formula. "
            "Begin it with a letter or a digit, or put an apostrophe (') before it."
        )
    return taken(text)


def _unescaped(text: str) -> str:
    """The text that was kept from running, as it was."""
    bare = text[1:]
    # defusedcsv marks every bar of a text that it escapes.
    is_theirs = bare.startswith(("=", "+", "-", "@", "%", "\\|"))
    return bare.replace("\\|", "|") if is_theirs else bare
