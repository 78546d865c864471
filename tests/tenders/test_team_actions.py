"""Who may be on a team, and what an interest does."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.access import Conflict
from accounts.actions import give_role
from accounts.roles import EXCLUSIONS, Role
from records.models import AuditEvent
from tenders import actions
from tenders.models import Assignment
from tenders.permissions import standing_on
from tenders.refusals import RolesExclude, Unfit
from tests.factories.accounts import UserFactory
from tests.factories.tenders import AssignmentFactory, TenderFactory, team_member, tender_in
from tests.tenders.drafts import NOW, colleague_of, officer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender():
    return TenderFactory()


def assign(tender, person, role=Role.EVALUATOR, by=None):
    return actions.assign(
        tender=tender, person=person, role=role, by=by or officer_of(tender), at=NOW
    )


def test_a_colleague_becomes_an_evaluator(tender):
    colleague = colleague_of(tender)

    assign(tender, colleague)

    assert standing_on(colleague, tender).roles == {Role.EVALUATOR}
    assert AuditEvent.objects.get().details == {"person": colleague.email, "role": "evaluator"}


def test_a_role_given_twice_is_held_once(tender):
    colleague = colleague_of(tender)
    first = assign(tender, colleague)

    assert assign(tender, colleague) == first
    assert AuditEvent.objects.count() == 1


def test_a_stranger_to_the_authority_is_refused(tender):
    with pytest.raises(Unfit, match="does not work for"):
        assign(tender, UserFactory())


@pytest.mark.parametrize("pair", EXCLUSIONS, ids=lambda pair: " and ".join(sorted(pair)))
def test_no_person_holds_both_roles_of_an_excluded_pair(tender, pair):
    held, wanted = sorted(pair)
    person = team_member(tender, Role(held))

    with pytest.raises(RolesExclude) as refusal:
        assign(tender, person, Role(wanted))

    assert refusal.value.field == "role"
    assert Assignment.objects.filter(tender=tender, person=person).count() == 1


def test_a_role_of_the_whole_authority_is_not_one_on_a_tender(tender):
    with pytest.raises(Unfit, match="not a role on a tender"):
        assign(tender, colleague_of(tender), Role.BOARD)


def test_a_tender_has_one_chair(tender):
    team_member(tender, Role.CHAIR)

    with pytest.raises(Unfit, match="has a chair"):
        assign(tender, colleague_of(tender), Role.CHAIR)


def test_a_chair_with_an_interest_can_be_replaced(tender):
    team_member(tender, Role.CHAIR, conflicted=True)
    colleague = colleague_of(tender)

    assign(tender, colleague, Role.CHAIR)

    assert standing_on(colleague, tender).roles == {Role.CHAIR}


def test_whoever_declared_an_interest_is_not_assigned_again(tender):
    person = team_member(tender, Role.EVALUATOR, conflicted=True)

    with pytest.raises(Unfit, match="declared an interest"):
        assign(tender, person, Role.CONTRACT_MANAGER)


def test_an_officer_makes_nobody_an_approver_whom_the_authority_has_not(tender):
    with pytest.raises(Unfit, match="is no approver of") as refusal:
        assign(tender, colleague_of(tender, Role.CONTRACT_MANAGER), Role.APPROVER)

    assert refusal.value.field == "person"
    assert assign(tender, colleague_of(tender, Role.APPROVER), Role.APPROVER).role == Role.APPROVER


def test_an_approver_whose_role_the_authority_took_back_approves_nothing(tender):
    approver = team_member(tender, Role.APPROVER)
    before = standing_on(approver, tender).roles
    give_role(person=approver, authority=tender.authority, role=Role.EVALUATOR, by=None, at=NOW)
    approver.memberships.filter(role=Role.APPROVER).delete()

    after = standing_on(approver, tender)

    assert (before, after.roles) == ({Role.APPROVER}, frozenset())
    assert after.is_inside


def test_only_officers_of_the_tender_choose_the_team(tender):
    with pytest.raises(PermissionDenied):
        assign(tender, colleague_of(tender), by=team_member(tender, Role.CHAIR))


def test_the_team_stays_once_moderation_has_begun():
    tender = tender_in("R")

    with pytest.raises(Conflict, match="moderation has begun"):
        assign(tender, colleague_of(tender))


def test_removing_takes_the_role_at_once(tender):
    evaluator = team_member(tender, Role.EVALUATOR)
    assignment = tender.assignments.get(person=evaluator)

    actions.unassign(assignment=assignment, by=officer_of(tender), at=NOW)

    assert standing_on(evaluator, tender).roles == set()
    assert AuditEvent.objects.get().verb == "tender.role_removed"


def test_the_last_officer_stays(tender):
    officer = officer_of(tender)

    with pytest.raises(Unfit, match="at least one officer"):
        actions.unassign(assignment=tender.assignments.get(), by=officer, at=NOW)


def test_a_declared_interest_stays_on_record(tender):
    person = team_member(tender, Role.EVALUATOR, conflicted=True)

    with pytest.raises(Unfit, match="stays on record"):
        actions.unassign(
            assignment=tender.assignments.get(person=person), by=officer_of(tender), at=NOW
        )


def test_an_interest_declared_while_the_officer_presses_remove_stays_on_record(tender):
    person = team_member(tender, Role.EVALUATOR)
    as_read = tender.assignments.get(person=person)
    actions.mark_conflicted(tender=tender, person=person, by=person, at=NOW)

    with pytest.raises(Unfit, match="stays on record"):
        actions.unassign(assignment=as_read, by=officer_of(tender), at=NOW)


def test_removing_twice_is_removing_once(tender):
    assignment = tender.assignments.get(person=team_member(tender, Role.EVALUATOR))
    officer = officer_of(tender)

    actions.unassign(assignment=assignment, by=officer, at=NOW)
    actions.unassign(assignment=assignment, by=officer, at=NOW)

    assert AuditEvent.objects.count() == 1


def test_an_interest_takes_every_role_at_once(tender):
    person = team_member(tender, Role.EVALUATOR)
    AssignmentFactory(tender=tender, person=person, role=Role.CONTRACT_MANAGER)

    actions.mark_conflicted(tender=tender, person=person, by=person, at=NOW)

    assert standing_on(person, tender).roles == set()
    assert AuditEvent.objects.get().details == {
        "person": person.email,
        "roles": ["contract_manager", "evaluator"],
    }


def test_a_declaration_of_no_interest_lets_an_evaluator_begin(tender):
    person = team_member(tender, Role.EVALUATOR)
    tender.assignments.filter(person=person).update(declared_at=None)

    actions.note_declared(tender=tender, person=person, by=person, at=NOW)

    assert not standing_on(person, tender).must_declare
