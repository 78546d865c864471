"""Templates of an authority: a design kept, its band changed, and retired."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.access import Conflict, allows
from accounts.models import Organisation, User
from charter.actions.versions import lock_authority
from records import audit
from tenders.actions.drafts import need_text
from tenders.designs import design_of
from tenders.models import DesignTemplate, Tender
from tenders.permissions import (
    check_can_change_template,
    check_can_keep_template,
    check_can_restrict,
)
from tenders.refusals import StaleTemplate, Unfit

WRONG_TITLE = "Enter a title by which colleagues will know the template."


@transaction.atomic
def keep_template(
    *,
    tender: Tender,
    title: str,
    about: str = "",
    over: Decimal | None = None,
    up_to: Decimal | None = None,
    is_compulsory: bool = False,
    by: User,
    at: datetime,
) -> DesignTemplate:
    """Keep the design of a tender, as it stands now, for later ones."""
    check_can_keep_template(by, tender)
    lock_authority(tender.authority)
    template = DesignTemplate(
        authority=tender.authority,
        opportunity=tender.opportunity,
        design=design_of(Tender.objects.get(pk=tender.pk)),
        kept_by=by,
        kept_at=at,
    )
    _describe(template, title, about, over, up_to, is_compulsory, by=by)
    template.save()
    _note("template.kept", template, by=by, at=at, tender=tender.reference)
    return template


@transaction.atomic
def edit_template(
    *,
    template: DesignTemplate,
    title: str,
    about: str = "",
    over: Decimal | None = None,
    up_to: Decimal | None = None,
    is_compulsory: bool = False,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> DesignTemplate:
    """Say anew what a template is for, and which contracts must begin from it."""
    held = _hold(template, by)
    if seen is not None and seen != held.edits:
        raise StaleTemplate(held.edits)
    _describe(held, title, about, over, up_to, is_compulsory, by=by)
    held.edits += 1
    held.save()
    _note("template.changed", held, by=by, at=at)
    return held


@transaction.atomic
def retire_template(*, template: DesignTemplate, by: User, at: datetime) -> DesignTemplate:
    """Offer it no longer; the tenders that began from it stay as they are."""
    held = _hold(template, by)
    held.retired_at = at
    held.edits += 1
    held.save()
    _note("template.retired", held, by=by, at=at)
    return held


def _hold(template: DesignTemplate, by: User) -> DesignTemplate:
    """The template as it stands now, locked, if this person may change it."""
    check_can_change_template(by, template)
    lock_authority(template.authority)
    held = DesignTemplate.objects.select_related("authority").get(pk=template.pk)
    check_can_change_template(by, held)
    if held.retired_at is not None:
        raise Conflict(f"“{held}” was retired already. Keep a tender's design as a new template.")
    return held


def _describe(
    template: DesignTemplate,
    title: str,
    about: str,
    over: Decimal | None,
    up_to: Decimal | None,
    is_compulsory: bool,
    *,
    by: User,
) -> None:
    if is_compulsory and not allows(check_can_restrict, by, template.authority):
        raise PermissionDenied(
            "An administrator says from which templates tenders must begin. Ask one of them."
        )
    template.title = need_text("title", title, WRONG_TITLE)
    template.about = about.strip()
    _refuse_title_taken(template.authority, template)
    if over is not None and up_to is not None and up_to <= over:
        raise Unfit("up_to", "Enter a sum above the one at which the band begins.")
    template.over, template.up_to = over, up_to
    template.is_compulsory = is_compulsory


def _refuse_title_taken(authority: Organisation, template: DesignTemplate) -> None:
    same = authority.design_templates.standing().filter(title=template.title)
    if same.exclude(pk=template.pk).exists():
        raise Unfit(
            "title", "A template of this title exists. Retire that one, or choose another title."
        )


def _note(
    verb: str, template: DesignTemplate, *, by: User, at: datetime, **details: object
) -> None:
    audit.record(
        verb=verb,
        by=by,
        target=template,
        at=at,
        title=template.title,
        over=template.over,
        up_to=template.up_to,
        is_compulsory=template.is_compulsory,
        **details,
    )
