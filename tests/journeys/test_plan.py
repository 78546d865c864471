"""A year's plan in a real browser: an officer draws it up, the board reads it on a phone."""

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.roles import Role
from tests.factories.accounts import AuthorityFactory, person_in
from tests.journeys.visitor import PASSWORD, Visitor
from tests.tenders.plans import nelc_charter

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = 2027
SCHOOL_MEALS = {
    "title": "School meals",
    "kind": "services",
    "contract_value": "350,000.01",
    "months": "36",
    "begins_on_day": "1",
    "begins_on_month": "10",
    "begins_on_year": str(YEAR),
    "responsible": "Education procurement lead",
    "target_groups": "Care leavers",
    "programmes": "Apprenticeship hub",
    "suitability": "suitable",
}
IN_THE_FILE = ("Street lighting", "works", 100000, 12, f"{YEAR}-05-01")


@pytest.fixture
def authority():
    authority = AuthorityFactory(name="Anytown Council")
    nelc_charter(authority, title="Social Value Policy")
    return authority


def somebody(authority, role):
    person = person_in(authority, role)
    person.set_password(PASSWORD)
    person.save()
    return person.email


def test_an_officer_plans_a_year_and_the_board_reads_it(browser, live_server, authority, tmp_path):
    page = reverse("tenders:plan", args=[authority.pk]) + f"?year={YEAR}"
    officer = Visitor(browser, live_server.url).signs_in(somebody(authority, Role.OFFICER))

    officer.opens(page).reads("Nothing is planned yet").presses("Add a planned contract")
    officer.presses("Put it into the plan").reads("There is a problem")
    officer.fills(**SCHOOL_MEALS).presses("Put it into the plan")
    officer.reads("Over £350,000", "Cabinet", "Two clauses contradict each other")
    officer.page.get_by_text("Why?").first.click()
    officer.opens(page).follows("Upload a spreadsheet of this plan")

    with officer.page.expect_download() as told:
        officer.page.get_by_role("link", name="empty workbook").click()
    file = tmp_path / "plan.xlsx"
    told.value.save_as(file)
    book = load_workbook(file)
    book["Plan"].append(["", *IN_THE_FILE])
    book.save(file)
    officer.fills(upload=str(file)).presses("Check the file")
    officer.reads("1 added, 0 changed, 0 as they are, 1 not in the file.")
    officer.presses("Make these changes").reads("The plan now says what your file says.")

    member = Visitor(browser, live_server.url, width=320)
    member.signs_in(somebody(authority, Role.BOARD)).opens(page)
    member.reads(
        "Social value will be asked for in 1 of 2 planned contracts, £350,000.01 of £450,000.01."
    )
    member.follows("1 with: Wherever possible").reads("1 of 2 shown", "Street lighting")
    member.follows("Street lighting").reads("the value, £100,000, is not over £100,000")
    member.does_not_read("Begin a tender")

    officer.opens(page).follows("School meals").presses("Begin a tender")
    officer.presses("Begin from blank")
    officer.still_finds(title="School meals", contract_value="350000.01", months="36")
    officer.fills(
        summary="Meals for eleven schools.",
        starts_on_day="1",
        starts_on_month="4",
        starts_on_year="2028",
    )
    officer.presses("Save the draft").reads("Draft saved.")
    member.opens(page).reads("Draft")
