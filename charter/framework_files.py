"""A framework's edition as its data file holds it: when it applies, whom it binds, its tiers."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from charter.loading import Entry, read_file, refuse_repeats

# A file for each edition, named after its code.
FRAMEWORKS = Path(__file__).parent / "data" / "frameworks"
COLOUR = re.compile(r"#[0-9A-F]{6}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# How much of a title or of a part's code fits.
TITLE, CODE = 200, 20
DATES = ("applies_from", "required_from", "applies_to")
OUTCOME = "outcome"
KINDS = (OUTCOME, "criterion", "metric")
# Words that were checked against nothing need no source; all others do.
RECALLED = "recalled"
STANDINGS = ("verbatim", "reported", RECALLED)


@dataclass(frozen=True)
class ElementData:
    """A part beneath a theme, and the outcome it stands under, if any."""

    kind: str
    code: str
    within: str
    text: str
    standing: str
    source: str


@dataclass(frozen=True)
class ThemeData:
    """One numbered theme or goal, and all that is beneath it."""

    number: int
    title: str
    colour: str
    elements: tuple[ElementData, ...] = ()


@dataclass(frozen=True)
class FrameworkData:
    """A scheme that principles are mapped to, in one edition."""

    code: str
    family: str
    title: str
    edition: str
    member: str
    source: str
    note: str
    binds: str
    applies_from: date | None
    required_from: date | None
    applies_to: date | None
    facts: tuple[dict, ...]
    themes: tuple[ThemeData, ...]


def read_frameworks(folder: Path = FRAMEWORKS) -> list[FrameworkData]:
    """Every edition in the folder, in the order of their codes."""
    return [read_framework(path.stem, folder=folder) for path in sorted(folder.glob("*.toml"))]


def read_framework(name: str, *, folder: Path = FRAMEWORKS) -> FrameworkData:
    """Everything the file of this framework holds, checked."""
    entry = read_file(folder / f"{name}.toml")
    if entry.text("code") != name:
        raise entry.refuse(f'"code" must be the name of its file, {name}')
    sources = _Sources(entry)
    facts = entry.tables("fact", lambda it: f"fact “{str(it.get('words', '?'))[:40]}”")
    themes = entry.tables("theme", lambda it: f"theme {it.get('number', '?')}")
    framework = FrameworkData(
        code=name,
        family=entry.text("family", most=40),
        title=entry.text("title", most=TITLE),
        edition=entry.note("edition"),
        member=entry.text("member", most=20),
        source=entry.text("source"),
        note=entry.note("note"),
        binds=entry.note("binds"),
        **{key: entry.day(key) if key in entry.fields else None for key in DATES},
        facts=tuple([_read_fact(one, sources) for one in facts]),
        themes=tuple([_read_theme(one, sources) for one in themes]),
    )
    entry.close()
    sources.close()
    _check(framework, entry)
    return framework


class _Sources:
    """The sources of a file by the short names under which its entries cite them."""

    def __init__(self, entry: Entry):
        self.entry = entry.table("sources") if "sources" in entry.fields else Entry({}, "")

    def of(self, cited: Entry) -> str:
        """The source that an entry cites."""
        name = cited.text("source")
        if name not in self.entry.fields:
            raise cited.refuse(f'"source" is "{name}", which is not among the sources')
        return self.entry.text(name)

    def close(self) -> None:
        """Refuse a source that nothing cites."""
        self.entry.close()


def _check(framework: FrameworkData, entry: Entry) -> None:
    if not SLUG.fullmatch(framework.family):
        raise entry.refuse('"family" must be small letters, digits and hyphens')
    if not framework.themes:
        raise entry.refuse("it has no theme")
    refuse_repeats(entry.where, "themes", [one.number for one in framework.themes])
    first, *later = [getattr(framework, key) for key in DATES]
    given = [day for day in (first, *later) if day]
    if given and not first:
        raise entry.refuse('another date is given, but "applies_from" is not')
    if given != sorted(given) or (first and first == framework.applies_to):
        raise entry.refuse(f"its dates must be in this order: {', '.join(DATES)}")


def _read_fact(entry: Entry, sources: _Sources) -> dict:
    fact = {"words": entry.text("words"), "source": sources.of(entry)}
    entry.close()
    return fact


def _read_theme(entry: Entry, sources: _Sources) -> ThemeData:
    colour = entry.note("colour")
    if colour and not COLOUR.fullmatch(colour):
        raise entry.refuse('"colour" must look like #1A2B3C')
    elements = entry.tables("element", lambda it: f"{it.get('kind', '?')} {it.get('code', '?')}")
    theme = ThemeData(
        number=entry.whole("number"),
        title=entry.text("title", most=TITLE),
        colour=colour,
        elements=tuple([_read_element(one, sources) for one in elements]),
    )
    entry.close()
    for kind in KINDS:
        codes = [one.code for one in theme.elements if one.kind == kind]
        refuse_repeats(entry.where, f"parts of the kind {kind}", codes)
    outcomes = {one.code for one in theme.elements if one.kind == OUTCOME}
    for one in theme.elements:
        if one.within and one.within not in outcomes:
            raise entry.refuse(f"{one.kind} {one.code} is within {one.within}, which is no outcome")
    return theme


def _read_element(entry: Entry, sources: _Sources) -> ElementData:
    standing = entry.choice("standing", STANDINGS)
    is_cited = standing != RECALLED or "source" in entry.fields
    element = ElementData(
        kind=entry.choice("kind", KINDS),
        code=entry.text("code", most=CODE),
        within=entry.note("within"),
        text=entry.text("text"),
        standing=standing,
        source=sources.of(entry) if is_cited else "",
    )
    entry.close()
    if element.kind == OUTCOME and element.within:
        raise entry.refuse("an outcome is not within another part")
    return element
