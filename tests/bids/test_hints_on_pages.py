"""What a metric's page says beside its numbers: a worked example, evidence, what looks odd."""

import pytest
from django.urls import reverse

from bids.guidance import circumstances_of, hints_on
from bids.models import Bid
from tests.factories.bids import BidFactory, draft, tender_with_questions

pytestmark = pytest.mark.django_db

ODD = (
    "50 people is 125% of 40 people (“People employed on the contract (headcount)”). A part is "
    "never more than the whole. Check each number, and that what is promised is a part of what it "
    "is held against."
)


@pytest.fixture
def bid():
    return BidFactory(tender=tender_with_questions(), bases={"headcount": "40"})


def url(bid, name="answer", code="m2"):
    return reverse(f"bids:{name}", args=[bid.pk, bid.tender.criteria.get(code=code).pk])


def test_a_metrics_page_works_its_target_out_for_a_made_up_firm(bid, bidder):
    page = bidder.get(url(bid)).content.decode()

    assert (
        "Say “People employed on the contract (headcount)” is 50 people. Whoever promises 45 "
        "people or more reaches 100% of the target; with 22 people, 48.8%; with 0 people, 0%."
    ) in page
    assert "Testimonials from schools" in page
    assert "you attach a file to every number above 0 that you report" in page


def test_a_quality_question_has_neither_example_nor_hints(bid, bidder):
    page = bidder.get(url(bid, code="q1")).content.decode()

    assert "For example" not in page
    assert "Worth checking" not in page


def test_hints_come_while_numbers_are_typed_and_nothing_is_saved(bid, bidder):
    drawn = bidder.post(url(bid, "reach"), {"number_m2": "50"}).content.decode()

    assert f"<li>{ODD}</li>" in drawn
    assert "That meets the target in full." in drawn
    assert Bid.objects.get().edits == 0


def test_hints_come_after_saving_too_and_block_nothing(bid, bidder):
    saved = bidder.post(url(bid), {"number_m2": "50", "text": "All.", "seen": "0"}, follow=True)

    assert "something in “Local people” looks odd. Open it again" in saved.content.decode()
    assert ODD in bidder.get(url(bid)).content.decode()
    assert "no mark or score depends on them" in bidder.get(url(bid)).content.decode()
    assert dict(draft(Bid.objects.get()).answer_to(_metric(bid)).quantities) == {"m2": "50"}


def test_what_is_possible_is_not_remarked_upon(bid, bidder):
    bidder.post(url(bid), {"number_m2": "40", "text": "All.", "seen": "0"})

    assert "Worth checking" not in bidder.get(url(bid)).content.decode()


def test_hints_on_a_bid_need_neither_a_reader_nor_its_price(bid):
    """As whoever evaluates a received bid may ask: a document's numbers are enough."""
    criteria = list(bid.tender.criteria.all())
    around = circumstances_of(bid.tender, criteria, {"headcount": "40"})

    found = hints_on(_metric(bid), {"m2": "50"}, around)

    assert [hint.words for hint in found] == [ODD]


def _metric(bid):
    return bid.tender.criteria.get(code="m2")
