"""Drafts of a policy that names who approves, asked for and decided, for tests of this app."""

from datetime import date

from accounts.models import User
from tenders.actions import approvals as actions
from tenders.models import PublicationApproval, Tender
from tenders.opt_outs import Decision
from tests.tenders.departures import LATER, approver_of, follow, nelc_draft
from tests.tenders.drafts import NOW, officer_of


def settled_draft(value: str = "250000.00", **fields) -> Tender:
    """A draft of North East Lincolnshire that lacks nothing but an approval."""
    tender = nelc_draft(value, **fields)
    if tender.contract_value > 100000:
        follow(tender)
        tender.refresh_from_db()
    return tender


def ask(tender: Tender, *, by: User | None = None, at=NOW, **fields) -> PublicationApproval:
    """Ask for the draft as it stands."""
    return actions.ask_approval(tender=tender, by=by or officer_of(tender), at=at, **fields)


def decide(
    approval: PublicationApproval, *, by=None, at=LATER, is_approved=True, seen=None, **fields
) -> PublicationApproval:
    """Record a decision on a request to publish."""
    fields = {
        "reason": "" if is_approved else "Say more of the timetable.",
        "body": approval.decides,
        "decided_on": date(2026, 6, 2),
        **fields,
    }
    return actions.decide_publication(
        approval=approval,
        decision=Decision(is_approved=is_approved, **fields),
        by=by or approver_of(approval.tender),
        at=at,
        seen=seen,
    )
