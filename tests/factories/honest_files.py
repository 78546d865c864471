"""Files as honest people send them: of every kind, by several programs, with what those add."""

import io
import random
import zipfile
from collections.abc import Iterator

import pikepdf
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from pikepdf import Array, Dictionary, Name
from PIL import Image, PngImagePlugin

from tests.factories.files import (
    JPEG,
    PNG,
    docx_parts,
    docx_with,
    opened,
    packed,
    pdf_of,
    rels_of,
    saved,
    segment,
    xlsx_of,
)

WORDS = ["hours", "wards", "schools", "£", "–", "“living", "wage”", "café", "Llŷn", "学校"]
LINK = ("hyperlink", "https://www.gov.uk/", "External")
FORMS = {
    "image": ("image", "media/image1.png"),
    "template": (
        "attachedTemplate",
        "file:///C:\\Users\\Sam%20Lee\\Templates\\Letter.dotx",
        "External",
    ),
    "picture on a disk": ("image", "file:///D:/pictures/logo.png", "External"),
    "letter": ("hyperlink", "mailto:sam@example.org", "External"),
}


def honest_files(count: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """So many files, each with its name; alike on every machine."""
    chance = random.Random(seed)
    makers = [("pdf", _pdf), ("png", _png), ("jpg", _jpeg), ("csv", _csv), ("docx", _docx)]
    makers += [("xlsx", _xlsx)]
    for number in range(count):
        ending, make = makers[number % len(makers)]
        name = f"{chance.choice(WORDS)} (v{number}), draft & final's copy.{ending}"
        yield name, make(chance)


def _line(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 30)))


def _pdf(chance: random.Random) -> bytes:
    lines = [f"Month {n}: {chance.random():.3f} hours" for n in range(chance.randint(1, 60))]
    content = pdf_of(*lines)
    way = chance.randrange(9)
    if way == 0:
        return chance.choice([b"\xef\xbb\xbf", b"\n", b"\r\n"]) + content + b"\r\n\0\0"
    if way == 1:
        again = content[content.rindex(b"trailer") :]
        return content + b"6 0 obj\n<< /Note (Signed) >>\nendobj\n" + again
    pdf = opened(content)
    page = pdf.pages[0]
    if way == 2:
        action = Dictionary(S=Name.URI, URI="https://www.gov.uk/guidance?x=/JS (script)")
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
        page.Annots = Array([pdf.make_indirect(link)])
    elif way == 3:
        box = Dictionary(
            FT=Name.Tx, T="Name", V="Re/Launch of /JavaScript club", Subtype=Name.Widget
        )
        pdf.Root.AcroForm = Dictionary(Fields=[pdf.make_indirect(box)])
    elif way == 4:
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))
        pdf.Root.OpenAction = Array([page.obj, Name.Fit])
    elif way == 5:
        with pdf.open_metadata() as told:
            told["dc:title"] = _line(chance)
    how: list[dict] = [
        {},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True},
        {"encryption": pikepdf.Encryption(user="", owner="printing only")},
    ]
    return saved(pdf, **chance.choice(how))


def _drawn(chance: random.Random, modes: tuple[str, ...]) -> Image.Image:
    size = (chance.randint(1, 90), chance.randint(1, 90))
    made = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    return made.convert(chance.choice(modes))


def _png(chance: random.Random) -> bytes:
    file, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Comment", _line(chance).encode("ascii", "replace").decode())
    told.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta><rdf:RDF/></x:xmpmeta>", zip=True)
    picture = _drawn(chance, ("L", "RGB", "RGBA", "P", "1", "I;16"))
    picture.save(file, "PNG", pnginfo=told, dpi=(96, 96), optimize=chance.random() < 0.3)
    return file.getvalue() + chance.choice([b"", b"", b"\n", b"\0" * 8])


def _jpeg(chance: random.Random) -> bytes:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "Telephone"
    picture = _drawn(chance, ("L", "RGB", "CMYK"))
    picture.save(
        file,
        "JPEG",
        quality=chance.randint(10, 95),
        progressive=chance.random() < 0.5,
        exif=exif.tobytes() + JPEG,
        restart_marker_rows=chance.choice([0, 1]),
    )
    content = file.getvalue()
    behind = [
        b"",
        b"\0" * 64 + JPEG,
        b"\0\0\0\x18ftypmp42" + chance.randbytes(400),
        b"\0\0\1\x0a\x0e\0\0\0Image_UTC_Data1600000000SEFHk\0\0\0SEFT",
    ]
    marked = content[:2] + segment(0xE2, b"MPF\0" + chance.randbytes(40)) + content[2:]
    return chance.choice([content, marked]) + chance.choice(behind)


def _csv(chance: random.Random) -> bytes:
    cells = [
        *("-5", "+44 1472 313131", '="00123"', "@schools", "- Call (free) 0800 | now", "12.5%"),
        *("=SUM(B2:B3)", "a < b, and c > d", "50%!", "'- note", "\u00a312"),
    ]
    apart = chance.choice([",", ";", "\t"])
    rows = [[_line(chance), *chance.choices(cells, k=4)] for _ in range(chance.randint(1, 30))]
    end = chance.choice(["\n", "\r\n"])
    text = end.join(apart.join(f'"{c}"' if "," in c else c for c in row) for row in rows) + end
    encoding = chance.choice(["utf-8", "utf-8-sig", "cp1252"])
    return text.encode(encoding, "replace")


def _docx(chance: random.Random) -> bytes:
    told = [LINK, *(FORMS[name] for name in chance.sample(sorted(FORMS), chance.randint(0, 4)))]
    parts: dict[str, bytes | str] = {
        "word/_rels/document.xml.rels": rels_of(*told),
        "word/media/image1.png": PNG,
        "customXml/item1.xml": "\ufeff<b:Sources xmlns:b='x'/>".encode("utf-16-le"),
        "docProps/thumbnail.jpeg": JPEG,
        "word/fonts/font1.odttf": b"\x01" + chance.randbytes(300),
        "word/styles.xml": f"<w:styles>{_line(chance)}</w:styles>",
    }
    if chance.random() < 0.4:
        parts["word/charts/_rels/chart1.xml.rels"] = rels_of(
            ("package", "../embeddings/Microsoft_Excel_Worksheet.xlsx")
        )
        parts["word/embeddings/Microsoft_Excel_Worksheet.xlsx"] = xlsx_of()
    if chance.random() < 0.3:
        parts["word/footer1.xml"] = (
            "<w:ftr><w:instrText xml:space='preserve'> PAGE </w:instrText>"
            '<w:instrText> HYPERLINK "https://example.org" </w:instrText></w:ftr>'
        )
    if chance.random() < 0.3:
        return _streamed({**docx_parts(), **parts})
    method = chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
    return docx_with(parts, method=method)


class _Pipe(io.RawIOBase):
    """What can only be written forwards: sizes then stand behind each part."""

    def __init__(self):
        super().__init__()
        self.written = bytearray()

    def writable(self):
        return True

    def write(self, content):
        self.written += content
        return len(content)


def _streamed(parts: dict[str, bytes | str]) -> bytes:
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return bytes(pipe.written)


def _xlsx(chance: random.Random) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in range(chance.randint(1, 40)):
        sheet.append([_line(chance), row, chance.random(), "=SUM(B1:B2)"])
    if chance.random() < 0.5:
        sheet["A1"].comment = Comment(_line(chance), "Sam Lee")
        sheet["A2"].hyperlink = "https://www.gov.uk/"
    if chance.random() < 0.4:
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3))
        sheet.add_chart(chart, "F2")
    file = io.BytesIO()
    book.save(file)
    if chance.random() < 0.3:
        return _with_a_link_to_a_neighbour(file.getvalue())
    return file.getvalue()


def _with_a_link_to_a_neighbour(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/externalLinks/externalLink1.xml"] = "<externalLink><externalBook/></externalLink>"
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = rels_of(
        ("externalLinkPath", "Book%202.xlsx", "External")
    )
    return packed(parts)
