"""What a file is called: kept readable, and harmless where somebody saves it."""

import re
import unicodedata

LONGEST = 120
# Windows keeps these for devices, whatever ending follows.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
# "invoice.exe.pdf" is shown as "invoice.exe" where the last ending is hidden.
RUN_BY_A_COMPUTER = re.compile(
    r"\.(?=(?:exe|com|bat|cmd|scr|pif|msi|hta|js|jse|vbs|vbe|wsf|ps1|jar|lnk|sh|php\d?|phtml|phar"
    r"|html?|xhtml|svg|dll|cpl|app|apk|iso|docm|xlsm|dotm|xltm|pptm)(?:\.|$))",
    re.IGNORECASE,
)
APART_IN_PATHS = re.compile(r'[:*?"<>|]')


def safe_name(name: str) -> str:
    """The last part of the name, without what no name should hold; its ending stays.

    Characters that show nothing, or turn the reading direction round, are left out.
    """
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    shown = "".join(one for one in plain if unicodedata.category(one)[0] != "C")
    shown = APART_IN_PATHS.sub("_", " ".join(shown.split()))
    stem, dot, ending = shown.strip(". ").rpartition(".")
    shown = RUN_BY_A_COMPUTER.sub("_", stem) + dot + ending
    shown = shown[-LONGEST:].lstrip(". ") or "file"
    return f"_{shown}" if RESERVED.match(shown) else shown


def suffix_of(name: str) -> str:
    """The end of a file's name, which says what it is saved as."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot >= 0 else ""
