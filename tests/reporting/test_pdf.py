"""The paper: the same numbers as the page and the snapshot, and readable by a screen reader."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from io import BytesIO

import pikepdf
import pypdf
import pytest
from django.conf import settings
from django.urls import reverse

from accounts.roles import Role
from reporting.building import build
from reporting.document import document_of
from tests.factories.accounts import person_in
from tests.factories.reporting import ReportFactory, authority_with_a_year, file_of

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"£?\d[\d,]*(?:\.\d+)?%?")


@pytest.fixture
def report():
    report = ReportFactory(authority=authority_with_a_year())
    build(report.pk, tell=lambda *_: None)
    report.refresh_from_db()
    return report


@pytest.fixture
def drawn(report):
    return file_of(report)


class TablesAndFigures(HTMLParser):
    """The words of every table cell, picture and headline figure of a page."""

    WANTED = {"td", "th", "text", "dd", "dt", "li", "caption"}

    def __init__(self):
        super().__init__()
        self.depth, self.found, self.hidden = 0, [], False

    def handle_starttag(self, tag, attrs):
        self.hidden = "govuk-visually-hidden" in (dict(attrs).get("class") or "")
        if tag in self.WANTED:
            self.depth += 1
            self.found.append("")

    def handle_endtag(self, tag):
        self.hidden = False
        if tag in self.WANTED:
            self.depth -= 1

    def handle_data(self, data):
        if self.depth and not self.hidden:
            self.found[-1] += f" {data}"


def numbers_in(words: str) -> set[str]:
    return set(NUMBER.findall(words))


def squeezed(words: str) -> str:
    """Without spaces and hyphens: a line of a PDF may break anywhere."""
    return re.sub(r"[\s\u00ad-]", "", words)


def pdf_words(drawn: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(drawn)).pages
    return " ".join(page.extract_text() for page in pages)


def page_words(client, report) -> list[str]:
    client.force_login(person_in(report.authority, Role.BOARD))
    reader = TablesAndFigures()
    content = client.get(reverse("reporting:report", args=[report.pk])).content.decode()
    reader.feed(content[content.index("Five figures") : content.index("</main>")])
    return [words for words in map(str.strip, reader.found) if words]


def snapshot_words(report) -> list[str]:
    """Every number of the snapshot in the words in which it is printed."""
    document = document_of(report.figures)
    found = [one["words"] for one in document.five]
    for one in document.procurements.rows:
        found += [one["value"], one["chosen"], one["effective"], *map(str, one["metrics"])]
    for quadrant in document.quadrants:
        for row in quadrant["rows"]:
            found += [row["committed"], row["new"], str(row["contracts"])]
    for one in document.delivery.rows:
        found += [one[stage] for stage in ("committed", "due", "claimed", "accepted")]
    for one in document.contracts.rows:
        found += [one["price"], str(one["promises"]), str(one["on_track"]), str(one["behind"])]
    charts = [document.weights, document.commitments, *document.delivered]
    for chart in charts:
        found += [cell for row in chart.rows for cell in row]
    return found


def test_every_number_of_the_snapshot_is_on_the_page_and_in_the_pdf(client, report, drawn):
    on_page = squeezed(" ".join(page_words(client, report)))
    in_pdf = squeezed(pdf_words(drawn))

    missing = [
        words
        for words in snapshot_words(report)
        if squeezed(words) not in on_page or squeezed(words) not in in_pdf
    ]
    assert missing == []


def test_every_cell_of_the_page_is_in_the_pdf(client, report, drawn):
    in_pdf = squeezed(pdf_words(drawn))

    assert [one for one in page_words(client, report) if squeezed(one) not in in_pdf] == []


def test_the_page_holds_no_number_that_the_pdf_does_not(client, report, drawn):
    on_page = numbers_in(" ".join(page_words(client, report)))

    assert on_page - numbers_in(pdf_words(drawn)) == set()


def test_the_snapshot_alone_is_drawn(client, report):
    """Page and paper are unmoved by what happens after the figures were frozen."""
    before = page_words(client, report)
    report.authority.name = "Another name"
    report.authority.save()
    for contract in report.authority.tenders.get(contracts__isnull=False).bids.all():
        contract.supplier.name = "Renamed Ltd"
        contract.supplier.save()

    assert page_words(client, report) == before


def test_the_pdf_is_tagged_titled_and_in_english(report, drawn):
    with pikepdf.open(BytesIO(drawn)) as document:
        root = document.Root
        metadata = document.open_metadata()
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked) is True
        assert root.StructTreeRoot.K is not None
        assert bool(root.ViewerPreferences.DisplayDocTitle) is True
        assert str(document.docinfo.Title) == (
            f"Social value report April 2026 to March 2027: {report.authority.name}"
        )
        assert metadata["pdfuaid:part"] == "1"


def tagged(drawn: bytes) -> list:
    with pikepdf.open(BytesIO(drawn)) as document:
        return [
            (
                str(item.get("/S")),
                str(item.get("/Alt", "")),
                str((item.get("/A") or {}).get("/Scope", "")) if "/A" in item else "",
            )
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/S" in item and "/P" in item
        ]


def test_every_head_cell_says_what_it_heads(drawn):
    heads = [scope for kind, _, scope in tagged(drawn) if kind == "/TH"]

    assert len(heads) > 20
    assert set(heads) == {"/Column", "/Row"}


def test_every_picture_says_what_it_shows(report, drawn):
    document = document_of(report.figures)
    (charter,) = document.charters
    pictures = [
        document.beforehand.progress,
        document.weights,
        document.commitments,
        *document.delivered,
    ]
    pictures += [charter["principles_chart"], charter["targets_chart"]]

    said = [alt for kind, alt, _ in tagged(drawn) if kind == "/Figure"]

    assert said == [picture.title for picture in pictures]


def test_headings_are_headings(drawn):
    kinds = {kind for kind, _, _ in tagged(drawn)}

    assert {"/H1", "/H2", "/H3", "/Table", "/L", "/P", "/Link"} <= kinds


def test_words_of_people_are_never_markup_in_the_pdf(report, drawn):
    assert "Stafford Borough <Trial>" in re.sub(r"\s+", " ", pdf_words(drawn))


def test_links_lead_to_the_site_or_within_the_paper(drawn):
    with pikepdf.open(BytesIO(drawn)) as document:
        outward = {
            str(item["/A"]["/URI"])
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary)
            and item.get("/Subtype") == "/Link"
            and "/URI" in item.get("/A", {})
        }

    assert outward
    assert all(link.startswith(f"{settings.SITE_URL}/") for link in outward)


def test_a_web_worker_never_imports_the_converter():
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings';"
        "import config.wsgi; from django.urls import get_resolver; get_resolver().url_patterns;"
        "import reporting.tasks, reporting.views;"
        "sys.exit('weasyprint' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=False)

    assert run.returncode == 0
