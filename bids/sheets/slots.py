"""What a bid's workbook asks for: a slot for each row, and what the draft says in it now."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from bids.contents import Draft
from bids.documents import spelt
from bids.drafts import (
    PRICE,
    TRACK_RECORD,
    Asked,
    bases_asked,
    criteria_of,
    quantities_asked,
    track_record_asked,
)
from bids.models import Bid
from design.numbers import plain_digits
from metrics.presenters.targets import target_in_words
from metrics.sheets.cells import shown
from metrics.sheets.tables import LONGEST_TEXT
from tenders.models import Criterion, Tender

# How many UTF-16 units a cell of a workbook takes.
CELL_HOLDS = 32_767
NEVER_PROMISED = "None: it stands beside what you commit to and becomes no promise"


class Sheet(StrEnum):
    """The sheets of a bid that are filled in."""

    NUMBERS = "Numbers"
    COMMITMENTS = "Commitments"
    ANSWERS = "Answers"
    PRICE = "Price"


@dataclass(frozen=True)
class Slot:
    """One row: what is asked in it, and what the draft says there."""

    sheet: Sheet
    # The same in every file of this bid.
    id: str
    title: str
    # What stands in the columns that nobody fills in, and in those that a bidder does.
    asked: Mapping[str, str]
    held: Mapping[str, str]
    unit: str = ""
    criterion: Criterion | None = field(default=None, compare=False)
    name: str = ""

    @property
    def mark(self) -> str:
        """Tells whether a row still says what it said when its file was made."""
        return mark_of(self.id, self.held)


@dataclass(frozen=True)
class Blank:
    """The whole workbook of one bid."""

    bid: UUID
    tender: Tender
    company: str
    slots: tuple[Slot, ...]

    def of(self, sheet: Sheet) -> list[Slot]:
        return [slot for slot in self.slots if slot.sheet == sheet]

    @property
    def sheets(self) -> list[Sheet]:
        """Those that ask for something."""
        return [sheet for sheet in Sheet if self.of(sheet)]

    def name_of(self, sheet: Sheet) -> str:
        """What a sheet is called in the workbook."""
        return self.tender.words.price if sheet == Sheet.PRICE else sheet.value


def mark_of(slot: str, cells: Mapping[str, str]) -> str:
    """A short print of what a row says."""
    return hashlib.sha256(spelt({"id": slot, "cells": dict(cells)})).hexdigest()[:12]


def blank_of(bid: Bid, draft: Draft) -> Blank:
    """Every row of the workbook of a bid, with what its draft says."""
    criteria = criteria_of(bid.tender)
    slots = [
        *_numbers(criteria, draft),
        *(slot for one in criteria for slot in _commitments(one, draft)),
        *(_answer(one, draft) for one in criteria),
        _price(bid.tender, draft),
    ]
    return Blank(bid.pk, bid.tender, bid.supplier.name, tuple(slots))


def _numbers(criteria: Sequence[Criterion], draft: Draft) -> Iterable[Slot]:
    for base in bases_asked(criteria):
        yield _number(Sheet.NUMBERS, f"base.{base.id}", base, draft.bases.get(base.id))


def _commitments(criterion: Criterion, draft: Draft) -> Iterable[Slot]:
    answer = draft.answer_to(criterion)
    for one in quantities_asked(criterion):
        number = answer.quantities.get(one.id)
        yield _commitment(criterion, one, number, _target(criterion))
    for one in track_record_asked(criterion):
        number = answer.track_record.get(TRACK_RECORD)
        yield _commitment(criterion, one, number, NEVER_PROMISED)


def _commitment(criterion: Criterion, one: Asked, number: str | None, target: str) -> Slot:
    about = {
        "question": criterion.title,
        "target": target,
        "evidence": criterion.metric.evidence_text,
    }
    return _number(
        Sheet.COMMITMENTS, f"{criterion.code}.{one.id}", one, number, about, criterion=criterion
    )


def _target(criterion: Criterion) -> str:
    """As printed, or as this contract asks for it."""
    if criterion.own_measure:
        return target_in_words(criterion.own_measure, criterion.metric).whole
    return criterion.metric.target_text


def _number(
    sheet: Sheet,
    slot: str,
    one: Asked,
    number: str | None,
    about: Mapping[str, str] | None = None,
    *,
    criterion: Criterion | None = None,
) -> Slot:
    asked = {**(about or {}), "what": one.label, "unit": one.unit}
    return Slot(
        sheet=sheet,
        id=slot,
        title=f"{criterion.title}: {one.label}" if criterion else one.label,
        asked={key: shown(text) for key, text in asked.items()},
        held={"number": plain_digits(Decimal(number)) if number else ""},
        unit=one.unit,
        criterion=criterion,
        name=one.id,
    )


def _answer(criterion: Criterion, draft: Draft) -> Slot:
    parts = [f"{part['title']}: {part['asks']}" for part in criterion.sub_criteria]
    asked = {
        "question": criterion.title,
        "asks": "\n".join([criterion.question, *parts]),
        "words": str(criterion.max_words),
    }
    return Slot(
        sheet=Sheet.ANSWERS,
        id=criterion.code,
        title=criterion.title,
        asked={key: in_a_cell(text) for key, text in asked.items()},
        held={"text": in_a_cell(draft.answer_to(criterion).text)},
        criterion=criterion,
    )


def _price(tender: Tender, draft: Draft) -> Slot:
    held = "" if draft.price is None else plain_digits(draft.price)
    words = tender.words
    return Slot(
        sheet=Sheet.PRICE,
        id=PRICE,
        title=words.your_price,
        asked={"what": f"{words.price_label}. {words.price_hint}", "unit": "£"},
        held={"number": held},
        unit="£",
        name=PRICE,
    )


def in_a_cell(text: str) -> str:
    """The text; one that no cell holds is named by its print, and stays as it is on the site."""
    text = shown(text)
    if fits_in_a_cell(text):
        return text
    print_of_it = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"(Too long for a cell. Change it on the site; here it stays as it is. {print_of_it})"


def fits_in_a_cell(text: str) -> bool:
    """Whether a cell of a workbook takes the text whole, and an upload takes it back."""
    return len(text) <= LONGEST_TEXT and len(text.encode("utf-16-le")) <= 2 * CELL_HOLDS
