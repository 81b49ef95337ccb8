"""The workshop's job with files that come from anybody: none is kept that acts by itself, or tells where it was made.

A photo is written anew, without what stands beside its picture. A PDF is kept as it came, or refused.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from bot.letters.model import MOST_PAGES

_MOST_OBJECTS = 200_000  # that are looked at in one PDF
_MOST_PIXELS = 64_000_000
_QUALITY = 92  # of a JPEG whose own tables are not to be used again, so that it stays as sharp and as small as it is
_FINEST = 255  # of a table's values that are written
_ACTS = {"/JavaScript", "/Launch"}  # actions, ISO 32000-1, 12.6.4, by their `/S`
_HOLDS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA"}  # keys of programs and of files
_UNREADABLE = (
    pypdfium2.PdfiumError, UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip


def look_over(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what may be kept of a file: its `content`, or why it is `refused`, the last part of a wording key."""
    content = payload["content"]
    try:
        if content.startswith(b"%PDF-"):
            return {"content": content, "refused": _why_not(content)}
        return {"content": _anew(content), "refused": ""}
    except _UNREADABLE:
        return {"content": b"", "refused": "unreadable"}


def _anew(content: bytes) -> bytes:
    """Return a photo as it is seen, and nothing else of it."""
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    written = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
            photo, tables = ImageOps.exif_transpose(opened), getattr(opened, "quantization", {})
    photo.info.clear()
    if content.startswith(b"\x89PNG"):
        photo.save(written, "PNG", compress_level=3)
    else:
        is_coarse = any(max(table) > _FINEST for table in tables.values())
        how = {"quality": _QUALITY} if is_coarse else {"qtables": tables}
        (photo if photo.mode in ("L", "RGB") else photo.convert("RGB")).save(written, "JPEG", **how)
    return written.getvalue()


def _why_not(content: bytes) -> str:
    """Return why a PDF is refused; empty: it is not."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = len(document)
    finally:
        document.close()
    if pages > MOST_PAGES:
        return "too_long"
    return "active" if _is_active(content) else ""


def _is_active(content: bytes) -> bool:
    """Tell whether a PDF holds programs, or other files. Raises ValueError where that cannot be told."""
    from pyhanko.pdf_utils.generic import DictionaryObject  # here: it takes a quarter of a second to load
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        if reader.encrypted:  # pdfium has opened it: it wants no password of who reads it
            reader.decrypt(b"")
        return any(_holds(found) for found in _objects(reader.root) if isinstance(found, DictionaryObject))
    except PdfError as e:
        raise ValueError(type(e).__name__) from e


def _holds(found: Any) -> bool:  # a dictionary of pyHanko's: what it is asked for is looked up wherever it stands
    """Tell whether one dictionary is an action that runs something, or holds a program or a file."""
    return not _HOLDS.isdisjoint(found) or ("/S" in found and str(found["/S"]) in _ACTS)


def _objects(root: Any) -> Iterator[Any]:
    """Yield everything that a reader of a PDF can come to, each once. Raises ValueError where that is too much."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting, seen = [root], set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.reference in seen:
                continue
            seen.add(found.reference)
            found = found.get_object()  # type: ignore[no-untyped-call] # it has no types
        if len(seen) > _MOST_OBJECTS:
            raise ValueError("too many objects")
        yield found
        if isinstance(found, DictionaryObject):
            waiting += dict.values(found)
        elif isinstance(found, ArrayObject):
            waiting += list.__iter__(found)
