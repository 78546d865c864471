"""The demo's sign-ins as a table for the terminal."""

from collections.abc import Iterable, Mapping

HEADINGS = ("Role", "Organisation", "E-mail", "Password", "TOTP secret")
WIDEST = 34


def sign_in_lines(people: Iterable[Mapping[str, str | None]]) -> list[str]:
    """One person for each role, in columns; a column that is empty throughout is left out."""
    rows = [_row(person) for person in _first_of_each_role(people)]
    table = [HEADINGS, *rows]
    shown = [place for place in range(len(HEADINGS)) if any(row[place] for row in rows)]
    widths = {place: max(len(row[place]) for row in table) for place in shown}
    return ["  ".join(row[p].ljust(widths[p]) for p in shown).rstrip() for row in table]


def _first_of_each_role(
    people: Iterable[Mapping[str, str | None]],
) -> list[Mapping[str, str | None]]:
    first: dict[str | None, Mapping[str, str | None]] = {}
    for person in people:
        first.setdefault(person.get("role"), person)
    return list(first.values())


def _row(person: Mapping[str, str | None]) -> tuple[str, ...]:
    organisation = next(
        (person[key] for key in ("organisation", "authority", "company") if person.get(key)),
        None,
    )
    cells = (
        person.get("role"),
        shorten(organisation or ""),
        person.get("email"),
        person.get("password"),
        person.get("totp_secret"),
    )
    return tuple(cell or "" for cell in cells)


def shorten(words: str) -> str:
    """Cut to what a column of a terminal has room for."""
    return words if len(words) <= WIDEST else f"{words[: WIDEST - 1]}…"
