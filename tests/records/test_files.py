"""Files are taken by what they hold, not by what they are called."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from records import files
from records.models import StoredFile
from tests.factories.accounts import LONG_AGO, UserFactory

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def office(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


DOCX = office("[Content_Types].xml", "word/document.xml")
XLSX = office("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("policy.pdf", PDF),
        ("photo.png", PNG),
        ("figures.csv", b"month,hours\nApril,12\n"),
        ("letter.docx", DOCX),
        ("table.xlsx", XLSX),
        ("LOUD.PDF", PDF),
    ],
)
def test_an_honest_file_is_taken(name, content):
    assert files.check(upload(name, content)) in files.ACCEPTED["." + name.lower().split(".")[-1]]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.pdf", PROGRAM),
        ("page.pdf", PAGE),
        ("page.csv", PAGE),
        ("program.exe", PROGRAM),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("noname", PDF),
        ("empty.pdf", b""),
        ("letter.docx", PDF),
        ("letter.docx", office("word/document.xml", "word/vbaProject.bin")),
        ("table.xlsx", DOCX),
        ("archive.docx", office("anything.txt")),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, content):
    with pytest.raises(files.FileRefused) as refusal:
        files.check(upload(name, content))

    assert str(refusal.value).startswith(name)


def test_a_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 10

    with pytest.raises(files.FileRefused):
        files.check(upload("policy.pdf", PDF))


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(files, "UNPACKED_MAX_BYTES", 3)

    with pytest.raises(files.FileRefused):
        files.check(upload("letter.docx", DOCX))


@pytest.mark.django_db
def test_a_kept_file_has_a_random_name_and_its_hash():
    person = UserFactory()

    stored = files.keep(upload=upload("../../etc/policy.pdf", PDF), by=person, at=LONG_AGO)

    kept = StoredFile.objects.get(pk=stored.pk)
    assert kept.name == "policy.pdf"
    assert "policy" not in kept.file.name
    assert len(kept.file.name) == 32
    assert (kept.size, kept.stored_by_id) == (len(PDF), person.pk)
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    with kept.file.open("rb") as content:
        assert content.read() == PDF


@pytest.mark.django_db
def test_a_file_is_served_only_as_a_download():
    stored = files.keep(upload=upload("policy.pdf", PDF), by=UserFactory(), at=LONG_AGO)

    response = files.as_download(stored)

    assert response["Content-Disposition"] == 'attachment; filename="policy.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(response.streaming_content) == PDF
    response.close()


def _of_an_unknown_version(archive: bytes) -> bytes:
    at = archive.index(b"PK\x01\x02") + 6
    return archive[:at] + b"\x63\x00" + archive[at + 2 :]


def _with_a_name_that_is_no_text(archive: bytes) -> bytes:
    at = archive.rindex("é".encode())
    return archive[:at] + b"\xff\xff" + archive[at + 2 :]


@pytest.mark.parametrize(
    "content",
    [
        _of_an_unknown_version(DOCX),
        _with_a_name_that_is_no_text(office("word/document.xml", "é.xml")),
        DOCX[:-30],
        b"PK\x05\x06" + b"\xff" * 18,
    ],
)
def test_a_spoilt_archive_is_refused_in_words(content):
    with pytest.raises(files.FileRefused, match="does not hold what its name says"):
        files.check(upload("letter.docx", content))
