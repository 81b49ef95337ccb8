"""The workshop's job with copies that people send: codes on their pages, and what a pen wrote, within its limits."""

import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from bot.letters.ink import ink_in, sharpness
from bot.letters.model import NoGlyph, stated
from bot.letters.placing import DOT, SIZE, Box, code_dpi, lay
from bot.letters.plane import Point
from bot.letters.press import DATE, SIGNATURE, print_blank
from bot.letters.sheet import HEIGHT, Field, Part
from bot.letters.wear import worn
from domain.papers.marks import read_mark
from domain.papers.pens import Seen

MOST_PAGES = 40
_MOST_WHOLE = 8  # pages that are laid over as a whole; each takes about a second
_FINE = 3  # so many times as finely is a page drawn whose words are looked for
_LONGEST, _SHORTEST = 48, 12  # pixels of a word; a longer one is in pieces, a shorter one cannot be told from others
_DPI = 150
_POINTS = 72  # of a PDF, in an inch
_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 3000.0  # pixels of a page that is drawn, whatever its size
_UNREADABLE = (pypdfium2.PdfiumError, UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError)
_PENS = (SIGNATURE, DATE)


def read_copy(payload: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Return of each page the texts of its codes, and what is seen of it, where it is one of the `letters` given.

    `longer`: codes of those letters that say more pages than were printed to be signed, as sealed ones do. None for a
    file that cannot be read. `most`: how many of its pages are read, where that is not `MOST_PAGES`.
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
    """A letter as it was printed, the fields of its pages, and its parts."""

    pdf: bytes
    fields: dict[str, Field]
    parts: list[Part]

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

    def fine_page(self, number: int) -> Image.Image:
        """Return one of its pages as paper shows it: letters stand where they belong, and not at the next pixel."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            page: Image.Image = document[number - 1].render(scale=_FINE * DOT, grayscale=True).to_pil()
            return page.resize(SIZE, Image.Resampling.BOX)
        finally:
            document.close()

    def words_of(self, number: int) -> list[Box]:
        """Return where the words of a page stand; long ones in pieces."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            text = document[number - 1].get_textpage()
            rects = [text.get_rect(place) for place in range(text.count_rects())]
        finally:
            document.close()
        return [box for rect in rects for box in _boxes(*rect) if box[2] - box[0] >= _SHORTEST]

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
        more = {each.text: self._more_pages(each.text) for each in codes}
        found = {each.text: _corners(each) for each in codes if not more[each.text]}
        seen = [self._see(page, text, corners) for text, corners in found.items() if self._is_wanted(text)]
        longer = [text for text, pages in more.items() if pages > 0]
        return {"codes": [*found], "seen": [asdict(each) for each in seen], "longer": longer}

    def _is_wanted(self, text: str) -> bool:
        mark = read_mark(text)
        return mark is not None and mark.code in self._wanted

    def _more_pages(self, text: str) -> int:
        """Return how many pages more a letter has by a code than was printed: such a code is none of what is signed."""
        mark = read_mark(text)
        blank = self._blank(mark.code) if mark is not None and mark.code in self._wanted else None
        return mark.pages - blank.pages if mark is not None and blank is not None else 0

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
        as_paper = replace(laid, blank=blank.fine_page(mark.page))
        wear = worn(as_paper, blank.words_of(mark.page), mark.page, blank.parts, fields)
        return Seen(text, laid.dpi, sharpness(laid), len(laid.pieces) / laid.wanted, inks, wear)

    def _blank(self, code: str) -> _Blank | None:
        """Return a letter as it is printed, once; None where it cannot be."""
        if code not in self._blanks:
            try:
                self._blanks[code] = _Blank(*print_blank(*stated(self._wanted[code])))
            except NoGlyph:
                self._blanks[code] = None
        return self._blanks[code]


def _boxes(left: float, bottom: float, right: float, top: float) -> Iterator[Box]:
    """Yield the pieces of a word that stands there, in points, as pixels of a laid page."""
    start, end = left * DOT - 1, right * DOT + 1
    many = max(1, round((end - start) / _LONGEST))
    for place in range(many):
        first, last = (start + (end - start) * edge / many for edge in (place, place + 1))
        yield round(first), round((HEIGHT - top) * DOT - 1), round(last), round((HEIGHT - bottom) * DOT + 1)


def _corners(found: zxingcpp.Barcode) -> tuple[Point, ...]:
    at = found.position
    return tuple((float(p.x), float(p.y)) for p in (at.top_left, at.top_right, at.bottom_right, at.bottom_left))
