"""The columns of a plan, and the words that may stand in them."""

from metrics.sheets.rows import Column
from tenders.choices import ContractKind, Suitability

SHEET, HELP_SHEET = "Plan", "How to fill this in"
BESIDE = (HELP_SHEET,)
KINDS = {value: value for value in ContractKind.values}
SUITABLE = {
    "suitable": Suitability.SUITABLE.value,
    "not suitable": Suitability.UNSUITABLE.value,
    "not decided": Suitability.UNDECIDED.value,
}
# Worked out for whoever reads the file; what a file says there is not read.
WORKED_OUT = ("band", "demand")
COLUMNS: tuple[Column, ...] = (
    Column(
        "reference",
        "Reference",
        "Leave it as it is: it tells which planned contract the row is, whatever its title. Empty "
        "for a new one.",
        False,
        16,
    ),
    Column("title", "Title", "At most 200 characters; each title once.", True, 44),
    Column("kind", "Kind", f"One of: {', '.join(KINDS)}.", True, 10),
    Column(
        "contract_value",
        "Value",
        "Pounds over the whole life of the contract, without VAT, for example 1250000.",
        True,
        14,
    ),
    Column("months", "Months", "How long the contract lasts, 1 to 600.", True, 9),
    Column(
        "begins_on",
        "Procurement begins",
        "A day of the year whose plan it is, for example 2027-01-15. The policy is asked for it.",
        True,
        18,
    ),
    Column(
        "responsible",
        "Responsible",
        "A post or a team, for example Housing procurement lead; no private person. Empty where "
        "nobody is yet.",
        False,
        28,
    ),
    Column(
        "target_groups",
        "Target groups",
        "Whom it could serve, for example care leavers. Several with semicolons between.",
        False,
        32,
    ),
    Column(
        "programmes",
        "Programmes",
        "Programmes of your own it could serve, for example apprenticeship hub. Several with "
        "semicolons between.",
        False,
        32,
    ),
    Column(
        "suitability",
        "Suits social value",
        f"One of: {', '.join(SUITABLE)}. Empty: not decided.",
        False,
        16,
    ),
    Column(
        "suitability_reason",
        "Why it suits or not",
        "Needed where it is not suitable.",
        False,
        40,
    ),
    Column(
        "charter",
        "Charter",
        "The code of the charter whose policy holds. Empty where your authority has one alone.",
        False,
        18,
    ),
    Column(
        "band",
        "Band",
        "Worked out from the policy when the file was made; nothing you write here is read.",
        False,
        28,
    ),
    Column(
        "demand",
        "What the policy will require",
        "Worked out from the policy when the file was made; nothing you write here is read.",
        False,
        60,
    ),
)
HEADINGS = {column.key: column.heading for column in COLUMNS if column.key not in WORKED_OUT}
NUMBERS = frozenset({"contract_value", "months"})
