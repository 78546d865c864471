"""Declaring interests; an interest takes the person off the tender at once."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from evaluations.actions.refusals import check_words, locked
from evaluations.models import Declaration
from evaluations.permissions import check_can_declare
from records import audit
from tenders.actions import mark_conflicted, note_declared
from tenders.models import Tender


@transaction.atomic
def declare(
    *, tender: Tender, has_interest: bool, statement: str, by: User, at: datetime
) -> Declaration:
    """Take down that a person has an interest in the tender, or none."""
    tender = locked(tender)
    check_can_declare(by, tender, at)
    if has_interest:
        statement = check_words(
            statement,
            field="statement",
            missing="Enter what the interest is, for example a family member at a bidder",
        )
    declaration = Declaration.objects.create(
        tender=tender,
        person=by,
        has_interest=has_interest,
        statement=statement.strip(),
        declared_at=at,
    )
    note = mark_conflicted if has_interest else note_declared
    note(tender=tender, person=by, by=by, at=at)
    audit.record(
        verb="interest.declared",
        by=by,
        target=declaration,
        at=at,
        stream=tender.audit_stream,
        has_interest=has_interest,
    )
    return declaration
