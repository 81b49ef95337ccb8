"""The workshop's job with copies that people send: the codes on their pages, read within the child's limits."""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PAGES = 40
_DPI = 150
_POINTS = 72  # of a PDF, in an inch
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 3000.0  # pixels of a page that is drawn, whatever its size
_UNREADABLE = (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError)


def read_copy(payload: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return the texts of each page's codes and its shorter side in pixels; None for a file that cannot be read.

    `most`: how many of its pages are read, where that is not `MOST_PAGES`.
    """
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return [_read(page) for page in _pages(payload["content"], payload.get("most", MOST_PAGES))]
    except (*_UNREADABLE, Image.DecompressionBombWarning):
        return None


def _pages(content: bytes, most: int) -> Iterator[Image.Image]:
    if not content.startswith(b"%PDF-"):
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as photo:
            yield ImageOps.exif_transpose(photo).convert("L")
        return
    document = pypdfium2.PdfDocument(content)
    try:
        for place in range(min(len(document), most)):
            page = document[place]
            scale = min(_DPI / _POINTS, _LONGEST_SIDE / max(page.get_size()))
            yield page.render(scale=scale, grayscale=True).to_pil()
    finally:
        document.close()


def _read(page: Image.Image) -> dict[str, Any]:
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return {"codes": [each.text for each in found], "side": min(page.size)}
