"""Publishing a tender is approved by whoever answers for a contract of its size."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from records import audit
from tenders import emails
from tenders.actions.decided import keep_decision
from tenders.actions.drafts import hold_tender, need_text, refuse_stale
from tenders.approval import lapse_of, refusal_of, route_of, waiting_of
from tenders.models import PublicationApproval, Tender
from tenders.opt_outs import Decision
from tenders.permissions import check_can_decide_publication, check_can_publish
from tenders.policy import policy_day
from tenders.readiness import needs_of
from tenders.refusals import NotReady, Unfit


@transaction.atomic
def ask_approval(
    *, tender: Tender, note: str = "", by: User, at: datetime, seen: int | None = None
) -> PublicationApproval:
    """Ask for the draft as it stands to be approved; an earlier request that waits gives way."""
    draft = hold_tender(tender)
    check_can_publish(by, draft, at)
    refuse_stale(draft, seen)
    if needs := needs_of(draft, at):
        raise NotReady(needs)
    note, route = note.strip(), route_of(draft, policy_day(draft, at))
    if refusal := refusal_of(draft, route):
        raise Unfit(None, refusal)
    waits = waiting_of(draft, route)
    if waits and waits.note == note:
        raise Unfit("note", "This was asked already, in the same words. Wait for the decision.")
    earlier = draft.approvals.undecided().filter(replaced_at__isnull=True)
    replaced = [one.pk for one in earlier]
    earlier.update(replaced_at=at)
    asked = PublicationApproval.objects.create(
        tender=draft, edits=draft.edits, decides=route.decides, note=note, asked_by=by, asked_at=at
    )
    told = {"approval": asked.pk, "decides": asked.decides, "edits": asked.edits}
    audit.record(
        verb="tender.approval_asked", by=by, target=draft, at=at, **told, replaces=replaced
    )
    emails.ask_to_approve(asked)
    return asked


@transaction.atomic
def decide_publication(
    *,
    approval: PublicationApproval,
    decision: Decision,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> PublicationApproval:
    """Record what was decided: this draft is approved, or returned for a reason."""
    held = _hold(approval)
    check_can_decide_publication(by, held, at)
    refuse_stale(held.tender, seen)
    lapse = lapse_of(held, route_of(held.tender, policy_day(held.tender, at)))
    if decision.is_approved and lapse:
        raise Unfit("decision", f"It can only be returned now. {lapse}")
    held.decision_reason = decision.reason.strip()
    if not decision.is_approved:
        need_text("reason", decision.reason, "Enter why it is returned, and what is to change.")
    keep_decision(held, decision, asked_at=held.asked_at, by=by, at=at)
    audit.record(
        verb="tender.publication_approved" if held.is_approved else "tender.publication_returned",
        by=by,
        target=held.tender,
        at=at,
        approval=held.pk,
        edits=held.edits,
        body=held.decided_by_body,
        decided_on=held.decided_on,
        minute_reference=held.minute_reference,
        reason=held.decision_reason,
    )
    emails.tell_of_approval(held)
    return held


def _hold(approval: PublicationApproval) -> PublicationApproval:
    """The request as it stands now, its tender locked to the end of the transaction."""
    tender = hold_tender(approval.tender)
    held = PublicationApproval.objects.get(pk=approval.pk)
    held.tender = tender
    return held
