"""Whether words tell who asked: a company's or a person's name, an e-mail address."""

import unicodedata
from collections.abc import Iterable

# What often stands after a company's name and is as often left out.
FORMS_OF_COMPANY = frozenset({"ltd", "limited", "plc", "llp", "cic", "cio"})
SHORTEST = 3


def gives_away(words: str, names: Iterable[str]) -> bool:
    """Whether one of these names stands in the words, however it is written.

    A name of one or two letters stands in any sentence, so it is not looked for. "Bright Side
    Ltd" is also found as "Bright Side"; "Repairs Ltd" is not found as "repairs".
    """
    text = f" {_plain(words)} "
    return any(f" {form} " in text for name in names for form in _forms(name))


def _forms(name: str) -> list[str]:
    whole = _plain(name)
    *before, last = whole.split() or [""]
    forms = [whole] if len(whole) >= SHORTEST else []
    if last in FORMS_OF_COMPANY and len(before) > 1:
        forms.append(" ".join(before))
    return forms


def _plain(words: str) -> str:
    """Small letters and digits in single spaces."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())
