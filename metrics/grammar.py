"""How published cases are written: exact numbers, ids, objects. Refuses everything else."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction

NUMBER = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,9}))?")
FREE_TEXT = frozenset({"label", "note"})
LONGEST_QUOTE = 60


class Refused(ValueError):
    """The case cannot be scored, and why."""


@contextmanager
def naming(what: str) -> Iterator[None]:
    """Begin every refusal inside with the name of what is being read."""
    try:
        yield
    except Refused as refusal:
        raise Refused(f"{what}: {refusal}") from None


def quote(value: object) -> str:
    """Somebody else's value, short enough to stand in a message."""
    if isinstance(value, str):
        shown = value if len(value) <= LONGEST_QUOTE else value[:LONGEST_QUOTE] + "…"
        return f'"{shown}"'
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Mapping):
        return "an object"
    return "a list" if isinstance(value, list) else "a JSON number"


def read_number(text: object) -> Fraction:
    """The exact value of a number written as a string of plain digits."""
    match = NUMBER.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Refused(
            f"{quote(text)} is not a number here: write a string of at most 15 digits, "
            'then at most 9 after the point, such as "12.5"'
        )
    sign, whole, after = match.groups()
    if after is None:
        return Fraction(int(sign + whole))
    return Fraction(int(sign + whole + after), 10 ** len(after))


def plain(number: Fraction) -> str:
    """An exact number in words: its decimals where nine are enough, else a fraction."""
    for places in range(10):
        scaled = abs(number) * 10**places
        if scaled.denominator == 1:
            sign = "-" if number < 0 else ""
            return sign + decimals(scaled.numerator, places)
    return str(number)


def half_up(number: Fraction, places: int) -> int:
    """The nearest number of units of the last place; a half goes up."""
    unit: int = 10**places
    return (2 * number.numerator * unit + number.denominator) // (2 * number.denominator)


def decimals(units: int, places: int) -> str:
    """A number of units of the last place, which is not below 0, with its point."""
    if not places:
        return str(units)
    whole, rest = divmod(units, 10**places)
    return f"{whole}.{rest:0{places}d}"


def read_object(
    value: object, *, needs: Sequence[str] = (), may: Sequence[str] = ()
) -> Mapping[str, object]:
    """An object that has every key it needs and no key that means nothing there."""
    if not isinstance(value, Mapping):
        raise Refused(f"an object is due, not {quote(value)}")
    for key in value:
        if key not in needs and key not in may and key not in FREE_TEXT:
            raise Refused(f"the key {quote(key)} means nothing here")
    for key in needs:
        if key not in value:
            raise Refused(f'"{key}" is missing')
    return value


def read_list(value: object) -> list[object]:
    """A JSON list."""
    if not isinstance(value, list):
        raise Refused(f"a list is due, not {quote(value)}")
    return value


def read_id(value: object) -> str:
    """A name that can be told from others, printed and hashed."""
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"an id is a string that is not blank, not {quote(value)}")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Refused("an id holds half a character (a lone surrogate)")
    return value


def read_word(value: object, allowed: Sequence[str], what: str) -> str:
    """One of a closed list of words."""
    if not isinstance(value, str) or value not in allowed:
        choices = ", ".join(allowed)
        raise Refused(f"{quote(value)} is no {what} known here; it is one of {choices}")
    return value


def read_named(items: Sequence[object], what: str) -> list[tuple[str, Mapping[str, object]]]:
    """Objects with an id each, no id twice."""
    named: dict[str, Mapping[str, object]] = {}
    for at, item in enumerate(items, start=1):
        with naming(f"{what} {at}"):
            if not isinstance(item, Mapping):
                raise Refused(f"an object is due, not {quote(item)}")
            if "id" not in item:
                raise Refused('"id" is missing')
            name = read_id(item["id"])
        if name in named:
            raise Refused(f"{what} {quote(name)} is there twice")
        named[name] = item
    return list(named.items())


def read_named_numbers(value: object, known: Container[str]) -> dict[str, Fraction]:
    """Numbers by name; `label` and `note` are free text unless they are names known."""
    numbers = {}
    for name, number in read_any_object(value).items():
        if name in FREE_TEXT and name not in known:
            continue
        with naming(quote(name)):
            numbers[name] = read_number(number)
    return numbers


def read_any_object(value: object) -> Mapping[str, object]:
    """An object whose keys are names that somebody chose."""
    if not isinstance(value, Mapping):
        raise Refused(f"an object is due, not {quote(value)}")
    return value
