"""The worked cases: every answer equal as parsed JSON."""

import json
from pathlib import Path

import pytest

from evaluations.scoring import score

GOLDEN = sorted((Path(__file__).parent.parent / "golden").glob("*.json"))


def test_there_are_forty_golden_files():
    assert len(GOLDEN) == 40


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_file_is_scored_exactly(path):
    golden = json.loads(path.read_text(encoding="utf-8"))

    result = score(golden["case"])

    if golden["result"] == {"refused": True}:
        assert list(result) == ["refused"]
        assert isinstance(result["refused"], str)
    else:
        assert result == golden["result"]
