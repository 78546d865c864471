"""What the virus scanner said of the files of a bid, for the pages that link to them."""

from collections.abc import Iterable, Mapping

from bids.models import Attachment


def with_scans(files: Iterable[Mapping], words: Mapping[str, str]) -> list[dict]:
    """Received files, each with what its reader should know; see `scan_words_of`."""
    return [{**file, "scan_words": words.get(file["id"], "")} for file in files]


def scan_words_of(files: Iterable[Mapping]) -> dict[str, str]:
    """By the id of each received file, what its reader should know: asked for all at once."""
    ids = [file["id"] for file in files]
    if not ids:
        return {}
    kept = Attachment.objects.filter(pk__in=ids).select_related("file")
    return {str(one.pk): one.file.scan_words for one in kept}
