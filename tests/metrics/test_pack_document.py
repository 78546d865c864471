"""The page on packs can be followed: what it shows is a pack, and it names every kind of clause."""

import re
import shutil
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from charter.clauses import KINDS, OF_A_CONTRACT
from charter.framework_files import FRAMEWORKS
from charter.proportion import asked_of
from charter.scope import LABELS, Contract
from metrics.loading import read_pack

TEXT = (settings.BASE_DIR / "docs" / "charters.md").read_text()
BLOCK = re.compile(r"```toml\n# ([^\n]+)\n(.*?)```", re.DOTALL)
SHOWN = dict(BLOCK.findall(TEXT))
IN_PROPORTION = SHOWN.pop("rules.toml, in proportion")


def harbour(tmp_path, **instead):
    """The pack that the page shows, with some of its files put another way."""
    shutil.copytree(FRAMEWORKS, tmp_path / "frameworks")
    folder = tmp_path / "packs" / "harbour-2026"
    folder.mkdir(parents=True)
    for name, content in SHOWN.items():
        told = instead.get(name.removesuffix(".toml"), content)
        (folder / name).write_text(told, encoding="utf-8")
    return read_pack("harbour-2026", data=tmp_path)


def test_every_block_of_the_page_is_a_file_of_the_pack_that_it_shows():
    assert list(SHOWN) == ["charter.toml", "rules.toml", "metrics.toml"]
    assert TEXT.count("```toml") == len(SHOWN) + 1


def test_the_pack_that_the_page_shows_is_sound(tmp_path):
    words, metrics = harbour(tmp_path)

    assert words.title == "Harbour Social Value Charter"
    assert [metric.target_text for metric in metrics] == ["60%", "?? hours"]
    assert [one["when"] for one in (*words.rules, *words.clauses)] == [{"over": "100000"}] * 2


def test_rules_may_be_an_empty_file(tmp_path):
    words, _ = harbour(tmp_path, rules="")

    assert (words.rules, words.clauses) == ((), ())


LATER = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("value", "on", "asks"),
    [
        ("24999.99", LATER - timedelta(days=1), ["clause:small", "clause:six"]),
        ("25000", LATER - timedelta(days=1), ["rule:tenth", "clause:six"]),
        ("25000", LATER, ["rule:fifth", "clause:six"]),
        (
            "75000",
            LATER - timedelta(days=1),
            ["rule:tenth", "clause:split", "clause:jobs", "clause:six"],
        ),
        ("75000", LATER, ["rule:fifth", "clause:jobs", "clause:six"]),
    ],
)
def test_the_policy_in_proportion_asks_what_the_page_says_of_it(tmp_path, value, on, asks):
    words, _ = harbour(tmp_path, rules=IN_PROPORTION)

    found = asked_of(Contract(Decimal(value), on), rules=words.rules, clauses=words.clauses)

    assert [one.key for one in found.reaching] == asks
    assert found.conflicts == []
    assert [one.key for one in found.unknown] == ["clause:short-answers", "clause:records"]


def test_every_fact_and_every_condition_is_named():
    named = set(re.findall(r"`([a-z_]+)`", TEXT))

    assert set(LABELS) <= named
    assert {fact.name for kind in KINDS.values() for fact in kind.facts} <= named


def test_a_star_marks_the_kinds_that_may_be_for_some_contracts_only():
    assert set(re.findall(r"`([a-z-]+)`\\\*", TEXT)) == OF_A_CONTRACT


def test_every_kind_of_clause_is_named_under_its_heading():
    rows = dict(re.findall(r"^\| ([A-Z][^|]+?) \| (.+) \|$", TEXT, re.MULTILINE))

    told = {section: set(re.findall(r"`([a-z-]+)`", rows[section])) for section in _sections()}

    assert {
        section: {kind for kind in told[section] if kind in KINDS} for section in told
    } == _sections()


def _sections():
    sections = {}
    for kind in KINDS.values():
        sections.setdefault(kind.section, set()).add(kind.code)
    return sections
