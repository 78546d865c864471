"""Changing a draft: its principles, and what each of them serves."""

import re
from collections.abc import Mapping as Marks
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from accounts.access import Conflict
from accounts.models import User
from charter.actions.drafts import (
    hold_draft,
    need_text,
    refuse_if_named,
    refuse_stale,
    renumber,
    step,
)
from charter.drafting import opening_of, principle_state
from charter.marks import (
    ALL,
    NONE,
    PRIMARY,
    RELATED,
    mapping_state,
    mappings_by_name,
    mark_of,
    markable,
)
from charter.models import Charter, Framework, Mapping, Principle, Quadrant
from charter.refusals import Unfit
from records import audit

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,9}")


@transaction.atomic
def add_principle(
    *,
    quadrant: Quadrant,
    code: str,
    short_title: str,
    text: str,
    opening: str,
    by: User,
    at: datetime,
) -> Principle:
    """Add a principle at the end of a field of action."""
    draft = hold_draft(quadrant.charter, by=by)
    place = _quadrant_in(draft, quadrant.code)
    principle = Principle(quadrant=place, position=_end_of(place))
    _word(principle, draft, code=code, short_title=short_title, text=text, opening=opening)
    principle.save()
    _record("added", draft, principle, by, at)
    return principle


@transaction.atomic
def edit_principle(
    *,
    principle: Principle,
    code: str,
    short_title: str,
    text: str,
    opening: str,
    quadrant: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Principle:
    """Say a principle anew, or put it into another field of action."""
    draft, held = _hold(principle, by)
    refuse_stale(seen, principle_state(held))
    _word(held, draft, code=code, short_title=short_title, text=text, opening=opening)
    left = held.quadrant
    if left.code != quadrant:
        held.quadrant = _quadrant_in(draft, quadrant)
        held.position = _end_of(held.quadrant)
    held.save()
    renumber(list(left.principles.all()))
    _record("edited", draft, held, by, at)
    return held


@transaction.atomic
def move_principle(*, principle: Principle, way: str, by: User, at: datetime) -> Principle:
    """Put a principle one place further up or down in its field of action."""
    draft, held = _hold(principle, by)
    renumber(step(list(held.quadrant.principles.all()), held, way))
    _record("moved", draft, held, by, at)
    return held


@transaction.atomic
def remove_principle(*, principle: Principle, by: User, at: datetime) -> None:
    """Take a principle out of the draft, once no metric belongs to it."""
    draft, held = _hold(principle, by)
    refuse_if_named(draft, held.code, None)
    quadrant = held.quadrant
    try:
        Principle.objects.get(pk=held.pk).delete()
    except ProtectedError:
        raise Unfit(
            None,
            f"Metrics still belong to “{held}”. Move or remove its metrics first, "
            "then remove the principle.",
        ) from None
    renumber(list(quadrant.principles.all()))
    _record("removed", draft, held, by, at)


@transaction.atomic
def map_principle(
    *,
    principle: Principle,
    framework: Framework,
    marks: Marks[str, str],
    effective_from: date | None,
    effective_to: date | None,
    source: str,
    reach: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Principle:
    """Say what a principle serves in one framework: first of all, besides, from when to when."""
    draft, held = _hold(principle, by)
    refuse_stale(seen, mapping_state(held, framework))
    _check_marks(framework, marks)
    if effective_from and effective_to and effective_to < effective_from:
        raise Unfit("effective_to", "Enter a last day that is not before the first.")
    dated = {"effective_from": effective_from, "effective_to": effective_to, "source": source}
    present = mappings_by_name(held, framework)
    for one in markable(framework):
        mark, row = marks[one.name], present.get(one.name)
        if mark == NONE:
            if row is not None:
                row.delete()
        elif row is None:
            parts = {"theme": one.theme, "element": one.element}
            Mapping.objects.create(principle=held, **parts, is_primary=mark == PRIMARY, **dated)
        elif reach == ALL or mark != mark_of(row):
            Mapping.objects.filter(pk=row.pk).update(is_primary=mark == PRIMARY, **dated)
    chosen = {str(one): marks[one.name] for one in markable(framework) if marks[one.name] != NONE}
    _record("mapped", draft, held, by, at, framework=framework.code, marks=chosen, **dated)
    return held


def _check_marks(framework: Framework, marks: Marks[str, str]) -> None:
    """Each theme and outcome is marked; of either at most one comes first."""
    offered = markable(framework)
    if set(marks) != {one.name for one in offered} or set(marks.values()) - {
        *(PRIMARY, RELATED, NONE)
    }:
        raise Unfit(None, "The framework has changed. Open the page again and choose anew.")
    for what, tier in (
        (framework.member, [one for one in offered if one.element is None]),
        ("outcome", [one for one in offered if one.element is not None]),
    ):
        first = [one for one in tier if marks[one.name] == PRIMARY]
        if len(first) > 1:
            named = " and ".join(f"“{one}”" for one in first)
            raise Unfit(
                first[1].name,
                f"Choose at most one primary {what}. {named} are marked primary now.",
            )


def _hold(principle: Principle, by: User) -> tuple[Charter, Principle]:
    draft = hold_draft(principle.quadrant.charter, by=by)
    rows = Principle.objects.select_related("quadrant").filter(quadrant__charter=draft)
    held = rows.filter(pk=principle.pk).first()
    if held is None:
        raise Conflict("This principle has been removed. Go back to the draft and look.")
    return draft, held


def _quadrant_in(draft: Charter, code: str) -> Quadrant:
    found = draft.quadrants.filter(code=code).first()
    if found is None:
        raise Unfit("quadrant", "Choose a field of action of this draft.")
    return found


def _end_of(quadrant: Quadrant) -> int:
    return max([one.position for one in quadrant.principles.all()], default=0) + 1


def _word(
    principle: Principle, draft: Charter, *, code: str, short_title: str, text: str, opening: str
) -> None:
    code = need_text("code", code, "Enter a code, for example ES1.")
    if not CODE.fullmatch(code):
        raise Unfit(
            "code",
            "Enter a code of up to 10 letters, numbers, dots and hyphens, for example ES1.",
        )
    others = Principle.objects.filter(quadrant__charter=draft).exclude(pk=principle.pk)
    same = others.filter(code__iexact=code).first()
    if same is not None:
        raise Unfit("code", f"“{same}” has this code already. Choose another code.")
    if code != principle.code:
        refuse_if_named(draft, principle.code, "code")
    text = need_text("text", text, "Enter the whole sentence of the principle.")
    if not text.startswith(opening):
        raise Unfit(
            "opening",
            "The sentence does not begin with these words. Copy them from its beginning, "
            "or leave this empty.",
        )
    principle.code, principle.text = code, text
    principle.short_title = need_text("short_title", short_title, "Enter a short title.")
    principle.opening = opening or opening_of(text)


def _record(verb: str, draft: Charter, principle: Principle, by, at: datetime, **details) -> None:
    audit.record(
        verb=f"charter.principle_{verb}",
        by=by,
        target=draft,
        at=at,
        code=principle.code,
        **details,
    )
