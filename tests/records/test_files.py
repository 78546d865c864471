"""Files are kept under random names and served as downloads; sealed ones tell nothing."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from records import files
from records.models import ScanState, StoredFile
from records.refusals import FileHeld
from tests.factories.accounts import LONG_AGO, UserFactory
from tests.factories.files import DOCX, JPEG, PDF, PNG, XLSX, as_upload, docx_with

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("policy.pdf", PDF, "application/pdf"),
        ("LOUD.PDF", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.jpg", JPEG, "image/jpeg"),
        ("photo.jpeg", JPEG, "image/jpeg"),
        ("figures.csv", b"month,hours\nApril,12\n", "text/csv"),
        ("letter.docx", DOCX, WORD),
        ("table.xlsx", XLSX, EXCEL),
    ],
)
def test_an_honest_file_is_taken(name, content, content_type):
    assert files.check(as_upload(name, content)) == content_type


def test_the_facts_of_a_file_are_of_what_was_sent():
    facts = files.facts_of(as_upload("../our policy.pdf", PDF))

    assert facts == files.Facts(
        name="our policy.pdf",
        content_type="application/pdf",
        size=len(PDF),
        sha256=hashlib.sha256(PDF).hexdigest(),
    )


def test_a_file_that_lies_on_the_disk_is_read_from_its_beginning():
    upload = TemporaryUploadedFile("policy.pdf", "application/pdf", len(PDF), None)
    upload.write(PDF)

    assert files.facts_of(upload).sha256 == hashlib.sha256(PDF).hexdigest()
    assert upload.read() == PDF


@pytest.mark.django_db
def test_a_kept_file_has_a_random_name_and_its_hash():
    person = UserFactory()

    stored = files.keep(upload=as_upload("../../etc/policy.pdf", PDF), by=person, at=LONG_AGO)

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
    stored = files.keep(upload=as_upload("policy.pdf", PDF), by=UserFactory(), at=LONG_AGO)

    response = files.as_download(stored)

    assert response["Content-Disposition"] == 'attachment; filename="policy.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(response.streaming_content) == PDF
    response.close()


@pytest.mark.django_db
def test_a_sealed_file_is_stored_without_a_word_of_what_it_is():
    sealed = b"\x8f\x02 not to be read"

    stored = files.keep_sealed(content=sealed, scan=ScanState.CLEAN, by=UserFactory(), at=LONG_AGO)

    kept = StoredFile.objects.get(pk=stored.pk)
    assert (kept.name, kept.content_type) == ("sealed", "application/octet-stream")
    assert (kept.size, kept.sha256) == (len(sealed), hashlib.sha256(sealed).hexdigest())
    assert (kept.scan_state, kept.scanned_at) == (ScanState.CLEAN, LONG_AGO)
    assert len(kept.file.name) == 32
    with kept.file.open("rb") as content:
        assert content.read() == sealed


@pytest.mark.django_db
def test_what_was_unsealed_is_served_like_any_other_file():
    facts = files.facts_of(as_upload("policy.pdf", PDF))
    stored = files.keep_sealed(
        content=b"sealed", scan=ScanState.CLEAN, by=UserFactory(), at=LONG_AGO
    )

    response = files.sealed_download(content=PDF, facts=facts, stored=stored)

    assert response["Content-Disposition"] == 'attachment; filename="policy.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(response.streaming_content) == PDF
    StoredFile.objects.filter(pk=stored.pk).update(scan_state=ScanState.WAITING)
    stored.refresh_from_db()
    with pytest.raises(FileHeld):
        files.sealed_download(content=PDF, facts=facts, stored=stored)


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
        _with_a_name_that_is_no_text(docx_with({"word/é.xml": "<x/>"})),
        DOCX[:-30],
        b"PK\x03\x04" + DOCX[4:40] + b"PK\x05\x06" + b"\xff" * 18,
    ],
)
def test_a_spoilt_archive_is_refused_in_words(content):
    with pytest.raises(files.FileRefused, match="is spoilt. Open it, save it again"):
        files.check(as_upload("letter.docx", content))


def test_an_archive_that_cannot_be_listed_lists_nothing():
    assert files.packed_in(SimpleUploadedFile("letter.docx", DOCX[:-30])) == []
