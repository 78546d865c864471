"""A framework's edition as its data file holds it: when it applies, whom it binds, its tiers."""

import re
from dataclasses import dataclass
from pathlib import Path

from charter.loading import Entry, read_file, refuse_repeats

# A file for each edition, named after its code.
FRAMEWORKS = Path(__file__).parent / "data" / "frameworks"
COLOUR = re.compile(r"#[0-9A-F]{6}")
# How much of a title fits.
TITLE = 200


@dataclass(frozen=True)
class ThemeData:
    """One numbered theme or goal."""

    number: int
    title: str
    colour: str


@dataclass(frozen=True)
class FrameworkData:
    """A scheme that principles are mapped to."""

    code: str
    title: str
    member: str
    source: str
    note: str
    themes: tuple[ThemeData, ...]


def read_framework(name: str, *, folder: Path = FRAMEWORKS) -> FrameworkData:
    """Everything the file of this framework holds, checked."""
    entry = read_file(folder / f"{name}.toml")
    if entry.text("code") != name:
        raise entry.refuse(f'"code" must be the name of its file, {name}')
    themes = entry.tables("theme", lambda it: f"theme {it.get('number', '?')}")
    framework = FrameworkData(
        code=name,
        title=entry.text("title", most=TITLE),
        member=entry.text("member", most=20),
        source=entry.text("source"),
        note=entry.note("note"),
        themes=tuple([_read_theme(one) for one in themes]),
    )
    entry.close()
    refuse_repeats(entry.where, "themes", [one.number for one in framework.themes])
    return framework


def read_frameworks(folder: Path = FRAMEWORKS) -> list[FrameworkData]:
    """Every edition in the folder, in the order of their codes."""
    return [read_framework(path.stem, folder=folder) for path in sorted(folder.glob("*.toml"))]


def _read_theme(entry: Entry) -> ThemeData:
    colour = entry.note("colour")
    if colour and not COLOUR.fullmatch(colour):
        raise entry.refuse('"colour" must look like #1A2B3C')
    theme = ThemeData(entry.whole("number"), entry.text("title", most=TITLE), colour)
    entry.close()
    return theme
