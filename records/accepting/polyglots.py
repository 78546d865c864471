"""A file that is two things at once: a picture or a paper that is also a page or an archive."""

import io
import zipfile

from records.refusals import Unfit

# Read as code by a browser or a web server, wherever they stand in a file. Each is long enough
# not to turn up by chance in ten million bytes of a photograph.
RUN_AS_CODE = (b"<script", b"<html", b"<!doctype html", b"<?php", b"<iframe", b"__halt_compiler")
WHERE_TAR_SAYS_SO = slice(257, 262)
# Readers of PDF look for its beginning this far into a file.
WHERE_A_PDF_MAY_BEGIN = 1024
TWO_KINDS = "holds a second kind of file inside. Open it, save it anew, and send the new file."


def check_one_kind(content: bytes, suffix: str) -> None:
    """Refuse a file that another program would read as something else."""
    lower = content.lower()
    if any(mark in lower for mark in RUN_AS_CODE):
        raise Unfit("holds parts of a web page or a program. Save it anew without them.")
    if content[WHERE_TAR_SAYS_SO] == b"ustar":
        raise Unfit(TWO_KINDS)
    if suffix != ".pdf" and b"%PDF-" in content[:WHERE_A_PDF_MAY_BEGIN]:
        raise Unfit(TWO_KINDS)
    if suffix not in {".docx", ".xlsx"} and zipfile.is_zipfile(io.BytesIO(content)):
        raise Unfit(TWO_KINDS)
