"""The columns of the catalogue, and the words that may stand in them."""

from metrics.models import AnsweredBy
from metrics.parts import ALL, ANY, MOST_PARTS
from metrics.sheets.rows import Column

SHEET, BASES_SHEET, HELP_SHEET = "Metrics", "Bases", "How to fill this in"
BESIDE = (BASES_SHEET, HELP_SHEET)
ANSWERS = {
    "authority": AnsweredBy.POLICY.value,
    "bidders": AnsweredBy.PROCUREMENT.value,
    "both": AnsweredBy.BOTH.value,
}
KINDS = {
    "a fixed number": "absolute",
    "a share of something": "share",
    "so many for every so many": "ratio",
    "so many each month or year": "period",
    "not set yet": "undetermined",
}
# What each kind of target must say besides itself, and what it may say.
ASKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "absolute": (("amount",), ("later",)),
    "share": (("amount", "base"), ("later",)),
    "ratio": (("amount", "base", "per"), ("rounding", "years", "later")),
    "period": (("amount", "base"), ("later",)),
    "undetermined": ((), ()),
}
DIRECTIONS = {"more is better": "higher", "less is better": "lower"}
ROUNDINGS = {
    "full blocks only": "floor",
    "part blocks count as full": "ceil",
    "in proportion": "pro_rata",
}
AS_IT_IS = "kept as it is"
JOINS = {"any of them": ANY, "all of them": ALL, AS_IT_IS: AS_IT_IS}
GIVERS = {"bidder": "bidder", "authority": "authority"}
CONCERNS = {"the bidder": "bidder", "those counted": "counted"}
PART_KEYS = (
    "label",
    "unit",
    "direction",
    "kind",
    "amount",
    "base",
    "per",
    "rounding",
    "years",
    "later",
)


def part_key(part: int, key: str) -> str:
    """How a column of a part is called in code."""
    return f"part{part}.{key}"


def _part_columns(part: int) -> list[Column]:
    def column(key: str, heading: str, note: str, width: int = 18) -> Column:
        is_needed = part == 1 and key in ("label", "unit", "kind", "amount", "base")
        return Column(part_key(part, key), f"Part {part}: {heading}", note, is_needed, width)

    return [
        column("label", "what is counted", "What is counted, in words.", 40),
        column(
            "unit",
            "unit",
            "What it is counted in, for example hours. The workbook lists the units.",
            14,
        ),
        column("direction", "direction", f"One of: {', '.join(DIRECTIONS)}. Empty: the first."),
        column("kind", "kind of target", f"One of: {', '.join(KINDS)}."),
        column("amount", "amount", "A plain number, for example 36 or 12.5; 90 for 90%.", 10),
        column(
            "base",
            "base",
            "What the target is a share of, or is worked out from: its name, its unit and who "
            "gives the number (bidder or authority), with semicolons between, for example "
            "“People employed on the contract; people; bidder”. The name alone is enough for "
            "one that is listed on the sheet “Bases”.",
            40,
        ),
        column("per", "for every", "For “so many for every so many”: how many of the base.", 10),
        column("rounding", "part blocks", f"One of: {', '.join(ROUNDINGS)}. Empty: in proportion."),
        column(
            "years",
            "times",
            "For “so many for every so many” that is asked for each year: the base that says how "
            "many years, written like any base.",
            40,
        ),
        column(
            "later",
            "later steps",
            "Another amount from a day on: “2030-01-01: 100”. Several with semicolons between.",
            24,
        ),
    ]


COLUMNS: tuple[Column, ...] = (
    Column("number", "Number", "A whole number of its own for each metric.", True, 9),
    Column("principle", "Principle", "The code of a principle of this charter.", True, 10),
    Column("short_title", "Short title", "At most 100 characters.", True, 32),
    Column("wording", "Wording", "The metric word for word.", True, 60),
    Column("answered_by", "Who answers", f"One of: {', '.join(ANSWERS)}.", True, 12),
    Column(
        "target_text",
        "Target as printed",
        "The target word for word. Print ?? where a number is not set yet.",
        True,
        40,
    ),
    Column("evidence_text", "Evidence", "What shows it. Empty where nothing is asked.", True, 40),
    Column("source", "Source", "Where the metric comes from.", False, 40),
    Column("geography", "Where it counts", "The place, for example “LEP postcodes”.", False, 24),
    Column(
        "geography_definition",
        "What that place is",
        "How somebody checks whether an address is inside it.",
        False,
        40,
    ),
    Column("applies.words", "Applies to", "Only those of a certain size, in words.", False, 30),
    Column("applies.who", "Applies to: whose size", f"One of: {', '.join(CONCERNS)}.", False, 16),
    Column("applies.at_least", "Applies to: at least", "A plain number.", False, 10),
    Column("applies.unit", "Applies to: unit", "What the size is counted in.", False, 14),
    Column("track.label", "Track record", "What was done before, in words.", False, 40),
    Column("track.unit", "Track record: unit", "What it is counted in.", False, 14),
    Column("track.months", "Track record: months", "Over how many months.", False, 10),
    Column(
        "overlaps",
        "Overlaps",
        "The numbers of metrics under which the same activity could be counted again, with "
        "semicolons between, in the rows of both.",
        False,
        14,
    ),
    Column(
        "join",
        "How the parts join",
        "With several parts: any of them (the one best met counts) or all of them (the one "
        f"least met counts). “{AS_IT_IS}” stands for a target that no row can hold: it stays.",
        False,
        16,
    ),
    *[column for part in range(1, MOST_PARTS + 1) for column in _part_columns(part)],
)
HEADINGS = {column.key: column.heading for column in COLUMNS}
# Whose cells hold numbers, so that a workbook keeps them as numbers.
NUMBERS = frozenset(
    {
        "number",
        "applies.at_least",
        "track.months",
        *[part_key(part, key) for part in range(1, MOST_PARTS + 1) for key in ("amount", "per")],
    }
)
