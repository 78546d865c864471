"""Faults in a charter's papers as a whole: their dates, what they are mapped to, whom they name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from charter.scope import day_in_words
from metrics.lint.findings import WARNING, Finding, about, place_of, printed

QUOTED = re.compile(r"“([^”]*)”")
YEAR = re.compile(r"\b(19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d\d\b")
A_DAY = re.compile(
    r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
TO_COME = re.compile(r"\bTBC\b|\bTBA\b|\bto be (confirmed|agreed|announced)\b", re.IGNORECASE)
REVIEW = re.compile(r"\breview date\b", re.IGNORECASE)
UNRECORDED = re.compile(
    r"\b(not|neither|nor|never)\b[^.]{0,300}\brecord|\brecords? (no|neither)\b", re.IGNORECASE
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w")
TELEPHONE = re.compile(r"(?<![\w/.])(\+44|\(?0)(?:[\s()-]?\d){9,10}(?![\w/])")
PERSON = re.compile(r"\b(Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Cllr|Councillor)\.? [A-Z][a-z]+")


@dataclass(frozen=True)
class Mapped:
    """A principle that serves a part of one edition of a framework."""

    principle: str
    edition: str
    family: str
    # The first days on which a procurement may begin under the edition, and no longer may.
    begins: date | None
    ends: date | None
    # The last day on which the mapping itself holds, where it has one.
    until: date | None = None


@dataclass(frozen=True)
class Papers:
    """What a charter says beside its metrics, rules and clauses."""

    source: str
    # What the papers print of their own date, and what they say of a decision.
    dates: str = ""
    decision: str = ""
    # The codes of its fields of action and principles.
    codes: frozenset[str] = frozenset()
    # Its other sentences, as places: {"document", "paragraph", "text"}.
    sentences: tuple[Mapping[str, str], ...] = ()
    mapped: tuple[Mapped, ...] = ()
    mapped_in: str = ""


def faults_in_papers(papers: Papers) -> Iterator[Finding]:
    """Dates that cannot be relied on, decisions not on record, mappings that time has overtaken."""
    if papers.dates:
        yield from _about_dates(papers)
    if UNRECORDED.search(papers.decision):
        yield Finding(
            "decision-not-recorded",
            WARNING,
            "The papers",
            "They do not record who decided on them, or when.",
            "Adopt them by a decision of your own, with its day and its minute.",
            (_place(papers.source, "Decision", papers.decision),),
        )
    yield from _about_mapping(papers)


def _about_dates(papers: Papers) -> Iterator[Finding]:
    quoted = QUOTED.findall(papers.dates)
    told = []
    if any(TO_COME.search(one) for one in quoted):
        told.append("They leave their own date to be confirmed.")
    if any(A_DAY.search(one) and not YEAR.search(one) for one in quoted):
        told.append("They print a day without its year.")
    if any(REVIEW.search(one) for one in quoted):
        told.append("They print the day of a review, which is no day on which they begin or end.")
    if not told and not YEAR.search(papers.dates):
        told.append("They print no date.")
    for words in told:
        yield Finding(
            "date-unclear",
            WARNING,
            "The papers",
            words,
            "Ask whoever wrote them. Until then give the day of your own decision, and fill in "
            "nothing.",
            (_place(papers.source, "Date", papers.dates),),
        )


def _about_mapping(papers: Papers) -> Iterator[Finding]:
    """Mapped to an edition that has come to an end, and to no later one."""
    by_edition: dict[str, list[Mapped]] = {}
    for one in papers.mapped:
        if one.ends and not one.until and not _has_later(one, papers.mapped):
            by_edition.setdefault(one.edition, []).append(one)
    for edition, mapped in by_edition.items():
        principles = list(dict.fromkeys(one.principle for one in mapped))
        ends = mapped[0].ends
        yield Finding(
            "edition-replaced",
            WARNING,
            "The mapping",
            f"It is to {edition}, which has been replaced: those it binds may begin no procurement "
            f"under it from {day_in_words(ends) if ends else ''} on.",
            "Keep it as history with the day on which it ended, and decide yourselves what serves "
            "the edition in use. Map nothing by guess.",
            (_place(papers.mapped_in or papers.source, "Mapping", ", ".join(principles)),),
        )


def _has_later(one: Mapped, mapped: Sequence[Mapped]) -> bool:
    return any(
        it.family == one.family and it.begins and one.begins and it.begins > one.begins
        for it in mapped
    )


def faults_of_contacts(
    metrics: Sequence[Mapping],
    rules: Sequence[Mapping],
    clauses: Sequence[Mapping],
    papers: Papers | None,
) -> Iterator[Finding]:
    """People by name, e-mail addresses and telephone numbers, wherever they stand."""
    for subject, place, number in _texts(metrics, rules, clauses, papers):
        if any(one.search(place["text"]) for one in (EMAIL, TELEPHONE, PERSON)):
            yield Finding(
                "contact-details",
                WARNING,
                subject,
                "It names a person, or gives an e-mail address or a telephone number. People "
                "change, and everyone can read it.",
                "Name the post or the team in their place.",
                (place,),
                number,
            )


def _texts(
    metrics: Sequence[Mapping],
    rules: Sequence[Mapping],
    clauses: Sequence[Mapping],
    papers: Papers | None,
) -> Iterator[tuple[str, Mapping[str, str], tuple[int, ...]]]:
    """Every text that a person wrote: what it is about, its place, and the metric it is of."""
    for metric in metrics:
        for column, words in _columns(metric):
            yield about(metric), printed(metric, column, words), (metric["number"],)
    for rule in rules:
        yield "A weighting rule", place_of(rule["clause"]), ()
        yield "A weighting rule", {**place_of(rule["clause"]), "text": rule.get("note", "")}, ()
    for clause in clauses:
        for words in (clause["text"], clause.get("note", ""), *clause.get("facts", {}).values()):
            yield clause["heading"], {**place_of(clause), "text": words}, ()
    if papers:
        for sentence in papers.sentences:
            yield sentence["paragraph"], sentence, ()
        for title, words in (("Date", papers.dates), ("Decision", papers.decision)):
            yield "The papers", _place(papers.source, title, words), ()
        yield "The papers", _place(papers.source, "Source", papers.source), ()


def _columns(metric: Mapping) -> list[tuple[str, str]]:
    return [
        ("Short title", metric["short_title"]),
        ("Metric", metric["wording"]),
        ("Target or standard", metric["target_text"]),
        ("Evidence", metric["evidence_text"]),
        *[("What is asked for", one["label"]) for one in metric["quantities"]],
    ]


def _place(document: str, paragraph: str, text: str) -> dict[str, str]:
    return {"document": document, "paragraph": paragraph, "text": text}
