"""Each part of a bid, sealed for its place and read again under the bid's data key."""

import json
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from bids.contents import AnswerContent, AttachedFile, Draft, Received
from bids.documents import spelt
from bids.models import Answer, Attachment, Bid, Submission
from bids.sealing import About, seal, unseal


def sealed_bases(key: bytes, bid: Bid, bases: Mapping[str, str]) -> bytes:
    return seal(key, spelt(bases), _about(bid, "bases"))


def sealed_price(key: bytes, bid: Bid, amount: Decimal) -> bytes:
    return seal(key, f"{amount:.2f}".encode(), _about(bid, "price"))


def sealed_answer(key: bytes, answer: Answer, content: AnswerContent) -> bytes:
    """The text and numbers of an answer, for the change it counts now."""
    said = {
        "text": content.text,
        "quantities": dict(content.quantities),
        "track_record": dict(content.track_record),
        "alternative": dict(content.alternative),
    }
    return seal(key, spelt(said), _about_answer(answer))


def sealed_facts(key: bytes, bid: Bid, file: AttachedFile) -> bytes:
    """What a file is called and holds, for its attachment."""
    facts = {"name": file.name, "content_type": file.content_type, "size": file.size}
    return seal(key, spelt({**facts, "sha256": file.sha256}), _about(bid, f"facts:{file.id}"))


def sealed_file(key: bytes, bid: Bid, attachment: UUID, content: bytes) -> bytes:
    return seal(key, content, _about(bid, f"file:{attachment}"))


def sealed_version(key: bytes, bid: Bid, version: int, content: bytes) -> bytes:
    """The canonical bid (bids.documents) of one version."""
    return seal(key, content, _about(bid, "version", version))


def draft_in(key: bytes, bid: Bid) -> Draft:
    """Everything the draft says."""
    answers = bid.answers.select_related("criterion").prefetch_related("attachments__file")
    return Draft(
        bases=_read(key, bid.sealed_bases, _about(bid, "bases")),
        price=_price_in(key, bid),
        answers={answer.criterion_id: answer_in(key, bid, answer) for answer in answers},
    )


def answer_in(key: bytes, bid: Bid, answer: Answer) -> AnswerContent:
    """What one answer says, with the files that stand beside it."""
    answer.bid = bid
    return AnswerContent(
        criterion_id=answer.criterion_id,
        id=answer.pk,
        edits=answer.edits,
        changed_at=answer.changed_at,
        files=tuple(
            facts_in(key, bid, attachment)
            for attachment in answer.attachments.all()
            if attachment.removed_at is None
        ),
        **_read(key, answer.sealed, _about_answer(answer)),
    )


def facts_in(key: bytes, bid: Bid, attachment: Attachment) -> AttachedFile:
    facts = _read(key, attachment.sealed_facts, _about(bid, f"facts:{attachment.pk}"))
    return AttachedFile(id=attachment.pk, scan_words=attachment.file.scan_words, **facts)


def file_in(key: bytes, bid: Bid, attachment: Attachment) -> bytes:
    """The bytes of a file as the firm sent them."""
    with attachment.file.file.open("rb") as kept:
        return unseal(key, kept.read(), _about(bid, f"file:{attachment.pk}"))


def version_in(key: bytes, bid: Bid, submission: Submission) -> bytes:
    """The canonical bid as it was received in this version."""
    about = _about(bid, "version", submission.version)
    return unseal(key, bytes(submission.sealed), about)


def received_in(content: bytes) -> Received:
    """What a canonical bid says."""
    said = json.loads(content)
    return Received(document=said["document"], price=Decimal(said["price"]))


def _price_in(key: bytes, bid: Bid) -> Decimal | None:
    if bid.sealed_price is None:
        return None
    return Decimal(unseal(key, bytes(bid.sealed_price), _about(bid, "price")).decode())


def _read(key: bytes, sealed: bytes | None, about: About) -> dict:
    return {} if sealed is None else json.loads(unseal(key, bytes(sealed), about))


def _about(bid: Bid, part: str, version: int = 0) -> About:
    return About(tender=bid.tender_id, bid=bid.pk, part=part, version=version)


def _about_answer(answer: Answer) -> About:
    return _about(answer.bid, f"answer:{answer.criterion_id}", answer.edits)
