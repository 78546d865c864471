"""Who works on a tender, and who steps back from it."""

from datetime import datetime

from django.db import transaction

from accounts.access import roles_in
from accounts.actions import note_engaged
from accounts.models import User
from accounts.roles import ON_A_TENDER, Role, excluded_with
from records import audit
from tenders.actions.drafts import hold_tender
from tenders.models import Assignment, Tender
from tenders.permissions import check_can_assign
from tenders.refusals import RolesExclude, Unfit


@transaction.atomic
def assign(*, tender: Tender, person: User, role: Role, by: User, at: datetime) -> Assignment:
    """Give a member of the authority a role on a tender; giving it twice gives it once."""
    tender = hold_tender(tender)
    check_can_assign(by, tender, at)
    role = Role(role)
    held = list(Assignment.objects.filter(tender=tender, person=person))
    _check_may_hold(tender, person, role, held)
    already = next((one for one in held if one.role == role), None)
    if already:
        return already
    assignment = put_on_team(tender=tender, person=person, role=role, at=at)
    audit.record(
        verb="tender.role_assigned", by=by, target=tender, at=at, person=person.email, role=role
    )
    return assignment


def put_on_team(*, tender: Tender, person: User, role: Role, at: datetime) -> Assignment:
    """Write a checked assignment down, and that the person works on something here."""
    note_engaged(person=person, authority=tender.authority, at=at)
    return Assignment.objects.create(tender=tender, person=person, role=role, assigned_at=at)


@transaction.atomic
def unassign(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Take a role on a tender from a person, once; it bites on the next request."""
    tender = hold_tender(assignment.tender)
    check_can_assign(by, tender, at)
    # As it stands now: meanwhile the person may have declared an interest.
    current = tender.assignments.select_related("person").filter(pk=assignment.pk).first()
    if current is None:
        return
    assignment = current
    if assignment.conflicted_at:
        raise Unfit("person", f"{assignment.person} declared an interest: that stays on record.")
    officers = tender.assignments.filter(role=Role.OFFICER, conflicted_at__isnull=True)
    if assignment.role == Role.OFFICER and officers.count() == 1:
        raise Unfit("person", "A tender keeps at least one officer. Add another one first.")
    person, role = assignment.person, assignment.role
    tender.assignments.filter(pk=assignment.pk).delete()
    audit.record(
        verb="tender.role_removed", by=by, target=tender, at=at, person=person.email, role=role
    )


@transaction.atomic
def note_declared(*, tender: Tender, person: User, by: User, at: datetime) -> None:
    """Remember that a person has declared to have no interest, whatever roles they hold.

    Who may declare, and what was declared, is for `evaluations` to check and keep.
    """
    tender = hold_tender(tender)
    tender.assignments.filter(person=person).update(declared_at=at)
    audit.record(verb="tender.interests_declared", by=by, target=tender, at=at, person=person.email)


@transaction.atomic
def mark_conflicted(*, tender: Tender, person: User, by: User, at: datetime) -> None:
    """Take every role on a tender from a person with an interest, at once and for good.

    Who may declare, and what was declared, is for `evaluations` to check and keep.
    """
    tender = hold_tender(tender)
    sitting = tender.assignments.filter(person=person, conflicted_at__isnull=True)
    roles = sorted(sitting.values_list("role", flat=True))
    sitting.update(declared_at=at, conflicted_at=at)
    audit.record(
        verb="tender.person_conflicted",
        by=by,
        target=tender,
        at=at,
        person=person.email,
        roles=roles,
    )


def _check_may_hold(tender: Tender, person: User, role: Role, held: list[Assignment]) -> None:
    if role not in ON_A_TENDER:
        raise Unfit("role", f"{role.label} is not a role on a tender.")
    at_home = roles_in(person, tender.authority)
    if not at_home:
        raise Unfit("person", f"{person} does not work for {tender.authority}.")
    if any(one.conflicted_at for one in held):
        raise Unfit("person", f"{person} declared an interest in this tender. Choose someone else.")
    clash = excluded_with(role, {Role(one.role) for one in held})
    if clash:
        other = min(clash, key=lambda one: one.label)
        raise RolesExclude(
            "role",
            f"{person} is {other.label.lower()} of this tender, and the same person may not "
            f"also be its {role.label.lower()}. Choose someone else.",
        )
    if role == Role.APPROVER and Role.APPROVER not in at_home:
        raise Unfit(
            "person",
            f"{person} is no approver of {tender.authority}. Choose somebody who is, or ask an "
            "administrator to give them that role under People.",
        )
    chairs = tender.assignments.filter(role=Role.CHAIR, conflicted_at__isnull=True)
    if role == Role.CHAIR and chairs.exclude(person=person).exists():
        raise Unfit("role", "This tender has a chair. Take the role from that person first.")
