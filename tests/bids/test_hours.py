"""One number of hours over several answers: what is given stays, and nothing is lost."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids.hours import STEP, CannotShare, Row, share_out


def shared(total, *rows):
    return [str(hours) for hours in share_out(Fraction(total), list(rows))]


def row(target=None, hours=None):
    return Row(
        None if target is None else Fraction(target), None if hours is None else Fraction(hours)
    )


def test_equal_targets_share_evenly():
    assert shared("100", row(36), row(36), row(36), row(36), row(36)) == ["20"] * 5


def test_larger_targets_get_more():
    assert shared("100", row(36), row(108)) == ["25", "75"]


def test_rows_with_hours_of_their_own_keep_them():
    assert shared("100", row(36, 60), row(36), row(36)) == ["60", "20", "20"]


def test_without_every_target_the_rest_is_shared_evenly():
    assert shared("10", row(36), row(None)) == ["5", "5"]
    assert shared("10", row(36), row(0)) == ["5", "5"]


def test_quarters_are_the_smallest_share_and_come_to_the_total():
    assert shared("10", row(36), row(36), row(36)) == ["13/4", "13/4", "7/2"][::-1]


def test_less_than_a_quarter_is_not_lost():
    assert shared("10.1", row(36), row(36)) == ["51/10", "5"]


@pytest.mark.parametrize(
    ("total", "hours", "words"),
    [
        ("10", ["8", "3"], "more than this total"),
        ("12", ["8", "3"], "less than this total"),
    ],
)
def test_hours_that_do_not_come_to_the_total_are_refused(total, hours, words):
    with pytest.raises(CannotShare) as refusal:
        share_out(Fraction(total), [row(36, one) for one in hours])

    assert str(refusal.value) == words


hours = st.builds(Fraction, st.integers(0, 10**15 - 1), st.sampled_from([1, 4, 10, 3, 10**9]))
rows = st.lists(st.builds(Row, st.none() | hours, st.none() | hours), min_size=1, max_size=8)


def check_shares(total, asked, share=share_out):
    total += sum(one.given or 0 for one in asked)
    if all(one.given is not None for one in asked):
        total = sum(one.given for one in asked)
    result = share(total, asked)
    assert sum(result) == total
    assert all(one >= 0 for one in result)
    assert all(
        r == one.given for r, one in zip(result, asked, strict=True) if one.given is not None
    )
    free = [at for at, one in enumerate(asked) if one.given is None]
    assert all((result[at] / STEP).denominator == 1 for at in free[1:])
    targets = [asked[at].target for at in free]
    if free and all(targets):
        left = sum(result[at] for at in free)
        exact = [left * target / sum(targets) for target in targets]
        assert all(abs(result[at] - due) < 2 * STEP for at, due in zip(free, exact, strict=True))


@given(hours, rows)
def test_shares_come_to_the_total_and_lie_beside_their_targets(total, asked):
    check_shares(total, asked)


def test_shares_rounded_one_by_one_would_be_noticed():
    """The planted fault: each share to the nearest quarter, whatever they come to."""

    def rounded(total, asked):
        each = total / len(asked)
        return [Fraction(round(each / STEP)) * STEP for _ in asked]

    with pytest.raises(AssertionError):
        check_shares(Fraction(10), [Row(None)] * 3, rounded)
