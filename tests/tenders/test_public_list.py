"""The public list: what is found, in which order, and what it is narrowed by."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from tenders.models import Follower
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of
from tests.factories.tenders import TenderFactory
from tests.tenders.drafts import NOW, officer_of
from tests.tenders.test_lots import beside

pytestmark = pytest.mark.django_db
LIST = reverse("tenders:public_list")


def titles(client, **query) -> list[str]:
    return [row.tender.title for row in client.get(LIST, query).context["rows"]]


def ahead(**span):
    return datetime.now(UTC) + timedelta(**span)


def test_the_list_shows_published_tenders_only(client):
    TenderFactory(title="A draft")
    TenderFactory(title="An open one", open=True)

    assert titles(client) == ["An open one"]


def test_the_list_does_not_show_an_officer_their_own_drafts(client):
    tender = TenderFactory()
    client.force_login(officer_of(tender))

    assert titles(client) == []


def test_open_tenders_come_first_then_those_to_come(client):
    TenderFactory(title="Closed", closed=True)
    TenderFactory(title="Coming", published=True)
    TenderFactory(title="Open", open=True)

    assert titles(client) == ["Open", "Coming", "Closed"]


def test_the_next_to_close_is_on_top_or_the_newest(client):
    TenderFactory(title="Later, new", open=True, published_at=NOW, closes_at=ahead(days=9))
    TenderFactory(title="Sooner, old", open=True, closes_at=ahead(days=2))

    assert titles(client) == ["Sooner, old", "Later, new"]
    assert titles(client, sort="newest") == ["Later, new", "Sooner, old"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"show": "open"}, ["Open"]),
        ({"show": "coming"}, ["Coming"]),
        ({"show": "closed"}, ["Closed"]),
        ({"kind": "procurement"}, ["Open", "Coming"]),
        ({"kind": "funding_round"}, ["Closed"]),
        ({"words": "oPe"}, ["Open"]),
        ({"words": "Lichfield"}, ["Coming"]),
        ({"words": "council  COMING"}, ["Coming"]),
        ({"words": "lichfield open"}, []),
        ({"words": "allotments"}, ["Closed"]),
        ({"words": "T-XYZ"}, ["Open"]),
        ({"words": "100%"}, []),
        ({"words": "_"}, []),
        ({"band": "to-50k"}, ["Open"]),
        ({"band": "to-250k"}, ["Coming"]),
        ({"band": "over-5m"}, ["Closed"]),
        ({"closing": "7"}, ["Open"]),
        ({"closing": "60"}, ["Open", "Coming"]),
        ({"closing": "60", "show": "closed"}, []),
        # What cannot be read narrows nothing, and the rest still does.
        ({"show": "x"}, ["Open", "Coming", "Closed"]),
        ({"show": "open", "band": "x", "authority": "x", "closing": "-1"}, ["Open"]),
        ({"page": "99"}, ["Open", "Coming", "Closed"]),
    ],
)
def test_the_list_is_narrowed(client, query, found):
    TenderFactory(
        title="Open",
        open=True,
        contract_value=Decimal("50000.00"),
        closes_at=ahead(days=6),
        reference="T-XYZXYZ",
    )
    TenderFactory(
        title="Coming",
        published=True,
        authority=AuthorityFactory(name="Lichfield Council"),
        contract_value=Decimal("50000.01"),
    )
    TenderFactory(
        title="Closed",
        closed=True,
        opportunity="funding_round",
        price_weight=0,
        summary="Gardens\nand allotments",
        contract_value=Decimal("5000000.01"),
    )

    assert titles(client, **query) == found


def test_the_list_is_narrowed_to_one_authority(client):
    wanted = TenderFactory(title="Ours", open=True)
    TenderFactory(title="Theirs", open=True)

    assert titles(client, authority=str(wanted.authority_id)) == ["Ours"]


def test_only_authorities_that_have_published_can_be_chosen(client):
    published, _ = TenderFactory(open=True), TenderFactory()

    field = client.get(LIST).context["form"]["authority"]

    assert [value for value, _ in field.field.choices] == ["", published.authority_id]


def test_each_thing_that_is_on_can_be_taken_off_and_the_rest_stays(client):
    TenderFactory(open=True)

    page = client.get(LIST, {"words": "a b", "show": "open", "sort": "newest", "page": "1"})

    assert [(one.label, one.value, one.without) for one in page.context["chosen"]] == [
        ("Words", "a b", "?show=open&sort=newest"),
        ("Stage", "Open now", "?words=a+b&sort=newest"),
    ]


def test_what_cannot_be_read_is_refused_beside_its_field(client):
    page = client.get(LIST, {"words": "a\x00b", "band": "huge"})

    assert set(page.context["form"].errors) == {"words", "band"}
    assert "Paste it as plain text" in page.content.decode()


def test_pages_keep_what_is_narrowed(client, monkeypatch):
    monkeypatch.setattr("tenders.views.public.PER_PAGE", 2)
    TenderFactory.create_batch(3, open=True)

    page = client.get(LIST, {"show": "open", "page": "1"}).content.decode()

    assert "3 found" in page
    assert 'href="?show=open&amp;page=2"' in page


def test_lots_stand_together_and_say_how_many_there_are(client):
    moment = ahead(days=9)
    group = beside(TenderFactory(open=True, title="A", closes_at=moment), "1", "2").lot_group
    for number, lot in enumerate(group.lots.order_by("lot_number"), 1):
        lot.title, lot.stage, lot.published_at = f"Lot {number}", "published", NOW
        lot.published_case, lot.opens_at, lot.closes_at = {}, ahead(days=-1), moment
        lot.save()
    TenderFactory(open=True, title="Between", closes_at=moment, published_at=NOW)

    response = client.get(LIST)

    rows = response.context["rows"]
    lots = [row.tender.title for row in rows if row.lots]
    assert lots == ["Lot 1", "Lot 2", "Lot 3"]
    assert [row.tender.title for row in rows].index("Between") in (0, 3)
    assert [row.lots for row in rows if row.lots] == [3, 3, 3]
    assert "Lot 2 of 3" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    TenderFactory.create_batch(count, open=True)

    # The time, how many, the authorities to choose from, and the tenders.
    with django_assert_num_queries(4):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_lots_that_one_follows_costs_the_same(client, django_assert_num_queries, count):
    person = bidder_of(SupplierFactory())
    for _ in range(count):
        lot = beside(TenderFactory(open=True), "1", open=True)
        Follower.objects.create(tender=lot, person=person, since=NOW)
    client.force_login(person)

    # The same, the session, the person, the roles, the lots, and what is followed.
    with django_assert_num_queries(9):
        client.get(LIST)


def test_somebody_signed_in_follows_from_the_list_and_stays_there(client):
    tender = TenderFactory(open=True)
    client.force_login(bidder_of(SupplierFactory()))
    here = f"{LIST}?show=open"

    answer = client.post(reverse("tenders:follow", args=[tender.pk]), {"next": here})

    assert answer.url == here
    assert [row.is_followed for row in client.get(here).context["rows"]] == [True]


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "x", ""]
)
def test_following_leads_nowhere_else(client, away):
    tender = TenderFactory(open=True)
    client.force_login(bidder_of(SupplierFactory()))

    answer = client.post(reverse("tenders:follow", args=[tender.pk]), {"next": away})

    assert answer.url == reverse("tenders:public", args=[tender.pk])


def test_a_visitor_is_offered_no_button_that_would_refuse(client):
    tender = TenderFactory(open=True)

    assert reverse("tenders:follow", args=[tender.pk]) not in client.get(LIST).content.decode()
