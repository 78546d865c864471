"""Charts: exact places, values in words, a table that says the same."""

import xml.etree.ElementTree as ET
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template.loader import render_to_string

from design import charts, samples
from design.drawing import NAMES, across, label, share

SVG = "{http://www.w3.org/2000/svg}"


def picture(chart) -> ET.Element:
    """The drawn SVG, parsed: it must be well formed on its own."""
    return ET.fromstring(render_to_string("design/charts/picture.svg", {"chart": chart}))


@pytest.mark.parametrize("chart", samples.pictures(), ids=lambda chart: chart.title)
def test_every_chart_names_and_describes_itself(chart):
    svg = picture(chart)

    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert (title.text, desc.text) == (chart.title, chart.description)
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


@pytest.mark.parametrize("chart", samples.pictures(), ids=lambda chart: chart.title)
def test_no_chart_needs_an_inline_style(chart):
    drawn = render_to_string("design/charts/figure.html", {"chart": chart, "heading": True})

    assert "style=" not in drawn
    assert {key.colour for key in chart.keys} <= set(NAMES.values())


@pytest.mark.parametrize("chart", samples.pictures(), ids=lambda chart: chart.title)
def test_every_chart_has_a_table_as_wide_as_its_head(chart):
    assert {len(row) for row in chart.rows} == {len(chart.head)}


def test_stacked_bars_lie_end_to_end():
    chart = charts.stacked_bars(
        title="t",
        description="d",
        series=["Price", "Quality"],
        rows=[("A", [Decimal("30"), Decimal("12.5")])],
    )

    parts = [(rect.x, rect.width) for rect in chart.rects]
    assert parts == [("0%", "100%"), ("0%", "30%"), ("30%", "12.5%")]
    assert [words.text for words in chart.words] == ["A", "42.5", "30", "12.5"]
    assert chart.rows == [["A", "30", "12.5", "42.5"]]


def test_a_value_too_small_for_its_part_stands_beside_the_bar():
    chart = charts.stacked_bars(
        title="t", description="d", series=["P", "Q"], rows=[("A", [30, Decimal("1.25")])]
    )

    assert [words.x for words in chart.words if words.text == "1.25"] == ["32.25%"]


def test_an_unknown_value_is_said_and_not_drawn():
    chart = charts.bars(title="t", description="d", series=["2026"], rows=[("A", [None])])

    assert chart.rects == []
    assert chart.rows == [["A", "not known"]]


def test_a_bar_leaves_room_for_the_words_after_it():
    series = ["In use", "In the charter"]
    chart = charts.bars(title="t", description="d", series=series, rows=[("A", [3, 4])])

    # 18 letters need 53.12% of the narrowest phone.
    assert chart.words[-1].text == "4 (In the charter)"
    assert chart.rects[-1].width == "46.88%"


def test_a_lone_series_uses_most_of_the_width():
    chart = charts.bars(title="t", description="d", series=["2026"], rows=[("A", [4])])

    assert chart.rects[0].width == "70%"


@pytest.mark.parametrize(
    ("aside", "lines", "end"),
    [
        ("36 of 39 FTE", ["1 Local people", "employed for a year or", "more"], "100%"),
        ("190 of 200 full-time people", ["1 Local people employed for a year", "or more"], "0%"),
    ],
)
def test_a_long_name_does_not_run_into_the_words_at_its_end(aside, lines, end):
    words, _ = label("1 Local people employed for a year or more", aside, 0)

    assert [one.text for one in words] == [*lines, aside]
    assert words[-1].x == end
    assert (words[-1].y > words[-2].y) is (end == "0%")


def test_the_band_numbers_each_winner_once():
    chart = charts.winner_band(
        title="t",
        description="d",
        published=10,
        spans=[("A", 0, 20), ("B", 20, 60), ("A", 60, 100)],
    )

    assert [key.text for key in chart.keys] == ["1  A", "2  B"]
    assert [(rect.x, rect.width) for rect in chart.rects] == [
        ("0%", "20%"),
        ("20%", "40%"),
        ("60%", "40%"),
    ]
    assert {(line.x1, line.x2) for line in chart.lines} == {("10%", "10%")}


def test_equal_marks_are_stacked_not_hidden():
    chart = charts.dot_plot(
        title="t", description="d", maximum=5, rows=[charts.Marks("A", [3, 3, 4], agreed=3)]
    )

    assert len({(dot.x, dot.y) for dot in chart.dots if dot.fill != "none"}) == 3
    assert chart.rows == [["A", "3, 3, 4", "3"]]


def test_a_bullet_says_how_far_behind_it_is():
    chart = charts.bullet_bars(
        title="t", description="d", rows=[charts.Bullet("A", 20, 10, 9, 6, "people")]
    )

    assert [words.text for words in chart.words] == [
        "A",
        "6 of 20 people",
        "due 10, claimed 9, 4 behind",
    ]


def test_nothing_of_nothing_is_an_empty_bar():
    chart = charts.progress(title="t", description="d", done=0, total=0)

    assert [rect.width for rect in chart.rects] == ["100%", "0%"]


def test_places_are_exact_to_the_hundredth():
    assert across(Fraction(1, 3)) == "33.33%"
    assert across(Fraction(1, 2), 3, 97) == "50%"
    assert share(5, 4) == 1
    assert share(Fraction(-1), 4) == 0


def test_the_same_chart_has_the_same_id_and_another_has_not():
    one, same, other = (
        charts.progress(title="t", description="d", done=done, total=9) for done in (1, 1, 2)
    )

    assert one.id == same.id != other.id
