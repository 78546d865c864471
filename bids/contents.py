"""What a bid says, in the clear: plain data that only `bids.unsealing` hands out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from tenders.models import Criterion


@dataclass(frozen=True)
class AttachedFile:
    """A file of evidence as its firm sent it; `id` is that of the attachment."""

    id: UUID
    name: str
    content_type: str
    size: int
    sha256: str
    # What its reader should know of viruses; said by the scanner, not by the firm.
    scan_words: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class AnswerContent:
    """The draft answer to one criterion; blank, and without an id, until it is first saved.

    Numbers are text, so that they stay exact: {"env_hours": "400"}. A track record stands
    beside the commitment and is never promised. An alternative measure names its parts.
    """

    criterion_id: UUID
    id: UUID | None = None
    text: str = ""
    quantities: Mapping[str, str] = field(default_factory=dict)
    track_record: Mapping[str, str] = field(default_factory=dict)
    alternative: Mapping[str, str] = field(default_factory=dict)
    edits: int = 0
    changed_at: datetime | None = None
    files: tuple[AttachedFile, ...] = ()

    @property
    def is_begun(self) -> bool:
        return bool(self.text.strip() or self.quantities or self.alternative)


@dataclass(frozen=True)
class Draft:
    """Everything a bid's draft says: bases, the price, answers by the criterion they answer."""

    bases: Mapping[str, str]
    price: Decimal | None
    answers: Mapping[UUID, AnswerContent]

    def answer_to(self, criterion: Criterion) -> AnswerContent:
        """The answer to a criterion; a blank one where nothing was saved."""
        return self.answers.get(criterion.pk) or AnswerContent(criterion_id=criterion.pk)

    @property
    def files(self) -> list[AttachedFile]:
        """The files beside all its answers."""
        return [file for answer in self.answers.values() for file in answer.files]


@dataclass(frozen=True)
class Received:
    """One version of a bid as it was received.

    The document is {"bases": {...}, "answers": [{"id", "criterion", "text", "quantities",
    "files": []}]}, with "conditions" accepted and the firm's "profile" where there are some.
    """

    document: Mapping
    price: Decimal
