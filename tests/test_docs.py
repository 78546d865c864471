"""The documents tell the truth about the tree."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / ".github").glob("*.md"),
]
LINK = re.compile(r"\]\(([^)#\s]+)\)")
COMMAND = re.compile(r"python manage\.py (\w+)")
# How far the names of the layers reach in the drawing of an app.
NAMES_WIDTH = 27
FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*\w)`")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_links_lead_somewhere(document):
    targets = [link for link in LINK.findall(document.read_text()) if "://" not in link]

    assert [link for link in targets if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", [ROOT / "README.md", ROOT / "docs" / "map.md"], ids=name_of)
def test_files_named_in_the_text_exist(document):
    named = [name for name in FILE.findall(document.read_text()) if "<" not in name]

    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_map_shows_every_app_in_order():
    line = next(line for line in (ROOT / "docs" / "map.md").read_text().splitlines() if "←" in line)
    ours = [app.label for app in apps.get_app_configs() if Path(app.path).parent == ROOT]

    assert re.findall(r"\w+", line) == ours


def test_the_map_shows_every_layer_of_an_app_in_order():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(one for one in contracts["contracts"] if "containers" in one)["layers"]
    drawn = (ROOT / "docs" / "map.md").read_text().split("```")[3]
    names = " ".join(line[:NAMES_WIDTH] for line in drawn.splitlines())

    assert re.findall(r"\w+", names) == re.findall(r"\w+", " ".join(layers))


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_commands_named_in_the_text_exist(document):
    named = COMMAND.findall(document.read_text())

    assert [name for name in named if name not in get_commands()] == []


def test_the_readme_stays_on_one_screen():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 45


def test_the_commands_of_the_readme_can_be_run():
    for name in ("run", "test"):
        assert (ROOT / "scripts" / name).stat().st_mode & 0o111


def test_the_glossary_is_in_order_and_says_each_word_once():
    words = re.findall(r"^\| \*\*(.+?)\*\*", (ROOT / "docs" / "glossary.md").read_text(), re.M)

    assert words == sorted(set(words), key=str.lower)


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_no_page_names_a_machine(document):
    assert not re.search(r"/work/|/root/|/tmp/|\.\./shared", document.read_text())
