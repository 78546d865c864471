"""The estimate of a bidder's time: what it is made of, and that it falls as less is asked."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenders.burden import Asked, burden_of
from tenders.presenters.burden import burden_of_tender, duration_words
from tests.factories.metrics import MetricFactory
from tests.factories.tenders import CriterionFactory, ScaleStepFactory, TenderFactory

QUESTION = Asked("q1", "Method", 200, 500)
PEOPLE = Asked("m1", "Jobs", 0, quantities=1, bases=frozenset({"headcount"}), has_evidence=True)
ANY = st.builds(
    Asked,
    st.just("x"),
    st.just("X"),
    st.integers(0, 5000),
    st.integers(0, 5000),
    st.integers(0, 5),
    st.frozensets(st.sampled_from(["headcount", "fte", "contract_costs"])),
    st.booleans(),
    st.booleans(),
)


def minutes(*asked):
    return burden_of(asked, words_before=0).minutes


def test_a_question_is_read_and_written():
    assert minutes(QUESTION) == 1 + 100


def test_a_metric_takes_a_quantity_a_fact_and_evidence():
    assert minutes(PEOPLE) == 20 + 10 + 30


def test_a_fact_about_the_business_is_looked_up_once():
    assert minutes(PEOPLE, replace(PEOPLE, code="m2")) == 2 * 50 + 10


def test_a_fact_that_only_one_metric_needs_is_saved_with_it():
    alone = burden_of([PEOPLE], words_before=0)
    shared = burden_of([PEOPLE, replace(PEOPLE, code="m2")], words_before=0)

    assert [cost.saved for cost in alone.costs] == [60]
    assert [cost.saved for cost in shared.costs] == [50, 50]


def test_what_is_read_before_the_first_question_counts():
    assert burden_of([], words_before=400).minutes == 2


@pytest.mark.parametrize(("words", "hours"), [(0, 1), (12_000, 1), (12_001, 2)])
def test_hours_are_whole_and_rounded_up(words, hours):
    assert burden_of([], words_before=words).hours == hours


@given(st.lists(ANY, min_size=1, max_size=6), st.data())
def test_removing_something_saves_exactly_what_is_said(asked, data):
    whole = burden_of(asked, words_before=100)
    cost = data.draw(st.sampled_from(whole.costs))
    left = [one for one in asked if one is not cost.asked]

    assert burden_of(left, words_before=100).minutes == whole.minutes - cost.saved
    assert cost.saved >= 0


@given(st.lists(ANY, max_size=6))
def test_what_takes_longest_stands_first(asked):
    saved = [cost.saved for cost in burden_of(asked, words_before=0).costs]

    assert saved == sorted(saved, reverse=True)


@pytest.mark.parametrize(
    ("given_minutes", "words"),
    [
        (0, "less than a minute"),
        (1, "1 minute"),
        (Fraction(119, 2), "1 hour"),
        (200, "3 hours 20 minutes"),
    ],
)
def test_durations_are_said_in_hours_and_minutes(given_minutes, words):
    assert duration_words(given_minutes) == words


@pytest.mark.django_db
def test_everything_that_a_tender_asks_is_counted():
    tender = TenderFactory(title="Homes", summary="Repairs of homes.")
    ScaleStepFactory(tender=tender, label="Poor", descriptor="No confidence.")
    CriterionFactory(tender=tender, code="q1", title="Method", question="How?", max_words=500)
    metric = MetricFactory(charter=tender.charter, share_of_headcount=True, evidence_text="")
    CriterionFactory(
        tender=tender, code=metric.code, group="social_value", metric=metric, max_words=100
    )

    found = burden_of_tender(tender)

    assert {cost.asked.code: cost.asked.bases for cost in found.costs} == {
        "price": frozenset(),
        "q1": frozenset(),
        metric.code: frozenset({"headcount"}),
    }
    assert [cost.writing for cost in found.costs if cost.asked.code == "q1"] == [100]
    assert found.reading == Fraction(7, 200)
