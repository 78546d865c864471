"""PDF from print pages."""

from io import BytesIO

import pikepdf
import pypdf
import pytest
from django.template import engines

from design import paper, samples

PAGE = """{% extends "layouts/print.html" %}{% load charts %}
{% block title %}Letter{% endblock %}
{% block content %}<h1>Letter to Ŵyn</h1><p><a href="https://example.com/">A link</a></p>
{% for picture in pictures %}{% chart picture %}{% chart_table picture %}{% endfor %}
{% endblock %}"""


@pytest.fixture(scope="module")
def letter() -> bytes:
    html = engines["django"].from_string(PAGE).render({"pictures": samples.pictures()[:2]})
    return paper.pdf(html)


def test_the_words_can_be_read_back(letter):
    text = pypdf.PdfReader(BytesIO(letter)).pages[0].extract_text()

    assert "Letter to Ŵyn" in text
    assert "Page 1 of" in text


def test_every_picture_has_its_alternative(letter):
    with pikepdf.open(BytesIO(letter)) as document:
        alternatives = [
            str(item.get("/Alt"))
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]

    assert alternatives == ["Scores", "Who would win at another weight"]


def test_every_head_cell_says_what_it_heads(letter):
    with pikepdf.open(BytesIO(letter)) as document:
        scopes = {
            str(item["/A"]["/Scope"])
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
        }

    assert scopes == {"/Column", "/Row"}


def test_the_same_page_gives_the_same_bytes():
    assert paper.pdf("<title>t</title><h1>t</h1>") == paper.pdf("<title>t</title><h1>t</h1>")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "https://example.com/x.css", "https://static.invalid/x.css"]
)
def test_a_page_may_read_only_our_static_files(url):
    with pytest.raises(ValueError, match="a printed page may not read"):
        paper.static_path(url)
