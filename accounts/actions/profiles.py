"""What a company says of itself once, and confirms."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from accounts.access import check_bids_for
from accounts.models import Organisation, ProfilePart, User
from accounts.parts import PARTS
from records import audit


@transaction.atomic
def say_part(
    *, company: Organisation, part: str, said: Mapping[str, str], by: User, at: datetime
) -> ProfilePart:
    """Say one part of the profile, in place of what was said before."""
    check_bids_for(by, company)
    held, _ = ProfilePart.objects.update_or_create(
        company=company,
        part=PARTS[part].code,
        defaults={"said": dict(said), "confirmed_at": at, "confirmed_by": by},
    )
    audit.record(verb="profile.said", by=by, target=company, at=at, part=part)
    return held


@transaction.atomic
def confirm_parts(
    *, company: Organisation, parts: Collection[str], by: User, at: datetime
) -> list[str]:
    """Say that these parts are still right as they stand; answers those that were said."""
    check_bids_for(by, company)
    held = ProfilePart.objects.select_for_update().filter(company=company, part__in=parts)
    confirmed = sorted(held.values_list("part", flat=True))
    held.update(confirmed_at=at, confirmed_by=by)
    if confirmed:
        audit.record(verb="profile.confirmed", by=by, target=company, at=at, parts=confirmed)
    return confirmed
