"""CSV: text that can be read, and no formula that starts a program or calls out."""

import re

from records.refusals import Unfit

BINARY = "is not text, so it is no CSV file. Save the table again as CSV UTF-8."
BEGINS_AS_SOMETHING_ELSE = ("<", "%PDF-", "%!PS", "{\\rtf", "#!", "PK\x03\x04", "GIF8", "MZ")
NEVER_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
APART = re.compile(r"[,;\t\r\n]")
# "=cmd|'/C calc'!A0" starts a program; the functions fetch from, or send to, another computer.
STARTS_A_FORMULA = ("=", "+", "-", "@")
CALLS = (
    r"(?:webservice|hyperlink|import(?:xml|data|html|feed|range)|image|dde|call|register(?:\.id)?"
    r"|exec|rtd)\("
)
CALLS_ANYWHERE = re.compile(rf"\b{CALLS}", re.IGNORECASE)
CALLS_AT_ONCE = re.compile(rf"[=+\-@]{CALLS}", re.IGNORECASE)


def check_csv(content: bytes) -> None:
    """Refuse what is no table of text, or does more than hold values."""
    text = _text_of(content)
    if text.lstrip("\ufeff \t\r\n").startswith(BEGINS_AS_SOMETHING_ELSE):
        raise Unfit("begins as another kind of file. Save the table again as CSV UTF-8.")
    for piece in APART.split(text):
        if _reaches_out(piece.lstrip(" \"'")):
            raise Unfit(
                "holds a formula that starts a program or calls another computer. "
                "Save the table with values alone."
            )


def _reaches_out(cell: str) -> bool:
    if not cell.startswith(STARTS_A_FORMULA):
        return False
    if "!" in cell.partition("|")[2]:
        return True
    # A line of text may begin with a dash, and go on with a word of that kind.
    calls = CALLS_ANYWHERE.search(cell) if cell.startswith("=") else CALLS_AT_ONCE.match(cell)
    return calls is not None


def _text_of(content: bytes) -> str:
    """Its text: UTF-8, or what spreadsheet programs on Windows write in Western Europe."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if NEVER_IN_TEXT.search(text):
            break
        return text
    raise Unfit(BINARY)
