"""The answer: a supplier's bid, sealed until two people open the tender after its deadline."""

from bids.models.drafts import Answer, Attachment, Bid, BidQuerySet
from bids.models.received import Submission, SubmissionQuerySet

__all__ = [
    "Answer",
    "Attachment",
    "Bid",
    "BidQuerySet",
    "Submission",
    "SubmissionQuerySet",
]
