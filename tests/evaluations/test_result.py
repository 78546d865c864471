"""The ranking: a table first, pictures of it, and every number opened."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluations.presenters.ranking import Stretch, tipping_points
from tests.factories.evaluations import in_moderation, panel, ranked

pytestmark = pytest.mark.django_db


def page_of(client, made, person, name="ranking", *more):
    client.force_login(person)
    return client.get(reverse(f"evaluations:{name}", args=[made.tender.pk, *more]))


def test_the_table_holds_rank_bidder_groups_and_total(client):
    made = ranked(bids=3)

    page = page_of(client, made, made.officer)

    shown = [
        (place.rank, str(place.bid.supplier), [points for _, points in place.groups], place.total)
        for place in page.context["ranking"].places
    ]
    assert shown == [
        (1, "Bidder A", ["35.00", "50.00", "10.00"], "95.00"),
        (2, "Bidder B", ["32.50", "40.00", "7.75"], "80.25"),
        (3, "Bidder C", ["30.00", "30.00", "5.50"], "65.50"),
    ]


def test_every_line_of_every_bid_is_there_in_the_order_of_the_tender(client):
    made = ranked(bids=2)

    page = page_of(client, made, made.officer)

    first, second = made.bids
    shown = [
        (group.name, [(row.title, row.full, row.cells) for row in group.rows])
        for group in page.context["line_groups"]
    ]
    assert shown == [
        ("Price", [("Price", 40, [(first, "35.00"), (second, "32.50")])]),
        ("Quality", [("Running the service", 50, [(first, "50.00"), (second, "40.00")])]),
        (
            "Social value",
            [
                ("Local jobs", 5, [(first, "5.00"), (second, "4.00")]),
                ("Hours with schools", 5, [(first, "5.00"), (second, "3.75")]),
            ],
        ),
    ]


def test_the_band_says_who_would_win_at_another_weight(client):
    made = ranked(values={(0, "q1"): 0, (1, "q1"): 5})

    page = page_of(client, made, made.chair)

    spans = [(one.winners, one.is_published) for one in page.context["ranking"].stretches]
    assert spans == [("Bidder B", True), ("Bidder A", False)]
    assert len(page.context["tipping_points"]) == 2
    assert "Bidder A would win." in page.context["tipping_points"][1]
    assert page.context["band"].rows[0][-1] == "Bidder B"


def test_a_bid_alone_is_said_to_have_been_compared_with_nothing(client):
    made = ranked(bids=1)

    page = page_of(client, made, made.officer)

    assert "nothing was compared" in page.content.decode()


def test_bids_that_tie_share_the_first_rank(client):
    made = ranked(values={(0, "q1"): 5, (1, "q1"): 5}, tie_break=[])
    result = made.tender.results.get()
    places = result.result["bids"]
    for place in places.values():
        place["rank"] = 1
    result.save()

    page = page_of(client, made, made.officer)

    assert "Bidder A and Bidder B share the first rank" in page.content.decode()


def test_tipping_points_in_words():
    def stretch(low, high, winners):
        return Stretch(Decimal(low), Decimal(high), winners, False)

    three = [stretch(0, "7.3187", "A"), stretch("7.3187", 40, "B"), stretch(40, 100, "C")]

    assert tipping_points(three) == [
        "Up to 7.3187%, A would win.",
        "From 7.3187% to 40%, B would win.",
        "Above 40%, C would win.",
    ]
    assert tipping_points(three[:1]) == [
        "A would have the highest score whatever social value counts for."
    ]
    assert tipping_points([]) == []


def test_a_marked_line_opens_to_its_reason_marks_and_answer(client):
    made = ranked()

    page = page_of(client, made, made.officer, "line", made.bids[0].pk, "q1")

    line, words = page.context["line"], page.content.decode()
    assert (line.worked.shown, line.percent) == ("50.00", 100)
    assert line.numbers == [("Agreed mark", 5), ("Highest mark", 5)]
    assert "The panel agreed on the strength of the plan." in words
    assert "Our answer on running the service." in words
    assert sorted(mark["name"] for mark in line.marks) == ["Evaluator 1", "Evaluator 2"]
    assert str(made.evaluators[0]) not in words


def test_the_chair_reads_the_names_behind_a_line(client):
    made = ranked()

    page = page_of(client, made, made.chair, "line", made.bids[0].pk, "q1")

    assert str(made.evaluators[0]) in page.content.decode()


def test_the_price_line_opens_to_the_prices_of_its_scale(client):
    made = ranked()

    page = page_of(client, made, made.officer, "line", made.bids[1].pk, "price")

    assert page.context["line"].numbers == [
        ("Price", 950000),
        ("Price that earns full points", 800000),
        ("Price that earns nothing", 1600000),
    ]
    assert "£950,000" in page.content.decode()


@pytest.mark.parametrize(
    ("method", "name", "amount"),
    [
        ("lowest_over_bid", "Lowest price of the ranked bids", 900000),
        ("linear_from_lowest", "Lowest price of the ranked bids", 900000),
        ("mean_based", "Mean price of the ranked bids", 925000),
    ],
)
def test_a_relative_price_line_names_what_it_was_compared_with(client, method, name, amount):
    made = ranked(price_method=method, price_full_at=None, price_zero_at=None)

    page = page_of(client, made, made.officer, "line", made.bids[1].pk, "price")

    assert page.context["line"].numbers == [("Price", 950000), (name, amount)]


def test_a_line_by_target_opens_to_what_was_committed_and_asked(client):
    made = ranked()

    page = page_of(client, made, made.officer, "line", made.bids[1].pk, made.commitment.code)

    (offer,) = page.context["line"].offers
    assert (offer.offered, offer.required, offer.attained_percent) == (27, 36, 75)


def test_a_line_that_does_not_exist_is_not_found(client):
    made = ranked()

    page = page_of(client, made, made.officer, "line", made.bids[0].pk, "q99")

    assert page.status_code == 404


def test_a_bid_of_another_tender_is_not_found(client):
    made, other = ranked(), ranked()

    page = page_of(client, made, made.officer, "line", other.bids[0].pk, "q1")

    assert page.status_code == 404


@pytest.mark.parametrize("name", ["ranking", "award"])
def test_there_is_no_ranking_before_lock(client, name):
    made = in_moderation()

    for person in (made.officer, made.chair, made.approver):
        assert page_of(client, made, person, name).status_code == 403


def test_evaluators_never_see_the_ranking_or_a_price(client):
    made = ranked()

    for name, more in (("ranking", []), ("award", []), ("line", [made.bids[0].pk, "price"])):
        assert page_of(client, made, made.evaluators[0], name, *more).status_code == 403
    page = page_of(client, made, made.evaluators[0], "moderation")
    assert not re.search(r"900,?000", page.content.decode())


def test_people_of_another_tender_find_no_ranking(client):
    made, other = ranked(), panel()

    assert page_of(client, made, other.officer).status_code == 404


@pytest.mark.parametrize("name", ["ranking", "line", "award"])
def test_pages_of_the_result_ask_as_many_questions_for_three_bids_as_for_one(
    client, django_assert_max_num_queries, name
):
    counts = []
    for bids in (1, 3):
        made = ranked(bids=bids)
        more = [made.bids[0].pk, "q1"] if name == "line" else []
        client.force_login(made.officer)
        url = reverse(f"evaluations:{name}", args=[made.tender.pk, *more])
        with django_assert_max_num_queries(60) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_bid_below_a_minimum_is_listed_without_a_rank(client):
    made = ranked()
    result = made.tender.results.get()
    failed = str(made.bids[1].pk)
    result.case["gates"] = [
        {"id": "hours", "criterion": made.commitment.code, "minimum_percent": "80"}
    ]
    result.result["bids"][failed] = {"status": "failed_gate", "gates": ["hours"]}
    result.save()

    page = page_of(client, made, made.officer)
    line = page_of(client, made, made.officer, "line", made.bids[1].pk, "q1")

    assert [one.bid for one in page.context["ranking"].failed] == [made.bids[1]]
    words = f"Not ranked: failed the minimum for {made.commitment.title}, at least 80%"
    assert words in page.content.decode()
    assert line.status_code == 404


def test_points_rounded_line_by_line_are_drawn_as_published(client):
    made = ranked(rounding_level="line")

    page = page_of(client, made, made.officer)

    assert page.context["scores"].rows[0] == ["1. Bidder A", "35", "50", "10", "95"]


def test_without_a_weight_to_vary_there_is_no_band(client):
    made = ranked()
    result = made.tender.results.get()
    result.result["sensitivity"] = None
    result.save()

    page = page_of(client, made, made.officer)

    assert (page.context["band"], page.context["tipping_points"]) == (None, [])


def test_a_void_result_is_not_shown(client):
    made = ranked()
    made.tender.results.update(voided_at=made.tender.locked_at)

    assert page_of(client, made, made.officer).status_code == 404
