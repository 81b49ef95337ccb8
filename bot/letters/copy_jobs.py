"""The workshop's job with copies that people send: codes on their pages, and what a pen wrote, within its limits."""

import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from bot.letters.ink import ink_in, sharpness
from bot.letters.model import NoGlyph, stated
from bot.letters.placing import DOT, code_dpi, lay
from bot.letters.plane import Point
from bot.letters.press import DATE, SIGNATURE, print_blank
from bot.letters.sheet import Field
from domain.papers.marks import read_mark
from domain.papers.pens import Seen

MOST_PAGES = 40
_MOST_WHOLE = 8  # pages that are laid over as a whole; each takes about a second
_DPI = 150
_POINTS = 72  # of a PDF, in an inch
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 3000.0  # pixels of a page that is drawn, whatever its size
_UNREADABLE = (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError)
_PENS = (SIGNATURE, DATE)


def read_copy(payload: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return of each page the texts of its codes, and what is seen of it, where it is one of the `letters` given.

    None for a file that cannot be read. `most`: how many of its pages are read, where that is not `MOST_PAGES`.
    """
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    reader = _Reader(payload["letters"])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return [reader.read(page) for page in _pages(payload["content"], payload.get("most", MOST_PAGES))]
    except (*_UNREADABLE, Image.DecompressionBombWarning):
        return None


def _pages(content: bytes, most: int) -> Iterator[Image.Image]:
    if not content.startswith(b"%PDF-"):
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as photo:
            yield ImageOps.exif_transpose(photo)
        return
    document = pypdfium2.PdfDocument(content)
    try:
        for place in range(min(len(document), most)):
            page = document[place]
            scale = min(_DPI / _POINTS, _LONGEST_SIDE / max(page.get_size()))
            yield page.render(scale=scale).to_pil()
    finally:
        document.close()


def _written_in(page: Image.Image) -> Image.Image:
    """Return the darker of a page's levels of red and green: in them every pen is dark, and coffee is light."""
    if page.mode in ("1", "L", "I", "I;16", "F"):
        return page.convert("L")
    red, green, _ = page.convert("RGB").split()
    return ImageChops.darker(red, green)


@dataclass(frozen=True, slots=True)
class _Blank:
    """A letter as it was printed, and the fields of its pages."""

    pdf: bytes
    fields: dict[str, Field]

    @property
    def pages(self) -> int:
        """Return how many pages it has."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            return len(document)
        finally:
            document.close()

    def page(self, number: int) -> Image.Image | None:
        """Return one of its pages in grey; None where it has no such page."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            if number > len(document):
                return None
            page: Image.Image = document[number - 1].render(scale=DOT, grayscale=True).to_pil()
            return page
        finally:
            document.close()

    def fields_of(self, number: int) -> list[Field]:
        """Return the fields of a page, signature before date."""
        return [self.fields[name] for name in _PENS if self.fields[name].page == number]


class _Reader:
    """Reads pages, one after the other. `letters`: the payloads of those that are looked for."""

    def __init__(self, letters: list[dict[str, Any]]) -> None:
        self._wanted = {stated(each)[0].code: each for each in letters}
        self._blanks: dict[str, _Blank | None] = {}
        self._whole = 0

    def read(self, page: Image.Image) -> dict[str, Any]:
        """Return the texts of a page's codes, and what is seen of it."""
        formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        codes = zxingcpp.read_barcodes(page.convert("L"), formats=formats)
        found = {each.text: _corners(each) for each in codes if not self._is_forged(each.text)}
        seen = [self._see(page, text, corners) for text, corners in found.items() if self._is_wanted(text)]
        return {"codes": [*found], "seen": [asdict(each) for each in seen]}

    def _is_wanted(self, text: str) -> bool:
        mark = read_mark(text)
        return mark is not None and mark.code in self._wanted

    def _is_forged(self, text: str) -> bool:
        """Tell whether a code says that a letter has another number of pages than was printed."""
        mark = read_mark(text)
        blank = self._blank(mark.code) if mark is not None and mark.code in self._wanted else None
        return mark is not None and blank is not None and mark.pages != blank.pages

    def _see(self, page: Image.Image, text: str, corners: tuple[Point, ...]) -> Seen:
        """Measure a page; one that lies over nothing that was printed is known by its code alone."""
        mark, plain = read_mark(text), Seen(text, code_dpi(corners))
        self._whole += 1
        if self._whole > _MOST_WHOLE:  # as a file with many codes has, whose every page would be drawn and laid over
            return plain
        blank = self._blank(mark.code) if mark is not None else None
        printed = blank.page(mark.page) if mark is not None and blank is not None else None
        if mark is None or blank is None or printed is None:
            return plain
        fields = blank.fields_of(mark.page)
        laid = lay(_written_in(page), corners, printed)
        if laid is None:
            return plain
        inks = tuple(ink_in(laid, field) for field in fields)
        return Seen(text, laid.dpi, sharpness(laid), len(laid.pieces) / laid.wanted, inks)

    def _blank(self, code: str) -> _Blank | None:
        """Return a letter as it is printed, once; None where it cannot be."""
        if code not in self._blanks:
            try:
                self._blanks[code] = _Blank(*print_blank(*stated(self._wanted[code])))
            except NoGlyph:
                self._blanks[code] = None
        return self._blanks[code]


def _corners(found: zxingcpp.Barcode) -> tuple[Point, ...]:
    at = found.position
    return tuple((float(p.x), float(p.y)) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
