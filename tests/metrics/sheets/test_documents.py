"""The page on spreadsheets names every column, with what goes in."""

from django.conf import settings

from metrics.sheets import columns, proxy_values

TEXT = (settings.BASE_DIR / "docs" / "spreadsheets.md").read_text()


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
