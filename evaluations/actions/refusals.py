"""Why a judgement is not taken down, in words for the page; and the lock all of them take."""

from decimal import Decimal

from bids.models import Bid
from evaluations import scales
from tenders.actions.drafts import hold_tender
from tenders.models import Criterion, Method, Tender

TAMPERED = (
    "The scoring rules no longer match the hash published with the tender. Nothing was "
    "changed. Tell the people who run Tenth."
)
CHANGED_BIDS = (
    "What is kept here is no longer what was received, so nothing is scored. Nothing was changed. "
    "Tell the people who run Tenth, with these receipts:"
)


class Refusal(ValueError):
    """Something about what was entered; the words say what to do."""

    field = ""


class WordsMissing(Refusal):
    """A reason or statement is missing."""

    def __init__(self, field: str, words: str):
        super().__init__(words)
        self.field = field


class MarkOffScale(Refusal):
    """The mark is not on the tender's scale."""

    field = "value"


class MarkNotAsked(Refusal):
    """This answer is not one that evaluators mark."""


class NotReady(Refusal):
    """Something is still missing before this step."""


class NotRankedFirst(Refusal):
    """The recommended bid is not ranked first and nothing says why."""

    field = "departure"


class NotFundable(Refusal):
    """These projects may not be funded together, or one of them not at all."""

    field = "funded"


class NotTheBestSet(Refusal):
    """The recommended projects are not the best set and nothing says why."""

    field = "departure"


class UnsuitableManager(Refusal):
    """This person cannot manage the contract."""

    field = "contract_manager"


class Stale(Exception):
    """Somebody saved since the page was opened; `current` is what is saved now."""

    def __init__(self, current):
        super().__init__("This was saved in another window after you opened this page.")
        self.current = current


def locked(tender: Tender) -> Tender:
    """The tender as it stands, held to the end of the transaction."""
    return hold_tender(tender)


def check_words(words: str, *, field: str, missing: str) -> str:
    """The words without the space around them; refused when nothing is left."""
    words = words.strip()
    if not words:
        raise WordsMissing(field, missing)
    return words


def check_on_scale(tender: Tender, mark: Decimal) -> None:
    """Refuse a mark beyond the scale or between its steps."""
    if not scales.is_on(mark, max_mark=tender.max_mark, step=tender.mark_step):
        scale = scales.in_words(tender.max_mark, tender.mark_step)
        raise MarkOffScale(f"{scales.plain(mark)} is not on the scale. Choose a mark from {scale}.")


def check_is_marked(tender: Tender, bid: Bid, criterion: Criterion) -> None:
    """Refuse answers that nobody marks: of another tender, not received, or scored by rule."""
    is_here = bid.tender_id == tender.pk == criterion.tender_id
    is_received = bid.versions > 0 and bid.withdrawn_at is None
    if not (is_here and is_received and criterion.method == Method.MARKS):
        raise MarkNotAsked("This answer is not marked by evaluators.")


def check_entered(
    *, tender: Tender, bid: Bid, criterion: Criterion, value: Decimal, reason: str, missing: str
) -> str:
    """Refuse a mark that cannot stand; answers its reason without the space around it."""
    check_is_marked(tender, bid, criterion)
    check_on_scale(tender, value)
    return check_words(reason, field="reason", missing=missing)


def check_version(current, expected: int | None) -> int:
    """The version that is saved now; `Stale` when the person was looking at another."""
    version = current.version if current else 0
    if expected is not None and expected != version:
        raise Stale(current)
    return version
