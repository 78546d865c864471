"""Practice: a draft against the published priorities, for its own company and nobody else."""

import re
from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from bids import actions
from bids.practice import practice_of
from records.models import AuditEvent
from tenders.models import Group, Method
from tests.factories.accounts import SupplierFactory, bidder_of
from tests.factories.bids import complete_draft, draft
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, team_member

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def address(bid):
    return reverse("bids:practice", args=[bid.pk])


def page_of(browser, bid):
    return re.sub(r"\s+", " ", browser.get(address(bid)).content.decode())


def checked(bid, code):
    practice = practice_of(bid, draft(bid))
    return next(one for _, group in practice.groups for one in group if one.criterion.code == code)


def commit(bid, people, text="We will.", headcount=50):
    by = bidder_of(bid.supplier)
    actions.set_bases(bid=bid, bases={"headcount": headcount}, by=by, at=NOW)
    question = bid.tender.criteria.get(code="m2")
    actions.save_answer(
        bid=bid, criterion=question, text=text, quantities={"m2": people}, by=by, at=NOW
    )


# What it says


def test_a_draft_that_says_nothing_is_told_all_it_lacks(bid):
    practice = practice_of(bid, draft(bid))

    assert [need.split("“")[0] for need in practice.needs] == [
        "Enter a number for ",
        "Enter your price.",
    ]
    assert (practice.complete, practice.total) == (0, 2)
    assert checked(bid, "q1").needs == ("Write your answer.",)


def test_a_commitment_is_held_against_its_target(bid):
    commit(bid, 27)
    one = checked(bid, "m2")

    assert one.reach.fraction == Fraction(27, 45)
    assert one.ways == (
        f"45 people for “{one.criterion.metric.quantities[0]['label']}”, 18 people more than now.",
    )
    assert one.is_complete


def test_a_target_that_is_reached_asks_for_nothing_more(bid):
    commit(bid, 45)

    assert checked(bid, "m2").ways == ()


def test_words_over_the_limit_are_told(bid):
    commit(bid, 45, text="word " * 21)

    assert checked(bid, "m2").needs == ("Shorten your answer from 21 to 20 words.",)


def test_a_slip_of_the_pen_is_worth_checking(bid):
    commit(bid, 450)

    assert "A part is never more than the whole." in " ".join(checked(bid, "m2").hints)


def test_what_looks_odd_in_one_answer_is_said_there_and_not_again(bid):
    commit(bid, 450)

    assert practice_of(bid, draft(bid)).hints == ()


def test_the_chart_cuts_off_and_never_rounds_up_to_the_whole(bid):
    commit(bid, "44.999")
    chart = practice_of(bid, draft(bid)).chart

    assert chart.rows == [["Local people", "99.9%"]]
    assert chart.description.startswith("0 of 1 targets are met in full.")


def test_a_target_that_cannot_be_told_yet_is_said_not_drawn(bid):
    assert practice_of(bid, draft(bid)).chart.rows == [["Local people", "not known"]]


def test_metrics_stand_under_the_principle_they_serve(bid):
    practice = practice_of(bid, draft(bid))
    metric = bid.tender.criteria.get(code="m2").metric

    assert [title for title, _ in practice.groups] == [metric.principle.text, "Quality"]


# Points


def test_points_follow_from_a_published_method_alone(bid):
    commit(bid, 27)
    points, one = practice_of(bid, draft(bid)).points, checked(bid, "m2")

    assert one.earned == one.points * Fraction(3, 5)
    assert (points.by_formula, points.earned) == (one.points, one.earned)


def test_all_or_nothing_is_nothing_until_the_target_is_met(bid):
    question = bid.tender.criteria.get(code="m2")
    question.method = Method.MEETS_TARGET
    question.save()
    commit(bid, 44)
    before = checked(bid, "m2").earned
    commit(bid, 45)

    assert (before, checked(bid, "m2").earned) == (0, checked(bid, "m2").points)


def test_what_people_mark_is_never_foretold(bid):
    practice = practice_of(complete_draft(tender=bid.tender), draft(bid))
    marked = [one for _, group in practice.groups for one in group if one.criterion.code == "q1"]

    assert [one.earned for one in marked] == [None]
    assert practice.points.by_people >= marked[0].points


def test_all_points_come_to_a_hundred(bid):
    points = practice_of(bid, draft(bid)).points

    assert points.by_people + points.by_formula + points.for_price == 100


# The page


def test_the_page_says_who_sees_it_and_that_nothing_is_sent(bid, bidder):
    page = page_of(bidder, bid)

    assert "Only your company sees this." in page
    assert "Nothing is sent to them, and nobody there learns that you looked." in page
    assert "NOT SUBMITTED" in page.upper()


def test_the_page_has_a_picture_with_its_table(bid, bidder):
    commit(bid, 27)
    page = page_of(bidder, bid)

    assert "<svg" in page
    assert "60%" in page
    assert "To reach the target in full: 45 people" in page


def test_looking_leaves_no_trace(bid, bidder):
    commit(bid, 27)
    edits, lines = bid.edits, AuditEvent.objects.count()
    bidder.get(address(bid))
    bid.refresh_from_db()

    assert AuditEvent.objects.count() == lines
    assert bid.edits == edits + 2


def test_the_words_of_a_funding_round_are_its_own(bid, bidder):
    bid.tender.opportunity = "funding_round"
    bid.tender.price_weight = 0
    bid.tender.save()

    assert "Practice: check your application" in page_of(bidder, bid)


def test_another_company_finds_no_such_page(bid, signed_in):
    rival = signed_in(bidder_of(SupplierFactory()))

    assert rival.get(address(bid)).status_code == 404


def test_nobody_of_the_authority_finds_it_before_or_after(bid, signed_in):
    for role in (Role.OFFICER, Role.CHAIR, Role.EVALUATOR):
        assert signed_in(team_member(bid.tender, role)).get(address(bid)).status_code in {403, 404}


def test_after_the_deadline_there_is_nothing_left_to_practise(bid, bidder):
    bid.tender.closes_at = timezone.now() - timedelta(seconds=1)
    bid.tender.save()

    assert bidder.get(address(bid)).status_code == 302


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_needs_no_more_queries_for_more_metrics(
    bid, bidder, more, django_assert_num_queries
):
    for at in range(more):
        metric = MetricFactory(charter=bid.tender.charter, number=10 + at)
        CriterionFactory(
            tender=bid.tender,
            code=metric.code,
            group=Group.SOCIAL_VALUE,
            metric=metric,
            measure=metric.measure,
        )
    with django_assert_num_queries(12):
        bidder.get(address(bid))
