"""The page of the weightings: its picture, relative price methods, and where nothing is bought."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tenders.presenters.effect import effect_of
from tenders.readiness import sections
from tests.factories.tenders import TenderFactory
from tests.tenders.drafts import NOW, complete_draft, officer_of
from tests.tenders.test_design_pages import WEIGHTS, errors

pytestmark = pytest.mark.django_db
RELATIVE = {**WEIGHTS, "price_method": "mean_based"}


def page(client, tender, **typed):
    """The page of the weightings, as an officer of the tender finds it or has filled it in."""
    client.force_login(officer_of(tender))
    address = reverse("tenders:edit_weights", args=[tender.pk])
    return client.post(address, typed) if typed else client.get(address)


def funding_round():
    return TenderFactory(opportunity="funding_round", price_weight=0, quality_weight=90)


def test_the_parts_are_drawn_as_one_bar_with_the_same_in_words():
    chart = effect_of(TenderFactory(), NOW.date()).chart

    assert chart.description == (
        "The whole score is 100: price 40, quality 50 and social value 10."
    )
    assert chart.rows == [["The whole score", "40", "50", "10", "100"]]


def test_a_share_of_the_quality_element_is_drawn_as_a_share_of_the_whole():
    tender = TenderFactory(basis="quality_element", quality_weight=Decimal(60))

    chart = effect_of(tender, NOW.date()).chart

    assert chart.rows == [["The whole score", "40", "54", "6", "100"]]


def test_showing_what_it_comes_to_saves_nothing_and_keeps_what_is_typed(client):
    tender = TenderFactory()

    shown = page(
        client, tender, **{**WEIGHTS, "price_weight": "30", "quality_weight": "60"}, show="effect"
    )

    tender.refresh_from_db()
    html = shown.content.decode()
    assert (shown.status_code, tender.price_weight) == (200, 40)
    assert 'name="price_weight" type="text" value="30"' in html.replace("\n", " ")
    assert "The whole score is 100: price 30, quality 60 and social value 10." in html


def test_a_relative_method_is_refused_once_with_its_example_then_saved(client):
    tender = TenderFactory()

    refused = page(client, tender, **RELATIVE)
    saved = page(client, tender, **RELATIVE, accepts_mean_based="on")

    tender.refresh_from_db()
    [words] = errors(refused)["accepts_mean_based"]
    assert words.startswith("Under this method a bid's points depend on the other bids")
    assert "B wins and C is last. Take C away, and A wins" in refused.content.decode()
    assert (saved.status_code, tender.is_relative_accepted) == (302, True)


def test_accepting_one_relative_method_accepts_no_other(client):
    refused = page(client, TenderFactory(), **RELATIVE, accepts_lowest_over_bid="on")

    assert list(errors(refused)) == ["accepts_mean_based"]


def test_an_absolute_method_asks_for_nothing(client):
    html = page(client, TenderFactory()).content.decode()

    assert "accepts_" not in html


def test_an_accepted_method_shows_its_example_and_its_tick(client):
    tender = TenderFactory(price_method="mean_based", is_relative_accepted=True)

    form = page(client, tender).context["form"]

    assert (form.reversal.winner, form.acceptance.value()) == ("B", True)


def test_a_draft_with_a_relative_method_nobody_accepted_is_not_ready():
    draft = complete_draft(price_method="lowest_over_bid")

    needs = {one.code: one.needs for one in sections(draft, NOW)}

    [need] = needs["weights"]
    assert need.startswith("Confirm that under this price method the other bids can change who")


def test_where_nothing_is_bought_no_price_is_asked_for(client):
    html = page(client, funding_round()).content.decode()

    asked = ('name="price_weight"', 'name="price_method"', "lower_price")
    assert [one for one in asked if one in html] == []
    assert "Nothing is bought here, so price earns no points." in html
    assert "The whole score is 100: quality 90 and social value 10." in html


def test_where_nothing_is_bought_quality_and_social_value_are_the_whole(client):
    tender = funding_round()
    left = {name: WEIGHTS[name] for name in WEIGHTS if "price" not in name}

    refused = page(client, tender, **left)
    saved = page(client, tender, **{**left, "quality_weight": "80", "social_value_weight": "20"})

    tender.refresh_from_db()
    assert errors(refused) == {
        "quality_weight": ["Quality and social value must total 100. They total 60. Add 40."]
    }
    assert saved.status_code == 302
    assert (tender.price_weight, tender.social_value_weight) == (0, 20)


def test_the_effect_of_a_funding_round_is_redrawn_without_a_price(client):
    tender = funding_round()
    client.force_login(officer_of(tender))
    typed = {
        "basis": "quality_element",
        "price_weight": "",
        "quality_weight": "100",
        "social_value_weight": "20",
    }

    drawn = client.get(reverse("tenders:weights_effect", args=[tender.pk]), typed)

    assert "quality 80 and social value 20." in drawn.content.decode()
