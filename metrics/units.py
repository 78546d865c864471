"""The units a metric may count in, and what is assumed of time; a slip of the pen in a
spreadsheet is told from a new unit."""

from fractions import Fraction

from design.numbers import pounds, said

# As printed after a number; "£" stands before it.
UNITS = (
    "£",
    "%",
    "people",
    "employees",
    "FTE",
    "apprenticeships",
    "traineeships",
    "placements",
    "qualifications",
    "training opportunities",
    "hours",
    "days",
    "weeks",
    "months",
    "years",
    "miles",
    "kWh",
    "litres",
    "kilograms",
    "metric tonnes",
    "MTCDE",
    "square metres",
    "trees",
    "homes",
    "companies",
    "contracts",
    "organisations",
    "suppliers",
    "schools",
    "events",
    "activities",
)
# Those that count people, whole or in full-time equivalents.
PEOPLE = frozenset({"people", "employees", "FTE", "apprenticeships", "traineeships", "placements"})
# The hours one person works in a year and in a day: assumptions of those who wrote Tenth,
# UNSOURCED, shown wherever they are used.
HOURS_A_YEAR = Fraction(1636)
HOURS_A_DAY = Fraction(15, 2)
# How many hours one of these is.
OF_TIME = {"hours": Fraction(1), "days": HOURS_A_DAY}
# Bases that grow with the length of the contract: what rests on them is for all of it.
WHOLE_CONTRACT = frozenset({"months", "years", "contract_value", "price", "contract_costs"})


def with_unit(amount: Fraction, unit: str, places: int | None = None) -> str:
    """£1,250; 75%; 1 week; 36 hours; rounded only if `places` says so, money to the penny."""
    if unit == "£":
        return pounds(amount)
    if unit == "%":
        return f"{said(amount, places)}%"
    return f"{said(amount, places)} {_one_of(unit) if amount == 1 else unit}".rstrip()


def _one_of(unit: str) -> str:
    if unit == "people":
        return "person"
    return f"{unit[:-3]}y" if unit.endswith("ies") else unit.removesuffix("s")
