"""The command an auditor runs: no database, no broker, an empty environment."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
SCORED = GOLDEN / "01-ten-percent-of-the-overall-score.json"
REFUSED = GOLDEN / "12-weights-do-not-total-100.json"


def run(*arguments, given=b"", cwd=ROOT):
    """The command as a process of its own, with nothing in its environment."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "score", *map(str, arguments)],
        input=given,
        capture_output=True,
        env={},
        cwd=cwd,
        check=False,
    )


def results(process):
    """What was printed, one result per line."""
    return [json.loads(line) for line in process.stdout.splitlines()]


def test_golden_files_are_answered_in_the_order_named_with_an_empty_environment():
    paths = sorted(GOLDEN.glob("*.json"))
    expected = [json.loads(path.read_bytes())["result"] for path in paths]

    process = run(*paths)

    found = results(process)
    shown = [{"refused": True} if "refused" in result else result for result in found]
    assert (process.returncode, process.stderr) == (0, b"")
    assert shown == expected


def test_lines_are_answered_one_by_one_past_those_that_cannot_be_read():
    bare = json.dumps(json.loads(SCORED.read_bytes())["case"]).encode()
    wrapped = json.dumps(json.loads(REFUSED.read_bytes())).encode()
    bad = [b"", b"junk", b"\xff\xfe", b"[]", b"{" * 100_000, b'{"a":NaN}', b"9" * 5000]
    bad += [b'{"a":1,"a":2}', b'{"a":1e400}', b'"\\ud800"', b'{"case":null}', b"\x00"]

    process = run("--jsonl", given=b"\n".join([bare, *bad, wrapped, bare]))

    found = results(process)
    expected = json.loads(SCORED.read_bytes())["result"]
    assert process.returncode == 0
    assert (found[0], found[-1]) == (expected, expected)
    assert [list(result) for result in found[1:-1]] == [["refused"]] * (len(bad) + 1)


def test_a_file_is_found_from_any_directory_and_with_a_byte_order_mark(tmp_path):
    (tmp_path / "case.json").write_bytes(b"\xef\xbb\xbf" + SCORED.read_bytes())

    process = run("case.json", cwd=tmp_path)

    assert results(process) == [json.loads(SCORED.read_bytes())["result"]]


def test_a_file_that_is_no_json_is_refused_and_thereby_answered(tmp_path):
    (tmp_path / "case.json").write_text("weights: 40/50/10", encoding="utf-8")

    process = run(tmp_path / "case.json")

    assert process.returncode == 0
    assert results(process) == [{"refused": "not JSON: Expecting value at line 1, column 1"}]


def test_a_file_that_is_not_there_fails_after_the_others_are_answered(tmp_path):
    process = run(tmp_path / "none.json", SCORED)

    assert process.returncode == 1
    assert b"none.json" in process.stderr
    assert results(process) == [json.loads(SCORED.read_bytes())["result"]]


@pytest.mark.parametrize("arguments", [(), ("--jsonl", SCORED)])
def test_files_or_lines_are_asked_for_and_not_both(arguments):
    assert run(*arguments).returncode == 2


def test_the_same_case_gives_the_same_bytes():
    shuffled = json.loads(SCORED.read_bytes())["case"]
    shuffled["bids"].reverse()

    process = run("--jsonl", given=json.dumps(shuffled).encode())

    assert process.stdout == run(SCORED).stdout
