"""A charter as its data files hold it: quadrants, principles, mappings, rules, clauses."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from charter.framework_files import OUTCOME, TITLE, FrameworkData, read_framework
from charter.loading import Entry, Malformed, read_file, refuse_repeats
from charter.models import Maturity
from charter.rule_files import read_policy, refuse_unknown_codes

# Holds two folders: packs, one for each policy, and frameworks, a file for each edition.
DATA = Path(__file__).parent / "data"
PACKS, FRAMEWORKS = "packs", "frameworks"
# How much of a code fits.
CODE = 10
SLUG = re.compile(r"[a-z0-9-]{1,60}")


@dataclass(frozen=True)
class MappingData:
    """A principle serves a theme, or one outcome of it, first of all or besides."""

    framework: str
    number: int
    is_primary: bool
    outcome: str
    # When it holds, the last day included, and who says so, where the source tells it.
    effective_from: date | None
    effective_to: date | None
    source: str


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
    # What the papers say of their own date and of a decision; they may give none.
    published: str
    adoption: str
    effective_from: date | None
    maturity: str
    source: str
    mappings_source: str
    frameworks: tuple[FrameworkData, ...]
    quadrants: tuple[QuadrantData, ...]
    rules: tuple[dict, ...]
    clauses: tuple[dict, ...]

    @property
    def principle_codes(self) -> list[str]:
        return [one.code for quadrant in self.quadrants for one in quadrant.principles]

    @property
    def codes(self) -> list[str]:
        """What a clause may name: fields of action and principles."""
        return [*[one.code for one in self.quadrants], *self.principle_codes]


def pack_codes(*, data: Path = DATA) -> list[str]:
    """The packs that there are, in the order of their codes."""
    return sorted(path.parent.name for path in data.glob(f"{PACKS}/*/charter.toml"))


def read_charter(code: str, *, data: Path = DATA) -> CharterData:
    """Everything the folder of this charter holds but its metrics, checked."""
    known = pack_codes(data=data)
    if code not in known:
        raise Malformed(f'there is no charter "{code}"; there are: {", ".join(known)}')
    entry = read_file(data / PACKS / code / "charter.toml")
    if entry.text("code") != code:
        raise entry.refuse(f'"code" must be the name of its folder, {code}')
    if not SLUG.fullmatch(code):
        raise entry.refuse('"code" must be at most 60 small letters, digits and hyphens')
    frameworks = _read_frameworks(entry, data / FRAMEWORKS)
    quadrants = entry.tables("quadrant", lambda it: f"quadrant {it.get('code', '?')}")
    policy = read_file(data / PACKS / code / "rules.toml")
    rules, clauses = read_policy(policy)
    charter = CharterData(
        code=code,
        version=entry.whole("version"),
        **{key: entry.text(key, most=TITLE) for key in ("title", "place")},
        **{key: entry.note(key) for key in ("ambition", "purpose", "adoption")},
        published=entry.text("published"),
        effective_from=entry.day("effective_from") if "effective_from" in entry.fields else None,
        maturity=entry.choice("maturity", Maturity.values),
        source=entry.text("source"),
        mappings_source=entry.text("mappings_source") if frameworks else "",
        frameworks=frameworks,
        quadrants=tuple([_read_quadrant(one, frameworks) for one in quadrants]),
        rules=rules,
        clauses=clauses,
    )
    entry.close()
    refuse_repeats(entry.where, "quadrants", [one.code for one in charter.quadrants])
    refuse_repeats(entry.where, "principles", charter.principle_codes)
    refuse_unknown_codes(policy.where, clauses, charter.codes)
    _check_maturity(entry, charter, has_metrics=(data / PACKS / code / "metrics.toml").exists())
    return charter


def _read_frameworks(entry: Entry, folder: Path) -> tuple[FrameworkData, ...]:
    named = "frameworks" in entry.fields
    codes = entry.items("frameworks", str, may_be_empty=True) if named else []
    known = sorted(path.stem for path in folder.glob("*.toml"))
    for code in codes:
        if code not in known:
            raise entry.refuse(f'"frameworks" names "{code}"; there are: {", ".join(known)}')
    return tuple([read_framework(code, folder=folder) for code in codes])


def _check_maturity(entry: Entry, charter: CharterData, *, has_metrics: bool) -> None:
    """A pack says how much is decided, and holds no less and no more than that."""
    if charter.maturity != Maturity.DRAFT and not charter.quadrants:
        raise entry.refuse('it has no quadrant; only a "draft" may leave them out')
    if charter.maturity == Maturity.WHOLE and not has_metrics:
        raise entry.refuse('"maturity" is "whole", but there is no metrics.toml')
    if charter.maturity == Maturity.PRINCIPLES_ONLY and has_metrics:
        raise entry.refuse('"maturity" is "principles-only", but there is a metrics.toml')


def _read_quadrant(entry: Entry, frameworks: tuple[FrameworkData, ...]) -> QuadrantData:
    principles = entry.tables("principle", lambda it: f"principle {it.get('code', '?')}")
    if not principles:
        raise entry.refuse("it has no principle")
    quadrant = QuadrantData(
        code=entry.name("code", most=CODE),
        title=entry.text("title", most=100),
        source=entry.text("source"),
        principles=tuple([_read_principle(one, frameworks) for one in principles]),
    )
    entry.close()
    return quadrant


def _read_principle(entry: Entry, frameworks: tuple[FrameworkData, ...]) -> PrincipleData:
    has_mappings = "mappings" in entry.fields
    mapped = entry.table("mappings") if has_mappings else Entry({}, f"{entry.where}, mappings")
    listed = [framework.code for framework in frameworks]
    for code in mapped.fields:
        if code not in listed:
            raise mapped.refuse(f'"{code}" is not among the "frameworks" of the pack')
    principle = PrincipleData(
        code=entry.text("code", most=CODE),
        short_title=entry.text("short_title", most=100),
        opening=entry.text("opening", most=TITLE),
        text=entry.text("text"),
        mappings=tuple([one for each in frameworks for one in _read_mappings(mapped, each)]),
    )
    entry.close()
    if not principle.text.startswith(principle.opening):
        raise entry.refuse('"text" does not begin with "opening"')
    return principle


def _read_mappings(mapped: Entry, framework: FrameworkData) -> list[MappingData]:
    if framework.code not in mapped.fields:
        return []
    entry = mapped.table(framework.code)
    has = entry.fields
    primary, related = entry.whole("primary"), entry.items("related", int, may_be_empty=True)
    first = entry.text("primary_outcome") if "primary_outcome" in has else ""
    besides = entry.items("related_outcomes", str) if "related_outcomes" in has else []
    begins, ends = [entry.day(key) if key in has else None for key in ("from", "until")]
    source = entry.note("source")
    entry.close()
    if begins and ends and ends < begins:
        raise entry.refuse('"until" is before "from"')
    _check_themes(entry, framework, primary, related)
    served = [(primary, "", True), *[(number, "", False) for number in related]]
    for outcome, is_primary in ((first, True), *[(code, False) for code in besides]):
        if outcome:
            served.append((_theme_of(entry, framework, outcome), outcome, is_primary))
    if first in besides:
        raise entry.refuse(f"outcome {first} is both primary and related")
    return [
        MappingData(framework.code, number, is_primary, outcome, begins, ends, source)
        for number, outcome, is_primary in served
    ]


def _check_themes(entry: Entry, framework: FrameworkData, primary: int, related: list[int]) -> None:
    known = [theme.number for theme in framework.themes]
    for number in (primary, *related):
        if number not in known:
            raise entry.refuse(f"{framework.title} has no {framework.member} {number}")
    if primary in related:
        raise entry.refuse(f"{framework.member} {primary} is both primary and related")


def _theme_of(entry: Entry, framework: FrameworkData, outcome: str) -> int:
    """The number of the theme that an outcome stands under."""
    found = [
        theme.number
        for theme in framework.themes
        for element in theme.elements
        if (element.kind, element.code) == (OUTCOME, outcome)
    ]
    if not found:
        raise entry.refuse(f"{framework.title} has no outcome {outcome}")
    if len(found) > 1:
        raise entry.refuse(f"two themes of {framework.title} have an outcome {outcome}")
    return found[0]
