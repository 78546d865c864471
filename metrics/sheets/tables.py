"""A file of rows as plain text, whatever it was saved as; what no cell may hold is marked."""

import re
import zipfile
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from design.fields import UNSTORABLE
from records import files

# Of these a spreadsheet program makes a formula when it opens a CSV file.
RUN_BY_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
MOST_COLUMNS = 200
LONGEST_TEXT = 30_000
MEGABYTE = 1024 * 1024
# No more than this is unpacked from one workbook, and no more than that of what openpyxl
# reads whole before the first row: its texts and formats.
UNPACKED_MAX_BYTES = 50 * MEGABYTE
READ_WHOLE_MAX_BYTES = 10 * MEGABYTE
READ_BY_ROW = ("xl/worksheets/", "xl/media/")
# A million empty elements pack into a few kilobytes, and each takes its time and memory.
READ_WHOLE_MOST_TAGS, MOST_TAGS = 200_000, 1_000_000
# openpyxl opens every sheet that is named, be it the same one each time.
SHEET_TAG, MOST_SHEETS = re.compile(rb"<(?:[\w.-]+:)?sheet[\s/>]"), 200
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
PLACES, DIGITS = 9, 15


@dataclass(frozen=True)
class Spoilt:
    """A cell that cannot be taken, and why."""

    words: str


Cell = str | Spoilt


@dataclass(frozen=True)
class Line:
    """One row under the headings, with its number in the file."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """The headings, the rows, and what whoever sent the file should know about its reading."""

    headings: tuple[Cell, ...]
    lines: tuple[Line, ...]
    merged: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Text as it is kept and compared: one kind of newline, no space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def taken(text: str) -> Cell:
    """A cell's text, unless it holds what cannot be stored or printed."""
    text = clean(text)
    if UNSTORABLE.search(text):
        return Spoilt("it holds a character that cannot be printed. Type the text anew.")
    if len(text) > LONGEST_TEXT:
        return Spoilt(f"it has {len(text):,} characters. At most {LONGEST_TEXT:,} fit.")
    return text


def is_encrypted_or_old(upload: UploadedFile) -> bool:
    """Whether this is the kind of file that Excel used before .xlsx, and for passwords."""
    upload.seek(0)
    begins = upload.read(8)
    upload.seek(0)
    return begins == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_kind(upload: UploadedFile) -> str:
    """The kind of a file that may be read here; refuses by content, not by name."""
    name = upload.name or ""
    suffix = files.suffix_of(name)
    if suffix == ".xlsm":
        raise files.FileRefused(f"{name} may hold macros. Save it as an Excel workbook (.xlsx).")
    if suffix not in {".xlsx", ".csv"}:
        raise files.FileRefused(f"{name} is no Excel workbook (.xlsx) and no CSV file. Save it so.")
    files.check_size(upload)
    # Any text is sound CSV until its cells are read, also one that quotes a web page.
    if suffix == ".xlsx":
        _check_workbook(upload)
    return suffix


def _check_workbook(upload: UploadedFile) -> None:
    name = upload.name
    if is_encrypted_or_old(upload):
        raise files.FileRefused(
            f"{name} is protected by a password or saved in an old format. Take the password "
            "off and save it as an Excel workbook (.xlsx)."
        )
    entries = files.packed_in(upload)
    if any(one.filename.lower().endswith("vbaproject.bin") for one in entries):
        raise files.FileRefused(
            f"{name} holds macros. Save it as an Excel workbook (.xlsx) without them."
        )
    whole = sum(one.file_size for one in entries if not one.filename.startswith(READ_BY_ROW))
    if whole > READ_WHOLE_MAX_BYTES or sum(one.file_size for one in entries) > UNPACKED_MAX_BYTES:
        raise files.FileRefused(
            f"{name} holds too much to be read. Send the rows that are meant alone, without "
            "pictures and other sheets."
        )
    if _is_crowded(upload):
        raise files.FileRefused(
            f"{name} holds more cells, formats or sheets than can be read. Copy the rows that are "
            "meant into a new workbook and send that."
        )
    try:
        files.check(upload)
    except files.FileRefused as refusal:
        words = str(refusal).replace(files.KINDS, "an Excel workbook (.xlsx) or a CSV file")
        raise files.FileRefused(words) from None


def _is_crowded(upload: UploadedFile) -> bool:
    """Whether so much is marked up in a workbook, or so oddly, that reading it takes minutes."""
    tags = {True: 0, False: 0}
    sheets = 0
    try:
        with zipfile.ZipFile(upload) as archive:
            for entry in archive.infolist():
                part = archive.read(entry)
                is_read_by_row = entry.filename.startswith(READ_BY_ROW)
                tags[is_read_by_row] += part.count(b"<")
                if not is_read_by_row:
                    sheets += len(SHEET_TAG.findall(part))
                if part.startswith(UTF_16):
                    return True
    # What cannot be unpacked is refused as what it is.
    except files.SPOILT_ARCHIVE:
        return False
    finally:
        upload.seek(0)
    return (
        tags[False] > READ_WHOLE_MOST_TAGS or sum(tags.values()) > MOST_TAGS or sheets > MOST_SHEETS
    )
