"""A procurement goes with the edition that stood on the day it commenced."""

from dataclasses import replace
from datetime import date

import pytest

from charter.editions import edition_on
from charter.framework_files import read_frameworks

MODEL = [one for one in read_frameworks() if one.family == "social-value-model"]


def codes_on(day, editions=MODEL):
    found = edition_on(editions, day)
    return (found.stands and found.stands.code, [one.code for one in found.still_allowed])


@pytest.mark.parametrize(
    ("day", "stands", "still_allowed"),
    [
        (date(2012, 3, 8), None, []),
        (date(2020, 12, 31), None, []),
        (date(2021, 1, 1), "ppn-06-20", []),
        (date(2025, 2, 23), "ppn-06-20", []),
        (date(2025, 2, 24), "ppn-002", ["ppn-06-20"]),
        (date(2025, 9, 30), "ppn-002", ["ppn-06-20"]),
        (date(2025, 10, 1), "ppn-002", []),
        (date(2026, 11, 21), "ppn-002", []),
        (date(2026, 12, 31), "ppn-002", []),
        (date(2027, 1, 1), "ppn-026", ["ppn-002"]),
        (date(2099, 1, 1), "ppn-026", ["ppn-002"]),
    ],
)
def test_each_day_has_the_edition_of_its_time(day, stands, still_allowed):
    assert codes_on(day) == (stands, still_allowed)


@pytest.mark.parametrize(
    ("day", "is_transition"),
    [
        (date(2025, 2, 23), False),
        (date(2025, 2, 24), True),
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), False),
    ],
)
def test_a_transition_lasts_until_the_new_edition_is_required(day, is_transition):
    assert edition_on(MODEL, day).is_transition is is_transition


def test_an_edition_that_nothing_requires_leaves_the_transition_open():
    old, new = [one for one in MODEL if one.code in ("ppn-002", "ppn-026")]

    found = edition_on([old, replace(new, required_from=None)], date(2030, 1, 1))

    assert (found.stands.code, found.is_transition) == ("ppn-026", True)


def test_the_order_in_which_editions_are_given_does_not_matter():
    assert codes_on(date(2025, 6, 1), MODEL[::-1]) == codes_on(date(2025, 6, 1))


def test_without_editions_it_is_unknown():
    assert codes_on(date(2026, 11, 21), []) == (None, [])


def test_an_edition_whose_beginning_is_unknown_never_stands():
    goals = [one for one in read_frameworks() if one.code == "sdg"]

    assert codes_on(date(2026, 11, 21), goals) == (None, [])
