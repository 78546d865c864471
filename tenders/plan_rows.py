"""Which rows of a plan are meant, and in which order: what a page may ask and a figure opens."""

from collections.abc import Callable, Iterable, Mapping

from tenders.choices import Suitability
from tenders.planned import Line


def _not(holds: Callable[[Line], bool]) -> Callable[[Line], bool]:
    return lambda line: not holds(line)


# What a planned contract may have, and how it is told.
HAS: dict[str, tuple[str, Callable[[Line], bool]]] = {
    "groups": ("A target group", lambda line: bool(line.planned.target_groups)),
    "programmes": ("A programme", lambda line: bool(line.planned.programmes)),
    "responsible": ("Somebody responsible", lambda line: bool(line.planned.responsible)),
    "decided": (
        "A decision on whether it suits social value",
        lambda line: line.planned.suitability != Suitability.UNDECIDED,
    ),
    "groundwork": (
        "A pre-procurement record",
        lambda line: getattr(line.planned, "groundwork", None) is not None,
    ),
    "tender": ("A tender begun", lambda line: line.planned.tender is not None),
}
ASKED, OPT_OUT, WITHOUT = "asked", "opt-out", "no-"
# What may be asked of a row besides: each a link on the page.
WHICH: dict[str, tuple[str, Callable[[Line], bool]]] = {
    ASKED: ("Social value will be asked for", lambda line: line.will_be_asked),
    f"{WITHOUT}{ASKED}": (
        "Social value will not be asked for",
        lambda line: not line.will_be_asked,
    ),
    OPT_OUT: ("Required, and found not suitable", lambda line: line.needs_opt_out),
    **{key: (f"With: {words.lower()}", holds) for key, (words, holds) in HAS.items()},
    **{
        f"{WITHOUT}{key}": (f"Without: {words.lower()}", _not(holds))
        for key, (words, holds) in HAS.items()
    },
}
ORDERS: dict[str, tuple[str, Callable[[Line], tuple]]] = {
    "begins": ("When they begin", lambda line: (line.planned.begins_on,)),
    "value": ("Value and band, largest first", lambda line: (-line.planned.contract_value,)),
    "title": ("Title", lambda line: ()),
    "suitability": (
        "Suitability",
        lambda line: (list(Suitability.values).index(line.planned.suitability),),
    ),
}


def narrowed(lines: Iterable[Line], asked: Mapping[str, str]) -> list[Line]:
    """The lines that fit every filter, in the order asked for; titles decide between equals."""
    found = [line for line in lines if _fits(line, asked)]
    _, place = ORDERS[asked.get("order") or "begins"]
    return sorted(found, key=lambda line: (*place(line), line.planned.title))


def _fits(line: Line, asked: Mapping[str, str]) -> bool:
    planned = line.planned
    holds = {
        "band": line.band.words,
        "demand": line.demand.value,
        "suitability": planned.suitability,
    }
    if any(asked.get(key) and asked[key] != value for key, value in holds.items()):
        return False
    if asked.get("group") and asked["group"] not in map(str.casefold, planned.target_groups):
        return False
    if asked.get("programme") and asked["programme"] not in map(str.casefold, planned.programmes):
        return False
    which = asked.get("which")
    return not which or WHICH[which][1](line)


def bands_in(lines: Iterable[Line]) -> list[str]:
    """The bands that lines lie in, from the lowest."""
    found = {line.band.sample: line.band.words for line in lines}
    return list(dict.fromkeys(found[sample] for sample in sorted(found)))


def names_in(names: Iterable[Iterable[str]]) -> dict[str, str]:
    """Every name once, whatever its capitals, in the order of the alphabet."""
    found: dict[str, str] = {}
    for some in names:
        for name in some:
            found.setdefault(name.casefold(), name)
    return dict(sorted(found.items()))
