"""Hostile files of every family are refused in words, within bounds; honest ones are taken."""

import time
import tracemalloc
import zlib

import pytest

from records import files
from records.accepting import archives, kinds, pdfs
from records.accepting.kinds import ACCEPTED, type_of
from records.accepting.names import safe_name, suffix_of
from records.accepting.pdf_reader import found_in
from records.refusals import Unfit
from tests.factories.files import PDF, as_upload, docx_with
from tests.factories.honest_files import honest_files
from tests.records.hostile_files import HOSTILE, lying_bomb, pdf_with_object_stream, zeros


def is_taken(name, content):
    try:
        type_of(name, content)
    except Unfit:
        return False
    return True


@pytest.mark.parametrize(
    ("name", "content", "words"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE]
)
def test_a_hostile_file_is_refused_in_words(name, content, words):
    with pytest.raises(files.FileRefused) as refusal:
        files.check(as_upload(name, content))

    assert str(refusal.value).startswith(f"{name} ")
    assert words in str(refusal.value)
    assert str(refusal.value).endswith(".")


def test_honest_files_of_every_kind_are_taken(monkeypatch):
    # In this process: a reader of its own for each PDF would take a minute.
    monkeypatch.setattr(pdfs, "_read", lambda content: pdfs.FOUND[found_in(content)])
    corpus = list(honest_files(240))

    refused = [name for name, content in corpus if not is_taken(name, content)]

    assert {suffix_of(name) for name, _ in corpus} == set(ACCEPTED) - {".jpeg"}
    assert len(refused) <= len(corpus) * 0.005


def test_twin_a_portal_that_goes_by_the_name_takes_them(monkeypatch):
    """The planted fault: content is not looked at."""
    by_name = {ending: kinds.Kind(one.content_type, b"", bool) for ending, one in ACCEPTED.items()}
    monkeypatch.setattr(kinds, "ACCEPTED", by_name)
    monkeypatch.setattr(kinds, "check_one_kind", lambda content, suffix: None)

    taken = [name for _, name, content, _ in HOSTILE if is_taken(name, content)]

    assert len(taken) > len(HOSTILE) / 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("policy.pdf", "policy.pdf"),
        ("../../etc/policy.pdf", "policy.pdf"),
        ("..\\..\\windows\\policy.pdf", "policy.pdf"),
        ("Smith & Sons' policy, v2 (final).pdf", "Smith & Sons' policy, v2 (final).pdf"),
        ("cafe\u0301 Llŷn 学校.pdf", "café Llŷn 学校.pdf"),
        ("annual\u202efdp.exe.pdf", "annualfdp_exe.pdf"),
        ("in\0voice\r\n\x1b.pdf", "invoice.pdf"),
        ("zero\u200bwidth\ufeff.pdf", "zerowidth.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1.report.pdf", "_lpt1.report.pdf"),
        ("contract.pdf", "contract.pdf"),
        ("invoice.exe.pdf", "invoice_exe.pdf"),
        ("page.html.js.pdf", "page_html_js.pdf"),
        ("minutes 2026.05.04.pdf", "minutes 2026.05.04.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        (".htaccess", "htaccess"),
        ("policy.pdf. ", "policy.pdf"),
        ("...", "file"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_readable_and_harmless(given, kept):
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    "name", ["policy.pdf.exe", "policy.pdf\u202eexe.", "policy", "pdf", ".pdf"]
)
def test_the_last_ending_is_what_counts(name):
    with pytest.raises(Unfit, match="not one of the kinds"):
        type_of(safe_name(name), PDF)


@pytest.mark.parametrize("claimed", ["text/html", "image/svg+xml", "", "application/x-msdownload"])
def test_what_a_browser_says_of_a_file_is_not_asked(claimed):
    upload = as_upload("policy.pdf", PDF)
    upload.content_type = claimed

    assert files.facts_of(upload).content_type == "application/pdf"


def test_a_file_over_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = len(PDF) - 1

    with pytest.raises(files.FileRefused, match="larger than"):
        files.check(as_upload("policy.pdf", PDF))


def test_a_bomb_is_stopped_as_soon_as_it_is_over_the_cap():
    content = lying_bomb()
    tracemalloc.start()
    assert not is_taken("bomb.docx", content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 30 * 1024 * 1024


def test_an_archive_within_an_archive_shares_its_cap(monkeypatch):
    monkeypatch.setattr(archives, "UNPACKED_MAX_BYTES", 150_000)
    inner = docx_with({"word/media/a.bin": bytes(100_000)})

    assert is_taken("a.docx", inner)
    assert not is_taken(
        "a.docx", docx_with({"word/embeddings/a.docx": inner, "word/embeddings/b.docx": inner})
    )


def test_a_pdf_that_takes_too_long_to_read_is_refused(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(pdfs, "READER", slow)
    monkeypatch.setattr(pdfs, "SECONDS", 0.2)
    began = time.monotonic()

    with pytest.raises(Unfit, match="too intricate"):
        type_of("policy.pdf", PDF + b"\n")

    assert time.monotonic() - began < 5


def test_a_reader_that_is_killed_refuses_the_file(monkeypatch, tmp_path):
    killed = tmp_path / "killed.py"
    killed.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(pdfs, "READER", killed)

    with pytest.raises(Unfit, match="too intricate"):
        type_of("policy.pdf", PDF + b"\n\n")


def test_a_pdf_whose_list_of_objects_explodes_is_refused_within_bounds():
    began = time.monotonic()

    with pytest.raises(Unfit, match="spoilt"):
        type_of("policy.pdf", pdf_with_object_stream(zeros(1000)))

    assert time.monotonic() - began < 10


def test_a_script_within_packed_objects_is_found():
    with pytest.raises(Unfit, match="script"):
        type_of("policy.pdf", pdf_with_object_stream(zlib.compress(b"5 0 << /JS (x) >>")))


def test_the_reader_knows_nothing_of_the_site(monkeypatch, tmp_path):
    told = tmp_path / "told.py"
    told.write_text(
        "import os, sys\nsys.stdout.write('runs' if 'SECRET_KEY' in os.environ else 'sound')\n"
    )
    monkeypatch.setattr(pdfs, "READER", told)
    monkeypatch.setenv("SECRET_KEY", "known to the site alone")

    assert is_taken("policy.pdf", PDF + b"\r\n")
