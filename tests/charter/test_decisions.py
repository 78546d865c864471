"""A decision that puts a version in force: its days agree with each other and with today."""

from datetime import UTC, date, datetime

import pytest

from charter.decisions import Decision
from charter.refusals import Unfit

# Half past midnight in London, still the day before in UTC.
JUST_AFTER_MIDNIGHT = datetime(2026, 5, 31, 23, 30, tzinfo=UTC)


def refused(decided_on, effective_from, at=JUST_AFTER_MIDNIGHT):
    with pytest.raises(Unfit) as caught:
        Decision("Board", decided_on, "7", effective_from).refuse_unless_sound(at)
    return caught.value


@pytest.mark.parametrize(
    ("decided_on", "effective_from"),
    [
        (date(2026, 6, 1), date(2026, 6, 1)),
        (date(2018, 1, 17), date(2018, 2, 1)),
        (date(2000, 1, 1), date(2000, 1, 1)),
    ],
)
def test_a_decision_of_the_past_or_of_today_in_london_is_sound(decided_on, effective_from):
    decision = Decision("Board", decided_on, "7", effective_from)

    assert decision.refuse_unless_sound(JUST_AFTER_MIDNIGHT) is None


@pytest.mark.parametrize(
    ("decided_on", "effective_from", "field", "words"),
    [
        (date(2026, 6, 2), date(2026, 6, 2), "decided_on", "must be today or in the past"),
        (date(202, 6, 1), date(2026, 6, 1), "decided_on", "must be 1 January 2000 or later"),
        (date(2026, 5, 2), date(2026, 5, 1), "effective_from", "2 May 2026 or after"),
        (date(2026, 5, 2), date(2026, 6, 2), "effective_from", "must be today or in the past"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(
    decided_on, effective_from, field, words
):
    refusal = refused(decided_on, effective_from)

    assert refusal.field == field
    assert words in str(refusal)


def test_london_decides_what_today_is():
    before_midnight = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)

    refusal = refused(date(2026, 6, 1), date(2026, 6, 1), at=before_midnight)

    assert refusal.field == "decided_on"
