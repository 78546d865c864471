"""Faults that show only when metrics are held side by side."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from design.words import lowered
from metrics.lint.findings import WARNING, Finding, about, printed

# Words that stand in every record and tell nothing apart.
COMMON = frozenset(
    {
        *("number", "numbers", "people", "company", "companies", "records", "record"),
        *("employee", "employees", "contract", "contracts", "service", "level", "agreements"),
        *("equivalent", "documentation", "policy", "breakdown", "provision", "previous"),
        *("months", "spent", "residing", "local", "hours", "weeks", "planned"),
    }
)
LONG_EVIDENCE = 8
ALIKE = 0.5


def faults_between(metrics: Sequence[Mapping]) -> Iterator[Finding]:
    """Exchanged, copied and overlapping entries, and words with two meanings."""
    for first, second in combinations(metrics, 2):
        if _are_swapped(first, second):
            yield _swapped(first, second)
            yield _swapped(second, first)
        if _is_copied(first, second):
            yield _copied(first, second)
            yield _copied(second, first)
        if _overlap(first, second):
            yield _overlapping(first, second)
    yield from _two_meanings_of_local(metrics)
    yield from _different_totals(metrics)


@lru_cache(maxsize=4096)
def terms(text: str) -> frozenset[str]:
    """The telling words of a text, without their endings."""
    words = re.findall(r"[a-z]{5,}", text.lower())
    return frozenset(_stem(word) for word in words if word not in COMMON)


def _stem(word: str) -> str:
    for ending in ("ships", "ship", "ments", "ment", "ies", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 5:
            return word.removesuffix(ending)
    return word


def _are_swapped(first: Mapping, second: Mapping) -> bool:
    """Each one's evidence speaks of the other and not of itself."""
    mine, theirs = terms(first["wording"]), terms(second["wording"])
    shown, shown_there = terms(first["evidence_text"]), terms(second["evidence_text"])
    return bool(
        shown & (theirs - mine)
        and shown_there & (mine - theirs)
        and not shown & mine
        and not shown_there & theirs
    )


def _is_copied(first: Mapping, second: Mapping) -> bool:
    same = first["evidence_text"] == second["evidence_text"]
    is_long = len(first["evidence_text"].split()) >= LONG_EVIDENCE
    return same and is_long and first["principle"] != second["principle"]


def _overlap(first: Mapping, second: Mapping) -> bool:
    if second["number"] in first["overlaps"]:
        return True
    mine, theirs = terms(first["wording"]), terms(second["wording"])
    shared = len(mine & theirs) / (len(mine | theirs) or 1)
    return shared >= ALIKE and first["unit"] == second["unit"]


def _swapped(one: Mapping, other: Mapping) -> Finding:
    return Finding(
        "evidence-swapped",
        WARNING,
        about(one),
        f"Its evidence fits {lowered(about(other))} better, and the other "
        "way round: the two may be exchanged.",
        "Ask whoever wrote it; until then read each with the other's evidence.",
        _evidence_of(one, other),
        (one["number"],),
    )


def _copied(one: Mapping, other: Mapping) -> Finding:
    return Finding(
        "evidence-copied",
        WARNING,
        about(one),
        f"Its evidence is word for word that of {lowered(about(other))}, "
        "which belongs to another principle.",
        "Check which of the two it was written for.",
        _evidence_of(one, other),
        (one["number"],),
    )


def _evidence_of(*metrics: Mapping) -> tuple:
    return tuple(printed(one, f"{about(one)}, evidence", one["evidence_text"]) for one in metrics)


def _wordings_of(*metrics: Mapping) -> tuple:
    return tuple(printed(one, f"{about(one)}, metric", one["wording"]) for one in metrics)


def _overlapping(first: Mapping, second: Mapping) -> Finding:
    return Finding(
        "overlap",
        WARNING,
        f"{about(first)} and {lowered(about(second))}",
        "One activity could be counted under both.",
        "Have bidders say under which one they count it.",
        _wordings_of(first, second),
        (first["number"], second["number"]),
    )


def _two_meanings_of_local(metrics: Sequence[Mapping]) -> Iterator[Finding]:
    by_area: dict[str, list[Mapping]] = {}
    for metric in metrics:
        if metric["geography"]:
            by_area.setdefault(metric["geography"], []).append(metric)
    if len(by_area) > 1:
        meanings = [f"{area} ({_numbers(found)})" for area, found in by_area.items()]
        yield _of_the_whole(
            "boundary",
            f"“Local” has {len(by_area)} meanings: {'; '.join(meanings)}.",
            "Name the area in each tender, and do not add answers for different areas.",
            _wordings_of(*[found[0] for found in by_area.values()]),
        )


def _different_totals(metrics: Sequence[Mapping]) -> Iterator[Finding]:
    """Shares of money, each of another total."""
    by_total: dict[str, list[Mapping]] = {}
    for metric in metrics:
        for base in metric["bases"]:
            if base["unit"] == "£":
                by_total.setdefault(base["label"], []).append(metric)
    if len(by_total) > 1:
        totals = [f"{label} ({_numbers(found)})" for label, found in by_total.items()]
        yield _of_the_whole(
            "base-unclear",
            f"Shares of money are taken of {len(by_total)} different totals: {'; '.join(totals)}.",
            "Say in the tender what each total includes.",
            tuple(
                printed(found[0], f"{about(found[0])}, target", found[0]["target_text"])
                for found in by_total.values()
            ),
        )


def _numbers(metrics: Sequence[Mapping]) -> str:
    """ "metrics 1, 2 and 3"."""
    *first, last = [str(one["number"]) for one in metrics]
    return f"metrics {', '.join(first)} and {last}" if first else f"metric {last}"


def _of_the_whole(code: str, words: str, remedy: str, places: tuple) -> Finding:
    return Finding(code, WARNING, "The whole catalogue", words, remedy, places)
