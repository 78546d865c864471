"""Reasons for going on with a charter although a check of it warns of something."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from charter.actions.drafts import hold_draft, need_text
from charter.models import Charter
from charter.refusals import Unfit
from metrics.lint import Finding
from metrics.models import GivenReason, KnownWarning
from metrics.reliance import Reliance, reliance_of
from records import audit


@transaction.atomic
def give_reasons(
    *, charter: Charter, fingerprints: Collection[str], reason: str, by: User, at: datetime
) -> list[KnownWarning]:
    """Record one reason for some warnings of a draft; a later reason replaces an earlier one."""
    draft = hold_draft(charter, by=by)
    picked = reliance_of(draft).pick(fingerprints)
    reason = need_text("reason", reason, "Enter why you go on although the check warns of it.")
    kept = keep_reasons(draft, picked, reason=reason, by=by, at=at)
    audit.record(
        verb="charter.reasons_given",
        by=by,
        target=draft,
        at=at,
        reason=reason,
        warnings=[str(one) for one in picked],
    )
    return kept


def keep_reasons(
    draft: Charter, warnings: Iterable[Finding], *, reason: str, by: User, at: datetime
) -> list[KnownWarning]:
    """Write one reason down for each of these warnings of a charter."""
    return write_reasons(KnownWarning, warnings, charter=draft, reason=reason, by=by, at=at)


def write_reasons(
    kind: type[GivenReason],
    warnings: Iterable[Finding],
    *,
    reason: str,
    by: User,
    at: datetime,
    **of_what: Model,
) -> list:
    """One row of a kind for each warning; a later reason takes the place of an earlier one.

    `of_what` names what the reasons belong to, as the kind calls it.
    """
    rows = [
        kind(
            **of_what,
            fingerprint=one.fingerprint,
            subject=one.subject,
            words=one.words,
            reason=reason,
            given_by=by,
            given_at=at,
        )
        for one in warnings
    ]
    return kind._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[*of_what, "fingerprint"],
        update_fields=["subject", "words", "reason", "given_by", "given_at"],
    )


def refuse_unless_reliable(draft: Charter) -> Reliance:
    """Errors block publishing; a warning needs a recorded reason."""
    reliance = reliance_of(draft)
    if reliance.needs:
        raise Unfit(
            None,
            f"{draft} cannot be published yet. The check finds {' '.join(reliance.needs)} "
            "Open the page of the check to do so, then publish.",
        )
    return reliance
