"""What the public sees of one tender."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from records.clock import database_time
from tenders.presenters import asked
from tenders.presenters.burden import burden_of_tender
from tenders.presenters.glance import glance_of
from tests.factories.accounts import AuthorityFactory, SupplierFactory, bidder_of, person_in
from tests.factories.tenders import TenderFactory, team_member, tender_in
from tests.tenders.drafts import complete_draft, officer_of, published_tender

pytestmark = pytest.mark.django_db


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


def test_a_visitor_is_led_to_register_and_back(client):
    tender = tender_in("O")
    address = reverse("tenders:public", args=[tender.pk])

    page = client.get(address).content.decode()

    assert f'href="{reverse("account_signup")}?next={address}"' in page
    assert reverse("bids:start", args=[tender.pk]) not in page


def test_nobody_without_a_company_is_offered_to_bid(client):
    tender = tender_in("O")
    client.force_login(person_in(AuthorityFactory(), Role.OFFICER))

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert "for no company or organisation that could bid" in page
    assert reverse("bids:start", args=[tender.pk]) not in page


@pytest.mark.parametrize("state", ["P", "C", "A", "X"])
def test_what_is_not_open_offers_no_bid(client, state):
    tender = tender_in(state)
    client.force_login(bidder_of(SupplierFactory()))

    page = client.get(reverse("tenders:public", args=[tender.pk])).content.decode()

    assert reverse("bids:start", args=[tender.pk]) not in page


@pytest.mark.parametrize(("state", "words"), [("O", "Bids close in"), ("P", "Opens in")])
def test_the_clock_counts_to_what_it_will_change(client, state, words):
    page = client.get(reverse("tenders:public", args=[tender_in(state).pk])).content.decode()

    assert words in page


@pytest.mark.parametrize("state", ["C", "A", "X"])
def test_there_is_no_clock_once_nothing_is_awaited_of_it(client, state):
    page = client.get(reverse("tenders:public", args=[tender_in(state).pk])).content.decode()

    assert "data-clock" not in page


def test_the_clock_of_a_page_is_the_one_that_decides(client):
    before = database_time()

    answer = client.get(reverse("tenders:clock"))

    assert before <= datetime.fromisoformat(answer.json()["now"]) <= database_time()
    assert "no-store" in answer["Cache-Control"]


def test_one_glance_tells_what_is_asked():
    tender = published_tender()
    glance = glance_of(tender, asked.parts_shown(tender))

    assert (glance.questions, glance.words, glance.quantities, glance.evidence) == (2, 1000, 1, 1)
    assert glance.hours == burden_of_tender(tender).hours
    assert glance.points.rows == [["Points", "40", "50", "10", "100"]]


def test_a_glance_divides_no_points_while_weights_make_no_whole():
    tender = complete_draft(price_weight=Decimal(41))

    assert glance_of(tender, asked.parts_shown(tender)).points is None


def test_a_glance_leaves_out_what_earns_nothing():
    tender = complete_draft(price_weight=Decimal(0), quality_weight=Decimal(90))

    assert glance_of(tender, asked.parts_shown(tender)).points.head == [
        "",
        "Quality",
        "Social value",
        "Total",
    ]


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
