"""The kinds of file we take. A name says what its content must be; the content proves it."""

from collections.abc import Callable
from dataclasses import dataclass

from records.accepting.archives import BEGINS as ARCHIVE
from records.accepting.comma_files import check_csv
from records.accepting.names import suffix_of
from records.accepting.office import DOCX, OLD_OFFICE, XLSX, check_docx, check_xlsx
from records.accepting.pdfs import BEGINS as PDF_BEGINS
from records.accepting.pdfs import check_pdf
from records.accepting.pictures import JPEG_BEGINS, PNG_BEGINS, check_jpeg, check_png
from records.accepting.polyglots import check_one_kind
from records.refusals import Unfit

KINDS = "PDF, Word (.docx), Excel (.xlsx), CSV, PNG or JPEG"
OTHERWISE = f"does not hold what its name says. Save it again as {KINDS}."
# Word and Excel put a document with a password, and one of before 2007, into the same box.
LOCKED_OR_OLD = (
    "is protected by a password or saved in an old format. Take the password off, and save it as "
    "Word (.docx) or Excel (.xlsx)."
)


@dataclass(frozen=True)
class Kind:
    """One kind of file: what is stored as its type, how it begins, and what else must be so."""

    content_type: str
    begins: bytes
    check: Callable[[bytes], None]


JPEG = Kind("image/jpeg", JPEG_BEGINS, check_jpeg)
ACCEPTED = {
    ".pdf": Kind("application/pdf", b"", check_pdf),
    ".png": Kind("image/png", PNG_BEGINS, check_png),
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".csv": Kind("text/csv", b"", check_csv),
    ".docx": Kind(DOCX, ARCHIVE, check_docx),
    ".xlsx": Kind(XLSX, ARCHIVE, check_xlsx),
}


def type_of(name: str, content: bytes) -> str:
    """The content type of a file that may be kept; what a browser says of it is not asked."""
    suffix = suffix_of(name)
    kind = ACCEPTED.get(suffix)
    if kind is None:
        raise Unfit(f"is not one of the kinds we take: {KINDS}.")
    if content.startswith(OLD_OFFICE):
        raise Unfit(LOCKED_OR_OLD)
    # Programs leave a mark or an empty line before a PDF.
    is_pdf = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(PDF_BEGINS)
    if not content.startswith(kind.begins) or is_pdf != (suffix == ".pdf"):
        raise Unfit(OTHERWISE)
    check_one_kind(content, suffix)
    kind.check(content)
    return kind.content_type
