"""What may stand in a plan, who puts it there, and what comes of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.access import Conflict
from accounts.roles import Role
from charter.refusals import Stale, Unfit
from charter.states import CharterStatus
from records.models import AuditEvent
from tenders.actions import plan as actions
from tenders.models import PlannedContract, Suitability
from tenders.planned import content_of
from tests.factories.accounts import AuthorityFactory, UserFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.planning import GroundworkFactory, PlannedContractFactory
from tests.factories.tenders import tender_in
from tests.races import at_once, slowly
from tests.tenders.plans import NOW, PLANNERS, READERS, entry, outsiders

pytestmark = pytest.mark.django_db


@pytest.fixture
def charter():
    return CharterFactory()


@pytest.fixture
def officer(charter):
    return person_in(charter.authority, Role.OFFICER)


@pytest.fixture
def planned(charter):
    return PlannedContractFactory(authority=charter.authority, charter=charter)


def add(charter, by, **changes):
    return actions.add_planned(
        authority=charter.authority, entry=entry(charter, **changes), by=by, at=NOW
    )


def edit(planned, by, seen=None, **changes):
    said = entry(planned.charter, **changes)
    return actions.edit_planned(planned=planned, entry=said, by=by, at=NOW, seen=seen)


def basics(charter):
    return {
        "authority": charter.authority,
        "charter": charter,
        "title": "School meals 2027",
        "summary": "Meals for eleven schools.",
        "kind": "services",
        "contract_value": Decimal("340000.00"),
        "starts_on": date(2027, 4, 1),
        "months": 36,
    }


def begin(planned, by):
    return actions.begin_planned(planned=planned, by=by, at=NOW, **basics(planned.charter))


# --- Adding ----------------------------------------------------------------------------


def test_a_contract_stands_in_the_plan_of_the_year_in_which_its_procurement_begins(
    charter, officer
):
    added = add(charter, officer, begins_on=date(2027, 3, 31))

    added.refresh_from_db()
    assert (added.year, added.charter, added.edits) == (2026, charter, 0)
    assert (added.contract_value, added.months) == (Decimal("350000.00"), 36)
    assert (added.target_groups, added.programmes) == (
        ["Care leavers", "Young carers"],
        ["Apprenticeship hub"],
    )
    assert add(charter, officer, begins_on=date(2027, 4, 1)).year == 2027


def test_adding_leaves_one_line_in_the_audit_trail(charter, officer):
    added = add(charter, officer)

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id, event.stream) == (
        "plan.contract_added",
        officer.pk,
        "site",
    )
    assert (event.target_id, event.details) == (str(added.pk), {"contract": content_of(added)})


def test_names_are_kept_once_and_without_spaces_around_them(charter, officer):
    added = add(charter, officer, target_groups=(" Care  leavers ", "care leavers", ""))

    assert added.target_groups == ["Care leavers"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "a" * 201}),
        ("kind", {"kind": "magic"}),
        ("contract_value", {"contract_value": Decimal(0)}),
        ("contract_value", {"contract_value": Decimal("0.001")}),
        ("contract_value", {"contract_value": Decimal("1000000000000")}),
        ("months", {"months": 0}),
        ("months", {"months": 601}),
        ("begins_on", {"begins_on": date(2013, 3, 31)}),
        ("begins_on", {"begins_on": date(2037, 4, 1)}),
        ("responsible", {"responsible": "a" * 201}),
        ("target_groups", {"target_groups": tuple(str(n) for n in range(21))}),
        ("target_groups", {"target_groups": ("a" * 101,)}),
        ("target_groups", {"target_groups": ("one; two",)}),
        ("programmes", {"programmes": ("a" * 101,)}),
        ("suitability", {"suitability": "perhaps"}),
        ("suitability_reason", {"suitability": Suitability.UNSUITABLE}),
        ("suitability_reason", {"suitability_reason": "a" * 2001}),
    ],
)
def test_what_no_contract_can_be_is_refused_beside_its_field(charter, officer, field, changes):
    with pytest.raises(Unfit) as refusal:
        add(charter, officer, **changes)

    assert refusal.value.field == field
    assert not PlannedContract.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"contract_value": Decimal("0.01")},
        {"contract_value": Decimal("999999999999.99")},
        {"months": 600},
        {"begins_on": date(2013, 4, 1)},
        {"begins_on": date(2037, 3, 31)},
        {"responsible": "", "target_groups": (), "programmes": ()},
        {"suitability": Suitability.UNSUITABLE, "suitability_reason": "One supplier, abroad."},
    ],
)
def test_the_last_that_fits_is_taken(charter, officer, changes):
    assert add(charter, officer, **changes).pk


def test_only_a_charter_of_the_same_authority_that_is_in_force_is_chosen(charter, officer):
    superseded = CharterFactory(authority=charter.authority, status=CharterStatus.SUPERSEDED)

    for other in (CharterFactory(), superseded):
        with pytest.raises(Unfit, match="of your own authority that is in force"):
            actions.add_planned(authority=charter.authority, entry=entry(other), by=officer, at=NOW)


def test_a_title_stands_for_one_contract_of_a_year(charter, officer):
    first = add(charter, officer)

    with pytest.raises(Unfit, match="has a contract of this title") as refusal:
        add(charter, officer, title=" School meals ")
    assert refusal.value.field == "title"
    add(charter, officer, begins_on=date(2027, 10, 1))
    actions.remove_planned(planned=first, by=officer, at=NOW)
    add(charter, officer)


def test_the_database_holds_to_that_as_well(charter, planned):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedContractFactory(authority=charter.authority, charter=charter, title=planned.title)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_at_once_one_is_told(charter, officer, monkeypatch):
    slowly(monkeypatch, actions, "write_entry")

    outcomes = at_once(*[lambda: add(charter, officer)] * 2)

    assert sorted(map(str, outcomes)) == ["<class 'charter.refusals.Unfit'>", "School meals"]


@pytest.mark.django_db(transaction=True)
def test_twin_where_nobody_waits_the_database_has_to_refuse(charter, officer, monkeypatch):
    slowly(monkeypatch, actions, "write_entry")
    monkeypatch.setattr(actions, "lock_authority", lambda authority: None)

    outcomes = at_once(*[lambda: add(charter, officer)] * 2)

    assert IntegrityError in outcomes


# --- Who -------------------------------------------------------------------------------


@pytest.mark.parametrize("role", PLANNERS)
def test_whoever_may_begin_tenders_plans_them(charter, role):
    person = person_in(charter.authority, role)

    added = add(charter, person)
    edit(added, person, title="School dinners")
    actions.remove_planned(planned=added, by=person, at=NOW)


@pytest.mark.parametrize("role", READERS)
def test_all_others_of_the_authority_may_not(charter, planned, role):
    person = person_in(charter.authority, role)

    for act in (
        lambda: add(charter, person),
        lambda: edit(planned, person),
        lambda: actions.remove_planned(planned=planned, by=person, at=NOW),
        lambda: begin(planned, person),
    ):
        with pytest.raises(PermissionDenied, match="Procurement officers and administrators"):
            act()


def test_to_outsiders_there_is_no_plan(charter, planned):
    for person in outsiders(charter.authority).values():
        for act in (
            lambda person=person: add(charter, person),
            lambda person=person: edit(planned, person),
            lambda person=person: actions.remove_planned(planned=planned, by=person, at=NOW),
            lambda person=person: begin(planned, person),
        ):
            with pytest.raises(Http404):
                act()
    with pytest.raises(PermissionDenied, match="takes no part"):
        add(charter, UserFactory(is_superuser=True))


# --- Changing and taking out -----------------------------------------------------------


def test_a_change_is_saved_and_told_field_by_field(planned, officer):
    before = content_of(planned)

    saved = edit(planned, officer, seen="0", responsible="Schools team")

    saved.refresh_from_db()
    event = AuditEvent.objects.get()
    assert (saved.responsible, saved.edits) == ("Schools team", 1)
    assert event.verb == "plan.contract_edited"
    assert event.details["before"]["responsible"] == before["responsible"]
    assert event.details["after"]["responsible"] == "Schools team"
    assert "id" not in event.details["after"]


def test_a_change_is_pinned_to_the_version_that_is_in_force(planned, officer):
    old = planned.charter
    old.status = CharterStatus.SUPERSEDED
    old.save()
    newer = CharterFactory(authority=old.authority, code=old.code, version=2)

    saved = actions.edit_planned(planned=planned, entry=entry(newer), by=officer, at=NOW)

    assert saved.charter == newer


def test_a_procurement_put_off_moves_to_the_next_plan(planned, officer):
    assert edit(planned, officer, begins_on=date(2027, 4, 1)).year == 2027


def test_a_stale_change_is_refused_with_what_is_saved_now(planned, officer):
    edit(planned, officer, seen="0", responsible="Schools team")

    with pytest.raises(Stale) as refusal:
        edit(planned, officer, seen="0", responsible="Housing team")

    assert refusal.value.state["responsible"] == "Schools team"
    assert refusal.value.seen == "1"
    assert edit(planned, officer, seen="1", responsible="Housing team").edits == 2


def test_what_is_taken_out_is_kept_and_listed_no_more(planned, officer):
    actions.remove_planned(planned=planned, by=officer, at=NOW)

    planned.refresh_from_db()
    assert planned.removed_at == NOW
    assert not PlannedContract.objects.standing().exists()
    assert AuditEvent.objects.get().verb == "plan.contract_removed"


def test_what_was_taken_out_meanwhile_is_neither_changed_nor_begun(planned, officer):
    actions.remove_planned(planned=planned, by=officer, at=NOW)

    for act in (
        lambda: edit(planned, officer),
        lambda: actions.remove_planned(planned=planned, by=officer, at=NOW),
        lambda: begin(planned, officer),
    ):
        with pytest.raises(Conflict, match="taken out of the plan meanwhile"):
            act()


@pytest.mark.parametrize("state", ["D", "O", "X"])
def test_what_a_tender_came_of_stays_in_the_plan(planned, officer, state):
    planned.tender = tender_in(state, authority=planned.authority)
    planned.save()

    with pytest.raises(Conflict, match="A tender has come of"):
        actions.remove_planned(planned=planned, by=officer, at=NOW)


# --- Beginning -------------------------------------------------------------------------


def test_a_tender_begun_from_the_plan_is_linked_to_it(planned, officer):
    tender = begin(planned, officer)

    planned.refresh_from_db()
    assert (planned.tender, tender.title) == (tender, "School meals 2027")
    verbs = list(AuditEvent.objects.order_by("at", "pk").values_list("verb", flat=True))
    assert set(verbs) == {"tender.created", "plan.tender_begun"}


def test_what_was_thought_before_goes_into_the_tenders_file(planned, officer):
    record = GroundworkFactory(authority=planned.authority, planned=planned)

    tender = begin(planned, officer)

    record.refresh_from_db()
    assert record.tender == tender


def test_a_record_that_another_tender_uses_stays_where_it_is(planned, officer):
    used = tender_in("D", authority=planned.authority)
    record = GroundworkFactory(authority=planned.authority, planned=planned, tender=used)

    begin(planned, officer)

    record.refresh_from_db()
    assert record.tender == used


def test_one_tender_comes_of_a_planned_contract(planned, officer):
    begin(planned, officer)

    with pytest.raises(Conflict, match="has already come of"):
        begin(planned, officer)


def test_another_comes_of_it_once_the_first_is_cancelled(planned, officer):
    first = begin(planned, officer)
    first.cancelled_at = NOW + timedelta(days=1)
    first.save()
    planned.refresh_from_db()

    second = begin(planned, officer)

    planned.refresh_from_db()
    assert planned.tender == second


def test_a_tender_of_another_authority_is_not_begun_from_the_plan(planned, officer):
    other = AuthorityFactory()
    CharterFactory(authority=other)
    both = person_in(other, Role.OFFICER)
    both.memberships.create(organisation=planned.authority, role=Role.OFFICER, since=NOW)
    theirs = basics(CharterFactory(authority=other))

    with pytest.raises(Unfit, match="whose plan this is"):
        actions.begin_planned(planned=planned, by=both, at=NOW, **theirs)

    assert not AuditEvent.objects.exists()


def test_what_a_tender_cannot_be_leaves_the_plan_as_it_was(planned, officer):
    wrong = {**basics(planned.charter), "months": 0}

    with pytest.raises(Unfit):
        actions.begin_planned(planned=planned, by=officer, at=NOW, **wrong)

    planned.refresh_from_db()
    assert planned.tender is None
