"""What a company says of itself: as it stands now, and as a bid takes it along."""

from datetime import datetime
from typing import Any

from accounts.models import Organisation, ProfilePart
from accounts.parts import PARTS, SIZE, Part, answer_said, more_said, verdict_of
from design.london import LONDON


def snapshot(company: Organisation) -> dict[str, dict[str, Any]]:
    """What the company says now, in plain strings with the day of each; {} if nothing.

    It is made to be sealed with a bid and stands for itself: words for people, `said` for
    reports. The figures behind the size stay with the company.
    """
    return {row["part"].code: _told(row["part"], row["held"]) for row in _said_by(company)}


def _told(part: Part, held: ProfilePart) -> dict[str, Any]:
    return {
        "title": part.title,
        "answer": answer_said(part, held.said),
        "more": "\n".join(more_said(part, held.said)),
        "as_of": held.confirmed_at.astimezone(LONDON).date().isoformat(),
        "said": {name: words for name, words in held.said.items() if name not in part.kept},
    }


def rows(company: Organisation, now: datetime) -> list[dict[str, Any]]:
    """Every part of the profile, said or not, as its own people see it."""
    said = {row["part"].code: row["held"] for row in _said_by(company)}
    return [_row(part, said.get(code), now) for code, part in PARTS.items()]


def _row(part: Part, held: ProfilePart | None, now: datetime) -> dict[str, Any]:
    if held is None:
        return {"part": part, "held": None, "is_due": False}
    return {
        "part": part,
        "held": held,
        "answer": answer_said(part, held.said),
        "more": more_said(part, held.said),
        "why": verdict_of(held.said).steps if part == SIZE else (),
        "is_due": held.is_due(now),
    }


def next_part(company: Organisation, after: str) -> str | None:
    """The part to go on with: the first not yet said after this one, else from the top."""
    said = {row["part"].code for row in _said_by(company)}
    codes = list(PARTS)
    place = codes.index(after) + 1
    return next((code for code in codes[place:] + codes[:place] if code not in said), None)


def _said_by(company: Organisation) -> list[dict[str, Any]]:
    held = {one.part: one for one in company.profile_parts.select_related("confirmed_by")}
    return [{"part": part, "held": held[code]} for code, part in PARTS.items() if code in held]
