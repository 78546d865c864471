"""The archive that a Word or Excel file is: nothing hidden, nothing locked, no bomb."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from records.refusals import Unfit

UNPACKED_MAX_BYTES = 100 * 1024 * 1024
MOST_PARTS = 4_000
PIECE, FED_AT_ONCE = 1024 * 1024, 64 * 1024
BEGINS, ENDS = b"PK\x03\x04", b"PK\x05\x06"
END_LENGTH, LOCAL_LENGTH = 22, 30
# After a part, its sizes may be written once more; before the end, the end of a large archive.
DESCRIPTOR_AT_MOST, LARGE_END_AT_MOST = 24, 100
ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
SPOILT = "is spoilt. Open it, save it again, and send that."
HIDDEN = (
    "holds something between its parts or behind its end. Open it, save it again, and send that."
)
TOO_MUCH = "unpacks to more than can be checked. Send less in one file."
LOCKED = "is protected by a password, so it cannot be checked. Send it without the password."
# Every way in which the library refuses an archive that is spoilt or unknown to it, when its
# list is read and when a part is unpacked. An unknown way of packing is a RuntimeError too.
SPOILT_ARCHIVE = (
    *(zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError),
    *(struct.error, zlib.error),
)


@dataclass
class Budget:
    """How much may still be unpacked, over an archive and all that lie within it."""

    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unfit(TOO_MUCH)


@dataclass(frozen=True)
class Part:
    """One file of the archive, still packed."""

    name: str
    packed: memoryview
    is_deflated: bool
    size: int
    check: int

    def pieces(self, budget: Budget) -> Iterator[bytes]:
        """Unpack it, counting: what the archive says of a part's size proves nothing."""
        found, check = 0, 0
        for piece in self._unpacked():
            budget.spend(len(piece))
            found, check = found + len(piece), zlib.crc32(piece, check)
            yield piece
        if (found, check) != (self.size, self.check):
            raise Unfit(SPOILT)

    def _unpacked(self) -> Iterator[bytes]:
        if not self.is_deflated:
            for at in range(0, len(self.packed), PIECE):
                yield bytes(self.packed[at : at + PIECE])
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for at in range(0, len(self.packed), FED_AT_ONCE):
            fed: bytes | memoryview = self.packed[at : at + FED_AT_ONCE]
            while fed:
                if inflater.eof:
                    raise Unfit(HIDDEN)
                try:
                    yield inflater.decompress(fed, PIECE)
                except zlib.error:
                    raise Unfit(SPOILT) from None
                fed = inflater.unconsumed_tail
        if inflater.unused_data:
            raise Unfit(HIDDEN)
        if not inflater.eof:
            raise Unfit(SPOILT)


def parts_of(content: bytes) -> list[Part]:
    """The parts of an archive that fill it from the first byte to the last."""
    if not content.startswith(BEGINS):
        raise Unfit(SPOILT)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries, listed_at = archive.infolist(), archive.start_dir
    except SPOILT_ARCHIVE:
        raise Unfit(SPOILT) from None
    if len(entries) > MOST_PARTS:
        raise Unfit(TOO_MUCH)
    if any(entry.flag_bits & ENCRYPTED_FLAGS for entry in entries):
        raise Unfit(LOCKED)
    _check_names([entry.orig_filename for entry in entries])
    _check_end(content, listed_at)
    return _laid_out(content, entries, listed_at)


def _check_names(names: list[str]) -> None:
    """Two parts of one name are read differently by different programs."""
    if len({name.lower() for name in names}) < len(names):
        raise Unfit(SPOILT)
    for name in names:
        steps = name.split("/")
        if "\\" in name or "\0" in name or ":" in name or ".." in steps or not steps[0]:
            raise Unfit(SPOILT)


def _check_end(content: bytes, listed_at: int) -> None:
    """The list of parts is followed by its own end, and that by nothing."""
    end = len(content) - END_LENGTH
    if content[end : end + 4] != ENDS:
        raise Unfit(HIDDEN)
    (listed,) = struct.unpack_from("<I", content, end + 12)
    if listed_at + listed > end or end - listed_at - listed > LARGE_END_AT_MOST:
        raise Unfit(HIDDEN)


def _laid_out(content: bytes, entries: list[zipfile.ZipInfo], listed_at: int) -> list[Part]:
    """The parts one behind the other: none overlaps the next, and no gap holds anything."""
    parts, at = [], 0
    view = memoryview(content)
    for entry in sorted(entries, key=lambda one: one.header_offset):
        start = entry.header_offset
        if not at <= start <= at + (DESCRIPTOR_AT_MOST if at else 0):
            raise Unfit(HIDDEN)
        if start + LOCAL_LENGTH > listed_at or content[start : start + 4] != BEGINS:
            raise Unfit(SPOILT)
        method, name_length, extra = struct.unpack_from("<8xH16xHH", content, start)
        begins = start + LOCAL_LENGTH + name_length + extra
        at = begins + entry.compress_size
        name = content[start + LOCAL_LENGTH : start + LOCAL_LENGTH + name_length]
        encoding = "utf-8" if entry.flag_bits & 0x800 else "cp437"
        if at > listed_at or name.decode(encoding, "replace") != entry.orig_filename:
            raise Unfit(SPOILT)
        if method != entry.compress_type or method not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            raise Unfit(SPOILT)
        is_deflated = method == zipfile.ZIP_DEFLATED
        parts.append(
            Part(entry.orig_filename, view[begins:at], is_deflated, entry.file_size, entry.CRC)
        )
    if listed_at > at + DESCRIPTOR_AT_MOST:
        raise Unfit(HIDDEN)
    return parts
