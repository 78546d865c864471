"""One engine, three kinds of opportunity, and the words of each."""

import pytest

from tenders.states import State
from tenders.words import WORDS


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("procurement", ["Open for bids", "Closed, bids sealed", "Awarded", "Contract live"]),
        (
            "business_case",
            [
                "Open for business cases",
                "Closed, business cases sealed",
                "Decided",
                "Funding agreement live",
            ],
        ),
        (
            "funding_round",
            [
                "Open for applications",
                "Closed, applications sealed",
                "Decided",
                "Funding agreement live",
            ],
        ),
    ],
)
def test_a_state_is_called_by_the_words_of_its_kind(kind, said):
    states = (State.OPEN, State.CLOSED, State.AWARDED, State.LIVE)

    assert [WORDS[kind].state(state.label) for state in states] == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("procurement", ["Tender", "Bids", "Ranking"]),
        ("business_case", ["Business case call", "Business cases", "Ranking"]),
        ("funding_round", ["Funding round", "Applications", "Ranking"]),
    ],
)
def test_a_tab_is_called_by_the_words_of_its_kind(kind, said):
    assert [WORDS[kind].tab(text) for text in ("Tender", "Bids", "Ranking")] == said
