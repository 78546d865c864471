"""The plan of a year in the browser: read by everyone of the authority, changed by some."""

import re
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from accounts.roles import IN_AN_AUTHORITY, Role
from design.london import LONDON
from design.year import year_of
from records.clock import database_time
from tenders.models import PlannedContract, Suitability, Tender
from tests.factories.accounts import AuthorityFactory, UserFactory, person_in
from tests.factories.charter import CharterFactory
from tests.factories.planning import GroundworkFactory, PlannedContractFactory
from tests.factories.tenders import TenderFactory, team_member, tender_in
from tests.tenders.plans import PLANNERS, READERS, nelc_charter, outsiders, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def charter():
    return nelc_charter(AuthorityFactory(), title="Social Value Policy")


@pytest.fixture
def officer(client, charter):
    return signed_in(client, charter, Role.OFFICER)


@pytest.fixture
def planned(charter):
    return plan_one(charter, title="School meals")


def signed_in(client, charter, *roles):
    person = person_in(charter.authority, *roles)
    client.force_login(person)
    return person


def plan_one(charter, value="250000.00", **fields):
    return PlannedContractFactory(
        authority=charter.authority, charter=charter, contract_value=Decimal(value), **fields
    )


def at(page, *args, **asked):
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return reverse(f"tenders:{page}", args=args) + (f"?{query}" if query else "")


def plan_page(charter, year=2026, **asked):
    return at("plan", charter.authority_id, year=year, **asked)


def this_year():
    return year_of(database_time().astimezone(LONDON).date())


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def titles(response):
    return [row.planned.title for row in response.context["rows"]]


# --- Reading ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", IN_AN_AUTHORITY)
def test_everyone_of_the_authority_reads_the_plan(client, charter, planned, role):
    signed_in(client, charter, role)

    assert "School meals" in words(client.get(plan_page(charter)))
    assert client.get(at("plan_contract", planned.pk)).status_code == 200
    assert client.get(at("plan_desk")).url == at("plan", charter.authority_id)
    for kind in ("xlsx", "csv", "template"):
        address = at("plan_export", charter.authority_id, 2026, kind)
        assert client.get(address).status_code == 200


def pages_of(charter, planned):
    return [
        plan_page(charter),
        at("plan_add", charter.authority_id),
        at("plan_contract", planned.pk),
        at("plan_edit", planned.pk),
        at("plan_remove", planned.pk),
        at("plan_export", charter.authority_id, 2026, "csv"),
        at("plan_import", charter.authority_id, 2026),
    ]


def test_to_outsiders_no_page_of_it_exists(client, charter, planned):
    for who, person in outsiders(charter.authority).items():
        client.force_login(person)
        for page in pages_of(charter, planned):
            assert (who, page, client.get(page).status_code) == (who, page, 404)
            assert client.post(page).status_code in (404, 405)
    client.force_login(UserFactory(is_superuser=True))
    answers = {client.get(page).status_code for page in pages_of(charter, planned)}
    assert answers == {403, 404}


def test_twin_with_the_door_open_a_stranger_reads_it(client, charter, planned, monkeypatch):
    monkeypatch.setattr("tenders.permissions.refuse_outsider", lambda *args, **kwargs: None)
    client.force_login(outsiders(charter.authority)["a stranger's officer"])

    assert client.get(plan_page(charter)).status_code == 200


@pytest.mark.parametrize("role", READERS)
def test_those_who_only_read_are_offered_nothing_to_change(client, charter, planned, role):
    signed_in(client, charter, role)

    plan, contract = client.get(plan_page(charter)), client.get(at("plan_contract", planned.pk))

    for page in (plan, contract):
        assert "Add a planned contract" not in words(page)
        assert "Begin a" not in words(page)
        assert "Upload" not in words(page)
    changing = [at("plan_add", charter.authority_id), at("plan_edit", planned.pk)]
    changing += [at("plan_remove", planned.pk), at("plan_import", charter.authority_id, 2026)]
    for page in changing:
        assert (client.get(page).status_code, client.post(page).status_code) == (403, 403)


def test_someone_without_an_authority_has_no_plan(client):
    client.force_login(UserFactory())

    assert client.get(at("plan_desk")).status_code == 404


def test_an_authority_that_is_none_has_no_plan(client, officer):
    assert client.get(at("plan", "00000000-0000-0000-0000-000000000007")).status_code == 404


def test_the_plan_without_a_year_is_this_years(client, charter, officer):
    page = client.get(at("plan", charter.authority_id))

    assert page.context["period"] == this_year()
    assert "Nothing is planned yet" in words(page)


@pytest.mark.parametrize("year", ["2012", "2026.0", "x", "-1", "99999999999", "%00", "²"])
def test_there_is_no_plan_of_such_a_year(client, charter, officer, year):
    assert client.get(plan_page(charter, year)).status_code == 404


def test_years_with_a_plan_and_the_next_are_offered(client, charter, officer):
    plan_one(charter, year=2024, begins_on=date(2024, 5, 1))
    plan_one(charter, year=2024, begins_on=date(2024, 6, 1))

    page = client.get(plan_page(charter, 2024))

    this = this_year().begins
    years = [(year.begins, is_shown) for year, is_shown in page.context["years"]]
    assert years == [(this + 1, False), (this, False), (2024, True)]
    assert len(titles(page)) == 2


def test_what_was_taken_out_is_nowhere(client, charter, officer, planned):
    planned.removed_at = planned.added_at
    planned.save()

    assert "School meals" not in words(client.get(plan_page(charter)))
    for page in ("plan_contract", "plan_edit", "plan_remove"):
        assert client.get(at(page, planned.pk)).status_code == 404


@pytest.mark.parametrize(
    ("value", "shown", "band", "demand"),
    [
        ("100000.00", "£100,000", "Up to and including £100,000", "Wherever possible"),
        ("100000.01", "£100,000.01", "Over £100,000, up to and including £350,000", "Required"),
        ("350000.00", "£350,000", "Over £100,000, up to and including £350,000", "Required"),
        ("350000.01", "£350,000.01", "Over £350,000", "Required"),
    ],
)
def test_a_row_shows_the_band_of_the_value_to_the_penny(
    client, charter, officer, value, shown, band, demand
):
    plan_one(charter, value)

    page = client.get(plan_page(charter))

    row = words(page).partition("Begun Planned repairs")[2]
    assert f"{shown} {band} {demand}" in row


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("100000.00", "the value, £100,000, is no more than £100,000"),
        ("100000.00", "the value, £100,000, is not over £100,000"),
        ("100000.01", "the value, £100,000.01, is over £100,000"),
        ("350000.00", "the value, £350,000, is not over £350,000"),
        ("350000.01", "the value, £350,000.01, is over £350,000"),
    ],
)
def test_one_contracts_page_says_what_is_asked_and_why_to_the_penny(
    client, charter, officer, value, why
):
    contract = plan_one(charter, value)

    assert why in words(client.get(at("plan_contract", contract.pk)))


def test_one_contracts_page_quotes_every_clause_that_binds_it(client, charter, officer, planned):
    page = words(client.get(at("plan_contract", planned.pk)))

    asked = client.get(at("plan_contract", planned.pk)).context["row"].line.asked
    assert len(asked.binding) > 3
    for duty in asked.binding:
        assert " ".join(duty.clause["text"].split())[:60].replace("'", "&#x27;") in page
    assert "Two clauses contradict each other" in page


def test_a_contract_found_unsuitable_against_the_policy_is_pointed_out(client, charter, officer):
    contract = plan_one(charter, unsuitable=True)

    assert "the policy requires social value in it" in words(
        client.get(at("plan_contract", contract.pk))
    )
    assert "To settle: required, and found not suitable" in words(client.get(plan_page(charter)))


def test_words_of_a_plan_are_never_markup(client, charter, officer):
    evil = "<script>alert('x')</script>"
    plan_one(charter, title=evil, responsible=evil, target_groups=[evil], programmes=[evil])

    page = client.get(plan_page(charter)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_asks_as_often_for_any_number(client, django_assert_num_queries, charter, count):
    for _ in range(count):
        contract = plan_one(charter, thought_through=True)
        GroundworkFactory(authority=charter.authority, planned=contract)
        contract.tender = tender_in("O", authority=charter.authority, charter=charter)
        contract.save()
    signed_in(client, charter, Role.BOARD)

    with django_assert_num_queries(14):
        page = client.get(plan_page(charter))

    assert len(titles(page)) == count


# --- Narrowing and ordering ------------------------------------------------------------


@pytest.fixture
def several(charter):
    """Four contracts: small, middling, large; one of each suitability."""
    small = plan_one(charter, "100000.00", title="Small", thought_through=True)
    middling = plan_one(charter, "100000.01", title="Middling", begins_on=date(2026, 5, 1))
    large = plan_one(charter, "350000.01", title="Large", unsuitable=True)
    begun = plan_one(charter, "40000.00", title="Begun", target_groups=["care leavers", "Carers"])
    begun.tender = tender_in("O", authority=charter.authority, charter=charter)
    begun.save()
    GroundworkFactory(authority=charter.authority, planned=middling)
    return small, middling, large, begun


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Middling", "Begun", "Large", "Small"]),
        ({"band": "Over £350,000"}, ["Large"]),
        ({"band": "Up to and including £100,000"}, ["Begun", "Small"]),
        ({"demand": "required"}, ["Middling", "Large"]),
        ({"demand": "possible"}, ["Begun", "Small"]),
        ({"demand": "nothing"}, []),
        ({"suitability": "unsuitable"}, ["Large"]),
        ({"suitability": "undecided"}, ["Middling", "Begun"]),
        ({"group": "care leavers"}, ["Begun", "Small"]),
        ({"programme": "apprenticeship hub"}, ["Small"]),
        ({"which": "asked"}, ["Middling", "Large", "Small"]),
        ({"which": "no-asked"}, ["Begun"]),
        ({"which": "opt-out"}, ["Large"]),
        ({"which": "groups"}, ["Begun", "Small"]),
        ({"which": "no-programmes"}, ["Middling", "Begun", "Large"]),
        ({"which": "no-responsible"}, ["Middling", "Begun", "Large"]),
        ({"which": "decided"}, ["Large", "Small"]),
        ({"which": "groundwork"}, ["Middling"]),
        ({"which": "tender"}, ["Begun"]),
        ({"demand": "possible", "suitability": "suitable"}, ["Small"]),
        ({"order": "value"}, ["Large", "Middling", "Small", "Begun"]),
        ({"order": "title"}, ["Begun", "Large", "Middling", "Small"]),
        ({"order": "suitability"}, ["Small", "Large", "Begun", "Middling"]),
        ({"demand": "required", "order": "value"}, ["Large", "Middling"]),
    ],
)
def test_rows_are_narrowed_and_ordered_by_the_address_alone(
    client, charter, officer, several, asked, found
):
    page = client.get(plan_page(charter), {"year": "2026", **asked})

    assert titles(page) == found
    assert ("4 shown" not in words(page)) is (len(found) == 4)


@pytest.mark.parametrize(
    "asked",
    [
        {"band": "Over £7"},
        {"which": "everything"},
        {"order": "backwards"},
        {"suitability": "\x00"},
        {"group": "<script>"},
    ],
)
def test_a_filter_that_is_none_narrows_nothing(client, charter, officer, several, asked):
    assert len(titles(client.get(plan_page(charter), {"year": "2026", **asked}))) == 4


# --- Coverage --------------------------------------------------------------------------


def test_the_board_reads_how_far_the_plan_asks_for_social_value(client, charter, several):
    signed_in(client, charter, Role.BOARD)

    page = client.get(plan_page(charter))

    coverage = page.context["coverage"]
    assert coverage.headline == (
        "Social value will be asked for in 3 of 4 planned contracts, £550,000.02 of £590,000.02."
    )
    assert [(one.demand.label, one.count, one.value) for one in coverage.steps] == [
        ("Required", 2, Decimal("450000.02")),
        ("Wherever possible", 2, Decimal("140000.00")),
        ("Not asked for", 0, Decimal(0)),
    ]
    assert [(one.words, one.having, one.lacking) for one in coverage.thoughts] == [
        ("A target group", 2, 2),
        ("A programme", 1, 3),
        ("Somebody responsible", 1, 3),
        ("A decision on whether it suits social value", 2, 2),
        ("A pre-procurement record", 1, 3),
        ("A tender begun", 1, 3),
    ]
    assert [(one.name, [it.planned.title for it in one.lines]) for one in coverage.groups] == [
        ("care leavers", ["Begun", "Small"]),
        ("Carers", ["Begun"]),
    ]
    assert coverage.headline in words(page)
    assert "93.2%" in words(page)


def test_every_figure_opens_the_rows_behind_it(client, charter, several):
    signed_in(client, charter, Role.BOARD)
    coverage = client.get(plan_page(charter)).context["coverage"]
    figures = [(coverage.asked_href, 3), (coverage.unasked_href, 1), (coverage.opt_outs_href, 1)]
    figures += [(step.href, step.count) for step in coverage.steps]
    for one in coverage.thoughts:
        figures += [(one.having_href, one.having), (one.lacking_href, one.lacking)]
    for one in (*coverage.groups, *coverage.programmes):
        figures.append((one.href, len(one.lines)))

    for href, count in figures:
        assert parse_qs(urlsplit(href).query)["year"] == ["2026"]
        assert (href, len(titles(client.get(href)))) == (href, count)


def test_the_figures_are_of_the_whole_plan_whatever_rows_are_shown(client, charter, several):
    signed_in(client, charter, Role.BOARD)

    page = client.get(plan_page(charter, which="tender"))

    assert (len(titles(page)), page.context["coverage"].headline[:39]) == (
        1,
        "Social value will be asked for in 3 of ",
    )


def test_one_contract_is_told_in_the_singular(client, charter, officer):
    plan_one(charter, "100000.00")

    headline = client.get(plan_page(charter)).context["coverage"].headline
    assert headline == (
        "Social value will be asked for in 0 of 1 planned contract, £0 of £100,000."
    )


def test_a_plan_without_contracts_has_no_figures(client, charter, officer):
    page = client.get(plan_page(charter))

    assert page.context["coverage"] is None
    assert "Add a planned contract" in words(page)


# --- Adding, changing, taking out ------------------------------------------------------


@pytest.mark.parametrize("role", PLANNERS)
def test_adding_leads_to_what_the_policy_will_require(client, charter, role):
    signed_in(client, charter, role)

    response = client.post(at("plan_add", charter.authority_id), typed())

    contract = PlannedContract.objects.get()
    assert response.url == at("plan_contract", contract.pk)
    assert (contract.contract_value, contract.year) == (Decimal("350000.00"), 2026)
    assert contract.target_groups == ["Care leavers", "Young carers"]
    assert "Leadership Team" in words(client.get(response.url))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Enter the title"),
        ("title", "a\x00b", "cannot be saved"),
        ("title", "a" * 201, "200 characters or fewer"),
        ("kind", "", "Choose whether goods, services or works are bought"),
        ("contract_value", "a lot", "must be a number"),
        ("contract_value", "0", "above £0"),
        ("contract_value", "100000.001", "whole pence"),
        ("contract_value", "9999999999999", "or less"),
        ("months", "0", "1 to 600"),
        ("months", "1.5", "whole number"),
        ("begins_on_day", "31", None),
        ("begins_on_day", "32", "must be a real date"),
        ("begins_on_year", "2012", "from 1 April 2013"),
        ("suitability", "perhaps", "choose one of the answers listed"),
        ("suitability", "unsuitable", "Enter why the contract does not suit social value."),
        ("target_groups", "x" * 101, "Use at most 100 characters"),
    ],
)
def test_bad_input_is_refused_in_words_and_the_rest_is_kept(
    client, charter, officer, field, value, message
):
    response = client.post(at("plan_add", charter.authority_id), typed(**{field: value}))

    if message is None:
        assert response.status_code == 302
        return
    assert response.status_code == 200
    assert message in words(response)
    assert "Education procurement lead" in response.content.decode()
    assert not PlannedContract.objects.exists()


def test_with_one_charter_none_is_asked_for_and_with_two_one_is_chosen(client, charter, officer):
    add = at("plan_add", charter.authority_id)
    assert "charter" not in client.get(add).context["form"].fields
    other = CharterFactory(authority=charter.authority, code="other")

    refused = client.post(add, typed())
    client.post(add, typed(charter="other"))

    assert "Choose the charter" in words(refused)
    assert PlannedContract.objects.get().charter == other


def test_without_a_charter_in_force_the_page_says_what_to_do_first(client):
    authority = AuthorityFactory()
    client.force_login(person_in(authority, Role.OFFICER))
    add = at("plan_add", authority.pk)

    assert "No charter in force" in words(client.get(add))
    assert client.post(add, typed()).status_code == 200
    assert not PlannedContract.objects.exists()


def test_changing_begins_with_what_is_saved(client, charter, officer, planned):
    page = client.get(at("plan_edit", planned.pk)).content.decode()

    assert 'value="School meals"' in page
    assert 'value="250000"' in page
    assert 'name="seen" value="0"' in page


def test_a_change_is_saved(client, charter, officer, planned):
    response = client.post(at("plan_edit", planned.pk), typed(title="School dinners", seen="0"))

    planned.refresh_from_db()
    assert response.url == at("plan_contract", planned.pk)
    assert (planned.title, planned.suitability) == ("School dinners", Suitability.SUITABLE)


def test_a_stale_change_shows_both_versions_and_keeps_what_was_typed(
    client, charter, officer, planned
):
    edit = at("plan_edit", planned.pk)
    client.post(edit, typed(seen="0", responsible="Schools team"))

    told = client.post(edit, typed(seen="0", responsible="Housing team"))
    again = client.post(edit, typed(seen="1", responsible="Housing team"))

    assert "Somebody changed this while you were working on it" in words(told)
    assert told.context["form"].saved == (("Who is responsible", "Schools team"),)
    assert 'value="Housing team"' in told.content.decode()
    assert 'name="seen" value="1"' in told.content.decode()
    planned.refresh_from_db()
    assert (again.status_code, planned.responsible) == (302, "Housing team")


def test_twin_without_what_was_seen_the_first_change_would_be_lost(
    client, charter, officer, planned
):
    edit = at("plan_edit", planned.pk)
    client.post(edit, typed(seen="0", responsible="Schools team"))

    client.post(edit, typed(responsible="Housing team"))

    planned.refresh_from_db()
    assert planned.responsible == "Housing team"


def test_taking_out_is_asked_and_then_done(client, charter, officer, planned):
    remove = at("plan_remove", planned.pk)

    assert "Take “School meals” out of the plan?" in words(client.get(remove))
    response = client.post(remove)

    planned.refresh_from_db()
    assert response.url == plan_page(charter)
    assert planned.removed_at is not None


def test_what_a_tender_came_of_cannot_be_taken_out(client, charter, officer, planned):
    planned.tender = TenderFactory(authority=charter.authority, charter=charter)
    planned.save()
    remove = at("plan_remove", planned.pk)

    assert "so it stays in the plan" in words(client.get(remove))
    assert client.post(remove).status_code == 409


# --- Beginning -------------------------------------------------------------------------


BASICS = {
    "title": "School meals 2027",
    "summary": "Meals for eleven schools.",
    "kind": "services",
    "contract_value": "£340,000",
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2027",
    "months": "36",
}


def create_from(planned):
    return at("create", planned.charter_id, planned=planned.pk)


def test_a_tender_begins_with_what_was_planned(client, charter, officer, planned):
    contract = client.get(at("plan_contract", planned.pk)).content.decode()
    page = client.get(create_from(planned))

    beginning = at("choose_beginning", planned.charter_id, "procurement", planned=planned.pk)
    assert beginning in contract
    assert f"planned={planned.pk}" in client.get(beginning).context["blank_url"]
    assert "It comes from the plan" in words(page)
    shown = page.context["form"].initial
    assert (shown["title"], shown["months"]) == ("School meals", planned.months)


def test_a_tender_begun_from_the_plan_stands_in_it(client, charter, officer, planned):
    response = client.post(create_from(planned), BASICS)

    tender = Tender.objects.get()
    planned.refresh_from_db()
    assert response.url == at("internal", tender.pk)
    assert planned.tender == tender
    page = client.get(plan_page(charter)).content.decode()
    assert at("internal", tender.pk) in page


def test_a_tender_begun_otherwise_stands_in_no_plan(client, charter, officer, planned):
    client.post(at("create", charter.pk), BASICS)

    planned.refresh_from_db()
    assert planned.tender is None


def test_a_second_tender_is_not_begun_from_it(client, charter, officer, planned):
    client.post(create_from(planned), BASICS)

    assert client.get(create_from(planned)).status_code == 403
    assert client.post(create_from(planned), BASICS).status_code == 409
    assert Tender.objects.count() == 1


@pytest.mark.parametrize("asked", ["x", "00000000-0000-0000-0000-000000000007", "%00"])
def test_from_a_contract_that_is_not_there_nothing_is_begun(client, charter, officer, asked):
    create = at("create", charter.pk, planned=asked)

    assert (client.get(create).status_code, client.post(create, BASICS).status_code) == (404, 404)


def test_from_another_authoritys_plan_nothing_is_begun(client, charter, officer):
    theirs = PlannedContractFactory()
    ours = PlannedContractFactory(authority=theirs.authority, charter=theirs.charter)
    officer.memberships.create(organisation=ours.authority, role=Role.OFFICER, since=ours.added_at)

    assert client.post(at("create", charter.pk, planned=theirs.pk), BASICS).status_code == 404
    assert not Tender.objects.exists()


@pytest.mark.parametrize(
    ("state", "role", "page"),
    [
        ("D", Role.BOARD, None),
        ("D", Role.ADMINISTRATOR, "internal"),
        ("D", Role.OFFICER, None),
        ("O", Role.BOARD, "public"),
        ("O", Role.ADMINISTRATOR, "internal"),
    ],
)
def test_the_tender_is_linked_where_the_reader_may_open_it(
    client, charter, planned, state, role, page
):
    tender = tender_in(state, authority=charter.authority, charter=charter)
    planned.tender = tender
    planned.save()
    signed_in(client, charter, role)

    row = client.get(plan_page(charter)).context["rows"][0]

    assert row.begun.href == (at(page, tender.pk) if page else "")
    if page:
        assert client.get(row.begun.href).status_code == 200


def test_somebody_of_the_team_is_led_to_the_draft(client, charter, planned):
    tender = tender_in("D", authority=charter.authority, charter=charter)
    planned.tender = tender
    planned.save()
    client.force_login(team_member(tender, Role.OFFICER))

    row = client.get(plan_page(charter)).context["rows"][0]

    assert row.begun.href == at("internal", tender.pk)


def test_the_record_made_before_is_linked(client, charter, officer, planned):
    begin = f"{at('groundwork_begin', charter.authority_id)}?planned={planned.pk}"
    assert begin in client.get(at("plan_contract", planned.pk)).content.decode()
    record = GroundworkFactory(authority=charter.authority, planned=planned)

    for page in (plan_page(charter), at("plan_contract", planned.pk)):
        content = client.get(page).content.decode()
        assert at("groundwork", record.pk) in content
        assert begin not in content
