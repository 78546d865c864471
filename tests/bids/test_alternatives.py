"""A measure of the bidder's own: all of it or nothing, beside the answer and never instead."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from bids import actions
from bids.models import Bid
from tests.factories.accounts import bidder_of
from tests.factories.bids import (
    complete_draft,
    draft,
    received_bid,
    tender_with_questions,
)
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db

WHOLE = {
    "outcome": "Fewer lorries\non the school road.",
    "unit": "journeys",
    "base": "the 400 journeys of last year",
    "quantity": "120.5",
    "evidence": "The log of the gate.",
    "why": "It is what neighbours asked for.",
}


def question(bid, code="m2"):
    return bid.tender.criteria.get(code=code)


def url(bid, name="alternative", code="m2"):
    return reverse(f"bids:{name}", args=[bid.pk, question(bid, code).pk])


def kept(bid):
    return draft(Bid.objects.get(pk=bid.pk)).answer_to(question(bid))


def test_a_whole_measure_is_kept_beside_the_answer(bid, bidder):
    bidder.post(url(bid, "answer"), {"number_m2": "45", "text": "Ward by ward.", "seen": "0"})

    response = bidder.post(url(bid), {**WHOLE, "seen": "1"})

    answer = kept(bid)
    assert response.url == url(bid, "answer")
    assert dict(answer.alternative) == WHOLE
    assert (answer.text, dict(answer.quantities)) == ("Ward by ward.", {"m2": "45"})
    assert "the 400 journeys of last year" in bidder.get(response.url).content.decode()


@pytest.mark.parametrize("missing", list(WHOLE))
def test_part_of_a_measure_is_refused_and_stays_on_the_page(bid, bidder, missing):
    response = bidder.post(url(bid), {**WHOLE, missing: " ", "seen": "0"})

    assert list(response.context["form"].errors) == [missing]
    assert dict(kept(bid).alternative) == {}
    others = [name for name in WHOLE if name != missing]
    assert [response.context["form"][name].value() for name in others] == [
        WHOLE[name] for name in others
    ]


@pytest.mark.parametrize("typed", ["1e400", "NaN", "-3", "1" + "0" * 308, "a\x00b", "٣"])
def test_what_is_no_number_is_refused_beside_its_field(bid, bidder, typed):
    response = bidder.post(url(bid), {**WHOLE, "quantity": typed, "seen": "0"})

    assert list(response.context["form"].errors) == ["quantity"]
    assert dict(kept(bid).alternative) == {}


@pytest.mark.parametrize("name", ["outcome", "unit", "base", "evidence", "why"])
def test_a_text_with_a_nul_is_refused_and_one_with_smiles_is_kept(bid, bidder, name):
    strange = "שלום \u202e😀\u200f"

    refused = bidder.post(url(bid), {**WHOLE, name: "Nul\x00 here", "seen": "0"})
    bidder.post(url(bid), {**WHOLE, name: strange, "seen": "0"})

    assert list(refused.context["form"].errors) == [name]
    assert kept(bid).alternative[name] == strange


def test_a_part_that_is_too_long_is_refused(bid, bidder):
    response = bidder.post(url(bid), {**WHOLE, "why": "word " * 201, "seen": "0"})

    assert response.context["form"].errors == {
        "why": [
            "Why this serves the principle better must be 200 words or fewer. You have used 201"
        ]
    }


def test_it_can_be_taken_out_and_the_answer_stays(bid, bidder):
    bidder.post(url(bid, "answer"), {"number_m2": "45", "text": "Ward by ward.", "seen": "0"})
    bidder.post(url(bid), {**WHOLE, "seen": "1"})

    response = bidder.post(url(bid, "take_out_alternative"), {"seen": "2"})

    answer = kept(bid)
    assert response.url == url(bid, "answer")
    assert (dict(answer.alternative), answer.text) == ({}, "Ward by ward.")


@pytest.mark.parametrize("name", ["alternative", "take_out_alternative"])
def test_a_colleagues_measure_is_not_saved_over(bid, bidder, name):
    bidder.post(url(bid), {**WHOLE, "unit": "Theirs", "seen": "0"})

    response = bidder.post(url(bid, name), {**WHOLE, "unit": "Mine", "seen": "0"}, follow=True)

    page = response.content.decode()
    assert kept(bid).alternative["unit"] == "Theirs"
    assert "A colleague changed this answer" in page
    assert "Theirs" in page


def test_saving_the_answer_leaves_the_measure_as_it_is(bid, bidder):
    bidder.post(url(bid), {**WHOLE, "seen": "0"})

    bidder.post(url(bid, "answer"), {"number_m2": "45", "text": "Ward by ward.", "seen": "1"})

    assert dict(kept(bid).alternative) == WHOLE


def test_the_page_says_that_the_panel_decides_before_marks_open(bid, bidder):
    page = bidder.get(url(bid)).content.decode()

    assert "Before marks are open to anybody, the panel decides" in page
    assert "only what you enter against the published measure counts" in page
    assert question(bid).metric.principle.text in page


def test_the_policys_own_words_on_other_measures_are_quoted(bid, bidder):
    charter = bid.tender.charter
    words = "Alternative measures should be considered."
    charter.clauses = [
        {
            "id": "a",
            "kind": "alternative",
            "heading": "Other",
            "document": "The paper",
            "text": words,
        }
    ]
    charter.save()

    assert words in bidder.get(url(bid)).content.decode()


def test_a_quality_question_has_no_measure_to_replace(bid, bidder):
    answers = [
        bidder.get(url(bid, code="q1")),
        bidder.post(url(bid, "take_out_alternative", code="q1"), {}),
    ]

    assert [one.status_code for one in answers] == [404, 404]


def test_taking_out_is_not_for_following_a_link(bid, bidder):
    assert bidder.get(url(bid, "take_out_alternative")).status_code == 405


def test_it_is_received_and_read_with_the_bid(signed_in):
    bid = complete_draft()
    by = bidder_of(bid.supplier)
    actions.save_answer(
        bid=bid,
        criterion=question(bid),
        text=None,
        quantities={},
        alternative=WHOLE,
        by=by,
        at=datetime.now(UTC),
    )
    client = signed_in(by)
    client.post(reverse("bids:submit", args=[bid.pk]), {"key": bid.pk, "agreed": "on"})

    page = client.get(reverse("bids:view", args=[bid.pk])).content.decode()

    assert "A measure of its own" in page
    assert "It is what neighbours asked for." in page


def test_those_who_decide_on_it_read_it_without_its_quantity(signed_in):
    line = {"id": "1", "criterion": "m2", "text": "We will.", "quantities": {}, "files": []}
    bid = received_bid(
        tender=tender_with_questions(opened=True), answers=[{**line, "alternative": WHOLE}]
    )
    officer = team_member(bid.tender, Role.OFFICER)

    theirs = signed_in(officer).get(reverse("bids:view", args=[bid.pk])).content.decode()
    own = signed_in(bidder_of(bid.supplier)).get(reverse("bids:view", args=[bid.pk]))

    assert "It is what neighbours asked for." in theirs
    assert ["120.5" in theirs, "120.5" in own.content.decode()] == [False, True]
