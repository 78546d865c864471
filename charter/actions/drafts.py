"""A draft under its lock: what every change to a charter begins with."""

from accounts.access import check_role
from accounts.models import User
from accounts.roles import Permission
from charter.clauses import codes_named, kind_of
from charter.fingerprint import fingerprint
from charter.models import Charter
from charter.permissions import locked_draft
from charter.refusals import Stale, Unfit


def hold_draft(
    charter: Charter, *, by: User, permission: Permission = Permission.CHARTER_EDIT
) -> Charter:
    """The draft, locked to the end of the transaction, if this person may change it so."""
    check_role(by, permission, within=charter.authority)
    return locked_draft(charter)


def refuse_stale(seen: str | None, state: dict) -> None:
    """Refuse a save that was drawn from another state than the one it would replace."""
    now = fingerprint(state)
    if seen is not None and seen != now:
        raise Stale(state, now)


def need_text(field: str, value: str, words: str) -> str:
    """The text without the white space around it; refused when nothing is left."""
    text = value.strip()
    if not text:
        raise Unfit(field, words)
    return text


def refuse_if_named(draft: Charter, code: str, field: str | None) -> None:
    """Let no field of action or principle go from under a clause that names its code."""
    for clause in draft.clauses:
        if code in codes_named(kind_of(clause).code, clause.get("facts", {})):
            raise Unfit(
                field,
                f"The clause “{clause['heading']}” names {code}. Change that clause first, "
                "then do this again.",
            )


def renumber(rows: list) -> None:
    """Give rows the positions 1, 2, 3 in the order of the list."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def step(rows: list, row, way: str) -> list:
    """The rows with one of them a place further up or down."""
    at = rows.index(row)
    to = at - 1 if way == "up" else at + 1
    if not 0 <= to < len(rows):
        end = "first" if way == "up" else "last"
        raise Unfit(None, f"“{row}” is the {end} already.")
    moved = [*rows[:at], *rows[at + 1 :]]
    moved.insert(to, row)
    return moved
