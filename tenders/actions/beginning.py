"""Beginning a tender, and saying anew what it is for."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import Organisation, User
from accounts.roles import Role
from charter.models import Charter
from charter.states import CharterStatus
from records import audit
from tenders.actions.departures import ask_again
from tenders.actions.drafts import hold_draft, keep_draft, need_text
from tenders.actions.team import put_on_team
from tenders.limits import check_contract
from tenders.models import Tender
from tenders.opt_outs import Size
from tenders.permissions import check_can_create
from tenders.refusals import Unfit


@transaction.atomic
def create_tender(
    *,
    authority: Organisation,
    charter: Charter,
    title: str,
    summary: str,
    kind: str,
    contract_value: Decimal,
    starts_on: date,
    months: int,
    by: User,
    at: datetime,
) -> Tender:
    """Begin a draft from a charter in force; whoever begins it is its first officer."""
    check_can_create(by, authority)
    if charter.authority_id != authority.pk or charter.status != CharterStatus.PUBLISHED:
        raise Unfit("charter", "Choose a charter of your own authority that is in force.")
    check_contract(kind=kind, value=contract_value, months=months)
    tender = Tender.objects.create(
        authority=authority,
        charter=charter,
        title=need_text("title", title, "Enter a title that bidders will recognise."),
        summary=need_text("summary", summary, "Enter what is to be bought, and for whom."),
        kind=kind,
        contract_value=contract_value,
        starts_on=starts_on,
        months=months,
        contact=by.email,
        created_at=at,
    )
    put_on_team(tender=tender, person=by, role=Role.OFFICER, at=at)
    audit.record(verb="tender.created", by=by, target=tender, at=at, title=tender.title)
    return tender


@transaction.atomic
def edit_basics(
    *,
    tender: Tender,
    title: str,
    summary: str,
    kind: str,
    contract_value: Decimal,
    starts_on: date,
    months: int,
    contact: str | None = None,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Tender:
    """Say anew what is bought, for how much and from when.

    What was approved of a smaller contract is asked for again.
    """
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    before = Size.of(draft)
    check_contract(kind=kind, value=contract_value, months=months)
    draft.title = need_text("title", title, "Enter a title that bidders will recognise.")
    draft.summary = need_text("summary", summary, "Enter what is to be bought, and for whom.")
    draft.kind = kind
    draft.contract_value, draft.starts_on, draft.months = contract_value, starts_on, months
    if contact is not None:
        draft.contact = contact
    ask_again(draft, before, by=by, at=at)
    return keep_draft(
        draft,
        verb="tender.basics_edited",
        by=by,
        at=at,
        title=draft.title,
        kind=kind,
        contract_value=contract_value,
        starts_on=starts_on,
        months=months,
    )
