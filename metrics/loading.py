"""A charter's metrics as its data file holds them, checked against the charter's principles."""

from dataclasses import dataclass
from pathlib import Path

from charter.loading import Entry, Malformed, read_file, refuse_repeats
from charter.pack import DATA, PACKS, CharterData, read_charter
from metrics.attainment import (
    Refused,
    bases_used,
    is_undetermined,
    measure_ids,
    read_measure,
    read_number,
)
from metrics.models import AnsweredBy, FlagKind
from metrics.units import UNITS

STATED_BY = ("bidder", "authority")
# Whom a condition is about: the bidder itself, or those that are counted.
CONCERNS = ("bidder", "counted")
UNSET = "??"
PLACE = 200


@dataclass(frozen=True)
class MetricData:
    """One metric: the verbatim texts, and how they are read."""

    number: int
    principle: str
    short_title: str
    wording: str
    answered_by: str
    target_text: str
    evidence_text: str
    unit: str
    source: str
    measure: dict
    later_measures: tuple[dict, ...]
    quantities: tuple[dict, ...]
    bases: tuple[dict, ...]
    geography: str
    geography_definition: str
    applies_to: dict
    track_record: dict
    overlaps: tuple[int, ...]
    flags: tuple[dict, ...]


def read_pack(code: str, *, data: Path = DATA) -> tuple[CharterData, tuple[MetricData, ...]]:
    """A pack whole: its charter, and the metrics that hang on its principles."""
    words = read_charter(code, data=data)
    return words, read_metrics(code, principles=words.principle_codes, data=data)


def read_metrics(code: str, *, principles: list[str], data: Path = DATA) -> tuple[MetricData, ...]:
    """Every metric of a charter, in the order of its numbers; none where it has no such file."""
    path = data / PACKS / code / "metrics.toml"
    if not path.exists():
        return ()
    entry = read_file(path)
    source = entry.text("source")
    bases = _read_bases(entry.table("bases"))
    tables = entry.tables("metric", lambda it: f"metric {it.get('number', '?')}")
    metrics = [_read_metric(one, principles, bases, source) for one in tables]
    entry.close()
    if not metrics:
        raise Malformed(f"{entry.where}: it has no metric")
    refuse_repeats(entry.where, "metrics", [one.number for one in metrics])
    stated = [quantity["id"] for one in metrics for quantity in one.quantities]
    refuse_repeats(entry.where, "quantities", stated)
    _check_overlaps(entry.where, {one.number: one.overlaps for one in metrics})
    return tuple(sorted(metrics, key=lambda one: one.number))


def _read_bases(tables: Entry) -> dict[str, dict]:
    bases = {}
    for name in tables.fields:
        entry = tables.table(name)
        bases[name] = {
            "id": name,
            "label": entry.text("label"),
            "unit": entry.choice("unit", UNITS),
            "stated_by": entry.choice("stated_by", STATED_BY),
        }
        entry.close()
    return bases


def _read_metric(
    entry: Entry, principles: list[str], bases: dict[str, dict], source: str
) -> MetricData:
    later = _read_later(entry)
    measure = entry.table("measure").fields
    quantities = tuple(
        [
            _read_quantity(one)
            for one in entry.tables("quantity", lambda it: f"quantity {it.get('id', '?')}")
        ]
    )
    if not quantities:
        raise entry.refuse("it asks for no quantity")
    used: set[str] = set()
    for one in (measure, *[step["measure"] for step in later]):
        used |= _check_measure(entry, one, quantities, bases)
    metric = MetricData(
        number=entry.whole("number"),
        principle=entry.choice("principle", principles),
        answered_by=entry.choice("answered_by", AnsweredBy.values),
        evidence_text=entry.text("evidence_text", blank=True),
        unit=quantities[0]["unit"],
        source=source,
        measure=measure,
        later_measures=later,
        quantities=quantities,
        bases=tuple([bases[name] for name in bases if name in used]),
        **_read_scope(entry),
        flags=tuple([_read_flag(one) for one in _flags(entry)]),
        short_title=entry.text("short_title", most=100),
        wording=entry.text("wording"),
        target_text=entry.text("target_text"),
    )
    entry.close()
    _check_flags(entry, metric)
    return metric


def _read_quantity(entry: Entry) -> dict:
    entry.choice("unit", UNITS)
    return _read_words(entry, ("id", "label", "unit"))


def _read_scope(entry: Entry) -> dict:
    """Where a metric counts, whom it is about, what stands beside a promise, what overlaps."""
    has = entry.fields
    place = entry.text("geography", most=PLACE) if "geography" in has else ""
    definition = entry.note("geography_definition")
    if bool(place) != bool(definition):
        raise entry.refuse('"geography" and "geography_definition" come together')
    overlaps = entry.items("overlaps", int) if "overlaps" in has else []
    return {
        "geography": place,
        "geography_definition": definition,
        "applies_to": _read_condition(entry.table("applies_to")) if "applies_to" in has else {},
        "track_record": _read_past(entry.table("track_record")) if "track_record" in has else {},
        "overlaps": tuple(sorted(overlaps)),
    }


def _read_condition(entry: Entry) -> dict:
    """Only those of at least a certain size."""
    condition = {
        "words": entry.text("words"),
        "who": entry.choice("who", CONCERNS),
        "at_least": entry.text("at_least"),
        "unit": entry.choice("unit", UNITS),
    }
    try:
        least = read_number(condition["at_least"])
    except Refused as refusal:
        raise entry.refuse(f'"at_least": {refusal}') from None
    if least <= 0:
        raise entry.refuse('"at_least" must be above 0')
    entry.close()
    return condition


def _read_past(entry: Entry) -> dict:
    """What was done before, over how many months."""
    past = {
        "label": entry.text("label"),
        "unit": entry.choice("unit", UNITS),
        "months": entry.whole("months"),
    }
    entry.close()
    return past


def _check_overlaps(where: str, overlaps: dict[int, tuple[int, ...]]) -> None:
    """Every overlap is with another metric of the file, and said by both."""
    for number, others in overlaps.items():
        for other in others:
            if other == number:
                reason = "it is said to overlap with itself"
            elif other not in overlaps:
                reason = f'"overlaps" names {other}, and there is no metric {other}'
            elif number not in overlaps[other]:
                reason = f'"overlaps" names {other}, and metric {other} does not name {number}'
            else:
                continue
            raise Malformed(f"{where}, metric {number}: {reason}")


def _check_measure(
    entry: Entry, measure: dict, quantities: tuple[dict, ...], bases: dict[str, dict]
) -> set[str]:
    """The bases a measure uses, once its grammar, quantities and bases are known to be sound."""
    try:
        read = read_measure(measure)
    except Refused as refusal:
        raise entry.refuse(f'"measure": {refusal}') from None
    if measure_ids(read) != [quantity["id"] for quantity in quantities]:
        raise entry.refuse('"measure" and the list of quantities do not name the same ids')
    for name in sorted(bases_used(read)):
        if name not in bases:
            raise entry.refuse(f'"measure" rests on "{name}", which is not among the bases')
    return bases_used(read)


def _check_flags(entry: Entry, metric: MetricData) -> None:
    """A printed "??", an undetermined target and the flag that says so come together."""
    kinds = [flag["kind"] for flag in metric.flags]
    is_printed = UNSET in metric.target_text
    is_flagged = FlagKind.TARGET_NOT_SET in kinds
    if not is_printed == is_flagged == is_undetermined(read_measure(metric.measure)):
        raise entry.refuse(
            f'a target printed with "{UNSET}", an undetermined measure and the flag '
            f"{FlagKind.TARGET_NOT_SET} must come together"
        )
    if not metric.evidence_text and FlagKind.EVIDENCE_MISSING not in kinds:
        raise entry.refuse(f"no evidence is printed; flag it as {FlagKind.EVIDENCE_MISSING}")
    refuse_repeats(entry.where, "flags", kinds)


def _read_later(entry: Entry) -> tuple[dict, ...]:
    """The targets that take over, in the order of their days."""
    steps = [_read_step(step) for step in entry.tables("later", lambda it: "later")]
    refuse_repeats(entry.where, "later targets", [step["from"] for step in steps])
    return tuple(sorted(steps, key=lambda step: step["from"]))


def _read_step(entry: Entry) -> dict:
    step = {"from": entry.day("from").isoformat(), "measure": entry.table("measure").fields}
    entry.close()
    return step


def _flags(entry: Entry) -> list[Entry]:
    return entry.tables("flag", lambda it: f"flag {it.get('kind', '?')}")


def _read_flag(entry: Entry) -> dict:
    entry.choice("kind", FlagKind.values)
    return _read_words(entry, ("kind", "words", "source"))


def _read_words(entry: Entry, keys: tuple[str, ...]) -> dict:
    words = {key: entry.text(key) for key in keys}
    entry.close()
    return words
