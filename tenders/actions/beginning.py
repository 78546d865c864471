"""Beginning a tender, and saying anew what it is for."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.http import Http404

from accounts.access import Conflict
from accounts.models import Organisation, User
from accounts.roles import Role
from charter.models import Charter
from charter.states import CharterStatus
from records import audit
from tenders.actions.departures import ask_again, ask_again_beside, sizes_beside
from tenders.actions.drafts import hold_draft, keep_draft, need_text
from tenders.actions.laying_out import lay_out
from tenders.actions.team import put_on_team
from tenders.bands import wrong_beginning
from tenders.designs import kept_design
from tenders.limits import check_contract
from tenders.models import DesignTemplate, Opportunity, Tender
from tenders.opt_outs import Size
from tenders.permissions import check_can_create, check_can_view_public
from tenders.refusals import Unfit
from tenders.words import WORDS

# What a business case or an application earns points for, until an officer weighs it.
UNPRICED = {
    "price_weight": Decimal(0),
    "quality_weight": Decimal(90),
    "social_value_weight": Decimal(10),
    "tie_break": ["social_value", "quality"],
}


@transaction.atomic
def create_tender(
    *,
    authority: Organisation,
    charter: Charter,
    title: str,
    summary: str,
    contract_value: Decimal,
    starts_on: date,
    months: int,
    kind: str = "",
    opportunity: str = Opportunity.PROCUREMENT,
    begun_from: DesignTemplate | Tender | None = None,
    by: User,
    at: datetime,
) -> Tender:
    """Begin a draft from a charter in force; whoever begins it is its first officer.

    It takes over the design of a template or of an earlier tender of the authority.
    """
    check_can_create(by, authority)
    if charter.authority_id != authority.pk or charter.status != CharterStatus.PUBLISHED:
        raise Unfit("charter", "Choose a charter of your own authority that is in force.")
    if opportunity not in Opportunity.values:
        raise Unfit("opportunity", "Choose what you begin.")
    check_contract(kind=kind, value=contract_value, months=months, opportunity=opportunity)
    template = begun_from if isinstance(begun_from, DesignTemplate) else None
    copied_from = begun_from if isinstance(begun_from, Tender) else None
    if begun_from is not None:
        check_may_begin_from(begun_from, authority=authority, opportunity=opportunity, by=by)
    refuse_other_beginning(authority, opportunity, contract_value, template)
    words = WORDS[opportunity]
    tender = Tender.objects.create(
        authority=authority,
        charter=charter,
        opportunity=opportunity,
        template=template,
        copied_from=copied_from,
        **({} if opportunity == Opportunity.PROCUREMENT else UNPRICED),
        title=need_text("title", title, f"Enter a title that {words.bidders} will recognise."),
        summary=need_text("summary", summary, words.wrong_need),
        kind=kind,
        contract_value=contract_value,
        starts_on=starts_on,
        months=months,
        contact=by.email,
        created_at=at,
    )
    if begun_from is not None:
        lay_out(tender=tender, design=kept_design(begun_from))
    put_on_team(tender=tender, person=by, role=Role.OFFICER, at=at)
    audit.record(
        verb="tender.created",
        by=by,
        target=tender,
        at=at,
        title=tender.title,
        opportunity=opportunity,
        template=template.pk if template else None,
        copied_from=copied_from.reference if copied_from else None,
    )
    return tender


def check_may_begin_from(
    begun_from: DesignTemplate | Tender, *, authority: Organisation, opportunity: str, by: User
) -> None:
    """Only what is the authority's own, of the same kind, and open to this person."""
    if begun_from.authority_id != authority.pk:
        raise Http404
    if isinstance(begun_from, Tender):
        check_can_view_public(by, begun_from)
    elif begun_from.retired_at is not None:
        raise Conflict(f"“{begun_from}” was retired meanwhile. Go back and begin from another.")
    if begun_from.opportunity != opportunity:
        raise Unfit(
            None,
            f"“{begun_from}” is the design of a {WORDS[begun_from.opportunity].noun}. Go back and "
            "begin from another.",
        )


def refuse_other_beginning(
    authority: Organisation, opportunity: str, value: Decimal, template: DesignTemplate | None
) -> None:
    """Refuse a beginning that is not among those the authority wants for this sum."""
    standing = authority.design_templates.standing()
    if why := wrong_beginning(standing, opportunity, value, template):
        raise Unfit("contract_value", f"{why} Go back and choose what to begin from.")


@transaction.atomic
def edit_basics(
    *,
    tender: Tender,
    title: str,
    summary: str,
    contract_value: Decimal,
    starts_on: date,
    months: int,
    kind: str = "",
    contact: str | None = None,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Tender:
    """Say anew what is bought, for how much and from when.

    What was approved of a smaller contract is asked for again.
    """
    draft = hold_draft(tender, by=by, at=at, seen=seen)
    before, beside = Size.of(draft), sizes_beside(draft)
    check_contract(kind=kind, value=contract_value, months=months, opportunity=draft.opportunity)
    words = draft.words
    draft.title = need_text("title", title, f"Enter a title that {words.bidders} will recognise.")
    draft.summary = need_text("summary", summary, words.wrong_need)
    draft.kind = kind
    draft.contract_value, draft.starts_on, draft.months = contract_value, starts_on, months
    if contact is not None:
        draft.contact = contact
    ask_again(draft, before, by=by, at=at)
    kept = keep_draft(
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
    ask_again_beside(beside, by=by, at=at)
    return kept
