"""What is kept of the thinking before publication: the firms asked about, and a statement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from charter.actions.versions import lock_authority
from charter.refusals import Unfit
from evaluations.models import ParticipationNote, ReferencePopulation
from evaluations.population import as_kept
from evaluations.refusals import StalePopulation
from records import audit
from tenders.actions.drafts import hold_tender, need_text
from tenders.models import Tender
from tenders.permissions import check_can_edit


@transaction.atomic
def set_population(
    *,
    tender: Tender,
    firms: Sequence[Mapping[str, str | Decimal]],
    hours_a_year: Decimal,
    seen: int,
    by: User,
    at: datetime,
) -> ReferencePopulation:
    """Keep the firms an authority asks itself about, from a draft of its own."""
    draft = hold_tender(tender)
    check_can_edit(by, draft, at)
    lock_authority(draft.authority)
    kept = ReferencePopulation.objects.filter(authority=draft.authority).first()
    edits = kept.edits if kept else 0
    if seen != edits:
        raise StalePopulation(edits)
    names = [str(one["name"]).casefold() for one in firms]
    if not firms:
        raise Unfit(None, "Enter at least one firm with its numbers")
    if len(set(names)) < len(names):
        raise Unfit(None, "Give each firm a name of its own")
    kept = kept or ReferencePopulation(authority=draft.authority)
    kept.firms = [as_kept(one) for one in firms]
    kept.hours_a_year = f"{hours_a_year:f}"
    kept.changed_by, kept.changed_at, kept.edits = by, at, edits + 1
    kept.save()
    audit.record(verb="population.changed", by=by, target=kept, at=at, firms=len(firms))
    return kept


@transaction.atomic
def write_participation(
    *, tender: Tender, text: str, found: Mapping, by: User, at: datetime
) -> ParticipationNote:
    """Put an answer to “Is this supporting SME participation?” on file, with what was seen."""
    draft = hold_tender(tender)
    check_can_edit(by, draft, at)
    text = need_text("text", text, "Enter whether this supports SME participation, and why")
    note = ParticipationNote.objects.create(
        tender=draft, text=text, found=found, written_by=by, written_at=at
    )
    audit.record(verb="participation.noted", by=by, target=note, at=at, stream=draft.audit_stream)
    return note
