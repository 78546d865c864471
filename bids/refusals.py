"""What a bidder entered or asked that cannot stand, and how to mend it."""

from collections.abc import Sequence
from datetime import datetime

from accounts.access import Conflict
from design.london import LONDON
from design.templatetags.format import london_date
from tenders.refusals import Unfit
from tenders.words import Words


class QuantityRefused(Unfit):
    """What is committed is not a number that can be held against a target."""


class TextRefused(Unfit):
    """Text holds a character that cannot be kept."""


class PriceRefused(Unfit):
    """A price is above zero, or it is not a price."""


class AnswerChanged(Unfit):
    """A colleague has changed this answer since it was read."""


class Incomplete(Unfit):
    """The bid lacks something the tender asks for."""

    def __init__(self, needs: Sequence[str]) -> None:
        super().__init__(None, "This bid cannot be submitted yet. " + " ".join(needs))
        self.needs = tuple(needs)


class TooLate(Conflict):
    """It reached us at or after the deadline; both times are said."""

    def __init__(self, closes_at: datetime, now: datetime, words: Words) -> None:
        super().__init__(
            f"{words.bids.capitalize()} closed at {_exactly(closes_at)} (London time). "
            f"This reached us at {_exactly(now)}, so it was not taken. Your {words.bid} stands as "
            "it was then: its page shows a receipt if a version was received, and says NOT "
            "SUBMITTED if none was."
        )


class NoAnswer(Conflict):
    """The database broke off, so nobody can say yet whether the bid was received."""

    def __init__(self) -> None:
        super().__init__(
            "We cannot tell whether your bid was received. Look at your receipt: if it shows "
            "this version, it was. If not, submit again."
        )


class Tampered(Conflict):
    """A seal does not fit its place: somebody or something changed what is kept."""

    def __init__(self) -> None:
        super().__init__(
            "What is kept here is not what was saved, so it is not shown. Nothing was changed "
            "by opening this page. Whoever runs this site must put it back from a backup: tell "
            "them at once."
        )


class CannotOpen(Conflict):
    """The seal of a received bid does not open, so none is opened."""

    def __init__(self, receipts: Sequence[str]) -> None:
        super().__init__(
            "No bid was opened. What is kept under these receipts is not what was received: "
            f"{', '.join(receipts)}. Whoever runs this site must put it back from a backup, with "
            "its keys; then open the bids again. The attempt is on record."
        )
        self.receipts = list(receipts)


def _exactly(moment: datetime) -> str:
    """London time to the thousandth of a second: a refusal may hang on it."""
    there = moment.astimezone(LONDON)
    thousandths = there.microsecond // 1000
    return f"{there:%H:%M:%S}.{thousandths:03} on {london_date(there)}"
