"""Cases as bytes: JSON read strictly, so that nothing in it can be overlooked."""

import json
from typing import NoReturn

from metrics.grammar import Refused, quote

LONGEST_INTEGER = 18


class OtherNumber:
    """A JSON number that no case may hold; refused wherever a value is read."""

    def __init__(self, text: str) -> None:
        self.text = text


def read_document(data: bytes) -> object:
    """The case in a file or line; `{"case": …}` is unwrapped."""
    try:
        document = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_read_pairs,
            parse_int=_read_integer,
            parse_float=OtherNumber,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        raise Refused(f"not UTF-8: byte {error.start + 1} means nothing") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Refused(f"not JSON: {error.msg} at {where}") from None
    except RecursionError:
        raise Refused("nested too deeply to be read") from None
    if isinstance(document, dict) and "case" in document:
        return document["case"]
    return document


def _read_pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; a key said twice would hide what was said first."""
    read: dict[str, object] = {}
    for key, value in pairs:
        if key in read:
            raise Refused(f"the key {quote(key)} is there twice in one object")
        read[key] = value
    return read


def _read_integer(text: str) -> int | OtherNumber:
    return int(text) if len(text) <= LONGEST_INTEGER else OtherNumber(text)


def _refuse_constant(text: str) -> NoReturn:
    raise Refused(f"not JSON: {text} is no value")
