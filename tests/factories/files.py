"""Files for tests, made by hand: small ones that are what they say, and the parts of others."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def as_upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf_of(*lines: str) -> bytes:
    """A PDF written by hand, so that it costs nothing: one page that says these lines."""
    said = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td 14 TL {said}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n" % (size, table)
    made += b"<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, made.index(b"xref\n"))
    return bytes(made)


PDF = pdf_of("Method statement")


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    file = io.BytesIO()
    pdf.save(file, **how)
    return file.getvalue()


def opened(content: bytes = PDF) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def chunk(kind: bytes, content: bytes) -> bytes:
    said = kind + content
    return struct.pack(">I", len(content)) + said + struct.pack(">I", zlib.crc32(said))


def png_of(width: int = 4, height: int = 3, *, before: bytes = b"", bits: bytes = b"") -> bytes:
    rows = bits or (b"\0" + b"\x80\x20\xff" * min(width, 64)) * min(height, 64)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + before
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PNG = png_of()


def segment(kind: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, kind, len(content) + 2) + content


def jpeg_of(
    width: int = 4, height: int = 3, *, before: bytes = b"", scan: bytes = b"\x12\xff\x00\x34"
) -> bytes:
    """The frame of a JPEG; what its scan draws matters to nobody who does not draw it."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + before
        + segment(0xDB, b"\0" + b"\x10" * 64)
        + segment(0xC0, frame)
        + segment(0xC4, b"\0" + b"\1" * 16 + b"\2" * 16)
        + segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + scan
        + b"\xff\xd9"
    )


JPEG = jpeg_of()


def types_of(main: str, kind: str, *more: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{kind}"/>{"".join(more)}</Types>'
    )


def rels_of(*each: tuple[str, str] | tuple[str, str, str]) -> str:
    """Relationships: their kind, their target, and whether that is External."""
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONSHIPS}/{one[0]}" Target="{one[1]}"'
        + (f' TargetMode="{one[2]}"/>' if len(one) > 2 else "/>")
        for number, one in enumerate(each)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inside}</Relationships>'


def packed(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx_parts(main: str = "word/document.xml", kind: str = WORD) -> dict[str, bytes | str]:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return {
        "[Content_Types].xml": types_of(main, kind),
        "_rels/.rels": rels_of(("officeDocument", main)),
        main: f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>Method statement</w:t>'
        "</w:r></w:p></w:body></w:document>",
    }


def docx_with(parts: Mapping[str, bytes | str] | None = None, **how: int) -> bytes:
    return packed({**docx_parts(), **(parts or {})}, **how)


DOCX = docx_with()


def xlsx_of(rows: int = 3) -> bytes:
    book = Workbook()
    for number in range(rows):
        book.active.append([f"Month {number}", number, -number, "=SUM(B1:B2)"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


XLSX = xlsx_of()
