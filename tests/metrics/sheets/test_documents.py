"""The page on spreadsheets names every column, with what goes in, and can be followed."""

import re
from textwrap import dedent

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from metrics.sheets import columns, proxy_values
from metrics.sheets.catalogue import Known, read_metrics
from metrics.sheets.rows import read_table

PAGE = (settings.BASE_DIR / "docs" / "spreadsheets.md").read_text()
# The plan's own columns are held to the page where they are read.
TEXT = PAGE.partition("## The procurement plan")[0]


def row_of(column) -> str:
    return f"| {column.heading} | {'yes' if column.needed else ''} | {column.note} |"


def test_every_column_is_told_as_the_page_of_the_product_tells_it():
    repeated = ("Part 2", "Part 3")
    ours = [one for one in columns.COLUMNS if not one.heading.startswith(repeated)]

    told = [line for line in TEXT.splitlines() if line.startswith("| ")]

    headings = "| Column | Needed | What goes in |"
    assert [line for line in told if line != headings] == [
        row_of(one) for one in (*ours, *proxy_values.COLUMNS)
    ]


def test_the_row_that_the_page_shows_is_a_metric():
    shown = dedent(re.search(r"(?:^    .+\n)+", TEXT, re.MULTILINE)[0])
    upload = SimpleUploadedFile("metrics.csv", shown.encode())

    table = read_table(upload, sheet=columns.SHEET, most_rows=10)
    (metric,) = read_metrics(table, Known(principles={"ES1": "ES1"}, held={}))

    assert metric["measure"] == {"id": "m26", "target": {"kind": "absolute", "value": "36"}}


def test_each_kind_of_target_is_told_with_what_it_needs():
    headings = {key: columns.HEADINGS[f"part1.{key}"] for key in columns.PART_KEYS}
    names = {key: heading.removeprefix("Part 1: ") for key, heading in headings.items()}

    told = dict(re.findall(r"^- (.+?): ([^;\n]+)(?:; .+)?$", TEXT, re.MULTILINE))

    needed = {
        word: ", ".join(names[key] for key in columns.ASKS[kind][0])
        for word, kind in columns.KINDS.items()
    }
    needed["not set yet"] = "nothing, and ?? stands in the target as printed"
    assert {word: told[word] for word in needed} == needed
