"""Saying what the projects of a funding round must cover together."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from tenders.actions.drafts import hold_draft, keep_draft
from tenders.coverage import MOST_PROJECTS, unserved
from tenders.models import Opportunity, Tender
from tenders.refusals import Unfit


@transaction.atomic
def set_coverage(
    *,
    tender: Tender,
    coverage: Mapping[str, int],
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Tender:
    """Fix the fewest funded projects that serve each field of action; 0 where none need to."""
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    if draft.opportunity != Opportunity.FUNDING_ROUND:
        raise Unfit(None, "Only a funding round chooses a set of projects. Nothing is to be said.")
    codes = list(draft.charter.quadrants.values_list("code", flat=True))
    if set(coverage) != set(codes):
        raise Unfit(None, "Say of each field of action of the charter how many must serve it.")
    for code, fewest in coverage.items():
        if not 0 <= fewest <= MOST_PROJECTS:
            raise Unfit(code, f"Enter a whole number from 0 to {MOST_PROJECTS}.")
    asked = draft.criteria.select_related("metric__principle__quadrant")
    for code, words in unserved(draft.charter, coverage, asked).items():
        raise Unfit(code, words)
    draft.coverage = {code: coverage[code] for code in codes}
    return keep_draft(draft, verb="tender.coverage_set", by=by, at=at, coverage=draft.coverage)
