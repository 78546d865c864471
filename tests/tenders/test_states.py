"""The life of a tender: the table, the clock and the page in docs/ that is made of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from accounts.access import Conflict
from tenders.states import NEXT, Stage, State, as_mermaid, check_move, state_at

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = datetime(2026, 3, 9, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - A_SECOND, State.PUBLISHED),
        (OPENS, State.OPEN),
        (CLOSES - timedelta(microseconds=1), State.OPEN),
        (CLOSES, State.CLOSED),
        (CLOSES + A_SECOND, State.CLOSED),
    ],
)
def test_the_clock_alone_opens_and_closes_a_published_tender(now, state):
    assert state_at(Stage.PUBLISHED, OPENS, CLOSES, now) == state


@pytest.mark.parametrize("stage", [s for s in Stage if s != Stage.PUBLISHED])
def test_the_clock_moves_no_other_stage(stage):
    states = {state_at(stage, OPENS, CLOSES, now) for now in (OPENS, CLOSES, CLOSES + A_SECOND)}

    assert len(states) == 1


@pytest.mark.parametrize("current", Stage)
@pytest.mark.parametrize("new", Stage)
def test_only_steps_of_the_table_are_taken(current, new):
    if new in NEXT[current]:
        check_move(current, new)
        return

    with pytest.raises(Conflict, match="cannot become"):
        check_move(current, new)


def test_a_live_or_cancelled_tender_goes_nowhere():
    assert (NEXT[Stage.LIVE], NEXT[Stage.CANCELLED]) == (set(), set())


def test_the_diagram_in_the_docs_is_made_from_the_table():
    page = Path(settings.BASE_DIR, "docs", "tender-states.md").read_text()

    assert f"```mermaid\n{as_mermaid()}\n```" in page
