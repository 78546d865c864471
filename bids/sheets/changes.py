"""What the rows of a file would change in a draft, and where somebody else was quicker."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bids.documents import words_in
from bids.sheets.columns import HEADINGS
from bids.sheets.reading import Entry
from bids.sheets.slots import Blank, Sheet, Slot
from design.words import lowered
from metrics.sheets.changes import Changed, fields_between

COUNTED = {
    Sheet.NUMBERS: ("number that targets depend on", "numbers that targets depend on"),
    Sheet.COMMITMENTS: ("commitment", "commitments"),
    Sheet.ANSWERS: ("answer", "answers"),
}


@dataclass(frozen=True)
class Change:
    """One row that would say something else, and what it says now."""

    slot: Slot
    entry: Entry

    @property
    def said(self) -> Changed:
        """Before and after, as pages show it."""
        fields = fields_between(
            {key: HEADINGS[key] for key in self.slot.held}, self.slot.held, self.entry.cells
        )
        return Changed(None, self.slot.title, fields)

    @property
    def too_long(self) -> str:
        """That an answer has more words than may be submitted; empty where it has not."""
        criterion = self.slot.criterion
        words = words_in(self.entry.cells.get("text", ""))
        if criterion is None or words <= criterion.max_words:
            return ""
        return (
            f"“{self.slot.title}” has {words} words. Shorten it to {criterion.max_words} before "
            "you submit."
        )


@dataclass(frozen=True)
class Changes:
    """All that a file would change, and the rows that were changed on the site meanwhile."""

    changed: tuple[Change, ...]
    crossed: tuple[Change, ...]

    @property
    def in_words(self) -> str:
        """3 answers, your price."""
        counts = Counter(one.slot.sheet for one in self.changed)
        said = [
            f"{counts[sheet]} {words[counts[sheet] != 1]}"
            for sheet, words in COUNTED.items()
            if counts[sheet]
        ]
        prices = [one.slot for one in self.changed if one.slot.sheet == Sheet.PRICE]
        return ", ".join([*said, *(lowered(slot.title) for slot in prices)])

    @property
    def warnings(self) -> list[str]:
        return [one.too_long for one in self.changed if one.too_long]


def changes_of(blank: Blank, entries: Iterable[Entry]) -> Changes:
    """The rows of a file beside what the draft says now.

    A row that says what the draft says changes nothing, whoever was first.
    """
    slots = {(slot.sheet, slot.id): slot for slot in blank.slots}
    differing = [
        Change(slot, entry)
        for entry in entries
        if (slot := slots[entry.sheet, entry.slot]).held != entry.cells
    ]
    return Changes(
        changed=tuple([one for one in differing if one.slot.mark == one.entry.mark]),
        crossed=tuple([one for one in differing if one.slot.mark != one.entry.mark]),
    )
