"""A charter as its data files hold it: quadrants, principles, mappings, rules, clauses."""

import re
from dataclasses import dataclass
from pathlib import Path

from charter.framework_files import TITLE, FrameworkData, read_framework
from charter.loading import Entry, Malformed, read_file, refuse_repeats

# Holds two folders: packs, one for each policy, and frameworks, a file for each edition.
DATA = Path(__file__).parent / "data"
PACKS, FRAMEWORKS = "packs", "frameworks"
NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
# How much of a code fits.
CODE = 10
BASES = ("overall", "quality_element")


@dataclass(frozen=True)
class MappingData:
    """A principle serves a theme, first of all or besides."""

    framework: str
    number: int
    is_primary: bool


@dataclass(frozen=True)
class PrincipleData:
    """One sentence of the charter."""

    code: str
    short_title: str
    opening: str
    text: str
    mappings: tuple[MappingData, ...]


@dataclass(frozen=True)
class QuadrantData:
    """One field of action."""

    code: str
    title: str
    source: str
    principles: tuple[PrincipleData, ...]


@dataclass(frozen=True)
class CharterData:
    """One version of a charter, whole."""

    code: str
    version: int
    title: str
    place: str
    ambition: str
    purpose: str
    adoption: str
    source: str
    mappings_source: str
    frameworks: tuple[FrameworkData, ...]
    quadrants: tuple[QuadrantData, ...]
    rules: tuple[dict, ...]
    clauses: tuple[dict, ...]

    @property
    def principle_codes(self) -> list[str]:
        return [one.code for quadrant in self.quadrants for one in quadrant.principles]


def read_charter(code: str, *, data: Path = DATA) -> CharterData:
    """Everything the folder of this charter holds, checked."""
    known = sorted(path.parent.name for path in data.glob(f"{PACKS}/*/charter.toml"))
    if code not in known:
        raise Malformed(f'there is no charter "{code}"; there are: {", ".join(known)}')
    entry = read_file(data / PACKS / code / "charter.toml")
    if entry.text("code") != code:
        raise entry.refuse(f'"code" must be the name of its folder, {code}')
    folder = data / FRAMEWORKS
    frameworks = tuple([read_framework(it, folder=folder) for it in entry.items("frameworks", str)])
    quadrants = entry.tables("quadrant", lambda it: f"quadrant {it.get('code', '?')}")
    rules = read_file(data / PACKS / code / "rules.toml")
    charter = CharterData(
        code=code,
        version=entry.whole("version"),
        **{key: entry.text(key, most=TITLE) for key in ("title", "place")},
        **{key: entry.text(key) for key in ("ambition", "purpose", "adoption")},
        **{key: entry.text(key) for key in ("source", "mappings_source")},
        frameworks=frameworks,
        quadrants=tuple([_read_quadrant(one, frameworks) for one in quadrants]),
        rules=tuple([_read_rule(one) for one in _named(rules, "rule")]),
        clauses=tuple([_read_clause(one) for one in _named(rules, "clause")]),
    )
    entry.close()
    rules.close()
    _refuse_repeats(charter, entry.where, rules.where)
    return charter


def _refuse_repeats(charter: CharterData, where: str, rules: str) -> None:
    if not charter.quadrants:
        raise Malformed(f"{where}: it has no quadrant")
    refuse_repeats(where, "quadrants", [one.code for one in charter.quadrants])
    refuse_repeats(where, "principles", charter.principle_codes)
    refuse_repeats(rules, "rules", [one["id"] for one in charter.rules])
    refuse_repeats(rules, "clauses", [one["id"] for one in charter.clauses])


def _named(entry: Entry, key: str) -> list[Entry]:
    return entry.tables(key, lambda it: f"{key} {it.get('id', '?')}")


def _read_quadrant(entry: Entry, frameworks: tuple[FrameworkData, ...]) -> QuadrantData:
    principles = entry.tables("principle", lambda it: f"principle {it.get('code', '?')}")
    if not principles:
        raise entry.refuse("it has no principle")
    quadrant = QuadrantData(
        code=entry.text("code", most=CODE),
        title=entry.text("title", most=100),
        source=entry.text("source"),
        principles=tuple([_read_principle(one, frameworks) for one in principles]),
    )
    entry.close()
    return quadrant


def _read_principle(entry: Entry, frameworks: tuple[FrameworkData, ...]) -> PrincipleData:
    mapped = entry.table("mappings")
    principle = PrincipleData(
        code=entry.text("code", most=CODE),
        short_title=entry.text("short_title", most=100),
        opening=entry.text("opening", most=TITLE),
        text=entry.text("text"),
        mappings=tuple([one for each in frameworks for one in _read_mappings(mapped, each)]),
    )
    entry.close()
    mapped.close()
    if not principle.text.startswith(principle.opening):
        raise entry.refuse('"text" does not begin with "opening"')
    return principle


def _read_mappings(mapped: Entry, framework: FrameworkData) -> list[MappingData]:
    entry = mapped.table(framework.code)
    primary, related = entry.whole("primary"), entry.items("related", int, may_be_empty=True)
    entry.close()
    known = [theme.number for theme in framework.themes]
    for number in (primary, *related):
        if number not in known:
            raise entry.refuse(f"{framework.title} has no {framework.member} {number}")
    if primary in related:
        raise entry.refuse(f"{framework.member} {primary} is both primary and related")
    return [
        MappingData(framework.code, primary, is_primary=True),
        *[MappingData(framework.code, number, is_primary=False) for number in related],
    ]


def _read_rule(entry: Entry) -> dict:
    """A weighting rule in the form that the policy check reads."""
    clause = entry.table("clause")
    rule = {
        "id": entry.text("id"),
        "clause": {key: clause.text(key) for key in ("document", "paragraph", "text")},
        "minimum_percent": _number(entry, "minimum_percent"),
        "basis": entry.choice("basis", BASES),
    }
    clause.close()
    if "applies_over" in entry.fields:
        rule["applies_over"] = _number(entry, "applies_over")
    for key in ("from", "until"):
        if key in entry.fields:
            rule[key] = entry.day(key).isoformat()
    if note := entry.note("note"):
        rule["note"] = note
    entry.close()
    return rule


def _number(entry: Entry, key: str) -> str:
    value = entry.text(key)
    if not NUMBER.fullmatch(value):
        raise entry.refuse(f'"{key}" must be a text of plain digits, such as "12.5"')
    return value


def _read_clause(entry: Entry) -> dict:
    keys = ("id", "heading", "document", "paragraph", "text")
    clause = {key: entry.text(key) for key in keys}
    if note := entry.note("note"):
        clause["note"] = note
    entry.close()
    return clause
