"""The page on packs can be followed: what it shows is a pack, and it names every kind of clause."""

import re
import shutil

from django.conf import settings

from charter.clauses import KINDS
from charter.framework_files import FRAMEWORKS
from metrics.loading import read_pack

TEXT = (settings.BASE_DIR / "docs" / "charters.md").read_text()
BLOCK = re.compile(r"```toml\n# (\w+\.toml)\n(.*?)```", re.DOTALL)


def test_the_pack_that_the_page_shows_is_sound(tmp_path):
    shutil.copytree(FRAMEWORKS, tmp_path / "frameworks")
    folder = tmp_path / "packs" / "harbour-2026"
    folder.mkdir(parents=True)
    for name, content in BLOCK.findall(TEXT):
        (folder / name).write_text(content, encoding="utf-8")

    words, metrics = read_pack("harbour-2026", data=tmp_path)

    assert words.title == "Harbour Social Value Charter"
    assert [metric.target_text for metric in metrics] == ["60%", "?? hours"]


def test_rules_may_be_an_empty_file(tmp_path):
    shutil.copytree(FRAMEWORKS, tmp_path / "frameworks")
    folder = tmp_path / "packs" / "harbour-2026"
    folder.mkdir(parents=True)
    for name, content in BLOCK.findall(TEXT):
        (folder / name).write_text("" if name == "rules.toml" else content, encoding="utf-8")

    words, _ = read_pack("harbour-2026", data=tmp_path)

    assert (words.rules, words.clauses) == ((), ())


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
