"""Tenders under a policy that may be departed from, for tests of this app."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from charter.pack import read_charter
from tenders.actions import departures as actions
from tenders.models import OptOut, Tender
from tenders.opt_outs import Decision
from tests.factories.accounts import AuthorityFactory
from tests.factories.charter import CharterFactory
from tests.factories.files import PDF
from tests.factories.tenders import team_member
from tests.tenders.drafts import NOW, complete_draft, officer_of

QUALITY, OVERALL = "rule:quality-element", "rule:overall"
LATER = datetime(2026, 6, 3, 9, tzinfo=UTC)
EXPLORED = "We asked three firms and the tenants' panel."
WHY_NOT = "The framework fixes its own award criteria."
COMPULSORY = {
    "id": "employment",
    "kind": "compulsory",
    "heading": "One metric of employment and skills",
    "document": "Procurement policy",
    "paragraph": "4",
    "text": "At least one measure is of employment and skills, unless leadership waives it.",
    "facts": {"among": "ES", "at_least": "1", "waiver": "the Chief Executive"},
}


def paper(name: str = "paper.pdf") -> SimpleUploadedFile:
    """A file that is accepted."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def nelc_charter(**fields):
    """North East Lincolnshire's policy, as it ships, in force."""
    read = read_charter("nelc-2018")
    fields = {"rules": list(read.rules), "clauses": list(read.clauses), **fields}
    return CharterFactory(**fields)


def nelc_draft(value: str = "250000.00", *, clauses=(), **fields) -> Tender:
    """A draft under that policy that lacks only what is to be decided about it."""
    authority = fields.pop("authority", None) or AuthorityFactory()
    charter = nelc_charter(authority=authority)
    charter.clauses = [*charter.clauses, *clauses]
    charter.save()
    fields = {"contract_value": Decimal(value), "charter": charter, **fields}
    return complete_draft(authority=authority, **fields)


def approver_of(tender: Tender):
    """An approver of this tender."""
    return team_member(tender, Role.APPROVER)


def ask(tender: Tender, *, by=None, at=NOW, **fields) -> OptOut:
    """Ask for what may be asked for; social value as a whole unless a clause is named."""
    fields = {"explored": EXPLORED, "why_not": WHY_NOT, "evidence": [paper()], **fields}
    return actions.request_opt_out(tender=tender, by=by or officer_of(tender), at=at, **fields)


def decide(opt_out: OptOut, *, by=None, at=LATER, is_approved=True, seen=None, **fields) -> OptOut:
    """Record a decision on a request."""
    fields = {
        "reason": "The evidence is sound.",
        "body": opt_out.decides,
        "decided_on": date(2026, 6, 2),
        **fields,
    }
    return actions.decide_opt_out(
        opt_out=opt_out,
        decision=Decision(is_approved=is_approved, **fields),
        by=by or approver_of(opt_out.tender),
        at=at,
        seen=seen,
    )


def follow(tender: Tender, follows: str = QUALITY, *, by=None, at=NOW, **fields):
    """Choose one of the two rules that contradict each other."""
    other = OVERALL if follows == QUALITY else QUALITY
    fields = {"sets_aside": other, "reason": "The objective is the older text.", **fields}
    return actions.choose_rule(
        tender=tender, follows=follows, by=by or officer_of(tender), at=at, **fields
    )
