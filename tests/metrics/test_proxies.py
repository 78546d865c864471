"""Licensed proxy values: loaded whole with their licence, seen by one authority, withdrawn."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from accounts.access import Conflict
from accounts.roles import GRANTED, Permission, Role
from charter.refusals import Unfit
from metrics import actions
from metrics.forms.proxies import WORDS
from metrics.models import ProxySet, ProxyValue
from records.models import AuditEvent
from tests.factories.accounts import (
    LONG_AGO,
    AuthorityFactory,
    DealingFactory,
    SupplierFactory,
    UserFactory,
    bidder_of,
    person_in,
)
from tests.factories.proxies import ProxySetFactory, ProxyValueFactory
from tests.factories.sheets import comma_file

pytestmark = pytest.mark.django_db

READERS = GRANTED[Permission.PROXIES_READ]
OTHERS = [role for role in Role if role not in READERS and role != Role.BIDDER]
ROWS = [
    ["Reference", "Title", "Unit", "Value", "Note"],
    ["X1", "Weeks of training", "week", "251.7905723", "For one person"],
    ["X2", "Spent locally", "£", "0.12", ""],
]
TOLD = {
    "title": "Example values",
    "edition": "2026",
    "publisher": "Example Publisher",
    "licence": "Licence 12, until 31 March 2028",
    "source": "Workbook sent by the publisher on 1 May 2026",
    "geography": "England",
}


@pytest.fixture
def authority():
    return AuthorityFactory()


@pytest.fixture
def administrator(client, authority):
    person = person_in(authority, Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def load(authority, by, rows=ROWS, **changes):
    return actions.load_proxies(
        authority=authority,
        **{**TOLD, **changes},
        upload=comma_file(rows, "values.csv"),
        by=by,
        at=LONG_AGO,
    )


def address(name, pk):
    return reverse(f"metrics:{name}", args=[pk])


def send(client, authority, rows=ROWS, **changes):
    entered = {**TOLD, "is_licensed": "on", "upload": comma_file(rows, "values.csv"), **changes}
    entered = {key: value for key, value in entered.items() if value is not None}
    return client.post(address("load_proxies", authority.pk), entered)


def words(response):
    return " ".join(response.content.decode().split())


def test_a_set_is_kept_with_its_licence_and_every_value_exactly(authority, administrator):
    kept = load(authority, administrator)

    assert {key: getattr(kept, key) for key in TOLD} == TOLD
    assert (kept.file_name, len(kept.sha256), kept.loaded_by) == ("values.csv", 64, administrator)
    assert list(kept.values.values_list("reference", "title", "unit", "amount", "note")) == [
        ("X1", "Weeks of training", "week", Decimal("251.790572300"), "For one person"),
        ("X2", "Spent locally", "£", Decimal("0.12"), ""),
    ]


def test_the_audit_trail_says_what_was_loaded_and_under_which_licence(authority, administrator):
    kept = load(authority, administrator)

    event = AuditEvent.objects.get()
    assert (event.verb, event.target_id) == ("proxies.loaded", str(kept.pk))
    assert event.details == {
        "title": "Example values",
        "edition": "2026",
        "licence": "Licence 12, until 31 March 2028",
        "values": 2,
        "sha256": kept.sha256,
    }


def test_one_edition_is_loaded_once_until_it_is_withdrawn(authority, administrator):
    first = load(authority, administrator)

    with pytest.raises(Unfit, match="The edition 2026 of example VALUES is loaded already"):
        load(authority, administrator, title="example VALUES")
    actions.withdraw_proxies(proxies=first, by=administrator, at=LONG_AGO)
    second = load(authority, administrator)
    load(authority, administrator, edition="2027")

    assert ProxySet.objects.filter(withdrawn_at=None).count() == 2
    assert second.pk != first.pk


def test_another_authority_loads_the_same_edition_for_itself(authority, administrator):
    load(authority, administrator)
    other = AuthorityFactory()

    assert load(other, person_in(other, Role.ADMINISTRATOR)).authority == other


def test_withdrawing_keeps_the_record(authority, administrator):
    kept = load(authority, administrator)

    actions.withdraw_proxies(proxies=kept, by=administrator, at=LONG_AGO)

    kept.refresh_from_db()
    assert (kept.withdrawn_at, kept.values.count()) == (LONG_AGO, 2)
    assert AuditEvent.objects.last().verb == "proxies.withdrawn"
    with pytest.raises(Conflict, match="withdrawn already"):
        actions.withdraw_proxies(proxies=kept, by=administrator, at=LONG_AGO)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_of_the_authority_loads_and_withdraws(authority, role):
    kept = ProxySetFactory(authority=authority)
    refused = (PermissionDenied, Http404)

    for person in (
        person_in(authority, role),
        person_in(AuthorityFactory(), Role.ADMINISTRATOR),
    ):
        with pytest.raises(refused):
            load(authority, person)
        with pytest.raises(refused):
            actions.withdraw_proxies(proxies=kept, by=person, at=LONG_AGO)


# --- Pages ----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_no_more_queries_for_more_sets(
    client, authority, administrator, django_assert_num_queries, count
):
    for kept in ProxySetFactory.create_batch(count, authority=authority):
        ProxyValueFactory.create_batch(count, within=kept)
    client.get(address("proxies", authority.pk))

    with django_assert_num_queries(7):
        page = client.get(address("proxies", authority.pk))

    assert [one.count for one in page.context["sets"]] == [count] * count


@pytest.mark.parametrize("count", [1, 3])
def test_a_set_needs_no_more_queries_for_more_values(
    client, authority, administrator, django_assert_num_queries, count
):
    kept = ProxySetFactory(authority=authority)
    ProxyValueFactory.create_batch(count, within=kept)
    client.get(address("proxy_set", kept.pk))

    with django_assert_num_queries(9):
        page = client.get(address("proxy_set", kept.pk))

    assert len(page.context["page"]) == count


def test_an_empty_list_says_what_will_be_here_and_who_loads_it(client, authority):
    client.force_login(person_in(authority, Role.ADMINISTRATOR))
    assert "load it with the button above" in words(client.get(address("proxies", authority.pk)))
    client.force_login(person_in(authority, Role.OFFICER))
    page = words(client.get(address("proxies", authority.pk)))

    assert "an administrator can load it" in page
    assert address("load_proxies", authority.pk) not in page


def test_a_set_is_loaded_in_the_browser(client, authority, administrator):
    response = send(client, authority)

    kept = ProxySet.objects.get()
    assert response.url == address("proxy_set", kept.pk)
    page = words(client.get(response.url))
    assert "Example values, 2026 is loaded." in page
    assert "£251.7905723" in page
    assert "Licence 12, until 31 March 2028" in page
    assert "A value in pounds never enters a score unless a tender declares it." in page


@pytest.mark.parametrize("missing", [*WORDS, "is_licensed", "upload"])
def test_nothing_is_loaded_without_its_licence_and_where_it_comes_from(
    client, authority, administrator, missing
):
    page = send(client, authority, **{missing: None})

    assert list(page.context["form"].errors) == [missing]
    assert not ProxySet.objects.exists()


def test_faults_are_listed_with_row_and_column_and_what_was_typed_stays(
    client, authority, administrator
):
    page = send(client, authority, rows=[*ROWS, ["X1", "Again", "week", "none", ""]])

    printed = words(page)
    assert "2 things in the file must be put right. Nothing was stored." in printed
    assert "“X1” is in row 2 too." in printed
    assert "“none” is not a number." in printed
    assert "Example Publisher" in printed
    assert (ProxySet.objects.count(), ProxyValue.objects.count()) == (0, 0)


def test_an_edition_that_is_there_is_refused_beside_its_field(client, authority, administrator):
    send(client, authority)

    page = send(client, authority)

    assert list(page.context["form"].errors) == ["edition"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["X1", "X2"]),
        ({"q": "TRAINING"}, ["X1"]),
        ({"q": "x2"}, ["X2"]),
        ({"q": "£"}, ["X2"]),
        ({"q": "one person"}, ["X1"]),
        ({"q": "nothing"}, []),
        ({"q": "a\x00b"}, ["X1", "X2"]),
        ({"page": "nonsense"}, ["X1", "X2"]),
    ],
)
def test_a_set_is_searched(client, authority, administrator, query, shown):
    kept = load(authority, administrator)

    page = client.get(address("proxy_set", kept.pk), query)

    assert [one.reference for one in page.context["page"]] == shown


def test_a_long_set_comes_in_pages(client, authority, administrator):
    kept = ProxySetFactory(authority=authority)
    ProxyValueFactory.create_batch(51, within=kept)

    page = client.get(address("proxy_set", kept.pk), {"page": 2})

    assert len(page.context["page"]) == 1
    assert "51 values." in words(page)


def test_a_set_is_withdrawn_once_that_is_meant(client, authority, administrator):
    kept = load(authority, administrator)

    client.get(address("withdraw_proxies", kept.pk))
    kept.refresh_from_db()
    assert kept.withdrawn_at is None
    client.post(address("withdraw_proxies", kept.pk))

    page = words(client.get(address("proxy_set", kept.pk)))
    assert "This set is withdrawn." in page
    assert address("withdraw_proxies", kept.pk) not in page
    assert client.post(address("withdraw_proxies", kept.pk)).status_code == 409


def pages(authority, kept):
    """Every page of proxy values: what reads and what changes."""
    reading = [address("proxies", authority.pk), address("proxy_set", kept.pk)]
    changing = [address("load_proxies", authority.pk), address("withdraw_proxies", kept.pk)]
    return reading, changing


def answers(client, person, addresses, method="get"):
    client.force_login(person)
    return {getattr(client, method)(one).status_code for one in addresses}


@pytest.mark.parametrize("role", sorted(READERS))
def test_those_who_read_proxies_read_them(client, authority, role):
    reading, changing = pages(authority, ProxySetFactory(authority=authority))
    person = person_in(authority, role)
    person.memberships.update(engaged_at=LONG_AGO)
    may_change = 200 if role == Role.ADMINISTRATOR else 403

    assert answers(client, person, reading) == {200}
    assert answers(client, person, changing) == {may_change}


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_of_the_authority_are_refused(client, authority, role):
    reading, changing = pages(authority, ProxySetFactory(authority=authority))
    person = person_in(authority, role)
    person.memberships.update(engaged_at=LONG_AGO)

    assert answers(client, person, [*reading, *changing]) == {403}
    assert answers(client, person, changing, "post") == {403}


def test_outside_the_authority_there_is_nothing(client, authority):
    reading, changing = pages(authority, ProxySetFactory(authority=authority))

    for person in (
        person_in(AuthorityFactory(), Role.ADMINISTRATOR),
        bidder_of(SupplierFactory()),
    ):
        assert answers(client, person, [*reading, *changing]) == {404}
        assert answers(client, person, changing, "post") == {404}


def test_a_company_that_deals_with_the_authority_sees_no_set(client, authority):
    company = DealingFactory(authority=authority).supplier
    kept = ProxySetFactory(authority=authority)

    for person in (bidder_of(company), UserFactory(is_superuser=True)):
        sets = [address("proxy_set", kept.pk), address("withdraw_proxies", kept.pk)]
        assert answers(client, person, sets) == {404}
        assert answers(client, person, [address("proxies", authority.pk)]) == {403}


def test_nobody_signed_out_sees_a_set(client, authority):
    reading, changing = pages(authority, ProxySetFactory(authority=authority))

    for one in [*reading, *changing]:
        assert client.get(one).url.startswith("/account/login/")
        assert client.post(one).status_code == 403
