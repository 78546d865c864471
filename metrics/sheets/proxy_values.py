"""A sheet of proxy values: what one unit of a measure is said to be worth, in pounds."""

from dataclasses import dataclass
from decimal import Decimal

from metrics.sheets.problems import Problems
from metrics.sheets.rows import Column, rows_of
from metrics.sheets.tables import Table

SHEET = "Values"
MOST_ROWS = 5000
COLUMNS = (
    Column("reference", "Reference", "What the set calls the measure.", True),
    Column("title", "Title", "The measure in words.", True),
    Column("unit", "Unit", "What one of it is.", True),
    Column("value", "Value", "Pounds for one unit, exactly.", True),
    Column("note", "Note", "Anything that must be known to use it."),
)


@dataclass(frozen=True)
class Value:
    """One line of a set."""

    reference: str
    title: str
    unit: str
    amount: Decimal
    note: str


def read_values(table: Table) -> list[Value]:
    """Every value of the sheet; refuses all of it if anything is wrong."""
    problems = Problems()
    found: dict[str, int] = {}
    values = []
    for row in rows_of(table, COLUMNS, problems):
        reference = row.line("reference", most=40, needed=True)
        if reference in found:
            row.refuse("reference", f"“{reference}” is in row {found[reference]} too.")
        elif reference:
            found[reference] = row.number
        values.append(
            Value(
                reference=reference,
                title=row.text("title", most=1000, needed=True),
                unit=row.line("unit", most=100, needed=True),
                amount=Decimal(row.digits("value", sign="£", needed=True) or "0"),
                note=row.text("note", most=2000) if "note" in row.cells else "",
            )
        )
    if not values and not problems.count:
        problems.add(2, "", "there is no value under the headings. Write one in each row.")
    problems.refuse_any()
    return values
