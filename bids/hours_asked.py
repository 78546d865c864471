"""The questions of a tender that are answered with one number of hours, for one table of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bids.contents import AnswerContent, Draft
from bids.drafts import Asked, bases_known, measure_of, quantities_asked
from metrics.attainment import Refused, Single, read_measure, read_number, required
from tenders.models import Criterion, Tender

HOURS = "hours"
# With one alone there is nothing to share out.
FEWEST = 2


@dataclass(frozen=True)
class HoursRow:
    """One question answered in hours: what is asked, what its target comes to, what is kept."""

    criterion: Criterion
    asked: Asked
    # None where the target is not set, or rests on a number that is not known yet.
    target: Fraction | None
    kept: AnswerContent

    @property
    def field(self) -> str:
        return f"hours_{self.criterion.code}"

    @property
    def seen_field(self) -> str:
        return f"seen_{self.criterion.code}"


def hours_asked(criteria: Iterable[Criterion]) -> list[tuple[Criterion, Asked]]:
    """The questions that take exactly one quantity, in hours, of which more is better.

    Empty where there are too few to need a table.
    """
    found = []
    for criterion in criteria:
        asked = quantities_asked(criterion)
        if len(asked) == 1 and asked[0].unit == HOURS and _more_is_better(criterion):
            found.append((criterion, asked[0]))
    return found if len(found) >= FEWEST else []


def hours_rows(tender: Tender, criteria: Iterable[Criterion], draft: Draft) -> list[HoursRow]:
    """The rows of the table for one bid."""
    bases = {name: read_number(number) for name, number in bases_known(tender, draft).items()}
    return [
        HoursRow(criterion, asked, _target(criterion, bases), draft.answer_to(criterion))
        for criterion, asked in hours_asked(criteria)
    ]


def _more_is_better(criterion: Criterion) -> bool:
    measure = read_measure(measure_of(criterion), target_needed=False)
    return isinstance(measure, Single) and not measure.lower_is_better


def _target(criterion: Criterion, bases: dict[str, Fraction]) -> Fraction | None:
    measure = read_measure(measure_of(criterion), target_needed=False)
    if not isinstance(measure, Single) or measure.target is None:
        return None
    try:
        return required(measure.target, bases)
    except Refused:
        return None
