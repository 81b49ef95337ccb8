"""The last step of printing: each page gets its foot, with the letter's code for people and machines; then the file."""

from functools import lru_cache
from io import BytesIO
from typing import Any

import zxingcpp
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bot.letters.embedding import Used
from bot.letters.looks import said
from bot.letters.sheet import HEIGHT, LEFT, RIGHT, SOFT, WIDTH, Look, Page
from domain.papers.letter import Letter
from domain.papers.marks import Mark, grouped, write_mark

QR = 74.0  # points: 26 mm, so that a photo of the whole page still has 4 pixels for each square
FOOT = 34.0
_CODE = Look("plain", 9, 12.5, SOFT)

rl_config.useA85 = 0  # a quarter smaller, and nobody reads a letter's streams as text


class _Canvas(Canvas):  # type: ignore[misc] # reportlab says nothing of its types
    """A canvas that begins its pages with no font of its own: Helvetica would be named, and not be in the file."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def bind(pages: list[Page], letter: Letter, own: int = 0) -> bytes:
    """Return the pages as one PDF, each with its foot. `own`: as `Sheets.own`.

    In words the letter's own pages are counted by themselves, signed or not. The marks count all of them: by that a
    print of a letter that was signed on a screen is told from one that a pen signed.
    """
    own = own or len(pages)
    for place, page in enumerate(pages, 1):
        is_own = place <= own
        count = {"page": str(place), "pages": str(own)}
        words = said("printed.page", count) if is_own else said("printed.record")
        _write_foot(page, letter, Mark(letter.code, place, len(pages)), words)
    file = BytesIO()
    canvas = _Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1, lang="en-US")
    canvas.setTitle(f"{said('printed.title')} {letter.ref}")
    canvas.setAuthor(letter.signer)
    canvas.setSubject(letter.code)
    canvas.setCreator(letter.company)
    _embed(canvas, pages)
    for page in pages:
        canvas.addLiteral("\n".join(page.said))
        for picture in page.pictures:
            box = (picture.x, picture.y, picture.width, picture.height)
            canvas.drawImage(ImageReader(picture.image), *box, mask="auto")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _embed(canvas: Any, pages: list[Page]) -> None:
    """Have the document carry every face that its pages use."""
    used: dict[str, Used] = {}
    for page in pages:
        for name, glyphs in page.glyphs.items():
            used.setdefault(name, Used(name)).take(glyphs)
    canvas._doc.delayedFonts.extend(used.values())  # reportlab has no public way for fonts of one's own


def _write_foot(page: Page, letter: Letter, mark: Mark, place: str) -> None:
    """Write code, reference and page below a rule, and at the right the QR code of both."""
    words = "printed.part" if letter.parts > 1 else "printed.reference"
    params = {"ref": letter.ref, "part": str(letter.part), "parts": str(letter.parts)}
    page.rule(LEFT, FOOT + QR + 8, RIGHT)
    page.line(LEFT, FOOT + 46, f"{said('printed.title')}. {said(words, params)}.", _CODE)
    page.line(LEFT, FOOT + 31, said("printed.code", {"code": grouped(letter.code)}), _CODE)
    page.line(LEFT, FOOT + 8, place, Look("bold", 9, 12.5, SOFT))
    page.said.append(_squares(write_mark(mark)))


@lru_cache(maxsize=256)
def _squares(text: str) -> str:
    """Return the QR code of a text as operators: the dark runs of each row."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    shades: Any = made.to_image(scale=1, add_quiet_zones=False)  # a buffer, which its stub does not tell
    rows: Any = memoryview(shades).tolist()
    size = QR / len(rows)
    boxes = []
    for place, row in enumerate(rows):
        y = FOOT + QR - (place + 1) * size
        boxes += [
            f"{RIGHT - QR + start * size:.3f} {y:.3f} {long * size:.3f} {size:.3f} re" for start, long in _dark(row)
        ]
    return "q 0 g " + " ".join(boxes) + " f Q"


def _dark(row: list[int]) -> list[tuple[int, int]]:
    """Return where the dark runs of a row begin, and how long they are."""
    runs: list[tuple[int, int]] = []
    for place, light in enumerate(row):
        if light:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
