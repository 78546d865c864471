"""What a bidder did before stands beside its promise, and is never added to it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.roles import Role
from bids import actions
from bids.documents import quantities_in
from bids.models import Submission
from bids.refusals import QuantityRefused
from evaluations.presenters.answers import received_answer
from tests.factories.accounts import bidder_of
from tests.factories.bids import complete_draft, received, said
from tests.factories.tenders import team_member

pytestmark = pytest.mark.django_db
PAST = {"label": "Hours in the previous 12 months", "unit": "hours", "months": 12}


@pytest.fixture
def bid():
    """A complete draft, one of whose metrics asks for a track record too."""
    bid = complete_draft()
    metric = bid.tender.criteria.get(code="m2").metric
    metric.track_record = PAST
    metric.save()
    return bid


def asking(bid):
    return bid.tender.criteria.get(code="m2")


def answer_url(bid, code="m2"):
    return reverse("bids:answer", args=[bid.pk, bid.tender.criteria.get(code=code).pk])


def save(bid, criterion, **numbers):
    return actions.save_answer(
        bid=bid,
        criterion=criterion,
        text=None,
        by=bidder_of(bid.supplier),
        at=datetime.now(UTC),
        **numbers,
    )


def test_the_page_asks_for_it_under_a_heading_of_its_own(bid, signed_in):
    page = signed_in(bidder_of(bid.supplier)).get(answer_url(bid)).content.decode()

    promise, past = page.split("What you did before")
    assert "Hours in the previous 12 months" not in promise
    assert "Hours in the previous 12 months" in past


def test_a_question_without_one_does_not_ask(bid, signed_in):
    page = signed_in(bidder_of(bid.supplier)).get(answer_url(bid, "q1")).content.decode()

    assert "What you did before" not in page


def test_it_is_kept_apart_from_the_commitment(bid, signed_in):
    client = signed_in(bidder_of(bid.supplier))

    client.post(
        answer_url(bid), {"number_m2": "45", "number_track_record": "1,200", "text": "We will."}
    )

    answer = bid.answers.get(criterion=asking(bid))
    assert (said(answer).quantities, said(answer).track_record) == (
        {"m2": "45"},
        {"track_record": "1200"},
    )


def test_it_may_be_left_out(bid, signed_in):
    client = signed_in(bidder_of(bid.supplier))

    client.post(answer_url(bid), {"number_m2": "45", "number_track_record": "", "text": "We will."})

    assert said(bid.answers.get(criterion=asking(bid))).track_record == {}


def test_a_wrong_number_is_named_and_the_rest_is_saved(bid, signed_in):
    client = signed_in(bidder_of(bid.supplier))

    page = client.post(
        answer_url(bid), {"number_m2": "46", "number_track_record": "many", "text": "We will."}
    ).content.decode()

    answer = said(bid.answers.get(criterion=asking(bid)))
    assert (answer.quantities, answer.track_record) == ({"m2": "46"}, {})
    assert 'value="many"' in page


def test_a_received_bid_holds_it_and_promises_nothing_of_it(bid):
    save(bid, asking(bid), quantities={"m2": "45"}, track_record={"track_record": "1200"})
    actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=bidder_of(bid.supplier))

    document = received(Submission.objects.get()).document
    assert [
        line.get("track_record") for line in document["answers"] if line["criterion"] == "m2"
    ] == [{"track_record": "1200"}]
    assert quantities_in(document)["m2"] == "45"
    assert "track_record" not in quantities_in(document)


def test_evaluators_see_it_beside_the_commitment(bid):
    save(bid, asking(bid), quantities={"m2": "45"}, track_record={"track_record": "1200"})
    actions.submit_bid(bid=bid, idempotency_key=uuid.uuid4(), by=bidder_of(bid.supplier))
    bid.tender.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    bid.tender.save()
    for role in (Role.OFFICER, Role.CHAIR):
        actions.open_bids(tender=bid.tender, by=team_member(bid.tender, role))

    answer = received_answer(bid, asking(bid))

    told = [(one.label, str(one.amount), one.unit) for one in answer.track_record]
    assert told == [("Hours in the previous 12 months", "1200", "hours")]


def test_a_question_that_asks_for_none_takes_none(bid):
    with pytest.raises(QuantityRefused):
        save(
            bid,
            bid.tender.criteria.get(code="q1"),
            quantities={},
            track_record={"track_record": "1"},
        )
