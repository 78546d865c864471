"""The parts of a pre-procurement record: what each asks, and whether it is answered. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True)
class Part:
    """One part that is filled in on a page of its own: its name, title and fields."""

    name: str
    title: str
    fields: tuple[str, ...]

    def state_of(self, record: object) -> dict:
        """What is saved of it now."""
        return {name: getattr(record, name) for name in self.fields}


TITLE = Part("title", "Name of the record", ("title",))
ECONOMIC = Part("economic", "Economic well-being", ("economic",))
SOCIAL = Part("social", "Social well-being", ("social",))
ENVIRONMENTAL = Part("environmental", "Environmental well-being", ("environmental",))
LEARNED = Part("learned", "What was learned", ("learned",))
AGREED = Part("agreed", "What was agreed with the market", ("agreed", "agreed_on"))
WELL_BEING = (ECONOMIC, SOCIAL, ENVIRONMENTAL)
PARTS: Mapping[str, Part] = {one.name: one for one in (TITLE, *WELL_BEING, LEARNED, AGREED)}


@dataclass(frozen=True)
class Told:
    """Who was asked, how and when, and what was learned of them."""

    audience: str
    who: str
    how: str
    held_on: date
    people: int | None
    learned: str


def told_in(consultation: object) -> dict:
    """What is saved of a consultation now."""
    return {one.name: getattr(consultation, one.name) for one in fields(Told)}
