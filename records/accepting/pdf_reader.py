"""Run as a program: reads a PDF from its input, and prints in one word what it found.

It imports nothing of ours, so that a hostile file that takes it over finds no settings, no
keys and no database. Whatever goes wrong, the caller refuses the file.
"""

import io
import re
import resource
import sys
from collections.abc import Iterator

import pikepdf

CPU_SECONDS = 8
MEMORY_BYTES = 768 * 1024 * 1024
STREAM_BYTES = 64 * 1024 * 1024
MOST_WARNINGS = 1_000
MOST_OBJECTS = 300_000
DEEPEST = 60
ACTIONS = {
    **dict.fromkeys(("/JavaScript", "/Launch", "/Rendition", "/RichMediaExecute"), "runs"),
    **dict.fromkeys(("/GoToE",), "encloses"),
    **dict.fromkeys(("/GoToR", "/ImportData", "/SubmitForm"), "reaches"),
}
KEYS = {
    "/JS": "runs",
    "/XFA": "runs",
    "/RichMediaContent": "runs",
    "/EmbeddedFiles": "encloses",
    "/EF": "encloses",
}
TYPES = {"/EmbeddedFile": "encloses"}
SUBTYPES = {"/FileAttachment": "encloses", "/RichMedia": "runs", "/3D": "runs"}
# What this reader could not unpack, another may.
UNREAD = re.compile("object stream|decoding stream|unfilterable|memory limit")
# A quick look through an object as text, before it is read with care.
NAMES = {*ACTIONS, *KEYS, *TYPES, *SUBTYPES}
SUSPECT = re.compile(b"(?:%s)(?![A-Za-z0-9])" % b"|".join(re.escape(n.encode()) for n in NAMES))


def found_in(content: bytes) -> str:
    """The one word: sound, or the first thing that is not."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if not len(pdf.pages):
                return "spoilt"
            for number, one in enumerate(pdf.objects):
                if number > MOST_OBJECTS:
                    return "too much"
                if word := _found_in_object(one):
                    return word
            if any(UNREAD.search(str(warning)) for warning in pdf.get_warnings()):
                return "spoilt"
    except pikepdf.PasswordError:
        return "locked"
    except pikepdf.PdfError:
        return "spoilt"
    except (MemoryError, RecursionError):
        return "too much"
    return "sound"


def _found_in_object(one: pikepdf.Object) -> str:
    if isinstance(one, pikepdf.Stream):
        one = one.stream_dict
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Array):
        return ""
    if not SUSPECT.search(one.unparse(resolved=True)):
        return ""
    return next((word for part in _parts(one, DEEPEST) if (word := _found_in_part(part))), "")


def _parts(one: pikepdf.Object, deep: int) -> Iterator[pikepdf.Dictionary]:
    """Every dictionary within an object; what it refers to is an object that is read itself."""
    if not deep:
        raise RecursionError
    if isinstance(one, pikepdf.Dictionary):
        yield one
        inner = list(one.values())
    else:
        inner = list(one)
    for part in inner:
        if isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect:
            yield from _parts(part, deep - 1)


def _found_in_part(part: pikepdf.Dictionary) -> str:
    for key, word in KEYS.items():
        if key in part and not _is_empty(part[key]):
            return word
    for key, words in (("/S", ACTIONS), ("/Type", TYPES), ("/Subtype", SUBTYPES)):
        name = part.get(key)
        if isinstance(name, pikepdf.Name) and str(name) in words:
            return words[str(name)]
    return ""


def _is_empty(value: pikepdf.Object) -> bool:
    """Some programs write an empty list of enclosed files into every PDF."""
    if isinstance(value, pikepdf.Dictionary):
        return not len(value) or (
            set(value.keys()) == {"/Names"}
            and isinstance(value["/Names"], pikepdf.Array)
            and not len(value["/Names"])
        )
    return isinstance(value, pikepdf.Array) and not len(value)


def keep_within_bounds() -> None:
    """Bind this process: what a hostile file may cost is decided before it is opened."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    pikepdf.settings.set_qpdf_limits(
        doc_max_warnings=MOST_WARNINGS,
        flate_max_memory=STREAM_BYTES,
        run_length_max_memory=STREAM_BYTES,
        png_max_memory=STREAM_BYTES,
        tiff_max_memory=STREAM_BYTES,
    )


if __name__ == "__main__":
    keep_within_bounds()
    sys.stdout.write(found_in(sys.stdin.buffer.read()))
