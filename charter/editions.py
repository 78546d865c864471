"""Which edition of a scheme goes with a procurement. Pure: no database, no clock.

A procurement keeps the edition that stood on the day it commenced, whatever comes later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

SOCIAL_VALUE_MODEL = "social-value-model"


class Edition(Protocol):
    """When procurements may, must and may no longer commence under an edition."""

    @property
    def applies_from(self) -> date | None: ...

    @property
    def required_from(self) -> date | None: ...

    @property
    def applies_to(self) -> date | None: ...


E = TypeVar("E", bound=Edition)


@dataclass(frozen=True)
class EditionOn(Generic[E]):
    """The edition that stands on a day, if any, and the older ones that have not ended."""

    stands: E | None
    still_allowed: tuple[E, ...]
    # Whether those whom the new edition binds may still choose an older one.
    is_transition: bool = False


def edition_on(editions: Iterable[E], day: date) -> EditionOn[E]:
    """The latest edition that has begun by this day and not ended; none means unknown."""
    begun = [one for one in editions if one.applies_from and one.applies_from <= day]
    usable = [one for one in begun if one.applies_to is None or day < one.applies_to]
    newest_first = sorted(usable, key=lambda one: one.applies_from or date.min, reverse=True)
    if not newest_first:
        return EditionOn(stands=None, still_allowed=())
    stands, *older = newest_first
    is_required = bool(stands.required_from and stands.required_from <= day)
    return EditionOn(stands, tuple(older), is_transition=bool(older) and not is_required)
