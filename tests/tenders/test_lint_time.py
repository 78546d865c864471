"""The check of a tender's wording is as quick with words that were made to keep it busy."""

import re
from time import perf_counter

import pytest

from tenders import lint

LENGTH = 100_000
SEEDS = (
    *("0", "9.", "each ", "all staff's ", "names of ", "list ", "a", " ", "broken down by "),
    *("names for all a a ", "give the ", "wages ", "each of your a "),
)
PATTERNS = {name: one for name, one in vars(lint).items() if isinstance(one, re.Pattern)}
BACKTRACKS = re.compile(r"\bbroken down by\b[^.?!]*\b(person|name)\b")


def seconds(pattern, seed, length=LENGTH) -> float:
    began = perf_counter()
    pattern.search(seed * (length // len(seed)) + "!")
    return perf_counter() - began


def test_there_are_patterns_to_be_tried():
    assert sorted(PATTERNS) == ["A_PERCENTAGE", "PERSONAL"]


@pytest.mark.parametrize("name", sorted(PATTERNS))
@pytest.mark.parametrize("seed", SEEDS)
def test_no_words_keep_a_pattern_busy(name, seed):
    assert seconds(PATTERNS[name], seed) < 2


def test_twin_a_pattern_without_a_limit_takes_a_hundred_times_as_long_for_ten_times_the_words():
    short, long = (seconds(BACKTRACKS, "broken down by ", length) for length in (3_000, 30_000))

    assert long > 30 * short


@pytest.mark.parametrize(
    "words", ["25%", "of 25 per cent", "12.25%, then 25%", "£1 and 25 percent"]
)
def test_a_percentage_is_still_read(words):
    assert "25" in lint.A_PERCENTAGE.findall(words)
