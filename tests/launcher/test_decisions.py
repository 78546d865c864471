"""Decisions are numbered in order, whoever writes them."""

from datetime import date

import pytest

from scripts.decisions import new_decision

DAY = date(2026, 11, 21)


def test_the_first_decision_is_number_one(tmp_path):
    page = new_decision("Keep one engine", folder=tmp_path, today=DAY)

    assert page.name == "0001-keep-one-engine.md"
    assert page.read_text().startswith("# 0001. Keep one engine\n\nDate: 2026-11-21\n")


def test_the_next_takes_the_number_after_the_highest(tmp_path):
    (tmp_path / "0007-older.md").touch()
    (tmp_path / "README.md").touch()

    page = new_decision("Two roles?", folder=tmp_path, today=DAY)

    assert page.name == "0008-two-roles.md"


def test_a_decision_without_a_title_is_refused(tmp_path):
    with pytest.raises(ValueError, match="^A decision needs a title"):
        new_decision(" - ", folder=tmp_path, today=DAY)

    assert list(tmp_path.iterdir()) == []
