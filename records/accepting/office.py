"""Word and Excel: no macros, nothing enclosed, nothing fetched from elsewhere.

A charged file of these kinds runs a macro, carries a program as an object, or fetches one when
it is opened. Fetching also tells its sender who opened the file, and when; and what is fetched
later was not there when the file was received. So all that is refused, but for what honest files
hold: a link to click, the data of a chart as a workbook, a template on the writer's own disk.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from records.accepting import archives
from records.accepting.archives import SPOILT, TOO_MUCH, Budget, Part, parts_of
from records.refusals import Unfit

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What the part that all others hang on says of itself.
MAIN = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX}
TYPES = "[content_types].xml"
MACROS = "holds macros. Save it without them, as Word document (.docx) or Excel workbook (.xlsx)."
ENCLOSED = (
    "holds an enclosed object. Send what is enclosed as a file of its own, and this one without it."
)
REACHES = (
    "fetches something from another computer when it is opened. Put it into the file itself, or "
    "break the link, and save the file again."
)
NOT_OFFICE = "does not hold what its name says. Save it again as Word (.docx) or Excel (.xlsx)."
# In a part's declared type or in a relationship's.
SAY_MACROS = re.compile(r"macro|vbaproject|vbadata|activex|/control$|keymapcustom|attachedtoolbars")
HOLDS_MACROS = re.compile(r"vbaproject|macrosheets/|activex/")
SAY_ENCLOSED = re.compile(r"oleobject|afchunk|/subdocument$")
SAY_FETCHED = re.compile(r"(?:spreadsheetml\.|/)connections")
PACKAGE, LINK = "/package", "/hyperlink"
# The data of a chart.
ENCLOSED_BOOK = re.compile(r"^(?:word|xl)/embeddings/[^/]+\.(?:xlsx|docx)$")
# "C:\templates\letter.dotx", or a file beside this one: nothing leaves the reader's computer.
ON_OWN_DISK = re.compile(r"(?:file:/*)?[a-z]:[\\/]|(?![\\/]{2}|[a-z][a-z0-9+.-]+:)", re.IGNORECASE)
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!", b"%PDF-", b"Rar!", b"7z\xbc\xaf")
OLD_OFFICE, ARCHIVE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
ENTITIES = re.compile(rb"<\0?!\0?(?:E\0?N\0?T\0?I\0?T\0?Y|D\0?O\0?C\0?T\0?Y\0?P\0?E)")
READ_WHOLE_MAX_BYTES = 20 * 1024 * 1024
# A field of Word may be written in many pieces; DDE starts a program.
FIELD_PIECE = re.compile(
    rb"<(?:\w+:)?instrText[^<>]*>([^<]*)|\w:instr=\"([^\"]*)\"|\w:instr='([^']*)'"
)
FIELD_STARTS = re.compile(rb"\bDDE(?:AUTO)?\b")
FIELD_FETCHES = re.compile(
    rb"\bINCLUDE(?:PICTURE|TEXT)\s*(?:\"|&quot;)?\s*(?:https?:|ftp:|\\\\)", re.IGNORECASE
)
DEEPEST = 2


@dataclass(frozen=True)
class Enclosing:
    """Where one is: within how many files, and how much may still be unpacked."""

    budget: Budget
    deep: int = 0


def check_docx(content: bytes) -> None:
    """Refuse what is no Word document, or holds what one should not."""
    _check_file(content, DOCX)


def check_xlsx(content: bytes) -> None:
    """Refuse what is no Excel workbook, or holds what one should not."""
    _check_file(content, XLSX)


def _check_file(content: bytes, promised: str) -> None:
    if _check(content, Enclosing(Budget(archives.UNPACKED_MAX_BYTES))) != promised:
        raise Unfit(NOT_OFFICE)


def _check(content: bytes, where: Enclosing) -> str:
    found = None
    for part in parts_of(content):
        name = part.name.lower()
        if HOLDS_MACROS.search(name):
            raise Unfit(MACROS)
        if name == TYPES:
            found = _check_types(_whole(part, where))
        elif name.endswith(".rels"):
            _check_relationships(_whole(part, where))
        elif ENCLOSED_BOOK.match(name):
            _check_enclosed(_whole(part, where), where)
        elif name.startswith("word/") and name.endswith(".xml"):
            _check_fields(_whole(part, where))
        else:
            _check_other(part, where)
    if found is None:
        raise Unfit(NOT_OFFICE)
    return found


def _whole(part: Part, where: Enclosing) -> bytes:
    if part.size > READ_WHOLE_MAX_BYTES:
        raise Unfit(TOO_MUCH)
    budget = Budget(min(READ_WHOLE_MAX_BYTES, where.budget.left))
    content = b"".join(part.pieces(budget))
    where.budget.spend(len(content))
    if part.name.lower().endswith((".xml", ".rels")) and ENTITIES.search(content):
        raise Unfit(SPOILT)
    return content


def _check_types(content: bytes) -> str | None:
    """Whether it is Word or Excel is said by the type of the part that others hang on."""
    found = set()
    for one in _elements(content):
        declared = one.get("ContentType", "")
        _check_kind(declared.lower())
        if declared in MAIN:
            found.add(MAIN[declared])
    return found.pop() if len(found) == 1 else None


def _check_kind(kind: str) -> None:
    if SAY_MACROS.search(kind):
        raise Unfit(MACROS)
    if SAY_ENCLOSED.search(kind):
        raise Unfit(ENCLOSED)
    if SAY_FETCHED.search(kind):
        raise Unfit(REACHES)


def _check_relationships(content: bytes) -> None:
    for one in _elements(content):
        kind = one.get("Type", "").lower()
        target = unquote(one.get("Target", "")).strip()
        _check_kind(kind)
        if kind.endswith(PACKAGE) and not target.lower().endswith((".xlsx", ".docx")):
            raise Unfit(ENCLOSED)
        is_outside = one.get("TargetMode", "").lower() == "external"
        if is_outside and not kind.endswith(LINK) and not ON_OWN_DISK.match(target):
            raise Unfit(REACHES)


def _elements(content: bytes) -> list[Element]:
    try:
        return list(fromstring(content, forbid_dtd=True))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Unfit(SPOILT) from None


def _check_enclosed(content: bytes, where: Enclosing) -> None:
    """The data of a chart is a workbook of its own, and is looked through like the file itself."""
    if where.deep >= DEEPEST:
        raise Unfit(TOO_MUCH)
    _check(content, Enclosing(where.budget, where.deep + 1))


def _check_fields(content: bytes) -> None:
    pieces = FIELD_PIECE.findall(content)
    fields = b"".join(one for pair in pieces for one in pair)
    if FIELD_STARTS.search(fields):
        raise Unfit(MACROS)
    if FIELD_FETCHES.search(fields):
        raise Unfit(REACHES)


def _check_other(part: Part, where: Enclosing) -> None:
    """Pictures, sheets, fonts: no program by another name, and no exploding text."""
    name, tail = part.name.lower(), b""
    for piece in part.pieces(where.budget):
        if not tail and piece.startswith((OLD_OFFICE, ARCHIVE, *PROGRAMS)):
            raise Unfit(MACROS if piece.startswith(OLD_OFFICE) else ENCLOSED)
        seen = tail + piece
        if name.endswith(".xml") and ENTITIES.search(seen):
            raise Unfit(SPOILT)
        if name.startswith("xl/externallinks/") and (b"<ddeLink" in seen or b":ddeLink" in seen):
            raise Unfit(MACROS)
        tail = seen[-40:]
