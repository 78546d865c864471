"""What the public sees: the list of tenders, and one tender."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from tenders.presenters import asked
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of
from tests.factories.tenders import TenderFactory, team_member, tender_in
from tests.tenders.drafts import complete_draft, officer_of, published_tender

pytestmark = pytest.mark.django_db


def titles(client, **query) -> list[str]:
    response = client.get(reverse("tenders:public_list"), query)
    return [tender.title for tender, _, _ in response.context["rows"]]


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


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"show": "open"}, ["Open"]),
        ({"kind": "procurement"}, ["Open", "Coming"]),
        ({"kind": "funding_round"}, []),
        ({"show": "coming"}, ["Coming"]),
        ({"words": "oPe"}, ["Open"]),
        ({"words": "Lichfield"}, ["Coming"]),
        ({"words": "nothing"}, []),
        ({"show": "x"}, ["Open", "Coming"]),
        ({"page": "99"}, ["Open", "Coming"]),
    ],
)
def test_the_list_is_filtered_by_words_and_state(client, query, found):
    TenderFactory(title="Open", open=True)
    TenderFactory(
        title="Coming", published=True, authority=AuthorityFactory(name="Lichfield Council")
    )

    assert titles(client, **query) == found


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, django_assert_num_queries, count):
    TenderFactory.create_batch(count, open=True)

    with django_assert_num_queries(3):
        client.get(reverse("tenders:public_list"))


def test_the_public_page_says_what_is_asked_and_what_it_earns(client):
    tender = published_tender()

    response = client.get(reverse("tenders:public", args=[tender.pk]))

    earned = [
        (part.title, part.points, [line.points for line in part.lines])
        for part in response.context["parts"]
    ]
    assert earned == [("Price", 40, []), ("Quality", 50, [50]), ("Social value", 10, [10])]
    page = response.content.decode()
    assert tender.case_hash in page
    assert "All points at £800,000 or less, none at £1,600,000 or more" in page
    assert "At least 36 hours." in page


def test_a_draft_is_not_public(client):
    response = client.get(reverse("tenders:public", args=[TenderFactory().pk]))

    assert response.status_code == 404


def test_the_team_sees_a_draft_as_bidders_will(client):
    tender = complete_draft()
    client.force_login(officer_of(tender))

    response = client.get(reverse("tenders:public", args=[tender.pk]))

    assert "Only your team can see this page" in response.content.decode()


def test_a_bidder_can_start_from_an_open_tender(client):
    tender = tender_in("O")
    client.force_login(bidder_of(SupplierFactory()))

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert reverse("bids:start", args=[tender.pk]) in page


def test_a_visitor_is_led_to_register(client):
    page = client.get(reverse("tenders:public", args=[tender_in("O").pk])).content.decode()

    assert reverse("account_signup") in page
    assert "bids/start" not in page


def test_the_authority_is_not_invited_to_bid(client):
    tender = tender_in("O")
    client.force_login(team_member(tender, Role.OFFICER))

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert reverse("tenders:internal", args=[tender.pk]) in page
    assert "bids/start" not in page


def test_a_cancelled_tender_says_why(client):
    page = client.get(reverse("tenders:public", args=[tender_in("X").pk])).content.decode()

    assert "The need has gone." in page


def test_words_of_officers_are_never_markup(client):
    tender = TenderFactory(open=True, title="<img src=x onerror=alert(1)>", summary="<script>")

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert "<img src=x" not in page
    assert "<script>&lt;" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"price_weight": Decimal(0)}, "Price earns no points in this tender."),
        ({"price_method": "lowest_over_bid"}, "the lowest price divided by yours"),
        ({"price_method": "linear_from_lowest"}, "twice that earns none"),
        ({"price_method": "mean_based"}, "The mean price earns half the points"),
        ({"price_zero_at": None}, "not set yet"),
    ],
)
def test_each_way_to_score_a_price_is_said_in_words(fields, words):
    assert words in asked.price_words(TenderFactory(**fields))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {},
            "The total is rounded half up to 2 decimal places. Bids are ranked on the rounded "
            "totals. Bids that are equal are ordered by more points for social value, then more "
            "points for quality, then the lower price; if still equal they share the rank.",
        ),
        (
            {"tie_break": [], "rounding_places": 1, "rounding_level": "line", "rank_on": "exact"},
            "Each line is rounded half up to 1 decimal place. Bids are ranked on the exact, "
            "unrounded totals. Bids that are equal share the rank.",
        ),
    ],
)
def test_ranking_is_said_in_words(fields, words):
    assert asked.ranking_words(TenderFactory(**fields)) == words


def test_points_are_left_open_while_weights_make_no_whole():
    tender = complete_draft(price_weight=Decimal(41))

    assert [part.points for part in asked.parts_of(tender)] == [None, None, None]
