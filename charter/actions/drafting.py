"""Changing a draft: the words of the charter as a whole, and its fields of action."""

import re
from datetime import datetime

from django.db import transaction

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
from charter.drafting import quadrant_state, words_of
from charter.models import Charter, Quadrant
from charter.names import free_name
from charter.refusals import Unfit
from records import audit

LONGEST_CODE = 4


@transaction.atomic
def edit_words(
    *,
    charter: Charter,
    title: str,
    place: str,
    ambition: str,
    purpose: str,
    adoption: str,
    source: str,
    mappings_source: str,
    maturity: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Charter:
    """Say anew what the charter is called, where it holds, what it is for, where it comes from."""
    draft = hold_draft(charter, by=by)
    refuse_stale(seen, words_of(draft))
    draft.title = need_text("title", title, "Enter a title.")
    draft.place = need_text("place", place, "Enter the place the charter is for.")
    draft.source = need_text("source", source, "Enter where the words of the charter come from.")
    draft.ambition, draft.purpose, draft.adoption = ambition, purpose, adoption
    draft.mappings_source, draft.maturity = mappings_source, maturity
    draft.save()
    audit.record(verb="charter.words_edited", by=by, target=draft, at=at, title=draft.title)
    return draft


@transaction.atomic
def add_quadrant(*, charter: Charter, title: str, source: str, by: User, at: datetime) -> Quadrant:
    """Add a field of action after the others."""
    draft = hold_draft(charter, by=by)
    others = list(draft.quadrants.all())
    title = _free_title(title, others)
    quadrant = Quadrant.objects.create(
        charter=draft,
        code=free_name(_initials(title), {one.code.upper() for one in others}, joint=""),
        title=title,
        source=source,
        position=max([one.position for one in others], default=0) + 1,
    )
    audit.record(
        verb="charter.quadrant_added", by=by, target=draft, at=at, code=quadrant.code, title=title
    )
    return quadrant


@transaction.atomic
def edit_quadrant(
    *,
    quadrant: Quadrant,
    title: str,
    source: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Quadrant:
    """Call a field of action something else; its code stays."""
    draft, held = _hold(quadrant, by)
    refuse_stale(seen, quadrant_state(held))
    held.title = _free_title(title, draft.quadrants.exclude(pk=held.pk))
    held.source = source
    held.save(update_fields=["title", "source"])
    audit.record(
        verb="charter.quadrant_edited", by=by, target=draft, at=at, code=held.code, title=held.title
    )
    return held


@transaction.atomic
def move_quadrant(*, quadrant: Quadrant, way: str, by: User, at: datetime) -> Quadrant:
    """Put a field of action one place further up or down."""
    draft, held = _hold(quadrant, by)
    renumber(step(list(draft.quadrants.all()), held, way))
    audit.record(verb="charter.quadrant_moved", by=by, target=draft, at=at, code=held.code, way=way)
    return held


@transaction.atomic
def remove_quadrant(*, quadrant: Quadrant, by: User, at: datetime) -> None:
    """Take an empty field of action out of the draft."""
    draft, held = _hold(quadrant, by)
    refuse_if_named(draft, held.code, None)
    if held.principles.exists():
        raise Unfit(
            None,
            f"“{held.title}” still holds principles. Move each to another field of action or "
            "remove it, then remove this one.",
        )
    held.delete()
    renumber(list(draft.quadrants.all()))
    audit.record(verb="charter.quadrant_removed", by=by, target=draft, at=at, code=held.code)


def _hold(quadrant: Quadrant, by: User) -> tuple[Charter, Quadrant]:
    draft = hold_draft(quadrant.charter, by=by)
    held = draft.quadrants.filter(pk=quadrant.pk).first()
    if held is None:
        raise Conflict("This field of action has been removed. Go back to the draft and look.")
    return draft, held


def _free_title(title: str, others) -> str:
    title = need_text("title", title, "Enter a title for the field of action.")
    if title.casefold() in {one.title.casefold() for one in others}:
        raise Unfit("title", f"The draft already has “{title}”. Choose another title.")
    return title


def _initials(title: str) -> str:
    """A short name for a field of action, from the first letters of its words."""
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z0-9]+", title))
    return letters.upper()[:LONGEST_CODE] or "F"
