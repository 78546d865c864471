"""What is funded makes a contract for each project; each starts on its own."""

import pytest
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import Role
from delivery import actions
from delivery.models import Contract, Promise
from records.clock import database_time
from records.models import AuditEvent
from tenders.models import Assignment, Tender
from tenders.states import Stage
from tests.factories.accounts import bidder_of
from tests.factories.programmes import recommended_cases, recommended_round
from tests.factories.tenders import team_member
from tests.pages import Page
from tests.races import at_once

pytestmark = pytest.mark.django_db


def funded(make=recommended_round, **fields):
    made, programme = make(**fields)
    contracts = actions.approve_programme(programme=programme, by=made.approver, at=database_time())
    return made, contracts


def start(made, contract):
    return actions.start_contract(contract=contract, by=made.manager, at=database_time())


def test_each_funded_project_gets_a_contract_for_what_it_asked():
    made, contracts = funded()

    assert [(one.supplier.name, one.price, one.manager) for one in contracts] == [
        ("C", 400000, made.manager),
        ("B", 500000, made.manager),
    ]
    assert made.refresh().stage == Stage.AWARDED
    assert AuditEvent.objects.filter(verb="contract.made").count() == 2


def test_each_contract_has_the_promises_of_its_own_project():
    _, contracts = funded()

    promised = {
        contract.supplier.name: sorted(promise.quantity for promise in contract.promises.all())
        for contract in contracts
    }

    assert promised == {"C": [0, 36], "B": [0, 36]}
    assert Promise.objects.count() == 4


def test_the_manager_joins_the_team_once():
    made, programme = recommended_round()
    made.tender.assignments.filter(person=made.manager).delete()

    actions.approve_programme(programme=programme, by=made.approver, at=database_time())

    role = Assignment.objects.get(tender=made.tender, person=made.manager).role
    assert role == Role.CONTRACT_MANAGER


def test_where_nothing_is_funded_there_is_no_contract_and_the_call_is_decided():
    made, contracts = funded(recommended_cases, fund=())

    assert (contracts, made.refresh().stage) == ([], Stage.AWARDED)


def test_the_first_contract_takes_the_round_along_and_the_second_starts_while_it_is_live():
    made, (first, second) = funded()

    start(made, first)
    assert made.refresh().stage == Stage.LIVE
    start(made, second)

    assert Contract.objects.filter(started_at__isnull=True).count() == 0
    assert AuditEvent.objects.filter(verb="tender.live").count() == 1


def test_each_contract_starts_once():
    made, (first, second) = funded()
    start(made, first)

    with pytest.raises(Conflict, match="already started"):
        start(made, first)
    start(made, second)
    with pytest.raises(Conflict, match="already started"):
        start(made, second)


def test_a_project_reports_only_once_its_own_contract_has_started(client):
    made, (first, second) = funded()
    start(made, first)
    client.force_login(bidder_of(second.supplier))
    send = reverse("delivery:send_return", args=[second.pk])

    before = client.get(send).status_code
    start(made, second)

    assert (before, client.get(send).status_code) == (409, 200)


def test_the_button_is_there_until_the_contract_has_started(client):
    made, (first, second) = funded()
    start(made, first)
    client.force_login(made.manager)

    shown = [
        client.get(reverse("delivery:contract", args=[one.pk])).context["can_start"]
        for one in (first, second)
    ]

    assert shown == [False, True]


def test_one_applicant_does_not_see_the_contract_of_another(client):
    _, (first, second) = funded()
    client.force_login(bidder_of(first.supplier))

    seen = [
        client.get(reverse("delivery:contract", args=[one.pk])).status_code
        for one in (first, second)
    ]

    assert seen == [200, 403]


def test_the_notice_names_the_funded_projects_and_nobody_else(client):
    made, _ = funded()

    said = Page(client.get(reverse("delivery:notice", args=[made.tender.pk]))).text

    assert "2 projects are funded, for £900,000 together." in said
    assert "What B promised" in said and "What C promised" in said
    assert "What A promised" not in said


def test_the_notice_of_a_call_that_funds_nothing_says_so(client):
    made, _ = funded(recommended_cases, fund=())

    said = Page(client.get(reverse("delivery:notice", args=[made.tender.pk]))).text

    assert "has decided. No projects are funded." in said


def test_the_notice_takes_as_many_queries_for_two_projects_as_for_one(
    client, django_assert_max_num_queries
):
    counted = []
    for fund in ((0,), (0, 1)):
        made, _ = funded(recommended_cases, fund=fund, budget="2000000.00")
        with django_assert_max_num_queries(40) as queries:
            client.get(reverse("delivery:notice", args=[made.tender.pk]))
        counted.append(len(queries))

    assert counted[0] == counted[1]


def approve(client, made, person, **data):
    client.force_login(person)
    return client.post(reverse("delivery:approve_programme", args=[made.tender.pk]), data)


def test_the_approver_approves_by_page(client):
    made, programme = recommended_round()

    page = approve(client, made, made.approver, programme=programme.pk)

    assert page.url == reverse("evaluations:programme", args=[made.tender.pk])
    assert Contract.objects.count() == 2


@pytest.mark.parametrize("data", [{}, {"programme": "00000000-0000-4000-8000-000000000000"}])
def test_only_what_was_read_is_approved(client, data):
    made, _ = recommended_round()

    assert approve(client, made, made.approver, **data).status_code == 409
    assert Contract.objects.count() == 0


def test_a_round_is_not_approved_as_one_award(client):
    made, _ = recommended_round()
    client.force_login(made.approver)

    page = client.post(reverse("delivery:approve_award", args=[made.tender.pk]))

    assert (page.status_code, Contract.objects.count()) == (409, 0)


def test_the_officer_does_not_approve_by_page(client):
    made, programme = recommended_round()

    assert approve(client, made, made.officer, programme=programme.pk).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_contracts_that_start_at_once_both_start():
    made, (first, second) = funded()

    came = at_once(lambda: start(made, first), lambda: start(made, second))

    assert {one.pk for one in came} == {first.pk, second.pk}
    assert made.refresh().stage == Stage.LIVE


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_of_two_that_start_at_once_would_be_turned_away(monkeypatch):
    made, (first, second) = funded()
    other = team_member(made.tender, Role.CONTRACT_MANAGER)
    begun = []

    def look_only(tender):
        """As if the tender were read and not held: both find it awarded."""
        found = Tender.objects.select_related("authority").get(pk=tender.pk)
        begun.append(found)
        while len(begun) < 2:
            pass
        return found

    monkeypatch.setattr("delivery.actions.contracts.hold_tender", look_only)

    came = at_once(
        lambda: start(made, first),
        lambda: actions.start_contract(contract=second, by=other, at=database_time()),
    )

    assert came.count(Conflict) == 1
