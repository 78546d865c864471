"""What a bid says on one criterion, read from the received document."""

from decimal import Decimal

import pytest

from evaluations.presenters.answers import NO_ANSWER, answer_in, received_answer
from tests.factories.bids import BidFactory
from tests.factories.evaluations import panel

pytestmark = pytest.mark.django_db


def test_an_answer_has_its_text_and_named_quantities():
    made = panel(bids=1)

    answer = received_answer(made.bids[0], made.commitment)

    assert (answer.text, answer.word_count) == ("Our answer on hours with schools.", 6)
    assert [(one.amount, one.unit) for one in answer.quantities] == [(Decimal(36), "hours")]


def test_a_draft_has_no_answer_to_mark():
    made = panel(bids=1)

    assert received_answer(BidFactory(tender=made.tender), made.quality) == NO_ANSWER


def test_a_question_the_document_leaves_out_has_no_answer():
    made = panel(bids=1)

    assert answer_in({"answers": [], "bases": {}}, made.quality) == NO_ANSWER


def test_an_amount_that_is_no_number_is_not_shown():
    made = panel(bids=1)
    code = made.commitment.code
    line = {"criterion": code, "text": "", "quantities": {code: "many"}, "files": []}

    assert answer_in({"answers": [line], "bases": {}}, made.commitment).quantities == ()
