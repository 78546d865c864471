"""The parts of an approval paper on what follows: price of a point, who can take part, doubts."""

from datetime import datetime

from design.templatetags.format import counted, london
from evaluations.models import ParticipationNote
from evaluations.presenters.burden import burden_page
from evaluations.presenters.point_price import point_price_of
from reporting.paper_blocks import items, part, picture, table, words
from tenders.checking import reliance_of
from tenders.models import Tender
from tenders.readiness import sections

# What takes longest is what an approver may ask to have removed.
MOST_COSTS = 10


def price_of_a_point(tender: Tender) -> dict:
    """What more social value is worth in money under these weights."""
    found = point_price_of(tender)
    drawn = picture(found.chart)
    rows = found.chart.rows if found.chart else []
    head = found.chart.head if found.chart else []
    told = table("The price of a point", head, rows)
    return part("Price of a point", words(found.sentence), words(found.assumption), drawn, told)


def who_can_take_part(tender: Tender) -> dict:
    """The last answer to "Is this supporting SME participation?", as it stands on file."""
    note = ParticipationNote.objects.filter(tender=tender).select_related("written_by").last()
    if note is None:
        return part(
            "Who can take part",
            words("Nobody has put on file yet whether this supports small and medium businesses."),
        )
    return part(
        "Who can take part",
        words("Is this supporting SME participation?"),
        words(note.text),
        words(f"Written by {note.written_by}, {london(note.written_at)}."),
    )


def burden(tender: Tender) -> dict:
    """How long a small bidder may take to answer."""
    found = burden_page(tender)
    rows = [[one.title, one.made_of, one.saved] for one in found["rows"][:MOST_COSTS]]
    return part(
        "Burden on a small bidder",
        words(
            f"Answering may take about {counted(found['hours'], 'hour')}: an estimate, with rates "
            "assumed by those who wrote Tenth."
        ),
        table("What takes longest", ["Asked", "Made of", "Saved without it"], rows),
    )


def doubts(tender: Tender, now: datetime) -> dict:
    """What the check warns of with the reasons given, and what is still to be done."""
    found = reliance_of(tender, now)
    told = [
        f"{one.subject}: {one.words} Why it goes on: {_reason(found.reasons, one)}"
        for one in found.warnings
    ]
    to_do = [
        f"{section.title}: {need}" for section in sections(tender, now) for need in section.needs
    ]
    return part(
        "Known warnings and what is missing",
        words("" if told else "The check of the wording warns of nothing."),
        items(told),
        words("Still to be done before it can be published:" if to_do else ""),
        items(to_do),
    )


def _reason(reasons, finding) -> str:
    kept = reasons.get(finding.fingerprint)
    return f"{kept.reason} ({kept.given_by})" if kept else "no reason is given yet."
