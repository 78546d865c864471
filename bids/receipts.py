"""What a receipt was given for: whether a file is one of those it names."""

from bids.models import Submission

BID = "It is the bid itself, exactly as it was received."
EVIDENCE = "It is a file of evidence of the bid, exactly as it was received."
TENDER = "It is the scoring case of the tender, exactly as it was published."
SEALED = "It is the sealed copy of the bid, exactly as it was kept."


def what_it_is(version: Submission, digest: str) -> str:
    """Which of the things a receipt names has this SHA-256, in words; empty if none has."""
    named = {
        version.tender_hash: TENDER,
        **dict.fromkeys(version.file_hashes, EVIDENCE),
        version.sealed_hash: SEALED,
        version.content_hash: BID,
    }
    return named.get(digest, "")
