"""What a bid says on one criterion, as it was received; never its price."""

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from bids.documents import answer_to, words_in
from bids.drafts import TRACK_RECORD, track_record_asked
from bids.models import Bid, Submission
from bids.scans import scan_words_of, with_scans
from tenders.models import Criterion


@dataclass(frozen=True)
class Quantity:
    """One amount committed, with its label and unit."""

    label: str
    amount: Decimal
    unit: str


@dataclass(frozen=True)
class ReceivedAnswer:
    """One answer of a received bid, ready to print."""

    text: str
    quantities: tuple[Quantity, ...]
    bases: tuple[Quantity, ...]
    track_record: tuple[Quantity, ...]
    files: tuple[dict, ...]

    @property
    def word_count(self) -> int:
        return words_in(self.text)


NO_ANSWER = ReceivedAnswer("", (), (), (), ())


def received_answer(bid: Bid, criterion: Criterion) -> ReceivedAnswer:
    """The answer in the version of the bid that is evaluated."""
    version = Submission.objects.filter(bid=bid).latest_of_each_bid().filter(bid=bid).first()
    if version is None:
        return NO_ANSWER
    answer = answer_in(version.document, criterion)
    return replace(answer, files=tuple(with_scans(answer.files, scan_words_of(answer.files))))


def answer_in(document: dict, criterion: Criterion) -> ReceivedAnswer:
    """The answer to a criterion in a received document."""
    line = answer_to(document, criterion.code)
    if line is None:
        return NO_ANSWER
    metric = criterion.metric
    return ReceivedAnswer(
        text=line["text"],
        quantities=_named(line["quantities"], metric.quantities if metric else []),
        bases=_named(document["bases"], metric.bases if metric else []),
        track_record=tuple(
            Quantity(asked.label, Decimal(line[TRACK_RECORD][asked.id]), asked.unit)
            for asked in track_record_asked(criterion)
            if asked.id in line.get(TRACK_RECORD, {})
        ),
        files=tuple(line["files"]),
    )


def _named(stated: dict, known: list[dict]) -> tuple[Quantity, ...]:
    """The stated amounts that the metric knows, in its order."""
    return tuple(
        Quantity(one["label"], amount, one["unit"])
        for one in known
        if (amount := _amount(stated.get(one["id"]))) is not None
    )


def _amount(text: str | None) -> Decimal | None:
    try:
        return None if text in (None, "") else Decimal(text)
    except InvalidOperation:
        return None
