"""Who may do what on a tender, and when: one table per stage, one function that decides.

Order of every decision: whoever stands outside is told that there is nothing (404) or, if
a party to it, that they may not (403); a colleague without the right is told so (403); the
right person at the wrong time gets a Conflict (409), or 403 for a page that only looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import (
    KNOWS_EVERYTHING,
    Conflict,
    check_role,
    refuse_outsider,
    roles_in,
)
from accounts.models import Organisation, OrganisationKind, User
from accounts.roles import GRANTED, Permission, Role
from tenders.models import (
    Assignment,
    DesignTemplate,
    Groundwork,
    OptOut,
    PublicationApproval,
    Tender,
)
from tenders.states import State

ALWAYS = "DPOCERMALX"


@dataclass(frozen=True)
class Rule:
    """One row of the permission table.

    `roles` gives for each role the states in which it may (letters of `State`);
    `hidden_in` the states in which even those who may later are told there is nothing.
    """

    name: str
    roles: Mapping[Role, str]
    is_change: bool
    hidden_in: str = ""
    too_early_or_late: str = "This cannot be done now."


VIEW_INTERNAL = Rule(
    "tender.view_internal",
    {
        Role.OFFICER: ALWAYS,
        Role.EVALUATOR: "CERMAL",
        Role.CHAIR: ALWAYS,
        Role.APPROVER: ALWAYS,
        Role.CONTRACT_MANAGER: "AL",
        Role.ADMINISTRATOR: ALWAYS,
    },
    is_change=False,
)
EDIT = Rule(
    "tender.edit_criteria_weights",
    {Role.OFFICER: "D"},
    is_change=True,
    too_early_or_late="A published tender is frozen. Cancel it and publish a new one instead.",
)
PUBLISH = Rule(
    "tender.publish",
    {Role.OFFICER: "D"},
    is_change=True,
    too_early_or_late="This tender has already been published.",
)
APPROVE_PUBLICATION = Rule(
    "tender.approve_publication",
    {Role.APPROVER: "D"},
    is_change=True,
    too_early_or_late="This tender is no draft any more, so nobody decides on publishing it. Read "
    "what became of it on its page.",
)
CANCEL = Rule(
    "tender.cancel",
    {Role.OFFICER: "DPOCERMA"},
    is_change=True,
    too_early_or_late="This tender can no longer be cancelled.",
)
REQUEST_OPT_OUT = Rule(
    "tender.request_opt_out",
    {Role.OFFICER: "D"},
    is_change=True,
    too_early_or_late="Only a draft may still be let off what its policy asks. This tender is no "
    "draft any more: cancel it and begin another, if it must be.",
)
APPROVE_OPT_OUT = Rule(
    "tender.approve_opt_out",
    {Role.APPROVER: "D"},
    is_change=True,
    too_early_or_late="This tender is no draft any more, so nothing is left to decide about what "
    "its policy asks. Read what was decided under “What policy asks”.",
)
ASSIGN = Rule(
    "evaluator.assign",
    {Role.OFFICER: "DPOCE"},
    is_change=True,
    too_early_or_late="The team can no longer change: moderation has begun.",
)


@dataclass(frozen=True)
class Standing:
    """What a person is to a tender: inside it or not, and with which roles."""

    is_inside: bool
    is_of_the_authority: bool
    roles: frozenset[Role]
    # An evaluator reads no bid and gives no mark before declaring interests.
    must_declare: bool = False


def standing_on(user: User, tender: Tender) -> Standing:
    """The person's place on this tender now. A declared conflict leaves no role.

    Whoever approves holds that role in the authority too: an officer does not make approvers.
    """
    held = roles_in(user, tender.authority)
    if not held:
        return Standing(False, False, frozenset())
    assignments = list(Assignment.objects.filter(tender=tender, person=user))
    if any(a.conflicted_at for a in assignments):
        return Standing(True, True, frozenset())
    wide = held & KNOWS_EVERYTHING
    given = {Role(a.role) for a in assignments}
    if Role.APPROVER not in held:
        given.discard(Role.APPROVER)
    must_declare = any(a.role == Role.EVALUATOR and not a.declared_at for a in assignments)
    return Standing(bool(assignments or wide), True, frozenset(given | wide), must_declare)


def check(rule: Rule, user: User, tender: Tender, now: datetime) -> None:
    """Refuse unless the table lets this person do this on this tender at this time."""
    standing = standing_on(user, tender)
    if not standing.is_of_the_authority:
        refuse_outsider(user, tender.authority, is_public=tender.is_public)
    if not standing.is_inside:
        raise Http404
    check_standing(rule, standing, tender.state(now))


def check_standing(rule: Rule, standing: Standing, state: State) -> None:
    """The second half of the decision: a colleague's roles against the table."""
    allowed_in = "".join(rule.roles[role] for role in standing.roles if role in rule.roles)
    if not allowed_in:
        raise PermissionDenied("Your role on this tender does not allow this.")
    if state in allowed_in:
        return
    if state in rule.hidden_in:
        raise Http404
    if rule.is_change:
        raise Conflict(rule.too_early_or_late)
    raise PermissionDenied(rule.too_early_or_late)


def check_can_view_public(user: User, tender: Tender) -> None:
    """A published tender is public. A draft is for its team, approver and administrator."""
    if tender.is_public:
        return
    if user.is_authenticated and user.is_superuser:
        return
    seen_by = {Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR}
    if not standing_on(user, tender).roles & seen_by:
        raise Http404


def check_can_create(user: User, authority: Organisation) -> None:
    check_role(user, Permission.TENDER_CREATE, within=authority)


def check_can_keep_template(user: User, tender: Tender) -> None:
    """Whoever begins tenders keeps the design of any that they may read."""
    check_can_create(user, tender.authority)
    check_can_view_public(user, tender)


def check_can_change_template(user: User, template: DesignTemplate) -> None:
    """Whoever begins tenders; what tenders must begin from, an administrator alone."""
    check_can_create(user, template.authority)
    if template.is_compulsory:
        check_can_restrict(user, template.authority)


def check_can_restrict(user: User, authority: Organisation) -> None:
    """Whoever says from which templates tenders must begin."""
    check_role(user, Permission.TEMPLATE_RESTRICT, within=authority)


def check_can_view_internal(user: User, tender: Tender, now: datetime) -> None:
    check(VIEW_INTERNAL, user, tender, now)


def check_can_edit(user: User, tender: Tender, now: datetime) -> None:
    check(EDIT, user, tender, now)


def check_can_publish(user: User, tender: Tender, now: datetime) -> None:
    check(PUBLISH, user, tender, now)


def check_can_approve_publication(user: User, tender: Tender, now: datetime) -> None:
    check(APPROVE_PUBLICATION, user, tender, now)


def check_can_decide_publication(user: User, asked: PublicationApproval, now: datetime) -> None:
    """An approver decides what another person asked for, once."""
    check_can_approve_publication(user, asked.tender, now)
    if asked.asked_by_id == user.pk:
        raise PermissionDenied("Another person must decide on what you asked for.")
    if asked.replaced_at is not None:
        raise Conflict("An officer has asked anew since. Decide on the newer request.")
    if asked.is_approved is not None:
        raise Conflict("This request has been decided already. Read the decision first.")


def check_can_cancel(user: User, tender: Tender, now: datetime) -> None:
    check(CANCEL, user, tender, now)


def check_can_request_opt_out(user: User, tender: Tender, now: datetime) -> None:
    check(REQUEST_OPT_OUT, user, tender, now)


def check_can_approve_opt_out(user: User, tender: Tender, now: datetime) -> None:
    check(APPROVE_OPT_OUT, user, tender, now)


def check_can_decide(user: User, opt_out: OptOut, now: datetime) -> None:
    """An approver decides what another person asked for, once."""
    check_can_approve_opt_out(user, opt_out.tender, now)
    if opt_out.requested_by_id == user.pk:
        raise PermissionDenied("Another person must decide on what you asked for.")
    if opt_out.withdrawn_at is not None:
        raise Conflict("This request was withdrawn, so there is nothing to decide any more.")
    if opt_out.is_approved is not None:
        raise Conflict("This request has been decided already. Read the decision first.")


def check_can_withdraw(user: User, opt_out: OptOut, now: datetime) -> None:
    """An officer takes back what waits or was approved, while the tender is a draft."""
    check_can_request_opt_out(user, opt_out.tender, now)
    if opt_out.withdrawn_at is not None or opt_out.is_approved is False:
        raise Conflict("This request stands no more, so there is nothing to withdraw.")


def check_can_assign(user: User, tender: Tender, now: datetime) -> None:
    check(ASSIGN, user, tender, now)


def check_can_begin_record(user: User, authority: Organisation) -> None:
    """Whoever may begin tenders thinks before them; all others of the authority read."""
    held = roles_in(user, authority)
    if not held:
        raise Http404
    if not held & GRANTED[Permission.TENDER_CREATE]:
        raise PermissionDenied(
            "Procurement officers and administrators keep this record. Ask one of them for a "
            "change."
        )


def check_can_prepare(user: User, record: Groundwork) -> None:
    """A pre-procurement record is its authority's; once its tender is published, nobody's."""
    check_can_begin_record(user, record.authority)
    refuse_frozen(record)


def check_can_take_out(user: User, record: Groundwork, now: datetime) -> None:
    """Only an officer of the draft frees the record in its file; of a cancelled one, anybody."""
    check_can_prepare(user, record)
    if record.tender is None:
        raise Conflict(f"“{record}” is used in no tender. Nothing needs to be taken out.")
    if record.tender.cancelled_at is None:
        check_can_edit(user, record.tender, now)


def refuse_frozen(record: Groundwork) -> None:
    """What stands in the file of a published tender stays as it is."""
    if record.is_frozen:
        raise Conflict(
            f"“{record}” stands in the file of {record.tender.reference}, which is published, so "
            "it can no longer change. Begin another record for another procurement."
        )


def planning_authority(user: User, pk: UUID) -> Organisation:
    """The authority whose plan this person may read: any role there will do."""
    authority = Organisation.objects.filter(pk=pk, kind=OrganisationKind.AUTHORITY).first()
    if authority is None:
        raise Http404
    check_can_read_plan(user, authority)
    return authority


def check_can_read_plan(user: User, authority: Organisation) -> None:
    """What is planned is for the authority's own people; nobody else hears that it exists."""
    if not roles_in(user, authority):
        refuse_outsider(user, authority, is_public=False)


def check_can_plan(user: User, authority: Organisation) -> None:
    """Whoever may begin tenders plans them; all others of the authority read."""
    check_can_read_plan(user, authority)
    if not roles_in(user, authority) & GRANTED[Permission.TENDER_CREATE]:
        raise PermissionDenied(
            "Procurement officers and administrators change the plan. Ask one of them, or an "
            "administrator for the role."
        )
