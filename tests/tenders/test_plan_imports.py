"""A file changes a year's plan whole or not at all, and only as somebody saw it would."""

import io
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from openpyxl import load_workbook

from accounts.access import Conflict
from accounts.roles import Role
from charter.refusals import Unfit
from charter.states import CharterStatus
from design.year import FinancialYear
from metrics.sheets.problems import Unreadable, Unsound
from records.models import AuditEvent
from tenders.actions import plan as planning
from tenders.actions import plan_sheets as actions
from tenders.models import PlannedContract, PlanUpload
from tenders.planned import charters_in_force, content_of, lines_of
from tenders.sheets import cells, columns
from tests.factories.accounts import UserFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.planning import PlannedContractFactory
from tests.factories.sheets import as_upload, comma_file, workbook_of
from tests.factories.sheets import saved as saved_book
from tests.factories.tenders import tender_in
from tests.races import at_once, slowly
from tests.tenders.plans import NOW, PLANNERS, READERS, entry, outsiders

pytestmark = pytest.mark.django_db
YEAR = FinancialYear(2026)
HEADS = {column.key: column.heading for column in columns.COLUMNS}


@pytest.fixture
def charter():
    return CharterFactory(code="ours")


@pytest.fixture
def officer(client, charter):
    person = person_in(charter.authority, Role.OFFICER)
    client.force_login(person)
    return person


@pytest.fixture
def plan(charter):
    """Three contracts, one of them thought through."""
    home = {"authority": charter.authority, "charter": charter}
    return [
        PlannedContractFactory(title="Lighting", begins_on=date(2026, 5, 1), **home),
        PlannedContractFactory(title="Meals", begins_on=date(2026, 6, 1), **home),
        PlannedContractFactory(title="Roofs", thought_through=True, **home),
    ]


def contents(charter):
    return [content_of(one) for one in actions.plan_of(charter.authority, YEAR)]


def file_of(charter, *, without=(), extra=(), **changes):
    """The plan's own file: some rows left out, one cell of “Lighting” or more changed."""
    told = [one for one in contents(charter) if one["title"] not in without]
    rows = [cells.cells_of(one) for one in told]
    for row in rows:
        if row["title"] == "Lighting":
            row |= changes
    keys = list(HEADS)
    return comma_file(
        [list(HEADS.values()), *[[row.get(key, "") for key in keys] for row in [*rows, *extra]]],
        name="plan.csv",
    )


NEW = {
    "title": "School meals",
    "kind": "services",
    "contract_value": "100000.01",
    "months": "36",
    "begins_on": "2026-10-01",
}


def read(charter, by, upload=None, year=YEAR):
    kept, _ = actions.read_plan_sheet(
        authority=charter.authority,
        year=year,
        upload=upload or file_of(charter),
        by=by,
        at=NOW,
    )
    return kept


def apply(upload, by, *, remove_missing=False):
    return actions.apply_plan_sheet(upload=upload, remove_missing=remove_missing, by=by, at=NOW)


# --- Reading and applying --------------------------------------------------------------


def test_reading_changes_nothing_and_keeps_what_was_read(charter, officer, plan):
    before = contents(charter)

    upload = read(charter, officer, file_of(charter, responsible="Street team", extra=[NEW]))

    assert contents(charter) == before
    assert (upload.name, upload.year, len(upload.sha256)) == ("plan.csv", 2026, 64)
    assert [row["title"] for row in upload.rows] == ["Lighting", "Meals", "Roofs", "School meals"]
    assert not AuditEvent.objects.exists()


def test_applying_makes_the_plan_say_what_the_file_says(charter, officer, plan):
    upload = read(charter, officer, file_of(charter, responsible="Street team", extra=[NEW]))

    changes = apply(upload, officer)

    assert ([one.title for one in changes.added], [one.title for one in changes.changed]) == (
        ["School meals"],
        ["Lighting"],
    )
    new = PlannedContract.objects.get(title="School meals")
    assert (new.contract_value, new.year, new.charter, new.added_by) == (
        Decimal("100000.01"),
        2026,
        charter,
        officer,
    )
    lighting, meals, _ = plan
    lighting.refresh_from_db()
    meals.refresh_from_db()
    assert (lighting.responsible, lighting.edits, meals.edits) == ("Street team", 1, 0)


def test_one_line_of_the_audit_trail_says_what_was_applied(charter, officer, plan):
    file = file_of(charter, without=["Meals"], responsible="Street team", extra=[NEW])
    upload = read(charter, officer, file)

    apply(upload, officer, remove_missing=True)

    event = AuditEvent.objects.get()
    assert (event.verb, event.target_id) == ("plan.imported", str(charter.authority_id))
    assert event.details == {
        "year": 2026,
        "file": "plan.csv",
        "sha256": upload.sha256,
        "added": ["School meals"],
        "changed": ["Lighting"],
        "removed": ["Meals"],
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_read_back_and_applied_changes_nothing(charter, officer, plan, kind):
    lines = lines_of(actions.plan_of(charter.authority, YEAR), charters_in_force(charter.authority))
    file = cells.as_csv(lines) if kind == "csv" else cells.as_workbook(lines, ["ours"])
    before = contents(charter)

    changes = apply(read(charter, officer, as_upload(f"plan.{kind}", file)), officer)

    assert changes.is_empty
    assert contents(charter) == before
    assert set(PlannedContract.objects.values_list("edits", flat=True)) == {0}


@pytest.mark.parametrize("remove", [True, False])
def test_what_the_file_leaves_out_goes_only_when_that_is_meant(charter, officer, plan, remove):
    upload = read(charter, officer, file_of(charter, without=["Meals"]))

    apply(upload, officer, remove_missing=remove)

    assert [one["title"] for one in contents(charter)] == (
        ["Lighting", "Roofs"] if remove else ["Lighting", "Meals", "Roofs"]
    )
    assert PlannedContract.objects.get(title="Meals").removed_at == (NOW if remove else None)


def test_what_a_tender_came_of_is_not_removed_and_nothing_else_happens(charter, officer, plan):
    plan[1].tender = tender_in("O", authority=charter.authority)
    plan[1].save()
    file = file_of(charter, without=["Meals"], responsible="Street team")
    upload = read(charter, officer, file)
    before = contents(charter)

    with pytest.raises(Unfit, match="A tender has come of “Meals”, so it stays"):
        apply(upload, officer, remove_missing=True)

    assert contents(charter) == before


def test_two_contracts_exchange_their_titles(charter, officer, plan):
    lighting, meals, _ = plan
    rows = [cells.cells_of(one) for one in contents(charter)]
    rows[0]["title"], rows[1]["title"] = "Meals", "Lighting"
    file = comma_file([list(HEADS.values()), *[[row[key] for key in HEADS] for row in rows]])

    apply(read(charter, officer, file), officer)

    lighting.refresh_from_db()
    meals.refresh_from_db()
    assert (lighting.title, meals.title) == ("Meals", "Lighting")


def test_twin_without_freeing_titles_the_database_refuses_the_exchange(
    charter, officer, plan, monkeypatch
):
    monkeypatch.setattr(actions, "_free_titles", lambda changed: None)

    with pytest.raises(Exception, match="a_contract_is_planned_once_a_year"):
        test_two_contracts_exchange_their_titles(charter, officer, plan)


def test_the_plans_of_other_years_and_authorities_are_left_alone(charter, officer, plan):
    later = PlannedContractFactory(
        authority=charter.authority, charter=charter, year=2027, begins_on=date(2027, 5, 1)
    )
    theirs = PlannedContractFactory()

    apply(read(charter, officer, file_of(charter, without=["Meals"])), officer, remove_missing=True)

    for one in (later, theirs):
        one.refresh_from_db()
        assert one.removed_at is None


def test_a_file_with_one_fault_stores_nothing(charter, officer, plan):
    with pytest.raises(Unsound):
        read(charter, officer, file_of(charter, extra=[{**NEW, "months": "many"}]))
    with pytest.raises(Unreadable):
        read(charter, officer, as_upload("plan.xlsm", b"PK"))

    assert not PlanUpload.objects.exists()


def test_without_a_charter_in_force_nothing_is_read(charter, officer):
    charter.status = CharterStatus.SUPERSEDED
    charter.save()

    with pytest.raises(Conflict, match="No charter is in force"):
        read(charter, officer, file_of(charter, extra=[NEW]))


def test_a_charter_that_went_out_of_force_meanwhile_is_told(charter, officer, plan):
    upload = read(charter, officer, file_of(charter, responsible="Street team"))
    CharterFactory(authority=charter.authority, code="another")
    charter.status = CharterStatus.SUPERSEDED
    charter.save()

    with pytest.raises(Conflict, match="ours is not in force any more"):
        apply(upload, officer)


def test_a_later_file_takes_the_place_of_one_that_was_not_applied(charter, officer, plan):
    first = read(charter, officer)
    later = {**NEW, "begins_on": "2027-05-01"}
    file = comma_file([list(HEADS.values()), [later.get(key, "") for key in HEADS]])
    of_another_year = read(charter, officer, file, year=FinancialYear(2027))
    kept = read(charter, officer, file_of(charter, responsible="Street team"))

    assert set(PlanUpload.objects.all()) == {kept, of_another_year}
    with pytest.raises(Conflict, match="sent a newer file meanwhile"):
        apply(first, officer)


def test_changes_are_applied_once(charter, officer, plan):
    upload = read(charter, officer, file_of(charter, responsible="Street team"))
    apply(upload, officer)

    with pytest.raises(Conflict, match="applied already"):
        apply(upload, officer)


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_a_plan_that_changed_after_the_reading_is_left_alone(charter, officer, plan, change):
    upload = read(charter, officer, file_of(charter, responsible="Street team"))
    if change == "edited":
        said = entry(charter, title="Meals", begins_on=date(2026, 6, 1))
        planning.edit_planned(planned=plan[1], entry=said, by=officer, at=NOW)
    elif change == "added":
        planning.add_planned(authority=charter.authority, entry=entry(charter), by=officer, at=NOW)
    else:
        planning.remove_planned(planned=plan[1], by=officer, at=NOW)
    before = contents(charter)

    with pytest.raises(Conflict, match="Somebody changed this plan after your file was read"):
        apply(upload, officer)

    assert contents(charter) == before


def test_twin_without_that_check_the_colleagues_change_would_be_lost(
    charter, officer, plan, monkeypatch
):
    upload = read(charter, officer)
    PlannedContract.objects.filter(title="Meals").update(responsible="A colleague's word")
    monkeypatch.setattr(actions, "digest_of_plan", lambda held: upload.read_against)

    apply(upload, officer)

    assert PlannedContract.objects.get(title="Meals").responsible == ""


@pytest.mark.django_db(transaction=True)
def test_of_a_file_and_a_change_at_once_one_waits_and_is_told(charter, officer, plan, monkeypatch):
    upload = read(charter, officer, file_of(charter, responsible="Street team"))
    slowly(monkeypatch, actions, "write_entry")
    said = entry(charter, title="Lighting", begins_on=date(2026, 5, 1), responsible="Schools team")

    outcomes = at_once(
        lambda: apply(upload, officer),
        lambda: planning.edit_planned(planned=plan[0], entry=said, by=officer, at=NOW, seen="0"),
    )

    assert len([one for one in outcomes if isinstance(one, type)]) == 1
    kept = PlannedContract.objects.get(pk=plan[0].pk)
    assert (kept.responsible, kept.edits) in {("Street team", 1), ("Schools team", 1)}


@pytest.mark.django_db(transaction=True)
def test_twin_where_nobody_waits_one_of_the_two_is_lost(charter, officer, plan, monkeypatch):
    upload = read(charter, officer, file_of(charter, responsible="Street team"))
    slowly(monkeypatch, actions, "write_entry")
    slowly(monkeypatch, planning, "write_entry")
    for module in (actions, planning):
        monkeypatch.setattr(module, "lock_authority", lambda authority: None)
    monkeypatch.setattr(actions, "_free_titles", lambda changed: None)
    said = entry(charter, title="Lighting", begins_on=date(2026, 5, 1), responsible="Schools team")

    outcomes = at_once(
        lambda: apply(upload, officer),
        lambda: planning.edit_planned(planned=plan[0], entry=said, by=officer, at=NOW, seen="0"),
    )

    assert [one for one in outcomes if isinstance(one, type)] == []


@pytest.mark.parametrize("role", READERS)
def test_those_who_only_read_neither_send_nor_apply(charter, officer, plan, role):
    upload = read(charter, officer, file_of(charter, responsible="Street team"))
    other = person_in(charter.authority, role)

    for act in (lambda: read(charter, other), lambda: apply(upload, other)):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("role", PLANNERS)
def test_those_who_plan_send_and_apply(charter, plan, role):
    person = person_in(charter.authority, role)

    apply(read(charter, person, file_of(charter, responsible="Street team")), person)


def test_outsiders_find_nothing_to_send_to(charter, officer, plan):
    upload = read(charter, officer, file_of(charter, responsible="Street team"))
    for person in outsiders(charter.authority).values():
        for act in (
            lambda person=person: read(charter, person),
            lambda person=person: apply(upload, person),
        ):
            with pytest.raises(Http404):
                act()
    with pytest.raises(PermissionDenied):
        apply(upload, UserFactory(is_superuser=True))


# --- Pages -----------------------------------------------------------------------------


def page_of(name, charter, *more):
    return reverse(f"tenders:{name}", args=[charter.authority_id, 2026, *more])


def words(response):
    return " ".join(response.content.decode().split())


def send(client, charter, upload):
    return client.post(page_of("plan_import", charter), {"upload": upload})


def preview_of(client, charter, upload):
    response = send(client, charter, upload)
    assert response.status_code == 302, response.context["form"].errors
    return response.url


def test_a_file_leads_to_what_it_would_change_and_then_to_the_plan(client, charter, officer, plan):
    file = file_of(charter, without=["Meals"], responsible="Street team", extra=[NEW])

    address = preview_of(client, charter, file)
    page = client.get(address)
    assert "1 added, 1 changed, 1 as they are, 1 not in the file." in words(page)
    assert "Remove the contract that is not in the file" in words(page)
    assert "Street team" in words(page)
    assert [one["title"] for one in contents(charter)] == ["Lighting", "Meals", "Roofs"]

    response = client.post(address, {"remove_missing": "on"})
    assert "The plan now says what your file says." in words(client.get(response.url))
    assert [one["title"] for one in contents(charter)] == ["Lighting", "Roofs", "School meals"]


def test_an_unchanged_file_says_that_nothing_changes(client, charter, officer, plan):
    page = client.get(preview_of(client, charter, file_of(charter)))

    assert "Nothing changes" in words(page)
    assert "Make these changes" not in words(page)


def test_faults_are_listed_with_row_and_column_and_nothing_is_stored(
    client, charter, officer, plan
):
    wrong = {**NEW, "kind": "<script>alert(1)</script>", "begins_on": "2027-04-01"}

    page = send(client, charter, file_of(charter, extra=[wrong]))

    assert page.context["form"].errors == {
        "upload": ["2 things in the file must be put right. Nothing was stored."]
    }
    assert "2027-04-01 is not in April 2026 to March 2027." in words(page)
    assert "<script>alert" not in page.content.decode()
    assert not PlanUpload.objects.exists()


def test_a_refusal_to_remove_stands_beside_the_box(client, charter, officer, plan):
    plan[1].tender = tender_in("O", authority=charter.authority)
    plan[1].save()
    address = preview_of(client, charter, file_of(charter, without=["Meals"]))

    page = client.post(address, {"remove_missing": "on"})

    assert list(page.context["form"].errors) == ["remove_missing"]


def test_how_the_file_was_read_is_told(client, charter, officer, plan):
    book = workbook_of([list(HEADS.values()), [NEW.get(key, "") for key in HEADS]], title="Plan")
    book.create_sheet("Our notes")

    page = client.get(preview_of(client, charter, saved_book(book, "plan.xlsx")))

    assert "Only the sheet “Plan” was read, not “Our notes”." in words(page)


def test_a_preview_that_the_plan_has_overtaken_offers_nothing_to_press(
    client, charter, officer, plan
):
    address = preview_of(client, charter, file_of(charter, responsible="Street team"))
    PlannedContract.objects.filter(title="Meals").update(responsible="A colleague's word")

    page = client.get(address)

    assert "it cannot be applied" in words(page)
    assert "Make these changes" not in words(page)
    assert client.post(address).status_code == 409


def test_a_preview_that_was_applied_says_when(client, charter, officer, plan):
    address = preview_of(client, charter, file_of(charter, responsible="Street team"))
    client.post(address)

    assert "The changes of plan.csv were made on" in words(client.get(address))
    assert client.post(address).status_code == 409


def test_a_preview_is_for_whoever_sent_the_file_and_for_its_year(client, charter, officer, plan):
    address = preview_of(client, charter, file_of(charter, responsible="Street team"))
    other_year = address.replace("/2026/", "/2027/")

    assert client.get(other_year).status_code == 404
    assert client.get(page_of("plan_preview", charter, uuid.uuid4())).status_code == 404
    client.force_login(person_in(charter.authority, Role.OFFICER))
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


def test_the_files_of_a_plan_are_named_and_kept_by_nobody(client, charter, officer, plan):
    named = {}
    for kind in ("xlsx", "csv", "template"):
        response = client.get(page_of("plan_export", charter, kind))
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        named[kind] = response["Content-Disposition"].partition("filename=")[2]
        assert b"".join(response.streaming_content)

    assert named == {
        "xlsx": '"procurement-plan-2026.xlsx"',
        "csv": '"procurement-plan-2026.csv"',
        "template": '"procurement-plan-2026-template.xlsx"',
    }
    assert client.get(page_of("plan_export", charter, "ods")).status_code == 404
    assert client.post(page_of("plan_export", charter, "csv")).status_code == 405


def test_a_file_says_what_was_worked_out_beside_what_is_planned(client, charter, officer, plan):
    content = b"".join(client.get(page_of("plan_export", charter, "csv")).streaming_content)

    text = content.decode("utf-8-sig")
    assert "Every value,Required: at least 10% of the whole score" in text


def test_the_empty_workbook_filled_in_becomes_a_plan(client, charter, officer):
    template = b"".join(client.get(page_of("plan_export", charter, "template")).streaming_content)
    book = saved_of(template)
    book["Plan"].append([NEW.get(key) for key in HEADS])

    client.post(preview_of(client, charter, saved_book(book, "plan.xlsx")))

    assert [one["title"] for one in contents(charter)] == ["School meals"]


def saved_of(content):
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("csv", 7), ("xlsx", 8)])
def test_an_export_asks_as_often_for_any_number(
    client, django_assert_num_queries, charter, officer, kind, queries, count
):
    PlannedContractFactory.create_batch(count, authority=charter.authority, charter=charter)

    with django_assert_num_queries(queries):
        client.get(page_of("plan_export", charter, kind))


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_asks_as_often_for_any_number(
    client, django_assert_num_queries, charter, officer, count
):
    PlannedContractFactory.create_batch(count, authority=charter.authority, charter=charter)
    address = preview_of(client, charter, file_of(charter))
    client.get(address)

    with django_assert_num_queries(10):
        client.get(address)
