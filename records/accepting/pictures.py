"""PNG and JPEG: sound from the first byte to the last, and of a size that can be drawn."""

import struct
import zlib

from records.refusals import Unfit

MOST_PIXELS = 100_000_000
LONGEST_SIDE = 30_000
PNG_BEGINS, JPEG_BEGINS = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
SPOILT = "is spoilt or cut short. Open it, save it anew as PNG or JPEG, and send that."
TRAILED = "has something else behind the picture. Open it, save it anew, and send that."
TOO_LARGE = "would be too large to draw. Send it with fewer pixels: 100 million at most."
# Start of a JPEG frame says its size: all of C0 to CF but tables, and reserved ones.
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
START, END, SCAN = 0xD8, 0xD9, 0xDA
ALONE = {0x01, *range(0xD0, 0xD8)}
# What telephones put behind a photograph: a second picture (its depth or its light), a short
# film, and the notes of one maker.
FILM_BEGINS, NOTES_END = b"ftyp", b"SEFT"


def check_png(content: bytes) -> None:
    """Walk through the chunks: each sound, the last one last."""
    if not content.startswith(PNG_BEGINS):
        raise Unfit(SPOILT)
    at, first, drawn = len(PNG_BEGINS), True, False
    while True:
        if at + 12 > len(content):
            raise Unfit(SPOILT)
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content) or (kind == b"IHDR") != first:
            raise Unfit(SPOILT)
        (check,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(memoryview(content)[at + 4 : end - 4]) != check:
            raise Unfit(SPOILT)
        if first:
            if length != 13:
                raise Unfit(SPOILT)
            _check_size(*struct.unpack_from(">II", content, at + 8))
        drawn = drawn or kind == b"IDAT"
        at, first = end, False
        if kind == b"IEND":
            break
    if not drawn:
        raise Unfit(SPOILT)
    if content[at:].strip(b"\0\r\n"):
        raise Unfit(TRAILED)


def check_jpeg(content: bytes) -> None:
    """Walk through the segments to the end of the picture, and see what is behind it."""
    at = _end_of_jpeg(content)
    behind = content[at:]
    if behind[4:8] == FILM_BEGINS or behind.endswith(NOTES_END):
        return
    rest = behind.lstrip(b"\0\r\n")
    if not rest or rest.startswith(JPEG_BEGINS):
        return
    raise Unfit(TRAILED)


def _end_of_jpeg(content: bytes) -> int:
    if not content.startswith(JPEG_BEGINS):
        raise Unfit(SPOILT)
    at, sized, scanned = 2, False, False
    while True:
        while content[at : at + 2] == b"\xff\xff":
            at += 1
        if content[at : at + 1] != b"\xff" or at + 2 > len(content):
            raise Unfit(SPOILT)
        kind = content[at + 1]
        if kind == END:
            if not (sized and scanned):
                raise Unfit(SPOILT)
            return at + 2
        if kind in ALONE:
            at += 2
            continue
        if kind in {0, START} or at + 4 > len(content):
            raise Unfit(SPOILT)
        (length,) = struct.unpack_from(">H", content, at + 2)
        if length < 2 or at + 2 + length > len(content):
            raise Unfit(SPOILT)
        if kind in FRAMES:
            if length < 8:
                raise Unfit(SPOILT)
            height, width = struct.unpack_from(">HH", content, at + 5)
            _check_size(width, height)
            sized = True
        at += 2 + length
        if kind == SCAN:
            scanned, at = True, _after_scan(content, at)


def _after_scan(content: bytes, at: int) -> int:
    """Where the next segment begins: in the scan, FF is followed by 0 or by a restart mark."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Unfit(SPOILT)
        if content[at + 1] in {0, *range(0xD0, 0xD8)}:
            at += 2
        else:
            return at


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Unfit(SPOILT)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Unfit(TOO_LARGE)
