"""Pages of contracts: what each person meets, and what is kept when a form is refused."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.roles import Role
from delivery.models import Contract, Decision, Return
from tests.factories.accounts import SupplierFactory, bidder_of, person_in
from tests.factories.bids import pdf
from tests.factories.delivery import (
    ContractFactory,
    live_contract,
    promise_of,
    recommended_award,
    returned,
)
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db


def address(name, thing):
    return reverse(f"delivery:{name}", args=[thing.pk])


@pytest.fixture
def promise():
    return promise_of(live_contract(starts_on=date(2020, 4, 1)))


def sent_form(promise, **changes):
    day, month, year = "1", "4", "2026"
    return {
        "period_from_day": day,
        "period_from_month": month,
        "period_from_year": year,
        "period_to_day": "30",
        "period_to_month": "6",
        "period_to_year": year,
        f"quantity_{promise.pk}": "12.5",
        f"narrative_{promise.pk}": "Three visits.",
        f"evidence_{promise.pk}": pdf(),
        **changes,
    }


def test_approving_leads_to_the_contract(client):
    award = recommended_award()
    client.force_login(team_member(award.tender, Role.APPROVER))

    response = client.post(reverse("delivery:approve_award", args=[award.tender_id]))

    contract = Contract.objects.get()
    assert response.url == address("contract", contract)
    assert contract.supplier.name in client.get(response.url).content.decode()


def test_approving_another_recommendation_than_the_one_read_is_a_conflict(client):
    award = recommended_award()
    client.force_login(team_member(award.tender, Role.APPROVER))
    read = {"award": "00000000-0000-0000-0000-000000000007"}

    response = client.post(reverse("delivery:approve_award", args=[award.tender_id]), read)

    assert response.status_code == 409
    assert Contract.objects.count() == 0


def test_an_award_cannot_be_approved_by_looking(client):
    award = recommended_award()
    client.force_login(team_member(award.tender, Role.APPROVER))

    response = client.get(reverse("delivery:approve_award", args=[award.tender_id]))

    assert response.status_code == 405


def test_the_notice_is_public_and_says_who_won_and_what_was_promised(client):
    promise = promise_of(ContractFactory())

    page = client.get(reverse("delivery:notice", args=[promise.contract.tender_id]))

    words = page.content.decode()
    assert promise.contract.supplier.name in words
    assert "36 hours" in words
    assert "£950,000" in words


def test_the_notice_tells_no_method_statement(client):
    promise = promise_of(ContractFactory(), method_statement="A trade secret")

    page = client.get(reverse("delivery:notice", args=[promise.contract.tender_id]))

    assert "A trade secret" not in page.content.decode()


def test_there_is_no_notice_before_the_award(client):
    award = recommended_award()

    assert client.get(reverse("delivery:notice", args=[award.tender_id])).status_code == 404


def test_the_contract_page_shows_each_promise_against_time(client, promise):
    returned(promise, "5", decision=Decision.ACCEPTED)
    client.force_login(promise.contract.manager)

    words = client.get(address("contract", promise.contract)).content.decode()

    assert "1 of 1 promise is behind" in words
    assert "5 of 36 hours" in words
    assert escape(promise.method_statement) in words


def test_words_of_a_bid_are_never_markup(client):
    promise = promise_of(live_contract(), method_statement="<script>alert(1)</script>")
    client.force_login(promise.contract.manager)

    words = client.get(address("contract", promise.contract)).content.decode()

    assert "<script>alert" not in words


def test_the_manager_starts_the_contract(client):
    contract = ContractFactory()
    client.force_login(team_member(contract.tender, Role.CONTRACT_MANAGER))

    response = client.post(address("start", contract))

    contract.refresh_from_db()
    assert response.url == address("contract", contract)
    assert contract.started_at


def test_a_supplier_sends_a_return(client, promise):
    client.force_login(bidder_of(promise.contract.supplier))

    response = client.post(address("send_return", promise.contract), sent_form(promise))

    assert response.url == address("contract", promise.contract)
    line = Return.objects.get().lines.get()
    assert (str(line.quantity), line.narrative) == ("12.500000000", "Three visits.")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("quantity", "twelve", "12.5"),
        ("quantity", "-1", "0 or more"),
        ("quantity", "", "Enter how much of"),
        ("evidence", "", "Choose a file of evidence"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_the_rest_is_kept(
    client, promise, field, value, message
):
    client.force_login(bidder_of(promise.contract.supplier))
    form = sent_form(promise, **{f"{field}_{promise.pk}": value})

    response = client.post(address("send_return", promise.contract), form)

    assert response.status_code == 200
    errors = response.context["form"].errors[f"{field}_{promise.pk}"]
    assert message in errors[0]
    words = response.content.decode()
    assert "Three visits." in words
    assert 'value="2026"' in words
    assert Return.objects.count() == 0


def test_a_return_for_a_day_to_come_is_refused_beside_the_date(client, promise):
    client.force_login(bidder_of(promise.contract.supplier))

    response = client.post(
        address("send_return", promise.contract), sent_form(promise, period_to_year="2999")
    )

    assert "Enter today or an earlier day" in response.context["form"].errors["period_to"][0]


def test_an_empty_return_is_refused(client, promise):
    client.force_login(bidder_of(promise.contract.supplier))
    form = sent_form(promise)
    kept = {name: value for name, value in form.items() if name.startswith("period")}

    response = client.post(address("send_return", promise.contract), kept)

    assert "at least one promise" in response.context["form"].non_field_errors()[0]


def test_the_manager_accepts_a_line(client, promise):
    line = returned(promise, "5")
    client.force_login(promise.contract.manager)

    client.post(address("check_line", line), {"decision": "accept"})

    line.refresh_from_db()
    assert line.decision == Decision.ACCEPTED


def test_a_query_without_a_reason_is_refused_beside_the_reason(client, promise):
    line = returned(promise, "5")
    client.force_login(promise.contract.manager)

    response = client.post(address("check_line", line), {"decision": "query"})

    assert "Enter what is wrong" in response.context["form"].errors["reason"][0]
    line.refresh_from_db()
    assert line.decision == Decision.WAITING


def test_the_manager_queries_a_line(client, promise):
    line = returned(promise, "5")
    client.force_login(promise.contract.manager)

    client.post(address("check_line", line), {"decision": "query", "reason": "Which school?"})

    line.refresh_from_db()
    assert (line.decision, line.decision_reason) == (Decision.QUERIED, "Which school?")


def test_a_line_decided_meanwhile_is_a_conflict(client, promise):
    line = returned(promise, "5", decision=Decision.ACCEPTED)
    client.force_login(promise.contract.manager)

    response = client.post(
        address("check_line", line), {"decision": "query", "reason": "Which school?"}
    )

    assert response.status_code == 409


def test_the_board_reads_the_record_and_neither_story_nor_file(client, promise):
    line = returned(promise, "5", decision=Decision.ACCEPTED)
    client.force_login(person_in(promise.contract.tender.authority, Role.BOARD))

    record = client.get(address("return_line", line))

    assert record.status_code == 200
    assert "Three visits." not in record.content.decode()
    assert client.get(address("evidence", line)).status_code == 403


def test_evidence_is_served_as_a_download(client, promise):
    client.force_login(bidder_of(promise.contract.supplier))
    client.post(address("send_return", promise.contract), sent_form(promise))
    line = Return.objects.get().lines.get()

    response = client.get(address("evidence", line))

    assert response["Content-Disposition"] == 'attachment; filename="method.pdf"'
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_another_company_finds_nothing(client, promise):
    line = returned(promise, "5")
    client.force_login(bidder_of(SupplierFactory()))

    pages = [("contract", promise.contract), ("send_return", promise.contract)]
    pages += [("return_line", line), ("evidence", line), ("check_line", line)]

    assert {client.get(address(name, thing)).status_code for name, thing in pages} == {404}


@pytest.mark.parametrize("count", [1, 3])
def test_the_managers_desk_asks_as_often_for_any_number(client, django_assert_num_queries, count):
    first = live_contract()
    manager = first.manager
    for contract in [first, *(live_contract() for _ in range(count - 1))]:
        contract.tender.assignments.update(person=manager)
        manager.memberships.update_or_create(
            organisation=contract.tender.authority,
            role=Role.CONTRACT_MANAGER,
            defaults={"since": contract.made_at},
        )
        returned(promise_of(contract), "5")
    client.force_login(manager)

    with django_assert_num_queries(7):
        page = client.get(reverse("delivery:desk"))

    assert len(page.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_suppliers_desk_asks_as_often_for_any_number(client, django_assert_num_queries, count):
    contracts = [live_contract() for _ in range(count)]
    company = contracts[0].supplier
    Contract.objects.update(supplier=company)
    for contract in contracts:
        promise_of(contract)
    client.force_login(bidder_of(company))

    with django_assert_num_queries(7):
        page = client.get(reverse("delivery:supplier_desk"))

    assert len(page.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_contract_asks_as_often_for_any_number_of_returns(
    client, django_assert_num_queries, count
):
    contract = live_contract()
    for _ in range(count):
        promise = promise_of(contract)
        returned(promise, "5")
        returned(promise, "5", period_from=date(2026, 7, 1), period_to=date(2026, 9, 30))
    client.force_login(contract.manager)

    with django_assert_num_queries(11):
        client.get(address("contract", contract))


def test_a_desk_with_nothing_says_what_will_be_there(client):
    client.force_login(bidder_of(SupplierFactory()))

    assert "No contracts yet" in client.get(reverse("delivery:supplier_desk")).content.decode()
    assert "No contracts yet" in client.get(reverse("delivery:desk")).content.decode()
