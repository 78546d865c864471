"""The hours of several answers in one table: shared out, looked at, saved all or not at all."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from bids import actions
from bids.models import Bid
from bids.refusals import AnswerChanged, QuantityRefused
from records.models import AuditEvent
from tenders.models import Group, Method
from tests.factories.accounts import bidder_of
from tests.factories.bids import BidFactory, draft, tender_with_questions
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory

pytestmark = pytest.mark.django_db


def ask_for_hours(tender, *codes, target="36", **fields):
    """Questions answered in hours, each with a target of its own."""
    for position, code in enumerate(codes, start=1):
        metric = MetricFactory(charter=tender.charter, number=int(code[1:]))
        measure = {"id": code, "target": {"kind": "absolute", "value": target}, **fields}
        CriterionFactory(
            tender=tender,
            code=code,
            title=f"Question {code}",
            group=Group.SOCIAL_VALUE,
            metric=metric,
            measure=measure,
            position=position,
            method=Method.TARGET,
        )


@pytest.fixture
def bid():
    tender = tender_with_questions()
    ask_for_hours(tender, "m5", "m20", "m25")
    return BidFactory(tender=tender)


def page_of(bid):
    return reverse("bids:hours", args=[bid.pk])


def hours_of(bid):
    answers = draft(Bid.objects.get(pk=bid.pk)).answers.values()
    by_criterion = {one.criterion_id: dict(one.quantities) for one in answers}
    asked = bid.tender.criteria.filter(code__in=["m5", "m20", "m25"])
    found = {one.code: by_criterion.get(one.pk, {}) for one in asked}
    return {code: numbers.get(code) for code, numbers in found.items()}


def answered(bid, question, by, **said):
    actions.save_answer(bid=bid, criterion=question, by=by, at=datetime.now(UTC), **said)


def boxes(response):
    return {line["row"].criterion.code: line["box"].value() for line in response.context["table"]}


def seen(bid, number="0"):
    return {f"seen_{code}": number for code in ("m5", "m20", "m25")}


def test_rows_are_saved_together_with_one_line_in_the_trail(bid, bidder):
    before = AuditEvent.objects.count()

    response = bidder.post(
        page_of(bid), {"hours_m5": "10", "hours_m20": "20.25", "hours_m25": "", **seen(bid)}
    )

    assert response.url == reverse("bids:bid", args=[bid.pk])
    assert hours_of(bid) == {"m5": "10", "m20": "20.25", "m25": None}
    assert AuditEvent.objects.count() == before + 1
    assert Bid.objects.get().edits == 1


def test_a_total_is_shared_out_and_saved_only_when_pressed_again(bid, bidder):
    proposed = bidder.post(page_of(bid), {"total": "100", "hours_m5": "40", **seen(bid)})

    assert boxes(proposed) == {"m5": "40", "m20": "30", "m25": "30"}
    assert "Nothing is saved yet" in proposed.content.decode()
    assert hours_of(bid) == {"m5": None, "m20": None, "m25": None}

    confirmed = {f"hours_{code}": hours for code, hours in boxes(proposed).items()}
    bidder.post(page_of(bid), {"total": "100", **confirmed, **seen(bid)})

    assert hours_of(bid) == {"m5": "40", "m20": "30", "m25": "30"}


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (
            "50",
            "The rows come to 60 hours, more than this total. Change a row, or the total",
        ),
        (
            "70",
            "The rows come to 60 hours, less than this total. Change a row, or the total",
        ),
    ],
)
def test_rows_that_do_not_come_to_the_total_are_said_beside_it(bid, bidder, total, words):
    rows = {"hours_m5": "10", "hours_m20": "20", "hours_m25": "30"}

    response = bidder.post(page_of(bid), {"total": total, **rows, **seen(bid)})

    assert response.context["form"].errors == {"total": [words]}
    assert boxes(response) == {"m5": "10", "m20": "20", "m25": "30"}
    assert hours_of(bid) == {"m5": None, "m20": None, "m25": None}


@pytest.mark.parametrize(
    "typed", ["1e400", "NaN", "-3", "1" + "0" * 308, "half \u202e😀", "a\x00b"]
)
def test_what_is_no_number_is_refused_in_a_row_and_in_the_total(bid, bidder, typed):
    response = bidder.post(page_of(bid), {"total": typed, "hours_m5": typed, **seen(bid)})

    assert list(response.context["form"].errors) == ["total", "hours_m5"]
    assert boxes(response)["m5"] == typed
    assert hours_of(bid) == {"m5": None, "m20": None, "m25": None}


def test_the_largest_hours_are_kept_exactly(bid, bidder):
    most = "999999999999999.999999999"

    bidder.post(page_of(bid), {"hours_m5": most, **seen(bid)})

    assert hours_of(bid)["m5"] == most


def check_a_colleague_is_not_saved_over(bid, client, **seen_by_me):
    question = bid.tender.criteria.get(code="m20")
    by = bidder_of(bid.supplier)
    answered(bid, question, by, text="Theirs", quantities={"m20": 99})

    response = client.post(page_of(bid), {"hours_m5": "1", "hours_m20": "2", **seen_by_me})

    assert hours_of(bid) == {"m5": None, "m20": "99", "m25": None}
    assert "A colleague changed this answer" in response.content.decode()
    assert "“Question m20”" in response.content.decode()


def test_no_row_is_saved_where_a_colleague_changed_one(bid, bidder):
    check_a_colleague_is_not_saved_over(bid, bidder, **seen(bid))


def test_saving_without_saying_what_was_seen_would_be_noticed(bid, bidder):
    """The planted fault: a table that does not say which change it was made from."""
    with pytest.raises(AssertionError):
        check_a_colleague_is_not_saved_over(bid, bidder)


def test_sharing_out_does_not_hide_what_a_colleague_changed(bid, bidder):
    question = bid.tender.criteria.get(code="m20")
    by = bidder_of(bid.supplier)
    proposed = bidder.post(page_of(bid), {"total": "30", **seen(bid)})
    answered(bid, question, by, text="", quantities={"m20": 9})

    again = bidder.post(page_of(bid), {"total": "30", **seen(bid)})

    assert dict(proposed.context["form"].seen_boxes) == seen(bid)
    assert dict(again.context["form"].seen_boxes) == seen(bid)


def test_the_words_of_an_answer_stay_when_its_hours_change(bid, bidder):
    question = bid.tender.criteria.get(code="m5")
    by = bidder_of(bid.supplier)
    answered(bid, question, by, text="Why", quantities={})

    bidder.post(page_of(bid), {"hours_m5": "4", "seen_m5": "1"})

    assert draft(Bid.objects.get()).answer_to(question).text == "Why"


def test_each_row_says_its_target_and_what_the_hours_reach(bid, bidder):
    bidder.post(page_of(bid), {"hours_m5": "36", "hours_m20": "18", **seen(bid)})

    response = bidder.get(page_of(bid))

    assert [(line["target"], line["reaches"]) for line in response.context["table"]] == [
        ("36 hours", "That meets the target in full."),
        ("36 hours", "That is 50% of what the target asks for."),
        ("36 hours", "Nothing entered yet"),
    ]


def test_hours_that_do_not_fit_together_are_worth_checking(bid, bidder):
    bidder.post(reverse("bids:bases", args=[bid.pk]), {"number_headcount": "1"})
    bidder.post(page_of(bid), {"hours_m5": "1000", "hours_m20": "1000", **seen(bid)})

    page = bidder.get(page_of(bid)).content.decode()

    assert "The hours of all answers come to 2,000 hours a year." in page
    assert "no mark or score depends on them" in page


def test_one_question_in_hours_needs_no_table(signed_in):
    tender = tender_with_questions()
    ask_for_hours(tender, "m5")
    bid = BidFactory(tender=tender)

    assert signed_in(bidder_of(bid.supplier)).get(page_of(bid)).status_code == 404


def test_hours_of_which_less_is_better_stand_in_no_table(signed_in):
    tender = tender_with_questions()
    ask_for_hours(tender, "m5", "m20", direction="lower")
    bid = BidFactory(tender=tender)

    assert signed_in(bidder_of(bid.supplier)).get(page_of(bid)).status_code == 404


def test_save_hours_refuses_a_number_below_zero_and_keeps_nothing(bid):
    first, second = bid.tender.criteria.filter(code__in=["m5", "m20"])
    by = bidder_of(bid.supplier)

    with pytest.raises(QuantityRefused):
        actions.save_hours(
            bid=bid, hours={first: Decimal(4), second: Decimal(-1)}, by=by, at=datetime.now(UTC)
        )

    assert hours_of(bid) == {"m5": None, "m20": None, "m25": None}


def test_save_hours_refuses_what_changed_since(bid):
    (question,) = bid.tender.criteria.filter(code="m5")
    by = bidder_of(bid.supplier)

    with pytest.raises(AnswerChanged):
        actions.save_hours(
            bid=bid, hours={question: Decimal(4)}, seen={question: 3}, by=by, at=datetime.now(UTC)
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_the_same_for_any_number_of_rows(
    signed_in, rows, django_assert_max_num_queries
):
    tender = tender_with_questions()
    ask_for_hours(tender, *[f"m{number}" for number in range(10, 11 + rows)])
    bid = BidFactory(tender=tender)
    client = signed_in(bidder_of(bid.supplier))
    client.get(page_of(bid))

    with django_assert_max_num_queries(22):
        client.get(page_of(bid))


def test_the_task_list_leads_to_the_table(bid, bidder):
    page = bidder.get(reverse("bids:bid", args=[bid.pk])).content.decode()

    assert f'href="{page_of(bid)}">Enter the hours of 3 questions in one table' in page


def test_the_task_list_offers_no_table_where_one_question_is_in_hours(signed_in):
    tender = tender_with_questions()
    ask_for_hours(tender, "m5")
    bid = BidFactory(tender=tender)

    page = signed_in(bidder_of(bid.supplier)).get(reverse("bids:bid", args=[bid.pk]))

    assert "in one table" not in page.content.decode()
