"""A page that extends layouts/print.html, as an accessible PDF."""

from functools import cache
from io import BytesIO
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

# No such host: what a page names is read from our own static files or not at all.
BASE = "https://static.invalid/"
PRINT_FLAG = 4


def pdf(html: str) -> bytes:
    """The page as a tagged PDF/UA-1 file, the same bytes each time for the same page."""
    from weasyprint import HTML  # slow to import, and only workers need it

    drawn = HTML(string=html, base_url=BASE, url_fetcher=static_fetcher()).write_pdf(
        pdf_variant="pdf/ua-1"
    )
    return finished(drawn)


def static_fetcher():
    """Opens our static files, and refuses every other address a page may name."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class StaticFilesOnly(URLFetcher):
        def fetch(self, url, headers=None):
            path = static_path(url)
            kind = guess_type(path.name)[0] or "application/octet-stream"
            content = unpacked(path) if path.suffix == ".woff2" else path.read_bytes()
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return StaticFilesOnly()


@cache
def unpacked(font: Path) -> bytes:
    """A packed font as the converter would unpack it: once for a process, not for each page."""
    from weasyprint.text.fonts import woff2

    out = BytesIO()
    woff2.decompress(BytesIO(font.read_bytes()), out)
    return out.getvalue()


def static_path(url: str) -> Path:
    """The file on disk that a static address names."""
    parts = urlsplit(url)
    prefix = urlsplit(settings.STATIC_URL).path
    if parts.hostname != "static.invalid" or not parts.path.startswith(prefix):
        raise ValueError(f"a printed page may not read {url}")
    name = unquote(parts.path.removeprefix(prefix))
    return Path(finders.find(name) or staticfiles_storage.path(name))


def finished(drawn: bytes) -> bytes:
    """Adds the two marks PDF/UA asks for that the converter leaves out."""
    with pikepdf.open(BytesIO(drawn)) as document:
        for item in document.objects:
            if not isinstance(item, pikepdf.Dictionary):
                continue
            if item.get("/S") == "/TH":
                name_scope(item)
            if item.get("/Subtype") == "/Link":
                item["/F"] = int(item.get("/F", 0)) | PRINT_FLAG
        out = BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def name_scope(head: pikepdf.Dictionary) -> None:
    """Says whether a head cell heads its column or its row."""
    attributes = head.get("/A", pikepdf.Dictionary(O=pikepdf.Name.Table))
    if "/Scope" in attributes:
        return
    section = head["/P"]["/P"].get("/S")
    attributes["/Scope"] = pikepdf.Name.Column if section == "/THead" else pikepdf.Name.Row
    head["/A"] = attributes
