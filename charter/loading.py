"""Read data files strictly: whatever is malformed is refused with file, entry and reason."""

import re
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

MOST = 9999
NAME = re.compile(r"[A-Za-z0-9_-]+")
# What stands for a name that an entry does not give.
UNNAMED = "?"


class Malformed(ValueError):
    """A data file cannot be used, and where and why."""


class Entry:
    """One table of a data file; every key in it must be asked for, or `close` refuses it."""

    def __init__(self, fields: dict[str, Any], where: str):
        self.fields = fields
        self.where = where
        self.asked: set[str] = set()

    def refuse(self, reason: str) -> Malformed:
        """The refusal to raise: this entry, and why."""
        return Malformed(f"{self.where}: {reason}")

    def text(self, key: str, *, most: int | None = None, blank: bool = False) -> str:
        """A text that must be there; `blank` allows it to be empty, not to be absent."""
        value = self._get(key, str, "a text")
        if not blank and not value.strip():
            raise self.refuse(f'"{key}" is empty')
        if "\x00" in value:
            raise self.refuse(f'"{key}" holds a NUL character')
        if most is not None and len(value) > most:
            raise self.refuse(f'"{key}" has {len(value)} characters; at most {most} fit')
        if most is not None and len(value.splitlines()) > 1:
            raise self.refuse(f'"{key}" must be one line')
        return value

    def note(self, key: str) -> str:
        """A text that may be absent."""
        return self.text(key) if key in self.fields else ""

    def name(self, key: str, *, most: int) -> str:
        """A text that may stand in an address."""
        value = self.text(key, most=most)
        if not NAME.fullmatch(value):
            raise self.refuse(f'"{key}" must be letters, digits, hyphens and underscores')
        return value

    def whole(self, key: str) -> int:
        """A whole number from 1 to 9999."""
        value = self._get(key, int, "a whole number")
        if isinstance(value, bool) or not 1 <= value <= MOST:
            raise self.refuse(f'"{key}" must be a whole number from 1 to {MOST}')
        return value

    def day(self, key: str) -> date:
        """A date without a time."""
        value = self._get(key, date, "a date such as 2030-01-01")
        if isinstance(value, datetime):
            raise self.refuse(f'"{key}" must be a date such as 2030-01-01, without a time')
        return value

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of a closed list of words."""
        value = self.text(key)
        if value not in allowed:
            raise self.refuse(f'"{key}" is "{value}"; it must be one of {", ".join(allowed)}')
        return value

    def items(self, key: str, kind: type, *, may_be_empty: bool = False) -> list[Any]:
        """A list of plain values of one kind."""
        values = self._get(key, list, "a list")
        if not may_be_empty and not values:
            raise self.refuse(f'"{key}" is empty')
        for value in values:
            if not isinstance(value, kind) or isinstance(value, bool):
                raise self.refuse(f'"{key}" holds {value!r}, which is not of the right kind')
        if len(set(values)) != len(values):
            raise self.refuse(f'"{key}" names the same thing twice')
        return values

    def table(self, key: str) -> "Entry":
        """A table within this one."""
        return Entry(self._get(key, dict, "a table"), f"{self.where}, {key}")

    def tables(self, key: str, name: Callable[[dict], str]) -> list["Entry"]:
        """The tables of a list; `name` says what each is called in a refusal."""
        entries = []
        for place, value in enumerate(self.items_of_tables(key), start=1):
            told = name(value)
            if UNNAMED in told:
                # One whose own name is missing is found by its place.
                told = f"{key} number {place}"
            entries.append(Entry(value, f"{self.where}, {told}"))
        return entries

    def items_of_tables(self, key: str) -> list[dict]:
        """The raw tables of a list; none when the key is absent."""
        self.asked.add(key)
        values = self.fields.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.refuse(f'"{key}" must be a list of tables')
        return values

    def close(self) -> None:
        """Refuse a key that nothing reads: it is a slip of the pen."""
        for key in self.fields:
            if key not in self.asked:
                raise self.refuse(f'"{key}" means nothing here')

    def _get(self, key: str, kind: type, described: str) -> Any:
        self.asked.add(key)
        if key not in self.fields:
            raise self.refuse(f'"{key}" is missing')
        value = self.fields[key]
        if not isinstance(value, kind):
            raise self.refuse(f'"{key}" must be {described}')
        return value


def read_file(path: Path) -> Entry:
    """A data file as one entry, named after its folder and file."""
    where = f"{path.parent.name}/{path.name}"
    try:
        # Some editors begin a file with a mark that says it is UTF-8.
        return Entry(tomllib.loads(path.read_text(encoding="utf-8-sig")), where)
    except FileNotFoundError:
        raise Malformed(f"{where}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise Malformed(f"{where}: not UTF-8 text ({error.reason})") from None
    except tomllib.TOMLDecodeError as error:
        raise Malformed(f"{where}: not TOML: {error}") from None
    except RecursionError:
        raise Malformed(f"{where}: lists or tables stand too deep within each other") from None


def refuse_repeats(where: str, what: str, names: Sequence[object]) -> None:
    """Refuse a name that two entries share."""
    for name in names:
        if names.count(name) > 1:
            raise Malformed(f"{where}: two {what} are called {name}")
