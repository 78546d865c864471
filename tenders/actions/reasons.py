"""Reasons for publishing a tender although a check of its wording warns of something."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from metrics.actions.reasons import write_reasons
from records import audit
from tenders.actions.drafts import hold_draft, keep_draft, need_text
from tenders.checking import reliance_of
from tenders.models import Tender, WarningReason


@transaction.atomic
def give_reasons(
    *, tender: Tender, fingerprints: Collection[str], reason: str, by: User, at: datetime
) -> list[WarningReason]:
    """Record one reason for some warnings of a draft; a later reason replaces an earlier one."""
    draft = hold_draft(tender, by=by, at=at, seen=None)
    picked = reliance_of(draft, at).pick(fingerprints)
    reason = need_text("reason", reason, "Enter why you go on although the check warns of it.")
    kept = write_reasons(WarningReason, picked, tender=draft, reason=reason, by=by, at=at)
    told = [str(one) for one in picked]
    keep_draft(draft, verb="tender.reasons_given", by=by, at=at, reason=reason, warnings=told)
    return kept


def keep_what_holds(draft: Tender, by: User, at: datetime) -> None:
    """Leave in the file of a tender only the reasons for what is found when it is published."""
    found = [one.fingerprint for one in reliance_of(draft, at).warnings]
    lapsed = draft.warning_reasons.exclude(fingerprint__in=found)
    if told := [f"{one.subject}: {one.words}" for one in lapsed]:
        lapsed.delete()
        audit.record(verb="tender.reasons_lapsed", by=by, target=draft, at=at, warnings=told)
