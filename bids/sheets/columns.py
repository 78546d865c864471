"""The columns of each sheet of a bid, and the sheet that says how to fill them in."""

from bids.sheets.slots import Sheet
from metrics.sheets.rows import Column

HELP_SHEET = "How to use this file"
# Which form of workbook this is: one of an older form is refused.
FORM = "1"
FORM_ROW, BID_ROW = "Form of this file", "Belongs to"
REFERENCE = Column(
    "reference", "Reference", "Leave it as it is: it tells which row this is.", True, 14
)
NUMBER = Column(
    "number",
    "Your number",
    "A plain number, for example 1250 or 12.5. 0 is an answer. Empty: not answered.",
    True,
    16,
)
TEXT = Column(
    "text", "Your answer", "Plain text. A new line within a cell: Alt and Enter.", True, 80
)
WHAT = Column("what", "What is counted", "", False, 44)
UNIT = Column("unit", "Unit", "", False, 16)
QUESTION = Column("question", "Question", "", False, 32)
COLUMNS: dict[Sheet, tuple[Column, ...]] = {
    Sheet.NUMBERS: (REFERENCE, WHAT, UNIT, NUMBER),
    Sheet.COMMITMENTS: (
        REFERENCE,
        QUESTION,
        Column("target", "Target", "", False, 44),
        WHAT,
        UNIT,
        NUMBER,
        Column("evidence", "Evidence expected", "", False, 44),
    ),
    Sheet.ANSWERS: (
        REFERENCE,
        QUESTION,
        Column("asks", "What is asked", "", False, 60),
        Column("words", "Most words", "", False, 10),
        TEXT,
    ),
    Sheet.PRICE: (REFERENCE, WHAT, UNIT, NUMBER),
}
# The columns that a bidder fills in.
FILLED_IN = frozenset({NUMBER.key, TEXT.key})
HEADINGS = {column.key: column.heading for column in (NUMBER, TEXT)}
