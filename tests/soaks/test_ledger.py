"""The soak's ledger and what it is held against: a broken promise must be counted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scripts.soaks import claims, ledger
from scripts.soaks.claims import Found, Kept
from scripts.soaks.ledger import Receipt, Torn

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
SEEN = Receipt(tender="t", bid="b", key="k", number="R-1", sha256="a" * 64)
KEPT = Kept(
    bid="b",
    version=1,
    key="k",
    number="R-1",
    received_at=NOON - timedelta(microseconds=1),
    sha256="a" * 64,
    sha256_opened="a" * 64,
)
ONE = frozenset({"R-1"})


def broken(*kept, opened=ONE, on_pages=ONE):
    found = Found(NOON, kept or (KEPT,), opened, on_pages)
    counted = claims.after_opening([SEEN], found)
    return {name: times for name, times in counted.items() if times}


def test_what_is_noted_is_read_again():
    assert ledger.read([ledger.line_of(SEEN)] * 2) == [SEEN, SEEN]


@pytest.mark.parametrize("torn", ["", "\n", "{}\n", "[1]\n", ledger.line_of(SEEN)[:-1]])
def test_a_torn_line_refuses_the_whole_ledger(torn):
    with pytest.raises(Torn, match="Line 2"):
        ledger.read([ledger.line_of(SEEN), torn])


def test_a_promise_that_was_kept_breaks_no_claim():
    assert broken() == {}


def test_a_receipt_that_the_opening_missed_is_counted():
    assert broken(replace(KEPT, sha256_opened=None), opened=frozenset(), on_pages=frozenset()) == {
        "acknowledged, unseen at opening": 1,
        "acknowledged, on no page of the team": 1,
    }


@pytest.mark.parametrize(
    ("kept", "claim"),
    [
        (replace(KEPT, received_at=NOON), "stamped at or after the deadline"),
        (replace(KEPT, sha256_opened="b" * 64), "opened, but hash does not match"),
        (replace(KEPT, sha256_opened=None, sha256="b" * 64), "acknowledged, not kept as promised"),
        (replace(KEPT, key="another"), "acknowledged, not kept as promised"),
        (replace(KEPT, number="R-2"), "acknowledged, not kept as promised"),
        (replace(KEPT, version=2), "bids whose versions have gaps"),
    ],
)
def test_each_broken_claim_has_its_own_count(kept, claim):
    assert broken(kept) == {claim: 1}


def test_two_versions_of_one_press_are_counted():
    assert broken(KEPT, replace(KEPT, version=2, number="R-2")) == {"one press, two versions": 1}


def test_the_share_of_answers_that_came_in_time():
    seconds = [float(number) for number in range(20, 0, -1)]

    assert [claims.share_within(seconds, share) for share in (0.5, 0.95, 1)] == [10, 19, 20]
    assert claims.share_within([], 0.95) == 0
