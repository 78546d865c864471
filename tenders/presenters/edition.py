"""In words: which edition of the national model a tender goes with, and whom it binds."""

from dataclasses import dataclass
from datetime import datetime

from charter.editions import EditionOn
from charter.models import Framework
from design.templatetags.format import london_date
from tenders.edition import edition_for
from tenders.models import Tender


@dataclass(frozen=True)
class EditionWords:
    """The sentence that says so, and the edition to read on about; None where none is known."""

    sentence: str
    edition: Framework | None
    # What may be said of each older edition that has not ended.
    older: tuple[str, ...] = ()


def edition_words(tender: Tender, now: datetime) -> EditionWords:
    """What was pinned at publication; before it, what would be pinned today."""
    if tender.published_at is None:
        return _of_a_draft(now)
    day = london_date(tender.published_at)
    if tender.edition is None:
        return EditionWords(
            f"This procurement commenced on {day}. No edition of the Social Value Model "
            "was on record for that day, so it is not known which one goes with it.",
            None,
        )
    return EditionWords(
        f"This procurement commenced on {day}, so the Social Value Model edition that stood "
        f"then is {tender.edition.edition}. It keeps that edition, whatever comes later.",
        tender.edition,
        _of_older(edition_for(tender.published_at)),
    )


def _of_a_draft(now: datetime) -> EditionWords:
    decided = "The edition of the Social Value Model is decided by the day the tender is published."
    today = edition_for(now)
    if today.stands is None:
        return EditionWords(f"{decided} For today no edition is on record.", None)
    return EditionWords(
        f"{decided} Today it would be {today.stands.edition}.", today.stands, _of_older(today)
    )


def _of_older(found: EditionOn[Framework]) -> tuple[str, ...]:
    if found.is_transition:
        words = "{} may still be used instead by a procurement that commences in the transition."
    else:
        words = "{} has not been withdrawn: those whom the newer edition does not bind may use it."
    return tuple([words.format(one.edition) for one in found.still_allowed])
