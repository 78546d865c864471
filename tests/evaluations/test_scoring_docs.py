"""The case worked by hand in docs/scoring.md is scored to the same numbers."""

import json
import re
from pathlib import Path

from evaluations.explanation import explain
from evaluations.scoring import score, work_out
from metrics.grammar import plain

PAGE = (Path(__file__).parent.parent.parent / "docs" / "scoring.md").read_text(encoding="utf-8")
CASE, RESULT = [
    json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)
]


def test_the_worked_case_has_the_result_on_the_page():
    assert score(CASE) == RESULT


def test_the_worked_lines_have_the_fractions_and_points_on_the_page():
    table = PAGE.split("| Bid | Criterion | Worth |")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]

    lines = [
        [bid, line.criterion, plain(line.weight), plain(line.fraction), plain(line.points)]
        for bid, found in explain(work_out(CASE)).items()
        for line in found
    ]

    assert sorted(lines) == sorted([row[:3] + row[4:] for row in rows])
